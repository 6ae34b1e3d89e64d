"""The pieces a line is sent to the terminal in: as few as look the same to the eye."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.tui.ink import Ink, Line, Span, merged, plain
from okrmate.tui.themes import INK
from okrmate.tui.widgets.line import strip

SPANS = st.builds(
    Span,
    st.sampled_from(["", " ", "   ", "a", "a word", " b "]),
    st.sampled_from([Ink.TEXT, Ink.ACCENT]),
    bold=st.booleans(),
    marked=st.booleans(),
    filled=st.booleans(),
)


def cells(line: Line) -> list[tuple[object, ...]]:
    """What the eye sees of each cell: a sign with its looks, or the ground alone where it is blank."""
    seen: list[tuple[object, ...]] = []
    for span in line:
        ground = (span.marked, span.filled, span.ink if span.filled or span.marked else None)
        seen += [(sign, ground) if sign == " " else (sign, span.ink, span.bold, ground) for sign in span.text]
    return seen


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ((Span("one "), Span("two")), ["one two"]),
        ((Span("one", Ink.GOOD), Span(" ")), ["one "]),
        ((Span("   "), Span("one", Ink.GOOD, bold=True), Span("  "), Span("two", Ink.BAD)), ["   one  ", "two"]),
        ((Span("one"), Span("two", Ink.BAD)), ["one", "two"]),
        ((Span("one", marked=True), Span(" ")), ["one", " "]),
        ((Span("one", filled=True), Span(" ")), ["one", " "]),
    ],
)
def test_what_looks_the_same_is_one_piece_and_blanks_look_like_any(line: Line, pieces: list[str]) -> None:
    assert [span.text for span in merged(line)] == pieces
    assert [segment.text for segment in strip(line, len(plain(line)), INK.name)] == pieces


@given(st.lists(SPANS, max_size=6).map(tuple))
def test_the_eye_sees_no_difference(line: Line) -> None:
    assert cells(merged(line)) == cells(line)
