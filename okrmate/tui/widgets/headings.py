"""The heading of a pane with its rule, and what a view says where there is nothing."""

from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Frame, Ink, Line, Span, cut, length, text, wrapped
from okrmate.tui.pages import Empty, Pane

HEAVY = 6
"""So many cells of the rule are heavy where one is."""
LONGEST_EMPTY = 60


def heading(pane: Pane, frame: Frame, *, focused: bool = False, words: str = "") -> Line:
    """Title, note, rule and what stands at its end, in the frame's width; `words` are those of a filter."""
    ink = Ink.ACCENT if focused else Ink.PRIVATE if pane.private else Ink.TEXT
    mark = (sign(Glyph.PRIVATE, frame), Span(" ")) if pane.private else ()
    title = (Span(" "), *mark, Span(pane.title, ink, bold=True))
    right = (Span(f" {pane.right} ", Ink.MUTED),) if pane.right else ()
    note = ((Span(f"  {pane.note}", Ink.MUTED),) if pane.note else ()) + (
        (Span(f"  /{words}", Ink.ACCENT),) if words else ()
    )
    said = cut((*title, *cut(note, max(0, frame.width - length(title) - length(right) - 3))), frame.width)
    rule = max(0, frame.width - length(said) - length(right) - 2)
    heavy = min(HEAVY, rule) if focused else 0
    full = sign(Glyph.HEAVY, frame, Ink.ACCENT)
    light = sign(Glyph.LIGHT, frame, Ink.RULE)
    return cut(
        (*said, Span(" "), Span(full.text * heavy, full.ink), Span(light.text * (rule - heavy), light.ink), *right),
        frame.width,
    )


def empty_lines(empty: Empty, width: int) -> tuple[Line, ...]:
    """A fact, what comes next, and one key, each centred."""
    room = max(1, min(LONGEST_EMPTY, width - 2))
    lines: list[Line] = [*wrapped(empty.fact, room, bold=True), ()]
    lines += [line for part in empty.following.split("\n") for line in wrapped(part, room, Ink.MUTED)]
    if empty.key:
        lines += [(), (Span(empty.key, Ink.ACCENT, bold=True), Span(f" {empty.action}"))]
    return tuple(_centred(line, width) for line in lines)


def _centred(line: Line, width: int) -> Line:
    return (*text(" " * max(0, (width - length(line)) // 2)), *line)
