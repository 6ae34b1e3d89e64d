"""Growth from month to month."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.months import by_month, growths, mean_growth

D = Decimal
MARCH, APRIL, MAY, JUNE = (date(2026, month, 1) for month in (3, 4, 5, 6))
numbers = st.decimals(min_value=1, max_value=10**6, places=2)


def test_the_last_value_of_a_month_is_the_months() -> None:
    heard = [(date(2026, 4, 28), D(60)), (date(2026, 3, 31), D(50)), (date(2026, 4, 2), D(55))]

    assert by_month(heard) == {MARCH: D(50), APRIL: D(60)}


def test_two_numbers_of_one_month_are_both_held_against_the_month_before() -> None:
    march, early, late = (date(2026, 3, 9), D(50)), (date(2026, 4, 2), D(55)), (date(2026, 4, 28), D(60))

    assert growths(by_month([march, early])) == {APRIL: D(10)}
    assert growths(by_month([march, early, late])) == {APRIL: D(20)}


def test_a_month_nobody_counted_shares_what_was_grown() -> None:
    assert growths({MARCH: D(100), MAY: D(121)}) == {MAY: D(10)}
    assert growths({date(2025, 12, 1): D(100), date(2026, 1, 1): D(90)}) == {date(2026, 1, 1): D(-10)}


def test_what_begins_at_nothing_has_no_growth_in_percent() -> None:
    assert growths({MARCH: D(0), APRIL: D(5), MAY: D(0), JUNE: D(3)}) == {MAY: D(-100)}
    assert growths({MARCH: D(5)}) == {}


def test_the_mean_growth_leads_to_where_the_months_led() -> None:
    assert mean_growth([D(50), D(-50)]) == round(((D("0.75")).sqrt() - 1) * 100, 9)
    assert mean_growth([D(10)] * 3) == D(10)
    assert mean_growth([D(30), D(-100)]) == D(-100)
    assert mean_growth([]) is None


@given(st.lists(numbers, min_size=2, max_size=12))
def test_the_mean_of_all_growths_leads_from_the_first_number_to_the_last(several: list[Decimal]) -> None:
    months = {date(2026, month, 1): number for month, number in enumerate(several, start=1)}
    mean = mean_growth(growths(months).values())

    assert mean is not None
    ended = several[0] * (1 + mean / 100) ** (len(several) - 1)
    assert abs(ended / several[-1] - 1) < D("1e-4")


@given(st.lists(numbers, min_size=1, max_size=6), numbers, numbers)
def test_a_better_month_never_makes_the_growth_worse(before: list[Decimal], one: Decimal, other: Decimal) -> None:
    last = date(2026, len(before) + 1, 1)
    months = {date(2026, month, 1): number for month, number in enumerate(before, start=1)}
    worse, better = (growths({**months, last: number})[last] for number in sorted((one, other)))

    assert worse <= better
