"""Key results on their way: the tree a pair works on, and its weeks."""

from datetime import timedelta
from decimal import Decimal

import pytest

from okrmate.domain.condition import Condition
from okrmate.domain.metrics import Count
from okrmate.domain.okrs import OkrSetState
from okrmate.frozen import replace
from okrmate.services.mentoring.tracking import Tree, tree, weeks
from okrmate.services.tables import KEY_RESULTS, OBJECTIVES, OKR_SETS, READINGS
from tests.builders import NOW, a_key_result, a_reading, an_objective, an_okr_set
from tests.services.rooms import Office

D = Decimal
WEEK = timedelta(weeks=1)
PAIR = "sam-pair"


@pytest.fixture(name="office")
def an_office() -> Office:
    office = Office()
    office.with_person()
    return office


def with_set(office: Office, state: OkrSetState = OkrSetState.ACTIVE, set_id: str = "set1") -> None:
    """A set with one objective and two key results, from 0 to 10 each."""
    with office.store.transaction() as tx:
        tx.put(OKR_SETS, an_okr_set(id=set_id, mentorship=PAIR, state=state))
        tx.put(OBJECTIVES, an_objective(id=f"{set_id}-o", mentorship=PAIR, okr_set=set_id))
        for number in (1, 2):
            metric = Count(baseline=D(0), target=D(10))
            known = a_key_result(id=f"{set_id}-{number}", objective=f"{set_id}-o", ref=f"1.{number}", metric=metric)
            tx.put(KEY_RESULTS, known)


def read(office: Office, key_result: str, value: int, after: timedelta, undone_by: str = "") -> None:
    with office.store.transaction() as tx:
        known = f"{key_result}-{after.days}-{value}"
        tx.put(READINGS, a_reading(value, id=known, key_result=key_result, at=NOW + after, undone_by=undone_by))


def at(office: Office, after: timedelta) -> Tree:
    found = tree(office.store, PAIR, NOW + after)
    assert found is not None
    return found


def rounded(ways: tuple[float | None, ...]) -> list[float | None]:
    return [None if way is None else round(way, 6) for way in ways]


def test_there_is_no_tree_without_a_set(office: Office) -> None:
    assert tree(office.store, PAIR, NOW) is None


def test_the_running_set_is_worked_on_rather_than_a_draft_beside_it(office: Office) -> None:
    with_set(office)
    with_set(office, OkrSetState.DRAFT, "draft")

    assert at(office, WEEK).okr_set.id == "set1"
    assert at(office, WEEK).active


def test_a_draft_has_no_time_that_could_be_gone(office: Office) -> None:
    with_set(office, OkrSetState.DRAFT)

    found = at(office, WEEK)

    assert (found.gone, found.active, found.whole.condition) == (None, False, Condition.UNKNOWN)


def test_an_objective_stands_as_its_key_results_do_together(office: Office) -> None:
    with_set(office)
    read(office, "set1-1", 9, WEEK)
    read(office, "set1-2", 1, WEEK)

    found = at(office, 2 * WEEK)

    assert [each.position.condition for each in found.key_results] == [Condition.AHEAD, Condition.ON_PACE]
    ((_, together, _),) = found.objectives
    assert together.way == D("0.5")
    assert found.whole == together


def test_what_is_only_watched_can_fail_an_objective_and_never_carries_it(office: Office) -> None:
    with_set(office)
    with office.store.transaction() as tx:
        watched = tx.get(KEY_RESULTS, "set1-2")
        assert watched is not None
        tx.put(KEY_RESULTS, replace(watched, health=True))
    read(office, "set1-1", 9, WEEK)
    read(office, "set1-2", 10, WEEK)
    carried = at(office, 2 * WEEK).whole
    read(office, "set1-2", 0, 12 * WEEK)
    read(office, "set1-1", 10, 12 * WEEK)

    assert (carried.way, carried.total) == (D("0.9"), 2)
    assert at(office, 12 * WEEK).whole.condition is Condition.BEHIND


def test_readings_come_oldest_first_without_those_taken_back(office: Office) -> None:
    with_set(office)
    read(office, "set1-1", 3, 2 * WEEK)
    read(office, "set1-1", 2, WEEK)
    read(office, "set1-1", 7, WEEK, undone_by="undo")

    assert [reading.value for reading in at(office, 3 * WEEK).key_results[0].readings] == [2, 3]


def test_weeks_are_the_mean_way_at_the_end_of_each_and_empty_where_nothing_was_read(office: Office) -> None:
    with_set(office)
    read(office, "set1-1", 2, timedelta(days=3))
    read(office, "set1-2", 4, timedelta(days=4))
    read(office, "set1-1", 6, timedelta(days=17))
    found = at(office, timedelta(days=23))

    drawn = rounded(weeks(found.key_results, NOW, NOW + timedelta(days=27), 7))

    assert drawn == [0.3, None, 0.5, None]


def test_of_many_weeks_the_last_ones_are_told(office: Office) -> None:
    with_set(office)
    for week in range(1, 10):
        read(office, "set1-1", week, WEEK * week - timedelta(days=1))
    found = at(office, 9 * WEEK)

    drawn = rounded(weeks(found.key_results[:1], NOW, NOW + 9 * WEEK - timedelta(hours=1), 3))

    assert drawn == [0.7, 0.8, 0.9]
