"""The seven kinds of key result as one closed union, and which values each of them takes.

The ids are public (`okr add --kind`).
"""

import re
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, assert_never

from okrmate.domain.errors import Refusal
from okrmate.frozen import Variant

ZERO = Decimal(0)
FULL = Decimal(100)
LIMIT = Decimal(10) ** 12
"""What no value reaches; with `PLACES` it keeps every sum and difference exact in 28 digits."""
PLACES = 9
UNIT_LENGTH = 24
CURRENCY_CODE = re.compile(r"[A-Z]{2,3}|[$¥]")
"""ISO 4217, or the sign of several currencies where nobody said which."""


class MetricKind(StrEnum):
    """What is measured; public ids."""

    COUNT = "count"
    PERCENT = "percent"
    PERCENT_INCREASE = "percent_increase"
    THRESHOLD = "threshold"
    MOM_GROWTH = "mom_growth"
    CURRENCY = "currency"
    MILESTONE = "milestone"


class Bound(StrEnum):
    """Which side of a threshold is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Count(Variant):
    """A number of things or people: 5 requests for a guest article."""

    kind: ClassVar[MetricKind] = MetricKind.COUNT
    target: Decimal
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    unit: str = ""


class Percent(Variant):
    """A percentage of 0 to 100: 62 % → 80 % of ratings are 4 or 5."""

    kind: ClassVar[MetricKind] = MetricKind.PERCENT
    unit: ClassVar[str] = "%"
    target: Decimal
    baseline: Decimal | None = None
    stretch: Decimal | None = None


class PercentIncrease(Variant):
    """Growth since the baseline; `target` and `stretch` are absolute numbers."""

    kind: ClassVar[MetricKind] = MetricKind.PERCENT_INCREASE
    target: Decimal
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    unit: str = ""


class Threshold(Variant):
    """A number held at least, at most, or between two: at least 30 % of conferences use our network."""

    kind: ClassVar[MetricKind] = MetricKind.THRESHOLD
    target: Decimal
    bound: Bound = Bound.AT_LEAST
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    unit: str = ""
    upper: Decimal | None = None
    """Where it is held between two: the higher one; `target` is the lower."""


class MomGrowth(Variant):
    """Growth in % from month to month of a measure whose last month was `previous`."""

    kind: ClassVar[MetricKind] = MetricKind.MOM_GROWTH
    unit: ClassVar[str] = "%"
    target: Decimal
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    measure: str = ""
    previous: Decimal | None = None


class Currency(Variant):
    """An amount of money in one currency (ISO 4217 code in `unit`); never converted."""

    kind: ClassVar[MetricKind] = MetricKind.CURRENCY
    target: Decimal
    unit: str
    baseline: Decimal | None = None
    stretch: Decimal | None = None


class Milestone(Variant):
    """Something that is being made, from 0 to 100 % of it: portfolio site live."""

    kind: ClassVar[MetricKind] = MetricKind.MILESTONE
    unit: ClassVar[str] = "%"
    target: Decimal = FULL
    baseline: Decimal | None = Decimal(0)
    stretch: Decimal | None = None


Metric = Count | Percent | PercentIncrease | Threshold | MomGrowth | Currency | Milestone


def make_metric(
    kind: MetricKind,
    *,
    target: Decimal | None = None,
    baseline: Decimal | None = None,
    stretch: Decimal | None = None,
    unit: str = "",
    bound: Bound | None = None,
    previous: Decimal | None = None,
    upper: Decimal | None = None,
) -> Metric | Refusal:
    """A metric that makes sense, or the sentence that says what does not.

    Promised of the result: every number is finite, of sane size and in the kind's range; the stretch lies beyond
    the target; what moves has somewhere to go. A milestone without a target is done at 100 %. The unit of a growth
    from month to month names what grows, and `previous` is the number of the month before it begins. A threshold with
    an `upper` lies between that and its target.
    """
    if target is None and kind is not MetricKind.MILESTONE:
        return Refusal(name="target_missing", sentence=f"A key result of kind {kind} needs a target.")
    unused = _unused(kind, bound, upper)
    if unused is not None:
        return unused
    goal = FULL if target is None else target
    unit = unit.strip()
    made: Metric
    match kind:
        case MetricKind.COUNT:
            made = Count(target=goal, baseline=baseline, stretch=stretch, unit=unit)
        case MetricKind.PERCENT:
            made = Percent(target=goal, baseline=baseline, stretch=stretch)
        case MetricKind.THRESHOLD:
            side = bound or Bound.AT_LEAST
            made = Threshold(target=goal, bound=side, baseline=baseline, stretch=stretch, unit=unit, upper=upper)
        case MetricKind.MILESTONE:
            made = Milestone(target=goal, baseline=ZERO if baseline is None else baseline, stretch=stretch)
        case MetricKind.PERCENT_INCREASE:
            made = PercentIncrease(target=goal, baseline=baseline, stretch=stretch, unit=unit)
        case MetricKind.MOM_GROWTH:
            beginning = ZERO if baseline is None else baseline
            measure = "" if unit == "%" else unit
            made = MomGrowth(target=goal, baseline=beginning, stretch=stretch, measure=measure, previous=previous)
        case MetricKind.CURRENCY:
            made = Currency(target=goal, baseline=baseline, stretch=stretch, unit=unit)
        case _:
            assert_never(kind)
    mistake = _unit_mistake(made, unit) or _previous_mistake(made, previous)
    return mistake or _number_mistake(made) or _shape_mistake(made) or made


def _unused(kind: MetricKind, bound: Bound | None, upper: Decimal | None) -> Refusal | None:
    if bound is not None and kind is not MetricKind.THRESHOLD:
        return Refusal(name="bound_unused", sentence=f"Only a threshold has a bound ({bound}); a {kind} has a target.")
    if upper is not None and (kind is not MetricKind.THRESHOLD or bound is Bound.AT_MOST):
        return Refusal(name="upper_unused", sentence=f"Only a threshold from below can end above ({upper:f}) as well.")
    return None


def grown(baseline: Decimal, growth: Decimal) -> Decimal:
    """The number that is `growth` % more than the baseline."""
    return round(baseline * (FULL + growth) / FULL, PLACES).normalize()


def check_value(metric: Metric, value: Decimal) -> Refusal | None:
    """Why `value` cannot be a reading of `metric`, or None where it can.

    Percentages and milestones go from 0 to 100, counts from 0, also one that is to grow by a part; nothing shrinks by
    more than 100 % in a month. A threshold in % goes from 0 to 100; any other, and an amount of money, is a plain
    number. A value over the target is good news and no mistake.
    """
    if not value.is_finite():
        return Refusal(name="not_a_number", sentence=f"{value} is not a number that can be compared.")
    if abs(value) >= LIMIT:
        return Refusal(name="too_large", sentence=f"{value:.3e} is larger than anything that is counted here (10^12).")
    if value.as_tuple().exponent < -PLACES:  # type: ignore[operator] # a finite number has an int here
        return Refusal(name="too_fine", sentence=f"A number takes at most {PLACES} digits after the point.")
    least, most = limits(metric)
    return _outside(value, metric.kind, least, most)


def limits(metric: Metric) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most a value of this metric can be, None where there is no end to it."""
    match metric:
        case Percent() | Milestone():
            return ZERO, FULL
        case Threshold():
            return (ZERO, FULL) if metric.unit == "%" else (None, None)
        case Count() | PercentIncrease():
            return ZERO, None
        case MomGrowth():
            return -FULL, None
        case Currency():
            return None, None
        case _:
            assert_never(metric)


def falling(metric: Metric) -> bool:
    """Whether less is better: a bound at most, or a target below where it began.

    Where the beginning is unknown the stretch shows the direction, and without one more is better: a first reading
    above the target is good news, never the discovery that the goal was meant the other way round.
    """
    if isinstance(metric, Threshold) and metric.upper is not None:
        return metric.baseline is not None and metric.baseline > metric.upper
    if isinstance(metric, Threshold):
        return metric.bound is Bound.AT_MOST
    if metric.baseline is not None:
        return metric.target < metric.baseline
    return metric.stretch is not None and metric.stretch < metric.target


def reached(metric: Metric, value: Decimal) -> bool:
    """Whether the committed target is met or passed; of what is held between two, whether it lies there."""
    return away(metric, value) <= ZERO


def away(metric: Metric, value: Decimal) -> Decimal:
    """How far a value is from where it is to be held; from a target, which may be passed, below 0 beyond it."""
    if isinstance(metric, Threshold) and metric.upper is not None:
        return max(metric.target - value, value - metric.upper, ZERO)
    return value - metric.target if falling(metric) else metric.target - value


def _outside(value: Decimal, kind: MetricKind, least: Decimal | None, most: Decimal | None) -> Refusal | None:
    if (least is None or value >= least) and (most is None or value <= most):
        return None
    bounds = f"is never below {least}" if most is None else f"lies between {least} and {most}"
    return Refusal(name="out_of_range", sentence=f"{value:f} cannot be taken: a {kind} {bounds}.")


def _unit_mistake(metric: Metric, unit: str) -> Refusal | None:
    if isinstance(metric, Percent | Milestone) and unit not in {"", "%"}:
        return Refusal(name="unit_unused", sentence=f"A {metric.kind} is measured in %, not in {unit[:UNIT_LENGTH]}.")
    if len(unit) > UNIT_LENGTH or not unit.isprintable():
        return Refusal(name="unit_too_long", sentence=f"A unit is one word or two, at most {UNIT_LENGTH} characters.")
    if isinstance(metric, Currency) and not CURRENCY_CODE.fullmatch(unit):
        return Refusal(name="currency_missing", sentence="An amount of money needs its currency, such as EUR.")
    return None


def _previous_mistake(metric: Metric, previous: Decimal | None) -> Refusal | None:
    if previous is None or (isinstance(metric, MomGrowth) and previous > 0):
        return None
    sentence = "A last month's number, above 0, belongs to a growth from month to month (mom_growth) only."
    return Refusal(name="previous_unused", sentence=sentence)


def _number_mistake(metric: Metric) -> Refusal | None:
    parts = (("target", metric.target), ("baseline", metric.baseline), ("stretch", metric.stretch))
    upper = metric.upper if isinstance(metric, Threshold) else None
    for part, value in (*parts, ("upper end", upper)):
        refusal = check_value(metric, value) if value is not None else None
        if refusal is not None:
            return Refusal(name=refusal.name, sentence=f"The {part}: {refusal.sentence}")
    return None


def _shape_mistake(metric: Metric) -> Refusal | None:
    target, stretch = metric.target, metric.stretch
    if metric.baseline == target and not isinstance(metric, Threshold):
        return Refusal(
            name="nowhere_to_go",
            sentence=f"It begins where it is to end ({target:f}): give a target other than the baseline.",
        )
    if isinstance(metric, Milestone) and (stretch is not None or falling(metric)):
        return Refusal(name="milestone_shape", sentence="A milestone grows towards done and takes no stretch target.")
    if isinstance(metric, Threshold) and metric.upper is not None and (metric.upper <= target or stretch is not None):
        sentence = f"What is held between two ends above {target:f}, and has no stretch."
        return Refusal(name="between_shape", sentence=sentence)
    if stretch is None:
        return None
    if stretch == target or falling(metric) is not (stretch < target):
        side = "below" if falling(metric) else "above"
        return Refusal(
            name="stretch_side",
            sentence=f"The stretch ({stretch:f}) has to lie beyond the target, {side} {target:f}.",
        )
    return None
