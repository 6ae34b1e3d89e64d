"""Which key results make sense, and which values each kind takes."""

from decimal import Decimal

import pytest

from okrmate.domain.errors import Refusal
from okrmate.domain.metrics import (
    LIMIT,
    Bound,
    Count,
    Currency,
    Metric,
    MetricKind,
    Milestone,
    MomGrowth,
    Percent,
    PercentIncrease,
    Threshold,
    check_value,
    falling,
    grown,
    make_metric,
    reached,
)
from okrmate.domain.pace import Movement, movement
from okrmate.domain.scoring import COMMITTED, score

D = Decimal


def made(
    kind: MetricKind,
    target: str | None,
    baseline: str | None = None,
    stretch: str | None = None,
    *,
    unit: str = "",
    bound: Bound | None = None,
) -> Metric | Refusal:
    numbers = [None if number is None else D(number) for number in (target, baseline, stretch)]
    return make_metric(kind, target=numbers[0], baseline=numbers[1], stretch=numbers[2], unit=unit, bound=bound)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            made(MetricKind.COUNT, "6", "1", "8", unit=" talks "),
            Count(target=D(6), baseline=D(1), stretch=D(8), unit="talks"),
        ),
        (made(MetricKind.PERCENT, "80", "62", unit="%"), Percent(target=D(80), baseline=D(62))),
        (made(MetricKind.THRESHOLD, "30", unit="%"), Threshold(target=D(30), unit="%")),
        (
            made(MetricKind.THRESHOLD, "3", bound=Bound.AT_MOST, stretch="1"),
            Threshold(target=D(3), bound=Bound.AT_MOST, stretch=D(1)),
        ),
        (made(MetricKind.THRESHOLD, "30", "30"), Threshold(target=D(30), baseline=D(30))),  # to be held where it is
        (made(MetricKind.MILESTONE, None), Milestone(target=D(100), baseline=D(0))),
        (made(MetricKind.COUNT, "0", "12"), Count(target=D(0), baseline=D(12))),
        (
            made(MetricKind.PERCENT_INCREASE, "8", "4", unit="gigs"),
            PercentIncrease(target=D(8), baseline=D(4), unit="gigs"),
        ),
        (
            made(MetricKind.CURRENCY, "12000", "1200", "15000", unit="EUR"),
            Currency(target=D(12000), baseline=D(1200), stretch=D(15000), unit="EUR"),
        ),
        (made(MetricKind.CURRENCY, "-500", "-2000", unit="$"), Currency(target=D(-500), baseline=D(-2000), unit="$")),
        (
            made(MetricKind.MOM_GROWTH, "10", unit="attendees"),
            MomGrowth(target=D(10), baseline=D(0), measure="attendees"),
        ),
        (made(MetricKind.MOM_GROWTH, "10", "3", unit="%"), MomGrowth(target=D(10), baseline=D(3))),
    ],
)
def test_a_metric_that_makes_sense_is_made_as_it_was_said(result: Metric | Refusal, expected: Metric) -> None:
    assert result == expected


@pytest.mark.parametrize(
    ("result", "name", "words"),
    [
        (made(MetricKind.COUNT, None), "target_missing", "target"),
        (made(MetricKind.COUNT, "-3"), "out_of_range", "-3"),
        (made(MetricKind.COUNT, "NaN"), "not_a_number", "NaN"),
        (made(MetricKind.COUNT, "sNaN"), "not_a_number", "NaN"),
        (made(MetricKind.COUNT, "Infinity"), "not_a_number", "Infinity"),
        (made(MetricKind.COUNT, "1e400"), "too_large", "10^12"),
        (made(MetricKind.COUNT, "0.0000000001"), "too_fine", "9 digits"),
        (made(MetricKind.PERCENT, "120"), "out_of_range", "between 0 and 100"),
        (made(MetricKind.PERCENT, "80", "-1"), "out_of_range", "baseline"),
        (made(MetricKind.PERCENT, "80", "60", "101"), "out_of_range", "stretch"),
        (made(MetricKind.THRESHOLD, "130", unit="%"), "out_of_range", "between 0 and 100"),
        (made(MetricKind.COUNT, "5", "5"), "nowhere_to_go", "baseline"),
        (made(MetricKind.COUNT, "5", "1", "4"), "stretch_side", "above 5"),
        (made(MetricKind.COUNT, "5", "1", "5"), "stretch_side", "above 5"),
        (made(MetricKind.COUNT, "5", "9", "6"), "stretch_side", "below 5"),
        (made(MetricKind.THRESHOLD, "5", stretch="4"), "stretch_side", "above 5"),
        (made(MetricKind.THRESHOLD, "5", stretch="6", bound=Bound.AT_MOST), "stretch_side", "below 5"),
        (made(MetricKind.MILESTONE, "80", "0", "100"), "milestone_shape", "no stretch"),
        (made(MetricKind.MILESTONE, "20", "50"), "milestone_shape", "grows"),
        (made(MetricKind.COUNT, "5", bound=Bound.AT_MOST), "bound_unused", "threshold"),
        (made(MetricKind.PERCENT, "5", unit="talks"), "unit_unused", "talks"),
        (made(MetricKind.COUNT, "5", unit="x" * 25), "unit_too_long", "24"),
        (made(MetricKind.COUNT, "5", unit="a\nb"), "unit_too_long", "24"),
        (made(MetricKind.CURRENCY, "5"), "currency_missing", "EUR"),
        (made(MetricKind.CURRENCY, "5", unit="talks"), "currency_missing", "EUR"),
        (made(MetricKind.PERCENT_INCREASE, "-8", "4"), "out_of_range", "-8"),
        (made(MetricKind.PERCENT_INCREASE, "4", "4"), "nowhere_to_go", "baseline"),
        (made(MetricKind.MOM_GROWTH, "-101"), "out_of_range", "-101"),
        (made(MetricKind.MOM_GROWTH, "0"), "nowhere_to_go", "0"),
    ],
)
def test_a_metric_that_makes_no_sense_is_refused_by_a_sentence(result: Metric | Refusal, name: str, words: str) -> None:
    assert isinstance(result, Refusal)
    assert result.name == name
    assert words in result.sentence
    assert result.sentence.endswith(".")


def test_every_kind_can_be_made() -> None:
    units = {MetricKind.CURRENCY: "EUR"}
    assert {made(kind, "10", "1", unit=units.get(kind, "")).kind for kind in MetricKind} == set(MetricKind)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("baseline", "growth", "number"), [("4", "100", "8"), ("30", "-10", "27"), ("7", "33.3", "9.331")]
)
def test_growth_since_the_baseline_is_a_number(baseline: str, growth: str, number: str) -> None:
    assert grown(D(baseline), D(growth)) == D(number)


@pytest.mark.parametrize(
    ("metric", "value", "name"),
    [
        (Percent(target=D(80)), "100", None),
        (Percent(target=D(80)), "0", None),
        (Percent(target=D(80)), "100.1", "out_of_range"),
        (Milestone(), "-1", "out_of_range"),
        (Milestone(), "101", "out_of_range"),
        (Count(target=D(5)), "17", None),
        (Count(target=D(5)), "-1", "out_of_range"),
        (Threshold(target=D(30), unit="%"), "101", "out_of_range"),
        (Threshold(target=D(30), unit="degrees"), "-4", None),
        (Count(target=D(5)), str(LIMIT), "too_large"),
        (PercentIncrease(target=D(8), baseline=D(4)), "-1", "out_of_range"),
        (PercentIncrease(target=D(8), baseline=D(4)), "40", None),
        (Currency(target=D(12000), unit="EUR"), "-350.75", None),
        (MomGrowth(target=D(10)), "-100", None),
        (MomGrowth(target=D(10)), "-100.5", "out_of_range"),
        (MomGrowth(target=D(10)), "250", None),
        (Count(target=D(5)), "-Infinity", "not_a_number"),
    ],
)
def test_a_value_outside_the_range_of_its_kind_is_refused(metric: Metric, value: str, name: str | None) -> None:
    refusal = check_value(metric, D(value))
    assert (refusal.name if refusal else None) == name


def test_a_value_over_the_target_is_taken() -> None:
    assert check_value(Count(target=D(5)), D(50)) is None


@pytest.mark.parametrize(
    ("metric", "less_is_better"),
    [
        (Count(target=D(5), baseline=D(1)), False),
        (Count(target=D(5), baseline=D(9)), True),
        (Count(target=D(5)), False),
        (Count(target=D(5), stretch=D(3)), True),
        (Threshold(target=D(5), bound=Bound.AT_MOST), True),
        (Threshold(target=D(5), baseline=D(9)), False),
    ],
)
def test_the_good_direction_follows_from_bound_baseline_or_stretch(metric: Metric, less_is_better: bool) -> None:
    assert falling(metric) is less_is_better
    assert reached(metric, metric.target)
    assert reached(metric, metric.target - 1) is less_is_better
    assert reached(metric, metric.target + 1) is not less_is_better


def test_what_is_held_between_two_is_reached_inside_and_comes_nearer_from_either_side() -> None:
    def made(baseline: int | None = None, upper: int = 20, stretch: int | None = None) -> Metric | Refusal:
        values = [None if each is None else Decimal(each) for each in (baseline, upper, stretch)]
        return make_metric(
            MetricKind.THRESHOLD, target=Decimal(10), baseline=values[0], upper=values[1], stretch=values[2]
        )

    below, above = made(0), made(40)
    assert not isinstance(below, Refusal)
    assert not isinstance(above, Refusal)
    assert [reached(below, Decimal(value)) for value in (9, 10, 20, 21)] == [False, True, True, False]
    half, held = Decimal("0.35"), COMMITTED
    assert [score(below, Decimal(value)) for value in (0, 5, 15, 25)] == [0, half, held, half]
    assert [score(above, Decimal(value)) for value in (40, 30, 10, 0)] == [0, half, held, half]
    assert movement(above, Decimal(30), Decimal(25)) is Movement.UP
    assert movement(above, Decimal(15), Decimal(5)) is Movement.DOWN
    assert isinstance(made(upper=10), Refusal)
    assert isinstance(made(stretch=15), Refusal)
    assert isinstance(make_metric(MetricKind.COUNT, target=Decimal(10), upper=Decimal(20)), Refusal)
