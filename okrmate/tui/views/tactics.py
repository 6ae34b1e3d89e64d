"""Tactics as the screens show them: what is tried, since when, and what the key result did meanwhile."""

from datetime import timedelta
from typing import assert_never

from okrmate.domain.tactics import Outcome, TacticState
from okrmate.services.letters.key_result_lines import value_text
from okrmate.services.mentoring.tactics import Tried
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, column, row
from okrmate.tui.views.moments import day
from okrmate.tui.views.scene import Scene

QUESTION = "Wrong tactic, or the right one done badly? What next?"
"""What is asked once something was tried long enough and moved nothing (seed 002)."""
DAY = timedelta(days=1)


def tactic_line(tried: Tried, scene: Scene, frame: Frame) -> Line:
    """A row of the tree below its key result: what is tried, and what it did."""
    over = tried.tactic.state in {TacticState.ENDED, TacticState.DROPPED}
    glyph = Glyph.LEFT_OUT if over or tried.tactic.state is TacticState.PLANNED else Glyph.ADDED
    return row(
        frame,
        Column(line=(Span("      "), sign(glyph, frame), Span(f" {tried.tactic.title}", Ink.MUTED))),
        column(did(tried, scene), 21, Ink.WARN if tried.had_its_chance else Ink.MUTED, right=True),
        column("", 1),
    )


def did(tried: Tried, scene: Scene) -> str:
    """`+6 % since 20 Oct`, `0 in 26 days`; of what never began its state."""
    found, tactic = tried.effect, tried.tactic
    if found is None or tactic.begun_at is None:
        return str(tactic.state)
    since = f"since {day(tactic.begun_at, scene.now, scene.zone)}"
    span = since if tactic.ended_at is None else f"in {max(1, found.lasted // DAY)} days"
    match found.outcome:
        case Outcome.UNKNOWN:
            return f"no reading {since}" if tactic.ended_at is None else "no reading"
        case Outcome.STILL:
            return f"0 in {max(1, found.lasted // DAY)} days"
        case Outcome.MOVED | Outcome.BACK:
            change = found.difference
            text = "" if change is None else value_text(tried.key_result.metric, abs(change), scene.words)
            return f"{'+' if change is not None and change > 0 else '–'}{text} {span}"
        case _:
            assert_never(found.outcome)
