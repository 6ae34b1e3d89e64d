"""How long a set of OKRs runs, and how much of that is gone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.cycle import SHORTEST, closes_at, elapsed, proposed_end
from tests.builders import NOW


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 2, 17), date(2026, 3, 31)),
        (date(2026, 2, 18), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 9, 30)),
        (date(2026, 10, 5), date(2026, 12, 31)),
        (date(2026, 12, 1), date(2027, 3, 31)),
    ],
)
def test_a_cycle_ends_with_its_quarter_unless_hardly_any_of_it_is_left(begins: date, ends: date) -> None:
    assert proposed_end(begins) == ends


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_proposed_cycle_ends_a_quarter_and_lasts_six_weeks_at_least(begins: date) -> None:
    ends = proposed_end(begins)

    assert SHORTEST <= ends - begins <= timedelta(days=92) + SHORTEST
    assert (ends + timedelta(days=1)).day == 1
    assert ends.month % 3 == 0


@pytest.mark.parametrize(("days", "gone"), [(-3, 0), (0, 0), (400, 1)])
def test_no_more_time_is_gone_than_there_is(days: int, gone: int) -> None:
    assert elapsed(NOW, date(2026, 6, 30), NOW + timedelta(days=days)) == gone


def test_half_of_the_time_is_gone_in_the_middle_of_it() -> None:
    ends = date(2026, 6, 30)
    gone = elapsed(NOW, ends, NOW + (closes_at(ends) - NOW) / 2)

    assert gone is not None
    assert round(gone, 6) == Decimal("0.5")


def test_there_is_no_time_to_be_gone_without_an_end_or_before_the_beginning() -> None:
    assert elapsed(NOW, None, NOW) is None
    assert elapsed(NOW, NOW.date() - timedelta(days=1), NOW) is None
