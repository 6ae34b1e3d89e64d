"""How key results stand, in one word: reached, ahead, on pace, behind, stuck or unknown; silence is never good."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from okrmate.domain.cycle import elapsed
from okrmate.domain.metrics import Metric, reached
from okrmate.domain.okrs import Reading
from okrmate.domain.pace import RHYTHM, Pace, is_silent, pace_of, stuck_since
from okrmate.domain.scoring import progress
from okrmate.domain.summaries import Summary


class Condition(StrEnum):
    """Where something stands."""

    REACHED = "reached"
    AHEAD = "ahead"
    ON_PACE = "on pace"
    BEHIND = "behind"
    STUCK = "stuck"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One key result on its way: in which condition, and how much of the way is gone (0 to 1, None if unknown)."""

    condition: Condition
    way: Decimal | None = None


NOWHERE = Position(condition=Condition.UNKNOWN)
_BY_PACE = {Pace.AHEAD: Condition.AHEAD, Pace.ON: Condition.ON_PACE, Pace.BEHIND: Condition.BEHIND}


def position(
    metric: Metric,
    summary: Summary,
    readings: Iterable[Reading],
    *,
    begun: datetime | None,
    ends: date | None,
    now: datetime,
    rhythm: timedelta = RHYTHM,
) -> Position:
    """Where a key result stands; `begun` is when its set became active, None while it is a draft.

    Nothing heard for two rhythms is unknown, whatever was heard before; so is a pace without an end to it.
    """
    way = progress(metric, summary.value, summary.first)
    if begun is None or summary.value is None:
        return Position(condition=Condition.UNKNOWN, way=way)
    if reached(metric, summary.value):
        return Position(condition=Condition.REACHED, way=way)
    if is_silent(summary, since=begun, rhythm=rhythm, now=now):
        return Position(condition=Condition.UNKNOWN, way=way)
    if stuck_since(metric, readings) is not None:
        return Position(condition=Condition.STUCK, way=way)
    return Position(condition=_by_pace(way, elapsed(begun, ends, now)), way=way)


def overall(positions: Sequence[Position], gone: Decimal | None) -> Position:
    """Several key results as one; `gone` is how much of their time is (0 to 1).

    Those nothing is known of are left out; where all that are open are stuck the whole is, else the mean counts.
    """
    known = [each for each in positions if each.condition is not Condition.UNKNOWN and each.way is not None]
    if not known:
        return NOWHERE
    way = sum((each.way or Decimal(0) for each in known), Decimal(0)) / len(known)
    still_open = {each.condition for each in known} - {Condition.REACHED}
    if not still_open:
        return Position(condition=Condition.REACHED, way=way)
    condition = Condition.STUCK if still_open == {Condition.STUCK} else _by_pace(way, gone)
    return Position(condition=condition, way=way)


def _by_pace(way: Decimal | None, gone: Decimal | None) -> Condition:
    found = pace_of(way, gone)
    return Condition.UNKNOWN if found is None else _BY_PACE[found]
