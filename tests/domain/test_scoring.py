"""The score: 0.0 at the baseline, 0.7 at the committed target, 1.0 at the stretch."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
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
    falling,
)
from okrmate.domain.scoring import ALL_OF_IT, COMMITTED, NONE_OF_IT, progress, score
from okrmate.frozen import replace
from tests.domain.kinds import any_kind, values_of

D = Decimal
numbers = st.decimals(min_value=0, max_value=1000, places=2)


@st.composite
def metrics(draw: st.DrawFn) -> Metric:
    """Any metric that can be made, rising and falling, with and without a stretch."""
    low, middle, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    assume(low < middle < high)
    baseline, target, beyond = (low, middle, high) if draw(st.booleans()) else (high, middle, low)
    stretch = draw(st.sampled_from((None, beyond)))
    bound = Bound.AT_LEAST if baseline < target else Bound.AT_MOST
    shapes: tuple[Metric, ...] = (
        Count(target=target, baseline=baseline, stretch=stretch),
        Threshold(target=target, baseline=draw(st.sampled_from((baseline, beyond))), stretch=stretch, bound=bound),
    )
    return draw(st.sampled_from(shapes))


@pytest.mark.parametrize(
    ("metric", "value", "expected"),
    [
        (MomGrowth(baseline=D(0), target=D(10)), "5", "0.35"),
        (MomGrowth(baseline=D(0), target=D(10)), "-3", "0.00"),
        (MomGrowth(baseline=D(0), target=D(-5)), "-5", "0.70"),
        (PercentIncrease(baseline=D(4), target=D(8)), "6", "0.35"),
        (Currency(baseline=D(0), target=D(12000), stretch=D(15000), unit="EUR"), "13500", "0.85"),
        (Count(baseline=D(1), target=D(6), stretch=D(8)), "7", "0.85"),
        (Count(baseline=D(1), target=D(6), stretch=D(8)), "3.5", "0.35"),
        (Percent(baseline=D(62), target=D(80)), "75", "0.51"),
        (Count(baseline=D(0), target=D(4)), "1", "0.18"),
        (Milestone(), "100", "1.00"),
        (Milestone(), "40", "0.40"),
        (Milestone(target=D(80)), "90", "1.00"),
        (Count(baseline=D(0), target=D(7)), "9", "0.90"),
        (Count(baseline=D(0), target=D(7)), "12", "1.00"),
        (Count(baseline=D(20), target=D(5)), "20", "0.00"),
        (Count(baseline=D(20), target=D(5)), "12.5", "0.35"),
        (Count(baseline=D(20), target=D(5), stretch=D(3)), "4", "0.85"),
        (Count(baseline=D(20), target=D(5)), "25", "0.00"),
        (Threshold(baseline=D(10), target=D(30)), "18", "0.28"),
        (Threshold(baseline=D(35), target=D(30)), "31", "0.70"),
        (Threshold(baseline=D(35), target=D(30)), "29", "0.00"),
        (Threshold(baseline=D(35), target=D(30), stretch=D(40)), "35", "0.85"),
        (Threshold(baseline=D(2), target=D(3), bound=Bound.AT_MOST), "3", "0.70"),
        (Threshold(baseline=D(2), target=D(3), bound=Bound.AT_MOST), "4", "0.00"),
    ],
)
def test_the_score_is_the_position_between_baseline_target_and_stretch(
    metric: Metric, value: str, expected: str
) -> None:
    found = score(metric, D(value))
    assert found is not None
    assert found.quantize(D("0.01"), rounding="ROUND_HALF_UP") == D(expected)


def test_what_is_not_known_is_not_zero() -> None:
    assert score(Count(target=D(5), baseline=D(0)), None) is None
    assert score(Count(target=D(5)), D(3)) is None
    assert progress(Count(target=D(5), baseline=D(0)), None) is None
    assert progress(Count(target=D(5)), D(3)) is None


def test_an_unknown_baseline_is_the_first_reading() -> None:
    without, with_baseline = Count(target=D(10)), Count(target=D(10), baseline=D(4))
    assert score(without, D(7), first=D(4)) == score(with_baseline, D(7)) == D("0.35")
    assert progress(without, D(7), D(4)) == D("0.5")


def test_a_given_baseline_wins_over_the_first_reading() -> None:
    assert score(Count(target=D(10), baseline=D(0)), D(5), first=D(4)) == D("0.35")


def test_progress_is_clamped_and_full_at_the_committed_target() -> None:
    metric = Count(target=D(6), baseline=D(1), stretch=D(8))
    assert [progress(metric, D(value)) for value in (0, 1, 6, 9)] == [D(0), D(0), D(1), D(1)]
    held = Threshold(baseline=D(35), target=D(30))
    assert [progress(held, D(value)) for value in (29, 30, 40)] == [D(0), D(1), D(1)]


@given(metrics(), numbers)
def test_no_score_and_no_progress_leaves_zero_to_one(metric: Metric, value: Decimal) -> None:
    for position in (score(metric, value), progress(metric, value)):
        assert position is not None
        assert NONE_OF_IT <= position <= ALL_OF_IT


@given(metrics(), numbers, numbers)
def test_a_better_value_never_scores_less(metric: Metric, one: Decimal, other: Decimal) -> None:
    worse, better = sorted((one, other), reverse=falling(metric))
    for measure in (score, progress):
        low, high = measure(metric, worse), measure(metric, better)
        assert low is not None
        assert high is not None
        assert low <= high


@given(metrics())
def test_the_committed_target_is_worth_seven_tenths_and_the_stretch_all(metric: Metric) -> None:
    assert score(metric, metric.target) == COMMITTED
    if metric.stretch is not None:
        assert score(metric, metric.stretch) == ALL_OF_IT


@given(numbers, numbers)
def test_a_milestone_is_worth_all_at_its_target(target: Decimal, value: Decimal) -> None:
    assume(target > 0)
    found = score(Milestone(target=target), value)
    assert (found == ALL_OF_IT) is (value >= target)


@given(metrics(), numbers)
def test_a_falling_target_scores_as_its_mirror_image_does(metric: Metric, value: Decimal) -> None:
    def mirrored(number: Decimal | None) -> Decimal | None:
        return None if number is None else 1000 - number

    image = replace(
        metric, target=1000 - metric.target, baseline=mirrored(metric.baseline), stretch=mirrored(metric.stretch)
    )
    if isinstance(image, Threshold):
        image = replace(image, bound=Bound.AT_LEAST if image.bound is Bound.AT_MOST else Bound.AT_MOST)
    assert falling(image) is not falling(metric)
    assert score(image, 1000 - value) == score(metric, value)


@given(any_kind.flatmap(lambda metric: st.tuples(st.just(metric), values_of(metric), values_of(metric))))
def test_of_every_kind_a_better_value_never_scores_less_and_none_leaves_zero_to_one(
    way: tuple[Metric, Decimal, Decimal],
) -> None:
    metric, one, other = way
    beginning = 2 * metric.target if falling(metric) else Decimal(0)
    worse, better = sorted((one, other), reverse=falling(metric))
    low, high = (score(metric, value, first=beginning) for value in (worse, better))

    assert low is not None
    assert high is not None
    assert NONE_OF_IT <= low <= high <= ALL_OF_IT
