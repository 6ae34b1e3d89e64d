"""Lines too long for their room: broken at blanks, each piece in its ink, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.tui.ink import Ink, Span, length, plain
from okrmate.tui.wrapping import folded, folded_text


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("", [""]),
        ("short", ["short"]),
        ("hello world this is a  text", ["hello", "world this", "is a  text"]),
        ("  indented line that goes on", ["  indented", "line that", "goes on"]),
        ("averyveryverylongword", ["averyveryv", "erylongwor", "d"]),
        ("漢字漢字漢字 x", ["漢字漢字漢", "字 x"]),
        ("it is now 66\u00a0% of it", ["it is now", "66\u00a0% of it"]),
    ],
)
def test_a_line_is_broken_at_blanks_and_a_longer_word_where_the_room_ends(words: str, lines: list[str]) -> None:
    assert [plain(line) for line in folded_text(words, 10)] == lines


def test_each_piece_keeps_its_ink_and_its_mark() -> None:
    line = (Span("now "), Span("9, and", Ink.WARN, marked=True), Span(" more"))

    assert folded(line, 8) == (
        (Span("now "), Span("9,", Ink.WARN, marked=True)),
        (Span("and", Ink.WARN, marked=True), Span(" more")),
    )


@given(words=st.text(max_size=200), room=st.integers(min_value=2, max_value=30))
def test_no_line_is_wider_than_its_room_and_no_sign_but_blanks_is_lost(words: str, room: int) -> None:
    shown = Span(words).text
    lines = folded_text(words, room)

    assert all(length(line) <= room for line in lines)
    assert "".join(plain(line) for line in lines).replace(" ", "") == shown.replace(" ", "")
