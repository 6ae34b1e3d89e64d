"""All seven kinds of key result with values they can take, for properties that hold of every one of them."""

from decimal import Decimal

from hypothesis import strategies as st

from okrmate.domain.metrics import (
    Bound,
    Count,
    Currency,
    Metric,
    Milestone,
    MomGrowth,
    Percent,
    PercentIncrease,
    Threshold,
    limits,
)

D = Decimal
KINDS: tuple[Metric, ...] = (
    Count(baseline=D(1), target=D(6), stretch=D(8)),
    Count(baseline=D(20), target=D(5)),
    Count(target=D(10)),
    Percent(baseline=D(62), target=D(80)),
    Percent(baseline=D(45), target=D(20)),
    PercentIncrease(baseline=D(4), target=D(8)),
    Threshold(baseline=D(10), target=D(30), unit="%"),
    Threshold(baseline=D(35), target=D(30), unit="%"),
    Threshold(target=D(3), bound=Bound.AT_MOST, unit="days"),
    MomGrowth(baseline=D(0), target=D(10)),
    MomGrowth(baseline=D(0), target=D(-5)),
    Currency(baseline=D(0), target=D(12000), unit="EUR"),
    Currency(baseline=D(900), target=D(300), unit="EUR"),
    Milestone(),
)
"""Each kind, rising and falling, with a baseline and without, with a bound still to reach and one to hold."""
any_kind = st.sampled_from(KINDS)


def values_of(metric: Metric) -> st.SearchStrategy[Decimal]:
    """Values the metric can take, on both sides of its target."""
    least, most = limits(metric)
    far = 2 * max(abs(metric.target), abs(metric.baseline or D(0)))
    return st.decimals(min_value=-far if least is None else least, max_value=far if most is None else most, places=2)
