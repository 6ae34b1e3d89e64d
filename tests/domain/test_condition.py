"""How key results stand in one word, alone and together."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from okrmate.domain.condition import NOWHERE, Condition, Position, overall, position
from okrmate.domain.metrics import Count
from okrmate.domain.summaries import summarise
from tests.builders import NOW, a_reading

D = Decimal
DAY = timedelta(days=1)
METRIC = Count(baseline=D(0), target=D(10))
ENDS = date(2026, 6, 9)


def at(value: int | None, *, day: int, heard: tuple[int, ...] = (), ends: date | None = ENDS) -> Position:
    """Where it stands `day` days into a hundred, heard of with this value on the days `heard` (else today)."""
    readings = [
        a_reading(value, id=f"r{number}", at=NOW + each * DAY) for number, each in enumerate(heard or (day,), start=1)
    ]
    return position(METRIC, summarise(readings), readings, begun=NOW, ends=ends, now=NOW + day * DAY)


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
    drafted = position(METRIC, summarise(readings), readings, begun=None, ends=ENDS, now=NOW)

    assert at(None, day=50).condition is Condition.UNKNOWN
    assert at(5, day=50, ends=None).condition is Condition.UNKNOWN
    assert drafted.condition is Condition.UNKNOWN


def test_how_far_it_came_is_known_without_knowing_whether_that_is_enough() -> None:
    assert at(5, day=50, ends=None).way == D("0.5")


def standing(condition: Condition, way: str) -> Position:
    return Position(condition=condition, way=D(way))


def test_several_stand_as_their_mean_does_without_those_that_are_unknown() -> None:
    known = [standing(Condition.AHEAD, "0.9"), standing(Condition.BEHIND, "0.1")]

    assert overall([*known, NOWHERE], D("0.5")) == standing(Condition.ON_PACE, "0.5")
    assert overall(known, D("0.2")).condition is Condition.AHEAD
    assert overall(known, D("0.8")).condition is Condition.BEHIND


def test_several_are_stuck_where_all_that_are_open_are() -> None:
    stuck, done = standing(Condition.STUCK, "0.4"), standing(Condition.REACHED, "1")

    assert overall([stuck, done], D("0.5")).condition is Condition.STUCK
    assert overall([stuck, done, standing(Condition.ON_PACE, "0.5")], D("0.6")).condition is Condition.ON_PACE


def test_several_are_reached_where_all_are() -> None:
    assert overall([standing(Condition.REACHED, "1")] * 2, D("0.5")).condition is Condition.REACHED


def test_nothing_is_known_of_none_or_of_unknown_ones() -> None:
    assert overall([], D("0.5")) == NOWHERE
    assert overall([NOWHERE], D("0.5")) == NOWHERE
    assert overall([standing(Condition.ON_PACE, "0.5")], None).condition is Condition.UNKNOWN
