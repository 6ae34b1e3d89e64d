"""Lines of text in named inks: what every screen is drawn with, before any terminal library comes in.

A line is a tuple of spans; its length is counted in terminal cells, so that wide characters line up. What people
wrote goes into a span as it is: nothing here reads markup, and nothing in it can move the cursor.
"""

from collections.abc import Iterable
from enum import StrEnum

from rich.cells import cell_len, set_cell_size

from okrmate.frozen import Frozen, force_setattr, replace

ELLIPSIS = "…"
WIDE = 100
"""From so many columns on, panes stand beside one another."""
_BLANKS = frozenset("\t\n\r\v\f")
_HARMLESS = frozenset("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")


class Ink(StrEnum):
    """What a piece of text is to the reader; a theme gives each its colour."""

    TEXT = "text"
    MUTED = "muted"
    FAINT = "faint"
    ACCENT = "accent"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    PRIVATE = "private"
    TRACK = "track"
    BAND = "band"
    RULE = "rule"


class Span(Frozen, kw_only=False):
    """A piece of a line in one ink; `marked` words are understood ones, underlined on a ground of their own.

    A `filled` one has its ink as the ground. Signs that would move the cursor or turn the writing are replaced.
    """

    text: str
    ink: Ink = Ink.TEXT
    bold: bool = False
    marked: bool = False
    filled: bool = False

    def __post_init__(self) -> None:
        if not self.text.isprintable():
            force_setattr(self, "text", "".join(map(_safe, self.text)))


def _safe(sign: str) -> str:
    if sign.isprintable() or sign in _HARMLESS:
        return sign
    return " " if sign in _BLANKS else "·"


Line = tuple[Span, ...]


class Frame(Frozen):
    """The room a drawing has: `width` in cells, whether the terminal is `wide` (100 columns), and the plain glyphs."""

    width: int
    wide: bool = True
    ascii: bool = False

    def narrower(self, cells: int) -> "Frame":
        """The same with fewer cells."""
        return Frame(width=max(1, self.width - cells), wide=self.wide, ascii=self.ascii)


class Column(Frozen):
    """A part of a row; `width` in cells, None for the one that takes the rest and keeps one cell clear at its right."""

    line: Line
    width: int | None = None
    right: bool = False


def text(words: str, ink: Ink = Ink.TEXT, *, bold: bool = False, marked: bool = False) -> Line:
    """A line of one span."""
    return (Span(words, ink, bold, marked),)


def column(
    words: str, width: int | None = None, ink: Ink = Ink.TEXT, *, bold: bool = False, right: bool = False
) -> Column:
    """A column of one span."""
    return Column(line=text(words, ink, bold=bold), width=width, right=right)


def length(line: Line) -> int:
    """The cells of a line."""
    return sum(cell_len(span.text) for span in line)


def plain(line: Line) -> str:
    """Its text alone."""
    return "".join(span.text for span in line)


def cut(line: Line, width: int) -> Line:
    """The line in at most `width` cells; what is too long ends in an ellipsis."""
    if length(line) <= width:
        return line
    kept: list[Span] = []
    rest = width - 1
    for span in line:
        cells = cell_len(span.text)
        if cells > rest:
            short = set_cell_size(span.text, max(rest, 0)).rstrip()
            kept.append(replace(span, text=short + ELLIPSIS))
            break
        kept.append(span)
        rest -= cells
    return tuple(kept) if width > 0 else ()


def fitted(line: Line, width: int, *, right: bool = False) -> Line:
    """The line in exactly `width` cells, filled with blanks."""
    short = cut(line, width)
    blanks = Span(" " * (width - length(short)))
    if not blanks.text:
        return short
    return (blanks, *short) if right else (*short, blanks)


def merged(line: Line) -> Line:
    """The same to the eye in fewer spans: a terminal is told the colours of each, and blanks show none of theirs."""
    spans: list[Span] = []
    for span in line:
        before = spans[-1] if spans else None
        if before is None or not _alike(before, span):
            spans.append(span)
        else:
            spans[-1] = replace(span if before.text.isspace() else before, text=before.text + span.text)
    return tuple(spans)


def _alike(one: Span, other: Span) -> bool:
    """Whether both can be one span: on the same ground, in the same ink unless one of them is blank."""
    if one.ink == other.ink and one.bold == other.bold:
        return one.marked == other.marked and one.filled == other.filled
    bare = not (one.marked or one.filled or other.marked or other.filled)
    return bare and (one.text.isspace() or other.text.isspace())


def row(frame: Frame, *columns: Column) -> Line:
    """The columns beside one another in the frame's width; one of them at most takes the rest."""
    rest = max(frame.width - sum(each.width or 0 for each in columns), 1)
    spans: list[Span] = []
    for each in columns:
        if each.width is None:
            last = each is columns[-1]
            spans += fitted(cut(each.line, rest if last else rest - 1), rest, right=each.right)
        else:
            spans += fitted(each.line, each.width, right=each.right)
    return tuple(spans)


def joined(lines: Iterable[Line]) -> Line:
    """Several pieces as one line."""
    return tuple(span for line in lines for span in line)


def wrapped(words: str, width: int, ink: Ink = Ink.TEXT, *, bold: bool = False) -> tuple[Line, ...]:
    """The words on as many lines of `width` cells as they need, broken at blanks; a longer word is cut."""
    lines: list[str] = []
    for word in words.split():
        if lines and cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(cut(text(line, ink, bold=bold), width) for line in lines)
