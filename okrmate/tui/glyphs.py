"""The signs of the screens, one cell each, and their stand-ins for terminals that draw some of them wide."""

from enum import StrEnum

from okrmate.tui.ink import Frame, Ink, Span


class Glyph(StrEnum):
    """A sign and what it says; none has an emoji form."""

    AHEAD = "▲"
    ON_PACE = "●"
    BEHIND = "▼"
    STUCK = "■"
    UNKNOWN = "○"
    DONE = "✓"
    UNCLEAR = "?"
    LATE = "!"
    LEAVES = "↑"
    LOOKED = "↓"
    MEETING = "◇"
    PRIVATE = "◆"
    ADDED = "+"
    LEFT_OUT = "·"
    OPEN = "▾"
    FOLDED = "▸"
    CHOSEN = "▌"
    HEAVY = "━"
    LIGHT = "─"
    TICK = "│"


PLAIN = {
    Glyph.AHEAD: "^",
    Glyph.ON_PACE: "*",
    Glyph.BEHIND: "v",
    Glyph.STUCK: "#",
    Glyph.UNKNOWN: "o",
    Glyph.DONE: "x",
    Glyph.UNCLEAR: "?",
    Glyph.LATE: "!",
    Glyph.LEAVES: ">",
    Glyph.LOOKED: "<",
    Glyph.MEETING: "@",
    Glyph.PRIVATE: "%",
    Glyph.ADDED: "+",
    Glyph.LEFT_OUT: ".",
    Glyph.OPEN: "-",
    Glyph.FOLDED: "+",
    Glyph.CHOSEN: "|",
    Glyph.HEAVY: "=",
    Glyph.LIGHT: "-",
    Glyph.TICK: "|",
}
INKS = {
    Glyph.AHEAD: Ink.GOOD,
    Glyph.ON_PACE: Ink.GOOD,
    Glyph.BEHIND: Ink.WARN,
    Glyph.STUCK: Ink.BAD,
    Glyph.UNKNOWN: Ink.FAINT,
    Glyph.DONE: Ink.GOOD,
    Glyph.UNCLEAR: Ink.WARN,
    Glyph.LATE: Ink.BAD,
    Glyph.LEAVES: Ink.ACCENT,
    Glyph.LOOKED: Ink.MUTED,
    Glyph.MEETING: Ink.ACCENT,
    Glyph.PRIVATE: Ink.PRIVATE,
    Glyph.ADDED: Ink.ACCENT,
    Glyph.LEFT_OUT: Ink.FAINT,
}


def sign(glyph: Glyph, frame: Frame, ink: Ink | None = None) -> Span:
    """The glyph as this terminal draws it, in its own ink or another."""
    return Span(PLAIN[glyph] if frame.ascii else glyph.value, ink or INKS.get(glyph, Ink.TEXT))
