"""The agenda that is proposed from state: which items, in which order, with how many minutes."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.agenda import (
    AgendaFacts,
    AgendaState,
    ItemKind,
    KeyResultFacts,
    ProposedItem,
    Suggestion,
    minutes_used,
    propose,
    state_of,
)
from okrmate.domain.meetings import ItemState, PromiseState
from okrmate.domain.metrics import Count, Metric, Milestone
from okrmate.domain.okrs import Reading
from okrmate.domain.pace import stuck_since
from okrmate.domain.people import Side
from okrmate.domain.summaries import summarise
from okrmate.frozen import replace
from tests.builders import NOW, a_key_result, a_promise, a_reading, an_agenda_item

DAY = timedelta(days=1)
LAST_TALK = NOW - 28 * DAY
BEGUN = NOW - 60 * DAY
INVITATIONS = Count(baseline=Decimal(1), target=Decimal(6), stretch=Decimal(8))


def key_result(*readings: Reading, metric: Metric = INVITATIONS, ref: str = "1.1") -> KeyResultFacts:
    return KeyResultFacts(
        key_result=a_key_result(id=f"kr{ref}", ref=ref, metric=metric),
        summary=summarise(readings),
        before=summarise(reading for reading in readings if reading.at <= LAST_TALK),
        stuck_since=stuck_since(metric, readings),
    )


def heard(days_ago: int, value: int | None, *, blocker: str = "") -> Reading:
    return a_reading(value, id=f"r{days_ago}", at=NOW - days_ago * DAY, blocker=blocker)


def facts(
    *key_results: KeyResultFacts,
    minutes: int = 60,
    number: int = 3,
    items: tuple[tuple[str, int | None], ...] = (),
    promises: int = 0,
    suggestions: tuple[Suggestion, ...] = (),
    questions: tuple[str, ...] = (),
) -> AgendaFacts:
    return AgendaFacts(
        minutes=minutes,
        number=number,
        meeting_at=NOW + 3 * DAY,
        now=NOW,
        begun=BEGUN,
        last_talk_at=LAST_TALK,
        key_results=key_results,
        items=tuple(an_agenda_item(id=text, text=text, minutes=length) for text, length in items),
        promises=tuple(a_promise(id=f"p{each}") for each in range(promises)),
        suggestions=suggestions,
        questions=questions,
    )


def suggestion(talks_ago: int, by: Side = Side.PROTEGE) -> Suggestion:
    return Suggestion(by=by, words=("Numbers first",), meeting_at=LAST_TALK, talks_ago=talks_ago)


def listed(items: tuple[ProposedItem, ...]) -> list[tuple[ItemKind, int]]:
    return [(item.kind, item.minutes) for item in items if item.fits]


MOVED = key_result(heard(50, 1), heard(5, 3))
STUCK = key_result(heard(40, 40), heard(20, 40), heard(5, 40), metric=Milestone(), ref="1.3")
MOVED_DOWN = key_result(heard(50, 4), heard(5, 3), ref="1.4")
BLOCKED = key_result(heard(50, 2), heard(5, None, blocker="no editor"), ref="2.1")
UNKNOWN = key_result(heard(57, 2), ref="2.2")
STEADY = key_result(heard(30, 2), heard(12, 2), ref="2.3")
DONE = key_result(heard(50, 100), metric=Milestone(), ref="2.4")
FRESH = key_result(ref="3.1")


def test_a_normal_agenda_comes_from_state_in_the_order_people_talk() -> None:
    items = propose(
        facts(STUCK, MOVED, STEADY, DONE, promises=2, suggestions=(suggestion(2),), questions=("progress-2", "x"))
    )
    assert listed(items) == [
        (ItemKind.PROMISE, 10),
        (ItemKind.DID_IT_HELP, 5),
        (ItemKind.MOVED, 10),
        (ItemKind.STUCK, 15),
        (ItemKind.QUESTION, 10),
        (ItemKind.FEEDBACK, 5),
    ]
    assert minutes_used(items) == 55


def test_each_item_carries_what_its_wordings_need() -> None:
    items = propose(
        facts(MOVED, STUCK, promises=2, items=(("Salary", 5),), suggestions=(suggestion(1),), questions=("progress-2",))
    )
    by_kind = {item.kind: item for item in items}
    assert [promise.id for promise in by_kind[ItemKind.PROMISE].promises] == ["p0", "p1"]
    assert by_kind[ItemKind.SUGGESTION].suggestion == suggestion(1)
    assert by_kind[ItemKind.STUCK].key_result is STUCK
    assert STUCK.stuck_since == NOW - 40 * DAY
    assert by_kind[ItemKind.QUESTION].question == "progress-2"
    own = by_kind[ItemKind.OWN].own
    assert own is not None
    assert own.text == "Salary"


@pytest.mark.parametrize(
    ("key_result_facts", "kind"),
    [
        (MOVED, ItemKind.MOVED),
        (MOVED_DOWN, ItemKind.MOVED_DOWN),
        (STUCK, ItemKind.STUCK),
        (BLOCKED, ItemKind.BLOCKED),
        (UNKNOWN, ItemKind.UNKNOWN),
        (STEADY, None),
        (DONE, None),
        (key_result(heard(40, 40), heard(29, 40), heard(5, 41), metric=Milestone()), ItemKind.STUCK),  # only noise
        (key_result(heard(20, 3), heard(10, 3), heard(5, 3)), ItemKind.MOVED),  # it moved since the last talk
        (key_result(heard(5, 7)), ItemKind.MOVED),  # over the target is good news
    ],
)
def test_a_key_result_is_talked_about_for_its_own_reason(
    key_result_facts: KeyResultFacts, kind: ItemKind | None
) -> None:
    moving = key_result(heard(50, 1), heard(5, 2), ref="9.9")  # so that it is no standstill
    items = propose(facts(key_result_facts, moving, minutes=240))
    found = [item.kind for item in items if item.key_result is key_result_facts]
    assert found == ([kind] if kind else [])


def test_what_does_not_fit_is_left_out_and_marked_and_feedback_always_fits() -> None:
    items = propose(
        facts(
            STUCK,
            MOVED,
            items=(("Salary", 15),),
            promises=2,
            suggestions=(suggestion(2),),
            questions=("progress-2",),
        )
    )
    assert [item.kind for item in items if not item.fits] == [ItemKind.QUESTION]
    assert listed(items)[0] == (ItemKind.OWN, 15)
    assert listed(items)[-1] == (ItemKind.FEEDBACK, 5)
    assert minutes_used(items) == 60


def test_a_short_item_still_fits_after_a_long_one_was_left_out() -> None:
    items = propose(facts(MOVED, STUCK, UNKNOWN, minutes=25))
    assert [(item.kind, item.fits) for item in items] == [
        (ItemKind.MOVED, True),
        (ItemKind.STUCK, False),
        (ItemKind.UNKNOWN, True),
        (ItemKind.FEEDBACK, True),
    ]


def test_people_s_own_items_come_first_and_are_shortened_before_they_are_left_out() -> None:
    items = propose(facts(MOVED, minutes=30, items=(("Salary", 20), ("Trip", None), ("Book", None))))
    assert [(item.kind, item.minutes, item.fits) for item in items] == [
        (ItemKind.OWN, 20, True),
        (ItemKind.OWN, 5, True),
        (ItemKind.OWN, 10, False),
        (ItemKind.MOVED, 10, False),
        (ItemKind.FEEDBACK, 5, True),
    ]


def test_what_is_settled_is_not_proposed_again() -> None:
    settled = AgendaFacts(
        minutes=60,
        number=3,
        meeting_at=NOW,
        now=NOW,
        begun=BEGUN,
        items=(an_agenda_item(state=ItemState.DONE), an_agenda_item(state=ItemState.DROPPED)),
        promises=(a_promise(state=PromiseState.KEPT), a_promise(state=PromiseState.DROPPED)),
        key_results=(MOVED,),
    )
    kinds = [item.kind for item in propose(settled)]
    assert ItemKind.OWN not in kinds
    assert ItemKind.PROMISE not in kinds


def test_a_suggestion_is_used_once_asked_about_once_and_then_let_go() -> None:
    kinds = {
        talks: [item.kind for item in propose(facts(MOVED, suggestions=(suggestion(talks),))) if item.suggestion]
        for talks in (1, 2, 3)
    }
    assert kinds == {1: [ItemKind.SUGGESTION], 2: [ItemKind.DID_IT_HELP], 3: []}


def test_what_was_tried_is_asked_about_before_the_next_is_tried() -> None:
    items = propose(facts(MOVED, suggestions=(suggestion(1), suggestion(2), suggestion(2, Side.MENTOR))))
    assert [item.kind for item in items if item.suggestion] == [ItemKind.DID_IT_HELP, ItemKind.SUGGESTION]


def test_after_four_weeks_without_movement_the_talk_is_about_that() -> None:
    still = facts(key_result(heard(25, 2)), key_result(heard(30, 2), ref="1.2"))
    assert state_of(still) is AgendaState.STANDSTILL
    items = propose(still)
    assert listed(items) == [
        (ItemKind.WHAT_TOOK_TIME, 10),
        (ItemKind.STANDSTILL, 20),
        (ItemKind.RIGHT_GOAL, 5),
        (ItemKind.FEEDBACK, 5),
    ]
    assert items[1].since == NOW - 25 * DAY


def test_a_standstill_keeps_promises_blockers_and_own_items() -> None:
    items = propose(facts(key_result(heard(40, 2, blocker="no editor")), promises=1, items=(("Salary", None),)))
    assert [item.kind for item in items] == [
        ItemKind.OWN,
        ItemKind.WHAT_TOOK_TIME,
        ItemKind.PROMISE,
        ItemKind.BLOCKED,
        ItemKind.STANDSTILL,
        ItemKind.RIGHT_GOAL,
        ItemKind.FEEDBACK,
    ]


def test_goals_that_never_had_a_number_cannot_have_stopped_and_are_one_item_together() -> None:
    first, second = key_result(), key_result(ref="1.2")
    unheard = facts(first, second)
    items = propose(unheard)
    assert state_of(unheard) is AgendaState.NORMAL
    assert [(item.minutes, item.unheard) for item in items if item.kind is ItemKind.UNHEARD] == [(10, (first, second))]


def test_a_note_is_no_number_and_a_blocker_comes_before_asking_for_one() -> None:
    noted, blocked = key_result(heard(2, None)), key_result(heard(2, None, blocker="no editor"), ref="1.2")
    items = propose(facts(noted, blocked))
    assert [item.unheard for item in items if item.kind is ItemKind.UNHEARD] == [(noted,)]
    assert [item.key_result for item in items if item.kind is ItemKind.BLOCKED] == [blocked]


@pytest.mark.parametrize(("fresh", "minutes"), [(1, 5), (3, 15), (9, 15)])
def test_a_first_talk_with_fresh_goals_is_about_the_people_and_their_first_numbers(fresh: int, minutes: int) -> None:
    first = facts(*(key_result(ref=f"1.{number}") for number in range(1, fresh + 1)), number=1)
    assert state_of(first) is AgendaState.NORMAL
    assert listed(propose(first)) == [
        (ItemKind.ACQUAINTANCE, 20),
        (ItemKind.WORKING_TOGETHER, 5),
        (ItemKind.UNHEARD, minutes),
        (ItemKind.FEEDBACK, 5),
    ]


def test_a_first_talk_is_never_about_a_standstill() -> None:
    assert state_of(facts(key_result(heard(50, 2)), number=1)) is AgendaState.NORMAL


def test_first_numbers_are_given_less_time_before_they_are_left_out() -> None:
    short = facts(*(key_result(ref=f"1.{number}") for number in range(1, 5)), number=1, minutes=30)
    assert (ItemKind.UNHEARD, 10) in listed(propose(short))


def test_a_thin_list_is_filled_with_what_can_always_be_talked_about() -> None:
    recent = key_result(heard(29, 2), heard(20, 3), ref="1.4")
    calm = replace(facts(recent), last_talk_at=NOW - 19 * DAY)
    calm = replace(calm, key_results=(replace(recent, before=recent.summary),))
    assert listed(propose(calm)) == [(ItemKind.LOOKING_BACK, 20), (ItemKind.FEEDBACK, 5)]
    assert ItemKind.LOOKING_BACK not in [item.kind for item in propose(facts(MOVED, STUCK))]


@pytest.mark.parametrize("key_results", [(DONE,), (MOVED, STUCK), (key_result(heard(24, 2)),)])
def test_it_is_no_standstill_when_something_moved_or_all_is_reached(key_results: tuple[KeyResultFacts, ...]) -> None:
    assert state_of(facts(*key_results)) is AgendaState.NORMAL


@pytest.mark.parametrize(
    ("minutes", "lengths"), [(60, [20, 20, 5, 5]), (45, [15, 15, 5, 5]), (30, [10, 10, 5, 5]), (90, [30, 30, 5, 5])]
)
def test_a_first_talk_without_goals_is_about_the_people(minutes: int, lengths: list[int]) -> None:
    first = facts(number=1, minutes=minutes)
    assert state_of(first) is AgendaState.FIRST_TALK
    kinds = [ItemKind.ACQUAINTANCE, ItemKind.HOPES, ItemKind.WORKING_TOGETHER, ItemKind.FEEDBACK]
    assert listed(propose(first)) == list(zip(kinds, lengths, strict=True))


def test_when_all_is_reached_there_is_room_for_what_comes_next() -> None:
    assert listed(propose(facts(DONE))) == [(ItemKind.HOPES, 20), (ItemKind.FEEDBACK, 5)]


def test_a_later_talk_without_goals_asks_what_should_be_different() -> None:
    assert listed(propose(facts(number=2))) == [(ItemKind.HOPES, 20), (ItemKind.FEEDBACK, 5)]


@given(
    st.integers(5, 180),
    st.integers(1, 5),
    st.lists(st.tuples(st.text(min_size=1, max_size=3), st.none() | st.integers(1, 200)), max_size=5),
    st.integers(0, 6),
    st.lists(st.sampled_from((MOVED, STUCK, BLOCKED, UNKNOWN, STEADY, DONE, FRESH)), max_size=6),
)
def test_an_agenda_takes_a_third_of_the_meeting_at_least_all_of_it_at_most_and_ends_with_feedback(
    minutes: int,
    number: int,
    items: list[tuple[str, int | None]],
    promises: int,
    key_results: list[KeyResultFacts],
) -> None:
    proposed = propose(
        facts(*key_results, minutes=minutes, number=number, items=tuple(items), promises=promises, questions=("q",))
    )
    assert minutes / 3 <= minutes_used(proposed) <= minutes
    assert proposed[-1].kind is ItemKind.FEEDBACK
    assert proposed[-1].fits
    assert proposed[-1].minutes == 5
    assert all(item.minutes >= 1 for item in proposed)
    assert sum(item.kind is ItemKind.OWN for item in proposed) == len(items)
