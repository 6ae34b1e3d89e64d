"""How a key result moves: what changed, whether that is fast enough, since when it stands, whether anything is heard.

Silence is never green (product: "Key results"): where nothing is known the answer is None or "unknown", never good.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from okrmate.domain.cycle import elapsed
from okrmate.domain.metrics import Metric, MomGrowth, away, falling, reached
from okrmate.domain.okrs import Reading
from okrmate.domain.scoring import ALL_OF_IT, progress
from okrmate.domain.summaries import Summary

TOLERANCE = Decimal("0.1")
"""How far from the straight line, as a part of the whole way, still counts as on pace."""
NOISE = Decimal("0.02")
"""The part of the way from beginning to target within which a value has not moved."""
STILL_READINGS = 3
STILL_FOR = timedelta(weeks=3)
SILENT_RHYTHMS = 2
RHYTHM = timedelta(weeks=4)
"""How far talks are apart where nobody agreed on anything else."""


class Movement(StrEnum):
    """What became of a value; up is towards the target, whichever way the numbers go."""

    FIRST = "first"
    SAME = "same"
    UP = "up"
    DOWN = "down"
    REACHED = "reached"
    OVER_TARGET = "over_target"


class Pace(StrEnum):
    """Where a value stands against the time that has passed."""

    AHEAD = "ahead"
    ON = "on"
    BEHIND = "behind"


def movement(metric: Metric, before: Decimal | None, after: Decimal) -> Movement:
    """What happened between two values; `before` is None where none was known.

    A first value that meets a target with a known baseline is good news at once; without a baseline it sets one.
    """
    if before == after:
        return Movement.SAME
    if before is None and metric.baseline is None:
        return Movement.FIRST
    if before is not None and away(metric, after) > away(metric, before):
        return Movement.DOWN
    if reached(metric, after):
        return Movement.REACHED if after == metric.target else Movement.OVER_TARGET
    return Movement.FIRST if before is None else Movement.UP


def pace(
    metric: Metric,
    value: Decimal | None,
    *,
    first: Decimal | None = None,
    begun: datetime,
    ends: date | None,
    now: datetime,
) -> Pace | None:
    """The value against what is due, from `begun` to the end of the day `ends` (UTC).

    None where there is no end, or it lies before the beginning, or the value or where it began is not known.
    """
    return pace_of(progress(metric, value, first), due(metric, first, elapsed(begun, ends, now)))


def due(metric: Metric, first: Decimal | None, gone: Decimal | None) -> Decimal | None:
    """How much of the way is due (0 to 1) when so much of the time is gone; None where that is not known.

    As much of the one as of the other: a straight line from beginning to target. What is to be held is due whole from
    the first day on: each month's growth, and what began at or beyond its target.
    """
    return ALL_OF_IT if gone is not None and is_held(metric, first) else gone


def is_held(metric: Metric, first: Decimal | None) -> bool:
    """Whether there is no way to go but a level to hold; `first` is the first value, where no baseline was given."""
    beginning = metric.baseline if metric.baseline is not None else first
    return isinstance(metric, MomGrowth) or (beginning is not None and reached(metric, beginning))


def noise(metric: Metric, beginning: Decimal) -> Decimal:
    """By how much a value may differ and not have moved: a part of the way, or of the target where there is no way."""
    return NOISE * (abs(metric.target - beginning) or abs(metric.target) or 1)


def pace_of(way: Decimal | None, expected: Decimal | None) -> Pace | None:
    """How much of the way is gone against how much is due; None where either is not known."""
    if way is None or expected is None:
        return None
    if way > expected + TOLERANCE:
        return Pace.AHEAD
    return Pace.BEHIND if way < expected - TOLERANCE else Pace.ON


def stuck_since(metric: Metric, readings: Iterable[Reading]) -> datetime | None:
    """Since when the value stands: the first of the last readings within noise of the newest.

    None unless there are three such readings, or two that lie three weeks apart: one reading and then silence is
    unknown, not stuck. What has reached its target is not stuck either, nor is a growth that stays the same: what
    it measures moves on. Readings taken back do not count.
    """
    values = sorted(
        ((reading.at, reading.value) for reading in readings if reading.value is not None and not reading.undone_by),
        key=lambda heard: heard[0],
    )
    return _still_since(metric, values[0][1], values) if values else None


def is_stuck(metric: Metric, summary: Summary) -> bool:
    """Whether `stuck_since` would name a moment: its last values tell that, without a look at every reading."""
    return summary.first is not None and _still_since(metric, summary.first, summary.latest) is not None


def _still_since(metric: Metric, first: Decimal, values: Sequence[tuple[datetime, Decimal]]) -> datetime | None:
    """Since when the newest of these values stands, oldest first; `first` is the first of all, None as above."""
    newest_at, newest = values[-1]
    if reached(metric, newest):
        return None
    within = noise(metric, metric.baseline if metric.baseline is not None else first)
    if isinstance(metric, MomGrowth) and _grows(metric, newest, within):
        return None
    still: list[datetime] = []
    for at, value in reversed(values):
        if abs(value - newest) > within:
            break
        still.append(at)
    long_enough = newest_at - still[-1] >= STILL_FOR
    return still[-1] if len(still) >= STILL_READINGS or long_enough else None


def _grows(metric: MomGrowth, growth: Decimal, within: Decimal) -> bool:
    """Whether what is measured changes from month to month the way it is to, if by less than it should."""
    return growth < -within if falling(metric) else growth > within


def is_silent(summary: Summary, *, since: datetime, rhythm: timedelta, now: datetime) -> bool:
    """Whether nothing was heard for two rhythms; `since` is when one could have begun to speak of it."""
    return now - (summary.heard_at or since) >= SILENT_RHYTHMS * rhythm
