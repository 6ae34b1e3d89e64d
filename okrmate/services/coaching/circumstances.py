"""What is known of a kept key result besides its words, for the coach: its start, its pace, the time that is left."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

from okrmate.domain.coach_key_results import Circumstances
from okrmate.domain.cycle import closes_at
from okrmate.domain.metrics import Metric, MomGrowth, falling
from okrmate.domain.okrs import KeyResult, Reading

WEEK = timedelta(weeks=1)


def circumstances(
    key_result: KeyResult, readings: Iterable[Reading], *, ends: date | None, now: datetime, vision: bool
) -> Circumstances:
    """What the readings and the key result's own fields tell; `vision`: some line of the set says what it serves.

    Of a growth from month to month no reach is told: each month begins anew.
    """
    counted = sorted((each for each in readings if not each.undone_by), key=lambda each: each.at)
    values = [(each.at, each.value) for each in counted if each.value is not None]
    metric = key_result.metric
    reach = bool(values) and not isinstance(metric, MomGrowth)
    return Circumstances(
        behaviour=key_result.behaviour or key_result.customer,
        begun=metric.baseline is not None or bool(values),
        serves=key_result.serves if vision else None,
        confidence=next((each.confidence for each in counted if each.confidence is not None), None),
        value=values[-1][1] if reach else None,
        fastest=fastest_week(metric, values) if reach else None,
        weeks_left=None if ends is None else _weeks(max(closes_at(ends) - now, timedelta(0))),
    )


def fastest_week(metric: Metric, values: Iterable[tuple[datetime, Decimal]]) -> Decimal | None:
    """The largest step towards the target that two readings in a row show for a week; None of fewer than three.

    Two readings less than a week apart count as a week: nobody does every day what was done on one.
    """
    known = list(values)
    steps = [
        (later - earlier) * (-1 if falling(metric) else 1) / max(_weeks(until - since), Decimal(1))
        for (since, earlier), (until, later) in pairwise(known)
    ]
    return max(*steps, Decimal(0)) if steps[1:] else None


def _weeks(length: timedelta) -> Decimal:
    return Decimal(length // timedelta(seconds=1)) / (WEEK // timedelta(seconds=1))
