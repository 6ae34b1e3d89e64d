"""Check-ins: asked for between talks that are far apart, twice at most, and never where numbers are fresh."""

from datetime import UTC, datetime, timedelta

import pytest

from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.letters.check_in_contents import check_in_context
from okrmate.services.letters.due import Due, Variant
from okrmate.services.letters.dues import dues
from okrmate.services.mentoring import days_off
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.tables import (
    INCOMING,
    KEY_RESULTS,
    MEETINGS,
    MENTORSHIPS,
    OBJECTIVES,
    OKR_SETS,
    OUTGOING,
    READINGS,
)
from tests.builders import NOW, a_key_result, a_meeting, a_reading, an_incoming, an_objective, an_okr_set, an_outgoing
from tests.services.rooms import Office

DAY = timedelta(days=1)
BEGAN = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
FIRST_DAY = datetime(2026, 3, 31, 7, 0, tzinfo=UTC)
"""09:00 in Madrid, four weeks after the goals began."""


@pytest.fixture
def office() -> Office:
    """Sam in Madrid with one key result at work."""
    found = Office()
    found.with_person()
    with found.store.transaction() as tx:
        tx.put(OKR_SETS, an_okr_set(mentorship="sam-pair", created_at=BEGAN))
        tx.put(OBJECTIVES, an_objective(mentorship="sam-pair"))
        tx.put(KEY_RESULTS, a_key_result(mentorship="sam-pair"))
    return found


def found(office: Office, now: datetime) -> list[Due]:
    every = dues(office.room, office.store, pair(office.store, "sam-pair"), now)
    return [due for due in every if due.kind is LetterKind.CHECK_IN]


def talk(office: Office, begins: datetime, state: MeetingState = MeetingState.SCHEDULED) -> None:
    meeting = a_meeting(mentorship="sam-pair", state=state)
    with office.store.transaction() as tx:
        tx.put(MEETINGS, replace(meeting, starts=begins.replace(tzinfo=None), zone="UTC", changed_at=NOW))


def sent(office: Office, due: Due, at: datetime) -> Outgoing:
    letter = an_outgoing(
        id=due.variant, key=due.key, kind=due.kind, mentorship="sam-pair", to=Side.PROTEGE, state=OutgoingState.SENT,
        sent_at=at,
    )  # fmt: skip
    with office.store.transaction() as tx:
        tx.put(OUTGOING, letter)
    return letter


def test_numbers_are_asked_for_four_weeks_after_they_were_last_looked_at(office: Office) -> None:
    assert [due.due_at for due in found(office, NOW)] == [FIRST_DAY]

    talk(office, BEGAN + 10 * DAY, MeetingState.HELD)

    assert found(office, BEGAN + 11 * DAY)[0].due_at.date() == (BEGAN + 38 * DAY).date()


def test_none_leaves_where_a_talk_is_near_or_a_number_fresh_or_where_no_goals_are_at_work(office: Office) -> None:
    talk(office, FIRST_DAY + 5 * DAY)
    assert [due.due_at for due in found(office, FIRST_DAY)] == []

    talk(office, FIRST_DAY + 20 * DAY)
    assert [due.due_at for due in found(office, FIRST_DAY)] == [FIRST_DAY]

    with office.store.transaction() as tx:
        tx.put(READINGS, a_reading(mentorship="sam-pair", at=FIRST_DAY - 3 * DAY))
    assert found(office, FIRST_DAY)[:1] == []

    with office.store.transaction() as tx:
        tx.delete(OKR_SETS, "set1")
    assert found(office, FIRST_DAY) == []


def test_one_that_falls_on_a_day_off_leaves_before_and_is_the_same_letter(office: Office) -> None:
    usual = found(office, FIRST_DAY)[0]
    week = days_off.days(office.desk, pair(office.store, "sam-pair"), "2026-03-27", "2026-03-31")
    days_off.add(office.desk, pair(office.store, "sam-pair"), week)

    shifted = found(office, FIRST_DAY)[0]

    assert shifted.due_at == datetime(2026, 3, 26, 8, 0, tzinfo=UTC)
    assert shifted.key == usual.key


def test_the_second_leaves_three_days_later_and_only_into_silence(office: Office) -> None:
    first = found(office, FIRST_DAY)[0]
    sent(office, first, FIRST_DAY)
    again = found(office, FIRST_DAY + DAY)[1]

    assert (again.variant, again.due_at, again.after is not None) == (Variant.REMINDER, FIRST_DAY + 3 * DAY, True)

    sent(office, again, FIRST_DAY + 3 * DAY)
    left = [due for due in found(office, FIRST_DAY + 9 * DAY) if not due.exists]
    assert [due.due_at.date() for due in left] == [(FIRST_DAY + 28 * DAY).date()], "never a third"

    with office.store.transaction() as tx:
        tx.put(INCOMING, an_incoming(mentorship="sam-pair", received_at=FIRST_DAY + DAY))
    assert Variant.REMINDER not in {due.variant for due in found(office, FIRST_DAY + 2 * DAY)}


def test_a_check_in_makes_way_for_another_letter_of_that_day_and_waits_as_long_as_they_asked(office: Office) -> None:
    talk(office, FIRST_DAY + 27 * DAY)
    with office.store.transaction() as tx:
        meeting = tx.every(MEETINGS)[0]
        tx.put(MEETINGS, replace(meeting, changed_at=FIRST_DAY + timedelta(hours=1)))
    assert found(office, FIRST_DAY)[0].due_at == FIRST_DAY + DAY, "the invitation leaves on the day itself"

    with office.store.transaction() as tx:
        mentorship = tx.every(MENTORSHIPS)[0]
        tx.put(MENTORSHIPS, replace(mentorship, asks_from=FIRST_DAY + 7 * DAY))
    assert found(office, FIRST_DAY)[0].due_at == FIRST_DAY + 7 * DAY


def test_what_was_heard_of_longest_ago_is_asked_first_by_name(office: Office) -> None:
    with office.store.transaction() as tx:
        tx.put(KEY_RESULTS, a_key_result(id="kr2", ref="1.2", title="Talks that are quoted", mentorship="sam-pair"))
        tx.put(READINGS, a_reading(mentorship="sam-pair", key_result="kr1", at=BEGAN))
    context = check_in_context(office.room, office.store, found(office, FIRST_DAY)[0], FIRST_DAY)

    assert (context.asked, context.title) == ("1.2", "Talks that are quoted")
    assert [line.ref for line in context.krs] == ["1.2", "1.1"]
