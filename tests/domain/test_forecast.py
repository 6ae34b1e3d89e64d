"""The range in which a key result is likely to end."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.forecast import Forecast, forecast
from okrmate.domain.metrics import Count, Currency, Metric, Milestone, Percent, limits
from okrmate.domain.okrs import Reading
from okrmate.frozen import replace
from tests.builders import NOW, a_reading
from tests.domain.kinds import KINDS, any_kind, values_of

D = Decimal
DAY = timedelta(days=1)
MONEY = Currency(baseline=D(0), target=D(1000), unit="EUR")
LAST_PLACE = D("1e-9")
"""The place values are rounded to; two ways of working one out may differ in it."""
ENDS = date(2026, 6, 9)
"""A little less than a hundred days after the first reading."""

Way = tuple[Metric, list[tuple[int, Decimal]]]
"""A key result and its readings (day, value)."""


def heard(*several: tuple[int, object]) -> list[Reading]:
    """Readings (day, value)."""
    return [a_reading(str(value), id=f"r{number}", at=NOW + day * DAY) for number, (day, value) in enumerate(several)]


def ahead(metric: Metric, readings: Iterable[Reading], *, day: int = 30, ends: date | None = ENDS) -> Forecast | None:
    return forecast(metric, readings, ends=ends, now=NOW + day * DAY)


def certain(found: Forecast | None) -> Forecast:
    assert found is not None
    return found


def test_three_readings_give_the_range_between_the_slowest_and_the_fastest_step() -> None:
    found = certain(ahead(MONEY, heard((0, 0), (10, 100), (20, 300))))

    assert (found.at, found.value) == (NOW + 20 * DAY, D(300))
    assert D(1090) < found.low < D(1110)
    assert D(1890) < found.high < D(1915)


def test_a_steady_way_is_a_narrow_range_and_never_a_line() -> None:
    found = certain(ahead(MONEY, heard((0, 0), (10, 100), (20, 200), (30, 300))))

    assert found.low < D(996) < found.high
    assert found.high - found.low == D(40)


def test_one_reading_far_off_moves_the_range_little() -> None:
    steady = [(day, 10 * day) for day in range(0, 24, 2)]
    slipped = [(day, 9000 if day == 10 else value) for day, value in steady]
    found = certain(ahead(MONEY, heard(*slipped)))

    assert D(900) < found.low < found.high < D(1100)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_readings_say_nothing(count: int) -> None:
    assert ahead(MONEY, heard((0, 0), (10, 100))[:count]) is None


def test_readings_of_one_day_are_one_and_the_last_of_them_counts() -> None:
    in_a_day = [a_reading(value, id=f"r{value}", at=NOW + timedelta(minutes=value)) for value in (10, 20, 30)]

    assert ahead(MONEY, in_a_day) is None
    corrected = [*heard((10, 100), (20, 200)), *in_a_day]
    assert ahead(MONEY, corrected) == ahead(MONEY, [*heard((10, 100), (20, 200)), in_a_day[-1]])


def test_a_reading_taken_back_or_without_a_value_does_not_count() -> None:
    three = heard((0, 0), (10, 100), (20, 300))

    assert ahead(MONEY, [*three[:2], replace(three[2], undone_by="c1")]) is None
    assert ahead(MONEY, [*three[:2], replace(three[2], value=None, note="busy")]) is None


def test_nothing_is_foretold_after_two_rhythms_of_silence_after_the_end_or_without_one() -> None:
    three = heard((0, 0), (10, 100), (20, 300))

    assert ahead(MONEY, three, day=75) is not None
    assert ahead(MONEY, three, day=76) is None
    assert ahead(MONEY, three, day=30, ends=None) is None
    assert ahead(MONEY, three, day=30, ends=NOW.date() + 29 * DAY) is None


def test_a_milestone_that_is_done_has_nothing_ahead() -> None:
    assert ahead(Milestone(), heard((0, 40), (10, 60), (20, 90))) is not None
    assert ahead(Milestone(), heard((0, 40), (10, 60), (20, 100))) is None


def test_nothing_goes_beyond_what_its_kind_can_be() -> None:
    full = certain(ahead(Percent(baseline=D(50), target=D(90)), heard((0, 50), (5, 70), (10, 95))))
    gone = certain(ahead(Count(baseline=D(20), target=D(5)), heard((0, 20), (5, 12), (10, 4))))

    assert (full.low, full.high) == (D("98.4"), D(100))
    assert (gone.low, gone.high) == (D(0), D("0.6"))


@st.composite
def ways(draw: st.DrawFn, metric: Metric | None = None) -> Way:
    """A key result of any kind with readings on three days or more."""
    chosen = metric or draw(any_kind)
    days = sorted(draw(st.sets(st.integers(0, 40), min_size=3, max_size=15)))
    return chosen, [(day, draw(values_of(chosen))) for day in days]


@given(ways())
def test_every_range_lies_within_what_its_kind_can_be_and_is_never_a_line(
    way: Way,
) -> None:
    metric, several = way
    found = ahead(metric, heard(*several), day=40)
    if found is None:
        assert isinstance(metric, Milestone)
        return
    least, most = limits(metric)
    assert found.low < found.high
    assert least is None or least <= found.low
    assert most is None or found.high <= most


@given(ways(), st.data())
def test_the_order_in_which_readings_are_given_changes_nothing(way: Way, data: st.DataObject) -> None:
    metric, several = way
    readings = heard(*several)

    assert ahead(metric, data.draw(st.permutations(readings)), day=40) == ahead(metric, readings, day=40)


@given(st.sampled_from([kind for kind in KINDS if kind.baseline is not None]).flatmap(ways), st.data())
def test_a_higher_last_reading_never_lowers_the_range(way: Way, data: st.DataObject) -> None:
    metric, several = way
    *before, (day, last) = several
    other = data.draw(values_of(metric))
    lower, higher = (ahead(metric, heard(*before, (day, value)), day=40) for value in sorted((last, other)))
    if lower is not None and higher is not None:
        assert lower.low <= higher.low + LAST_PLACE
        assert lower.high <= higher.high + LAST_PLACE


@given(ways(MONEY))
def test_what_falls_is_foretold_as_the_mirror_image_of_what_rises(
    way: Way,
) -> None:
    _, several = way
    image = Currency(baseline=D(1000), target=D(0), unit="EUR")
    rising = certain(ahead(MONEY, heard(*several), day=40))
    falling = certain(ahead(image, heard(*((day, 1000 - value) for day, value in several)), day=40))

    assert abs(rising.low + falling.high - 1000) < LAST_PLACE
    assert abs(rising.high + falling.low - 1000) < LAST_PLACE
