"""Lines too long for their room: broken at blanks, each piece in the ink it had, and no sign lost."""

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

from okrmate.tui.ink import Ink, Line, Span, text

_WORDS = re.compile(r" *[^ ]+| +")
"""A no-break space joins a number to its unit."""


def folded(line: Line, width: int) -> tuple[Line, ...]:
    """The line in as many lines of at most `width` cells as it needs; a longer word is broken where the room ends.

    The blanks at which it breaks are left out. An empty line is one line.
    """
    room = max(1, width)
    lines: list[Line] = []
    now: list[Span] = []
    used = 0
    for piece in _pieces(line, room):
        if now and used + cell_len(piece.text) > room:
            lines.append(_closed(now))
            now, used = [], 0
        begun = _with(piece, piece.text.lstrip(" ")) if lines and not now else piece
        if begun.text:
            now.append(begun)
            used += cell_len(begun.text)
    return (*lines, _closed(now)) if now or not lines else tuple(lines)


def folded_text(words: str, width: int, ink: Ink = Ink.TEXT, *, bold: bool = False) -> tuple[Line, ...]:
    """The same of text in one ink."""
    return folded(text(words, ink, bold=bold), width)


def _pieces(line: Line, room: int) -> Iterator[Span]:
    """Words with the blanks before them, none longer than the room."""
    for span in line:
        for word in _WORDS.findall(span.text):
            if cell_len(word) <= room:
                yield _with(span, word)
            else:
                for piece in chop_cells(word, room):
                    yield _with(span, piece)


def _closed(spans: list[Span]) -> Line:
    """A finished line without blanks at its end, neighbours of one ink in one span."""
    joined: list[Span] = []
    for span in spans:
        if joined and _with(joined[-1], "") == _with(span, ""):
            joined[-1] = _with(span, joined[-1].text + span.text)
        else:
            joined.append(span)
    if joined:
        joined[-1] = _with(joined[-1], joined[-1].text.rstrip(" "))
    return tuple(joined)


def _with(span: Span, words: str) -> Span:
    return Span(words, span.ink, span.bold, span.marked, span.filled)
