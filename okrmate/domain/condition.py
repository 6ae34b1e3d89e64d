"""How key results stand, in one word: reached, ahead, on pace, behind, stuck or unknown; silence is never good."""

from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from okrmate.domain.metrics import Metric, Milestone
from okrmate.domain.pace import RHYTHM, SILENT_RHYTHMS, Pace, due, is_stuck, pace_of
from okrmate.domain.scoring import ALL_OF_IT, progress
from okrmate.domain.summaries import Summary
from okrmate.frozen import Frozen


class Condition(StrEnum):
    """Where something stands."""

    REACHED = "reached"
    AHEAD = "ahead"
    ON_PACE = "on pace"
    BEHIND = "behind"
    STUCK = "stuck"
    UNKNOWN = "unknown"


class Position(Frozen, gc=False):
    """One key result on its way: in which condition, and how much of the way is gone (0 to 1, None if unknown)."""

    condition: Condition
    way: Decimal | None = None


_BY_PACE = {Pace.AHEAD: Condition.AHEAD, Pace.ON: Condition.ON_PACE, Pace.BEHIND: Condition.BEHIND}


def position(
    metric: Metric,
    summary: Summary,
    *,
    running: bool,
    gone: Decimal | None,
    now: datetime,
    rhythm: timedelta = RHYTHM,
) -> Position:
    """Where a key result stands; `running` is whether its set is active, `gone` how much of its cycle is over.

    Where no value was heard for two rhythms it is unknown, whatever was heard before, and words alone make nothing
    good: only a milestone that is done stays done, every other number can slip back while nobody looks. So is a pace
    without an end to it, which is a cycle of which nobody knows how much is gone.
    """
    way = progress(metric, summary.value, summary.first)
    if not running or summary.value_at is None:
        return Position(condition=Condition.UNKNOWN, way=way)
    old = now - summary.value_at >= SILENT_RHYTHMS * rhythm
    if way == ALL_OF_IT and (isinstance(metric, Milestone) or not old):
        return Position(condition=Condition.REACHED, way=way)
    if old:
        return Position(condition=Condition.UNKNOWN, way=way)
    if is_stuck(metric, summary):
        return Position(condition=Condition.STUCK, way=way)
    found = pace_of(way, due(metric, summary.first, gone))
    return Position(condition=Condition.UNKNOWN if found is None else _BY_PACE[found], way=way)
