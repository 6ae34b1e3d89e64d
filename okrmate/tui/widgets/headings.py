"""The heading of a pane with its rule, and what a view says where there is nothing."""

from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Frame, Ink, Line, Span, cut, length, text, wrapped
from okrmate.tui.pages import Empty, Pane

HEAVY = 6
"""So many cells of the rule are heavy where one is."""
LONGEST_EMPTY = 60
PARTED = " · "


def heading(pane: Pane, frame: Frame, *, focused: bool = False, words: str = "") -> Line:
    """Title, note, rule and what stands at its end, in the frame's width; `words` are those of a filter."""
    ink = Ink.ACCENT if focused else Ink.PRIVATE if pane.private else Ink.TEXT
    mark = (sign(Glyph.PRIVATE, frame), Span(" ")) if pane.private else ()
    title = (Span(" "), *mark, Span(pane.title, ink, bold=True))
    right = (Span(f" {pane.right} ", Ink.MUTED),) if pane.right else ()
    filtered = (Span(f"  /{words}", Ink.ACCENT),) if words else ()
    room = max(0, frame.width - length(title) - length(right) - 3)
    note = (*_note(pane.note, room - length(filtered)), *filtered)
    said = cut((*title, *cut(note, room)), frame.width)
    rule = max(0, frame.width - length(said) - length(right) - (1 if right else 2))
    heavy = min(HEAVY, rule) if focused else 0
    full = sign(Glyph.HEAVY, frame, Ink.ACCENT)
    light = sign(Glyph.LIGHT, frame, Ink.RULE)
    return cut(
        (*said, Span(" "), Span(full.text * heavy, full.ink), Span(light.text * (rule - heavy), light.ink), *right),
        frame.width,
    )


def _note(note: str, room: int) -> Line:
    """A note of several parts loses the last of them where there is no room, rather than half a word."""
    parts = note.split(PARTED)
    while len(parts) > 1 and length(_note_line(parts)) > room:
        parts.pop()
    return _note_line(parts)


def _note_line(parts: list[str]) -> Line:
    return (Span(f"  {PARTED.join(parts)}", Ink.MUTED),) if parts[0] else ()


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
