"""Where a key result is likely to end: a range at the end of its cycle, never a single line.

The method is Theil and Sen's: the slopes between every two readings, in order, and of these the limits that Sen gave
for the true one, which ask nothing of how the readings are distributed (P. K. Sen, "Estimates of the regression
coefficient based on Kendall's tau", Journal of the American Statistical Association 63, 1968; worked out in
R. O. Gilbert, "Statistical Methods for Environmental Pollution Monitoring", 1987, section 16.5). One reading that is
far off moves them little. Readings that follow from one another are no independent draws, so the range is a help for
talking, not a promise.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import combinations

from okrmate.domain.cycle import closes_at
from okrmate.domain.metrics import PLACES, Metric, Milestone, limits, reached
from okrmate.domain.okrs import Reading
from okrmate.domain.pace import RHYTHM, SILENT_RHYTHMS, noise
from okrmate.frozen import Frozen

LEAST_DAYS = 3
"""From readings of so many days on something can be said (product: "Key results")."""
RECENT = 12
"""So many of the last days with a reading decide: what was long ago says little about what comes."""
CERTAINTY = Decimal("1.2816")
"""The quantile of the normal distribution that leaves 10 % on each side: four of five ends lie within such limits."""
DAY = timedelta(days=1)


class Forecast(Frozen):
    """From the last `value`, read `at`, to between `low` and `high` when the day `ends` is over; `low` < `high`."""

    at: datetime
    value: Decimal
    ends: date
    low: Decimal
    high: Decimal


def forecast(
    metric: Metric, readings: Iterable[Reading], *, ends: date | None, now: datetime, rhythm: timedelta = RHYTHM
) -> Forecast | None:
    """The range in which the key result is likely to end, within what its kind can be.

    None where the cycle has no end or it is over, where values were read on fewer than three days, where the last of
    them is two rhythms old, and of a milestone that is done. Several values of one day (UTC) count as the last of
    them; readings taken back do not count. The range is never narrower than noise.
    """
    known = _daily(readings)[-RECENT:]
    if ends is None or closes_at(ends) <= now or len(known) < LEAST_DAYS:
        return None
    at, value = known[-1]
    done = isinstance(metric, Milestone) and reached(metric, value)
    if done or now - at >= SILENT_RHYTHMS * rhythm:
        return None
    slowest, fastest = _slope_limits(known)
    left = _days(closes_at(ends) - at)
    beginning = metric.baseline if metric.baseline is not None else known[0][1]
    low, high = _within(metric, value + slowest * left, value + fastest * left, noise(metric, beginning))
    return Forecast(at=at, value=value, ends=ends, low=round(low, PLACES), high=round(high, PLACES))


def roughly(ahead: Forecast) -> tuple[Decimal, Decimal]:
    """The range with a digit or two, rounded outwards: more would promise what nobody knows."""
    step = Decimal(1).scaleb(((ahead.high - ahead.low) / 3).adjusted())
    low = (ahead.low / step).to_integral_value(ROUND_FLOOR) * step
    return low, (ahead.high / step).to_integral_value(ROUND_CEILING) * step


def _daily(readings: Iterable[Reading]) -> list[tuple[datetime, Decimal]]:
    """The last value of each day, oldest first."""
    counted = sorted((each for each in readings if not each.undone_by), key=lambda each: each.at)
    return list({each.at.date(): (each.at, each.value) for each in counted if each.value is not None}.values())


def _slope_limits(known: list[tuple[datetime, Decimal]]) -> tuple[Decimal, Decimal]:
    """Between which slopes, a day, the true one is likely to lie."""
    slopes = sorted(
        (later - earlier) / _days(until - since) for (since, earlier), (until, later) in combinations(known, 2)
    )
    count = len(known)
    deviation = (Decimal(count * (count - 1) * (2 * count + 5)) / 18).sqrt()
    outside = max(1, int((len(slopes) - CERTAINTY * deviation) / 2))
    return slopes[outside - 1], slopes[-outside]


def _within(metric: Metric, low: Decimal, high: Decimal, least_apart: Decimal) -> tuple[Decimal, Decimal]:
    """The range, no narrower than twice the noise and inside what the kind can be."""
    middle, apart = (low + high) / 2, 2 * least_apart
    low, high = min(low, middle - least_apart), max(high, middle + least_apart)
    least, most = limits(metric)
    if least is not None:
        low, high = max(low, least), max(high, least + apart)
    if most is not None:
        low, high = min(low, most - apart), min(high, most)
    return low, high


def _days(length: timedelta) -> Decimal:
    return Decimal(length // timedelta(microseconds=1)) / (DAY // timedelta(microseconds=1))
