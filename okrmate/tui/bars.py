"""Bars and trends: how far a key result has come, in one line."""

from collections.abc import Sequence

from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Frame, Ink, Line, Span

STEPS = "▁▂▃▄▅▆"
"""Never the two highest blocks: rows must not melt into each other."""
PLAIN_STEPS = "_.-~=^"


def bar(reached: float | None, due: float | None, width: int, frame: Frame, ink: Ink = Ink.GOOD) -> Line:
    """Heavy is reached, light is to go, the tick is what was due by today; shares of the way, clamped for display.

    Without a reading only the light line is drawn.
    """
    full = 0 if reached is None else max(0, min(width, round(reached * width)))
    tick = None if due is None or reached is None else max(0, min(width - 1, round(due * width)))
    spans = []
    for cell in range(width):
        if cell == tick:
            spans.append(sign(Glyph.TICK, frame, Ink.TEXT))
        elif cell < full:
            spans.append(sign(Glyph.HEAVY, frame, ink))
        else:
            spans.append(sign(Glyph.LIGHT, frame, Ink.TRACK))
    return tuple(spans)


def trend(weeks: Sequence[float | None], ahead: int, frame: Frame, ink: Ink = Ink.ACCENT) -> Line:
    """One cell a week, from baseline (0.0) to target (1.0); a blank where none was read, dots for weeks to come."""
    steps = PLAIN_STEPS if frame.ascii else STEPS
    drawn = "".join(
        " " if value is None else steps[max(0, min(len(steps) - 1, round(value * (len(steps) - 1))))] for value in weeks
    )
    dots = Span((("." if frame.ascii else "·") * ahead), Ink.TRACK)
    return Span(drawn[:-1], Ink.TRACK), Span(drawn[-1:], ink), dots
