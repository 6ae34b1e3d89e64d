"""Several key results as one: what fails is never hidden by what does not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.condition import Condition, Position
from okrmate.domain.roll_up import RollUp, roll_up

D = Decimal
FAILING = (Condition.STUCK, Condition.BEHIND)
GOOD = (Condition.ON_PACE, Condition.AHEAD, Condition.REACHED)


def together(*conditions: Condition) -> RollUp:
    return roll_up(Position(condition=condition) for condition in conditions)


@pytest.mark.parametrize("failing", FAILING)
def test_one_that_fails_counts_however_well_the_others_do(failing: Condition) -> None:
    assert together(*[Condition.REACHED] * 9, failing, Condition.UNKNOWN).condition is failing


@pytest.mark.parametrize("good", GOOD)
def test_one_that_nobody_knows_of_makes_the_whole_unknown_and_not_good(good: Condition) -> None:
    assert together(good, good, Condition.UNKNOWN).condition is Condition.UNKNOWN


def test_it_says_how_many_are_what_the_worst_first() -> None:
    found = together(Condition.AHEAD, Condition.UNKNOWN, Condition.STUCK, Condition.AHEAD)

    assert found.counts == ((Condition.STUCK, 1), (Condition.UNKNOWN, 1), (Condition.AHEAD, 2))
    assert found.total == 4


def test_nothing_together_is_unknown() -> None:
    assert (roll_up([]).condition, roll_up([]).total, roll_up([]).way) == (Condition.UNKNOWN, 0, None)


def test_the_way_is_the_mean_of_those_that_are_known() -> None:
    ways = [Position(condition=Condition.ON_PACE, way=way) for way in (D("0.2"), None, D("0.6"))]

    assert roll_up(ways).way == D("0.4")


conditions = st.lists(st.sampled_from(Condition), min_size=1, max_size=8)


@given(conditions, conditions)
def test_a_set_is_good_only_where_all_of_its_objectives_are(one: list[Condition], other: list[Condition]) -> None:
    objectives = (together(*one).condition, together(*other).condition)

    assert together(*one, *other).condition is together(*objectives).condition
    assert (together(*one, *other).condition in GOOD) is all(each in GOOD for each in objectives)


@given(conditions)
def test_none_is_lost_or_counted_twice(several: list[Condition]) -> None:
    found = together(*several)

    assert found.total == len(several)
    assert dict(found.counts) == {each: several.count(each) for each in several}
