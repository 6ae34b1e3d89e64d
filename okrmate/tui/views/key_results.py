"""Key results as every screen shows them: the sign of their condition, their value and their bar."""

from decimal import Decimal
from types import MappingProxyType

from okrmate.domain.condition import Condition
from okrmate.domain.metrics import Count, MomGrowth, PercentIncrease, Threshold, falling
from okrmate.domain.okrs import OkrSetState
from okrmate.mail.words import Words
from okrmate.services.letters.key_result_lines import goal_text, value_text
from okrmate.services.mentoring.tracking import Tracked
from okrmate.tui import bars
from okrmate.tui.glyphs import INKS, Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, column, row

SIGNS = MappingProxyType(
    {
        Condition.REACHED: Glyph.DONE,
        Condition.AHEAD: Glyph.AHEAD,
        Condition.ON_PACE: Glyph.ON_PACE,
        Condition.BEHIND: Glyph.BEHIND,
        Condition.STUCK: Glyph.STUCK,
        Condition.UNKNOWN: Glyph.UNKNOWN,
    }
)
STEPS = MappingProxyType({OkrSetState.DRAFT: "write", OkrSetState.REFINED: "refine", OkrSetState.ACTIVE: "reference"})
"""What the pair is doing with a set in this state, in the method's own words."""
NO_READING = "no reading"


def condition_sign(condition: Condition, frame: Frame) -> Span:
    """The glyph of a condition."""
    return sign(SIGNS[condition], frame)


def condition_ink(condition: Condition) -> Ink:
    """The ink of its glyph and bar."""
    return INKS[SIGNS[condition]]


def bar(tracked: Tracked, width: int, frame: Frame) -> Line:
    """How far it came; the tick is what is due by today."""
    way = None if tracked.summary.value is None else tracked.position.way
    return bars.bar(_share(way), _share(tracked.due), width, frame, condition_ink(tracked.position.condition))


def short_value(tracked: Tracked, words: Words) -> str:
    """The current value as a list shows it: `3 of 5`, `71 %`, `32, goal 5`; `no reading` where there is none."""
    value = current_value(tracked, words)
    if tracked.summary.value is None or not isinstance(tracked.metric, Count | PercentIncrease):
        return value
    return f"{value}{goal(tracked, words)}"


def current_value(tracked: Tracked, words: Words) -> str:
    """The current value alone."""
    if tracked.summary.value is None:
        return NO_READING
    value = value_text(tracked.metric, tracked.summary.value, words)
    return words.phrase("numbers", "approximate", value=value) if tracked.summary.approximate else value


def goal(tracked: Tracked, words: Words) -> str:
    """What stands behind the value: ` of 12`, `, goal at least 30 %`, and of what is to fall `, goal 5`."""
    aimed = goal_text(tracked.metric, words)
    held = isinstance(tracked.metric, Threshold | MomGrowth) or falling(tracked.metric)
    return f", goal {aimed}" if held else f" of {aimed}"


def planned(tracked: Tracked, words: Words) -> str:
    """From where to where a key result of a draft is to go: `1 → 6`."""
    aimed = goal_text(tracked.metric, words)
    if tracked.metric.baseline is None or isinstance(tracked.metric, Threshold | MomGrowth):
        return aimed
    return f"{value_text(tracked.metric, tracked.metric.baseline, words)} → {aimed}"


def key_result_line(tracked: Tracked, words: Words, frame: Frame, *, active: bool) -> Line:
    """A key result in one line: condition, title, bar, value; of a draft where it is to go."""
    if not active:
        return row(
            frame,
            column("", 2),
            column(tracked.key_result.title),
            column(planned(tracked, words), 20, Ink.MUTED, right=True),
            column("", 1),
        )
    ink = Ink.TEXT if tracked.summary.value is not None else Ink.FAINT
    return row(
        frame,
        Column(line=(condition_sign(tracked.position.condition, frame),), width=2),
        column(tracked.key_result.title),
        Column(line=bar(tracked, 10, frame), width=10),
        column(short_value(tracked, words), 13, ink, right=True),
        column("", 1),
    )


def _share(part: Decimal | None) -> float | None:
    return None if part is None else float(part)
