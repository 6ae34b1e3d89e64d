"""How key results stand in one word."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.condition import Condition, Position, position
from okrmate.domain.cycle import elapsed
from okrmate.domain.metrics import Count, Metric, Milestone, MomGrowth, Threshold
from okrmate.domain.okrs import Reading
from okrmate.domain.summaries import summarise
from tests.builders import NOW, a_reading
from tests.domain.kinds import any_kind, values_of

D = Decimal
DAY = timedelta(days=1)
METRIC = Count(baseline=D(0), target=D(10))
ENDS = date(2026, 6, 9)


def stands(
    metric: Metric, readings: list[Reading], *, now: datetime, ends: date | None = ENDS, running: bool = True
) -> Position:
    """Where it stands with these readings in a cycle that has begun at `NOW`."""
    return position(metric, summarise(readings), running=running, gone=elapsed(NOW, ends, now), now=now)


def at(
    value: int | None,
    *,
    day: int,
    heard: tuple[int, ...] = (),
    ends: date | None = ENDS,
    metric: Metric = METRIC,
) -> Position:
    """Where it stands `day` days into a hundred, heard of with this value on the days `heard` (else today)."""
    readings = [
        a_reading(value, id=f"r{number}", at=NOW + each * DAY) for number, each in enumerate(heard or (day,), start=1)
    ]
    return stands(metric, readings, now=NOW + day * DAY, ends=ends)


@pytest.mark.parametrize(
    ("value", "day", "expected"),
    [
        (8, 50, Condition.AHEAD),
        (5, 50, Condition.ON_PACE),
        (2, 50, Condition.BEHIND),
        (10, 50, Condition.REACHED),
        (12, 99, Condition.REACHED),
    ],
)
def test_a_value_stands_against_the_time_that_is_gone(value: int, day: int, expected: Condition) -> None:
    assert at(value, day=day).condition is expected


def test_silence_is_never_good_however_well_it_stood() -> None:
    assert at(8, day=60, heard=(3,)).condition is Condition.UNKNOWN
    assert at(8, day=58, heard=(3,)).condition is Condition.AHEAD


def test_three_readings_of_the_same_are_stuck_however_far_ahead() -> None:
    assert at(8, day=30, heard=(10, 20, 30)).condition is Condition.STUCK


def test_nothing_is_known_of_what_has_no_value_no_end_or_has_not_begun() -> None:
    readings = [a_reading(5)]
    drafted = stands(METRIC, readings, now=NOW, running=False)

    assert at(None, day=50).condition is Condition.UNKNOWN
    assert at(5, day=50, ends=None).condition is Condition.UNKNOWN
    assert drafted.condition is Condition.UNKNOWN


def test_how_far_it_came_is_known_without_knowing_whether_that_is_enough() -> None:
    assert at(5, day=50, ends=None).way == D("0.5")


def test_what_was_reached_has_to_be_heard_of_to_be_so_still_but_a_milestone_is_done() -> None:
    assert at(12, day=58, heard=(3,)).condition is Condition.REACHED
    assert at(12, day=59, heard=(3,)).condition is Condition.UNKNOWN
    assert at(100, day=99, heard=(3,), metric=Milestone()).condition is Condition.REACHED


def test_words_alone_make_nothing_good() -> None:
    readings = [a_reading(8, id="r1", at=NOW), a_reading(None, id="r2", at=NOW + 60 * DAY, note="busy")]
    found = stands(METRIC, readings, now=NOW + 61 * DAY)

    assert found.condition is Condition.UNKNOWN


@pytest.mark.parametrize(
    "metric",
    [MomGrowth(baseline=D(0), target=D(10)), Threshold(baseline=D(35), target=D(10)), Threshold(target=D(10))],
)
def test_what_is_to_be_held_is_due_whole_from_the_first_day_on(metric: Metric) -> None:
    readings = [a_reading(10, id="r1", at=NOW), a_reading(5, id="r2", at=NOW + DAY)]

    lost = stands(metric, readings, now=NOW + DAY)
    assert lost.condition is Condition.BEHIND
    assert at(10, day=1, metric=metric).condition is Condition.REACHED


GREEN = {Condition.REACHED, Condition.AHEAD, Condition.ON_PACE}


@given(
    any_kind.flatmap(lambda metric: st.tuples(st.just(metric), st.lists(values_of(metric), min_size=1, max_size=5))),
    st.integers(0, 99),
    st.integers(56, 200),
)
def test_silence_is_never_green_whatever_the_kind(way: tuple[Metric, list[Decimal]], last: int, after: int) -> None:
    metric, values = way
    readings = [a_reading(value, id=f"r{n}", at=NOW + last * DAY) for n, value in enumerate(values)]
    found = stands(metric, readings, now=NOW + (last + after) * DAY)
    done = isinstance(metric, Milestone) and values[-1] >= metric.target

    assert (found.condition in GREEN) is done
