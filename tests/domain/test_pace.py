"""Movement, pace, standing still and silence."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.metrics import Bound, Count, Metric, Milestone, MomGrowth, Percent, Threshold
from okrmate.domain.pace import Movement, Pace, is_silent, is_stuck, movement, pace, stuck_since
from okrmate.domain.summaries import NOTHING_HEARD, summarise
from tests.builders import NOW, a_reading

D = Decimal
RISING = Count(baseline=D(1), target=D(6), stretch=D(8))
FALLING = Count(baseline=D(20), target=D(5))
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("metric", "before", "after", "expected"),
    [
        (RISING, 3, 4, Movement.UP),
        (RISING, 4, 3, Movement.DOWN),
        (RISING, 3, 3, Movement.SAME),
        (RISING, 3, 6, Movement.REACHED),
        (RISING, 5, 7, Movement.OVER_TARGET),
        (RISING, 8, 7, Movement.DOWN),
        (RISING, 8, 8, Movement.SAME),
        (RISING, None, 3, Movement.FIRST),
        (RISING, None, 6, Movement.REACHED),
        (Count(target=D(6)), None, 9, Movement.FIRST),
        (FALLING, 20, 15, Movement.UP),
        (FALLING, 15, 20, Movement.DOWN),
        (FALLING, 15, 5, Movement.REACHED),
        (FALLING, 15, 2, Movement.OVER_TARGET),
        (Threshold(target=D(3), bound=Bound.AT_MOST), 2, 4, Movement.DOWN),
        (Milestone(), 40, 100, Movement.REACHED),
    ],
)
def test_up_is_towards_the_target_whichever_way_the_numbers_go(
    metric: Metric, before: int | None, after: int, expected: Movement
) -> None:
    assert movement(metric, None if before is None else D(before), D(after)) is expected


def paced(
    value: int | None, days: int, *, metric: Metric = RISING, ends: date | None = date(2026, 6, 9)
) -> Pace | None:
    """The pace `days` after the beginning of a hundred days."""
    return pace(metric, None if value is None else D(value), begun=NOW, ends=ends, now=NOW + days * DAY)


@pytest.mark.parametrize(
    ("value", "days", "expected"),
    [
        (1, 0, Pace.ON),
        (1, 9, Pace.ON),
        (1, 20, Pace.BEHIND),
        (3, 40, Pace.ON),
        (4, 40, Pace.AHEAD),
        (6, 99, Pace.ON),
        (6, 300, Pace.ON),
        (5, 300, Pace.BEHIND),
        (1, -50, Pace.ON),
    ],
)
def test_pace_is_the_value_against_a_straight_line(value: int, days: int, expected: Pace) -> None:
    assert paced(value, days) is expected


def test_there_is_no_pace_without_an_end_a_value_or_a_beginning() -> None:
    assert paced(3, 40, ends=None) is None
    assert paced(None, 40) is None
    assert paced(3, 40, metric=Count(target=D(6))) is None
    assert paced(3, 40, ends=NOW.date() - DAY) is None


def test_an_unknown_baseline_paces_from_the_first_reading() -> None:
    late = NOW + 80 * DAY
    assert pace(Count(target=D(6)), D(3), first=D(3), begun=NOW, ends=date(2026, 6, 9), now=late) is Pace.BEHIND


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 120))
def test_a_better_value_is_never_at_a_worse_pace(one: int, other: int, days: int) -> None:
    order = [Pace.BEHIND, Pace.ON, Pace.AHEAD]
    worse, better = (paced(value, days) for value in sorted((one, other)))
    assert worse is not None
    assert better is not None
    assert order.index(worse) <= order.index(better)


def stuck(metric: Metric, *heard: tuple[int, str], taken_back: int | None = None) -> int | None:
    """The day since which readings (day, value) stand."""
    readings = [
        a_reading(value, id=f"r{number}", at=NOW + day * DAY, undone_by="c1" if number == taken_back else "")
        for number, (day, value) in enumerate(heard)
    ]
    since = stuck_since(metric, reversed(readings))
    assert is_stuck(metric, summarise(readings)) is (since is not None)
    return None if since is None else (since - NOW) // DAY


def test_three_readings_within_noise_are_stuck_since_the_first_of_them() -> None:
    assert stuck(Milestone(), (0, "20"), (3, "40"), (5, "41"), (9, "40")) == 3


def test_two_readings_are_stuck_when_three_weeks_lie_between_them() -> None:
    assert stuck(RISING, (0, "3"), (20, "3")) is None
    assert stuck(RISING, (0, "3"), (21, "3")) == 0


def test_one_reading_and_then_silence_is_not_stuck() -> None:
    assert stuck(RISING, (0, "3")) is None
    assert stuck(RISING) is None


def test_what_moves_beyond_noise_is_not_stuck() -> None:
    assert stuck(Percent(baseline=D(60), target=D(80)), (0, "62"), (5, "62.4"), (9, "62.9")) is None
    assert stuck(Percent(baseline=D(60), target=D(80)), (0, "62"), (5, "62.4"), (9, "62.3")) == 0


def test_what_is_reached_is_not_stuck() -> None:
    assert stuck(RISING, (0, "6"), (20, "6"), (40, "6")) is None


def test_a_growth_that_stays_the_same_still_moves_what_it_measures() -> None:
    monthly, shrinking = MomGrowth(baseline=D(0), target=D(10)), MomGrowth(baseline=D(0), target=D(-5))

    assert stuck(monthly, (0, "6"), (30, "6"), (60, "6")) is None
    assert stuck(monthly, (0, "0"), (30, "0"), (60, "0")) == 0
    assert stuck(monthly, (0, "-3"), (30, "-3"), (60, "-3")) == 0
    assert stuck(shrinking, (0, "-3"), (30, "-3"), (60, "-3")) is None
    assert stuck(shrinking, (0, "3"), (30, "3"), (60, "3")) == 0


def test_what_was_to_be_held_and_is_lost_is_stuck_below_its_bound() -> None:
    held = Threshold(baseline=D(30), target=D(30), unit="%")

    assert stuck(held, (0, "28"), (9, "28.3"), (20, "28.1")) == 0
    assert stuck(held, (0, "25"), (9, "28.3"), (20, "27")) is None
    assert stuck(held, (0, "31"), (9, "31"), (20, "31")) is None


def test_a_reading_taken_back_does_not_make_it_stuck() -> None:
    assert stuck(RISING, (0, "3"), (3, "3"), (5, "3"), taken_back=1) is None


def test_readings_without_a_value_neither_move_nor_stand() -> None:
    notes = [a_reading(None, id=f"n{day}", at=NOW + day * DAY, note="busy") for day in range(5)]
    assert stuck_since(RISING, [a_reading(3), *notes]) is None


def test_silence_is_two_rhythms_without_a_word() -> None:
    rhythm = timedelta(weeks=2)
    heard = summarise([a_reading(None, at=NOW, note="busy")])
    assert not is_silent(heard, since=NOW - 90 * DAY, rhythm=rhythm, now=NOW + 27 * DAY)
    assert is_silent(heard, since=NOW - 90 * DAY, rhythm=rhythm, now=NOW + 28 * DAY)
    assert is_silent(NOTHING_HEARD, since=NOW, rhythm=rhythm, now=datetime(2026, 3, 30, 9, 0, tzinfo=UTC))
