"""Which letters should exist: invitations, agendas, forms and exchanges, each with its day and what it follows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.people import DaysOff, MentorshipState, Side
from okrmate.services import history
from okrmate.services.letters.due import Due, Variant
from okrmate.services.letters.dues import LOOK_BACK, dues
from okrmate.services.mentoring import days_off
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.tables import FEEDBACK, MEETINGS, OUTGOING
from tests.builders import NOW, a_feedback, a_meeting, an_outgoing
from tests.services.rooms import Office

AGENDA, EXCHANGE, FORM = LetterKind.AGENDA, LetterKind.EXCHANGE, LetterKind.FEEDBACK
INVITATION, WELCOME = LetterKind.INVITATION, LetterKind.WELCOME
DAY = timedelta(days=1)
TALK = datetime(2026, 3, 12, 14, 0, tzinfo=UTC)
"""15:00 in Madrid, the talk of `a_meeting`."""
AGENDA_TIME = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
AFTER = TALK + timedelta(hours=1)


@pytest.fixture
def office() -> Office:
    """Sam in Madrid, mentored from London."""
    found = Office()
    found.with_person()
    return found


def put(office: Office, meeting: Meeting, *letters: Outgoing) -> None:
    with office.store.transaction() as tx:
        tx.put(MEETINGS, meeting)
        for letter in letters:
            tx.put(OUTGOING, letter)


def a_talk(**fields: object) -> Meeting:
    return a_meeting(mentorship="sam-pair", **fields)  # type: ignore[arg-type]


def held(**fields: object) -> Meeting:
    return a_talk(state=MeetingState.HELD, changed_at=AFTER, planned_at=NOW, **fields)


def found(office: Office, kind: LetterKind | None = None, to: Side | None = None, now: datetime = NOW) -> list[Due]:
    every = dues(office.room, office.store, pair(office.store, "sam-pair"), now)
    return [due for due in every if kind in (None, due.kind) and to in (None, due.to)]


def to_sam(office: Office, kind: LetterKind, now: datetime = NOW) -> Due:
    (due,) = found(office, kind, Side.PROTEGE, now)
    return due


def as_sent(due: Due, *, state: OutgoingState = OutgoingState.SENT, copies: int = 1, at: datetime = NOW) -> Outgoing:
    return an_outgoing(
        id=f"{due.kind}-{due.to}-{due.variant}",
        key=due.key,
        kind=due.kind,
        mentorship="sam-pair",
        to=due.to,
        state=state,
        copies=copies,
        sent_at=at if state is OutgoingState.SENT else None,
    )


def give(office: Office, side: Side, at: datetime, *, whole: bool = True) -> None:
    with office.store.transaction() as tx:
        words = ("Begin with the numbers.",) if whole else ()
        tx.put(FEEDBACK, a_feedback(id=side, mentorship="sam-pair", by=side, at=at, suggestion=words))


def variants(letters: Sequence[Due]) -> set[tuple[Side, Variant]]:
    return {(due.to, due.variant) for due in letters}


# who gets any


def test_a_new_person_gets_a_welcome_in_waking_hours() -> None:
    office = Office(now=NOW.replace(hour=22))
    office.with_person()
    assert to_sam(office, WELCOME).due_at == NOW.replace(day=3, hour=6, minute=30)


@pytest.mark.parametrize("state", [MentorshipState.PAUSED, MentorshipState.ENDED, MentorshipState.DECLINED])
def test_nothing_is_due_to_somebody_who_is_paused_or_gone(state: MentorshipState) -> None:
    office = Office()
    office.with_person(state=state)
    put(office, a_talk())
    assert found(office) == []


def test_only_the_welcome_is_due_to_somebody_who_has_not_agreed() -> None:
    office = Office()
    office.with_person(state=MentorshipState.PROPOSED)
    put(office, a_talk())
    assert [due.kind for due in found(office)] == [WELCOME]


def test_each_letter_has_a_key_of_its_own(office: Office) -> None:
    put(office, held())
    give(office, Side.PROTEGE, AFTER)
    put(office, a_talk(id="next", starts=datetime(2026, 3, 26, 15, 0)))  # noqa: DTZ001 - wall time in its zone
    keys = [due.key for due in found(office)]
    assert len(keys) == 8
    assert len(set(keys)) == 8


def test_a_talk_settled_long_ago_is_not_looked_at(office: Office) -> None:
    put(office, held())
    assert found(office, FORM, now=AFTER + LOOK_BACK)
    assert not found(office, FORM, now=AFTER + LOOK_BACK + timedelta(minutes=1))


# invitations


def test_both_are_invited_when_a_talk_is_planned(office: Office) -> None:
    put(office, a_talk())
    assert variants(found(office, INVITATION)) == {(Side.PROTEGE, Variant.NORMAL), (Side.MENTOR, Variant.NORMAL)}
    assert to_sam(office, INVITATION).due_at == NOW
    assert to_sam(office, INVITATION).useful_until == TALK


def test_the_mentors_copy_of_an_invitation_is_due_with_the_proteges_at_the_earliest() -> None:
    office = Office()
    office.with_person(zone="America/Los_Angeles")  # 01:00 there
    put(office, a_talk())
    his, hers = found(office, INVITATION)
    assert (his.to, hers.to) == (Side.PROTEGE, Side.MENTOR)
    assert his.due_at == hers.due_at == NOW.replace(hour=15, minute=30)


def test_the_mentors_copy_of_an_invitation_spares_her_night_too() -> None:
    office = Office(now=NOW.replace(hour=15))
    office.with_person(zone="Asia/Tokyo")  # midnight there; it ends at half past ten at night in London
    put(office, a_talk(planned_at=NOW.replace(hour=15)))
    his, hers = found(office, INVITATION)
    assert his.due_at == NOW.replace(hour=22, minute=30)
    assert hers.due_at == NOW.replace(day=3, hour=7, minute=30)


def test_an_invitation_to_an_early_talk_is_due_at_night_rather_than_too_late(office: Office) -> None:
    late = NOW.replace(hour=22)
    put(office, a_talk(planned_at=late, starts=datetime(2026, 3, 3, 7, 0)))  # noqa: DTZ001 - wall time in its zone
    assert to_sam(office, INVITATION).due_at == late


def test_a_moved_talk_is_told_in_the_thread_of_its_invitation(office: Office) -> None:
    put(office, a_talk())
    invited = as_sent(to_sam(office, INVITATION))
    put(office, a_talk(sequence=1, moved_from=TALK, changed_at=NOW + DAY), invited)
    due = to_sam(office, INVITATION)
    assert (due.variant, due.after, due.due_at) == (Variant.MOVED, invited, NOW + DAY)


def test_whoever_had_no_invitation_yet_is_just_invited_to_the_moved_talk(office: Office) -> None:
    put(office, a_talk(sequence=1, moved_from=TALK, changed_at=NOW + DAY))
    due = to_sam(office, INVITATION)
    assert (due.variant, due.after) == (Variant.NORMAL, None)


def test_a_cancelled_talk_is_told_only_to_who_was_invited(office: Office) -> None:
    put(office, a_talk())
    invited = as_sent(to_sam(office, INVITATION))
    put(office, a_talk(state=MeetingState.CANCELLED, changed_at=NOW + DAY), invited)
    (due,) = found(office, INVITATION)
    assert (due.to, due.variant, due.after) == (Side.PROTEGE, Variant.CANCELLED, invited)


def test_whoever_perhaps_has_an_invitation_is_told_of_the_cancellation_too(office: Office) -> None:
    put(office, a_talk())
    in_doubt = as_sent(to_sam(office, INVITATION), state=OutgoingState.WITHDRAWN, copies=1)
    put(office, a_talk(state=MeetingState.CANCELLED), in_doubt)
    assert to_sam(office, INVITATION).variant is Variant.CANCELLED


@pytest.mark.parametrize("state", [OutgoingState.WITHDRAWN, OutgoingState.EXPIRED, OutgoingState.FAILED])
def test_nobody_is_told_of_the_end_of_a_talk_they_never_heard_of(office: Office, state: OutgoingState) -> None:
    put(office, a_talk())
    unsent = as_sent(to_sam(office, INVITATION), state=state, copies=0)
    put(office, a_talk(state=MeetingState.CANCELLED), unsent)
    assert found(office, INVITATION) == []


def test_a_missed_talk_has_no_letters(office: Office) -> None:
    put(office, a_talk(state=MeetingState.MISSED))
    assert {due.kind for due in found(office)} == {WELCOME}


# agendas


def test_an_agenda_is_due_three_days_before_with_its_copy(office: Office) -> None:
    put(office, a_talk())
    agendas = found(office, AGENDA)
    assert [due.to for due in agendas] == [Side.PROTEGE, Side.MENTOR]
    assert {due.due_at for due in agendas} == {AGENDA_TIME}
    assert {due.useful_until for due in agendas} == {TALK - timedelta(hours=2)}
    assert not any(due.short_notice for due in agendas)


def test_an_agenda_leaves_before_days_off_and_an_undo_brings_it_back(office: Office) -> None:
    put(office, a_talk())
    sam = pair(office.store, "sam-pair")
    days_off.write(office.desk, sam, days_off.several(office.desk, sam, "2026-03-09; 2026-03-06 - 2026-03-08"))
    assert {(due.due_at.day, due.short_notice) for due in found(office, AGENDA)} == {(5, False)}

    days_off.drop(office.desk, pair(office.store, "sam-pair"), DaysOff(first=date(2026, 3, 7), last=date(2026, 3, 20)))
    assert days_off.in_words(pair(office.store, "sam-pair").protege.days_off) == "2026-03-06"
    assert {due.due_at for due in found(office, AGENDA)} == {AGENDA_TIME}

    history.undo(office.desk)
    assert {due.due_at.day for due in found(office, AGENDA)} == {5}


def test_an_agenda_planned_too_late_is_due_at_once_and_marked_short_notice(office: Office) -> None:
    planned = AGENDA_TIME + timedelta(hours=3)
    put(office, a_talk(planned_at=planned))
    agendas = found(office, AGENDA, now=planned)
    assert {(due.due_at, due.short_notice) for due in agendas} == {(planned, True)}


def test_an_agenda_planned_too_late_at_night_is_due_in_the_morning(office: Office) -> None:
    put(office, a_talk(planned_at=AGENDA_TIME.replace(hour=23)))
    assert {due.due_at for due in found(office, AGENDA)} == {datetime(2026, 3, 10, 6, 30, tzinfo=UTC)}


def test_an_agenda_of_a_machine_that_slept_is_marked_short_notice(office: Office) -> None:
    put(office, a_talk())
    assert to_sam(office, AGENDA, now=AGENDA_TIME + timedelta(minutes=1)).short_notice is False
    assert to_sam(office, AGENDA, now=AGENDA_TIME + timedelta(minutes=2)).short_notice is True


def test_a_talk_two_hours_ahead_has_no_agenda_any_more(office: Office) -> None:
    put(office, a_talk(planned_at=TALK - timedelta(hours=2)))
    assert found(office, AGENDA) == []


def test_an_agenda_that_left_is_repeated_where_the_new_dates_own_time_is_ahead(office: Office) -> None:
    put(office, a_talk())
    left = as_sent(to_sam(office, AGENDA))
    later = datetime(2026, 3, 19, 15, 0)  # noqa: DTZ001 - wall time in its zone
    put(office, a_talk(starts=later, sequence=1, moved_from=TALK, changed_at=AGENDA_TIME + DAY), left)
    assert to_sam(office, AGENDA).due_at == AGENDA_TIME + 7 * DAY


def test_an_agenda_that_left_is_not_repeated_where_the_new_dates_own_time_is_past(office: Office) -> None:
    put(office, a_talk())
    left = as_sent(to_sam(office, AGENDA))
    later = datetime(2026, 3, 13, 15, 0)  # noqa: DTZ001 - wall time in its zone
    put(office, a_talk(starts=later, sequence=1, moved_from=TALK, changed_at=AGENDA_TIME + 2 * DAY), left)
    assert found(office, AGENDA) == []


def test_an_agenda_withdrawn_by_a_move_is_due_again_on_the_same_day(office: Office) -> None:
    put(office, a_talk())
    before = to_sam(office, AGENDA)
    withdrawn = as_sent(before, state=OutgoingState.WITHDRAWN, copies=0)
    put(office, a_talk(starts=datetime(2026, 3, 12, 17, 0), sequence=1, moved_from=TALK), withdrawn)  # noqa: DTZ001 - wall time
    again = to_sam(office, AGENDA)
    assert again.due_at == before.due_at
    assert again.key != before.key


def test_the_copy_of_a_late_agenda_stays_due_after_the_agenda_has_left(office: Office) -> None:
    moved = AGENDA_TIME + DAY
    put(office, a_talk(sequence=1, moved_from=TALK + DAY, changed_at=moved))
    left = as_sent(to_sam(office, AGENDA, moved))
    put(office, a_talk(sequence=1, moved_from=TALK + DAY, changed_at=moved), left)
    assert [due.to for due in found(office, AGENDA, now=moved)] == [Side.PROTEGE, Side.MENTOR]


# forms


def test_both_get_the_form_an_hour_after_the_end(office: Office) -> None:
    put(office, held())
    assert {(due.to, due.due_at) for due in found(office, FORM)} == {
        (side, AFTER + timedelta(hours=1)) for side in Side
    }


def test_a_reminder_is_due_two_days_after_the_form_really_left(office: Office) -> None:
    put(office, held())
    left = AFTER + 2 * DAY
    put(office, held(), as_sent(to_sam(office, FORM), at=left))
    reminder = found(office, FORM, Side.PROTEGE)[1]
    assert (reminder.variant, reminder.due_at) == (Variant.REMINDER, left + 2 * DAY)
    assert reminder.after is not None


def test_there_is_no_reminder_before_the_form_has_left(office: Office) -> None:
    put(office, held())
    put(office, held(), as_sent(to_sam(office, FORM), state=OutgoingState.DEFERRED))
    assert variants(found(office, FORM)) == {(Side.PROTEGE, Variant.NORMAL), (Side.MENTOR, Variant.NORMAL)}


def test_there_is_no_reminder_that_would_come_after_the_forms_own_end(office: Office) -> None:
    put(office, held())
    put(office, held(), as_sent(to_sam(office, FORM), at=AFTER + 6 * DAY))
    assert Variant.REMINDER not in {due.variant for due in found(office, FORM)}


@pytest.mark.parametrize("whole", [True, False])
def test_whoever_has_written_is_neither_asked_nor_reminded(office: Office, whole: bool) -> None:
    put(office, held())
    put(office, held(), as_sent(to_sam(office, FORM)))
    give(office, Side.PROTEGE, AFTER, whole=whole)
    assert {due.to for due in found(office, FORM)} == {Side.MENTOR}


# exchanges


def test_nothing_is_exchanged_where_nobody_wrote(office: Office) -> None:
    put(office, held())
    assert found(office, EXCHANGE) == []


def test_both_get_the_exchange_at_once_when_both_are_whole(office: Office) -> None:
    put(office, held())
    give(office, Side.PROTEGE, AFTER)
    give(office, Side.MENTOR, AFTER + DAY)
    exchanges = found(office, EXCHANGE)
    assert variants(exchanges) == {(Side.PROTEGE, Variant.BOTH), (Side.MENTOR, Variant.BOTH)}
    assert {due.due_at for due in exchanges} == {AFTER + DAY}


@pytest.mark.parametrize("whole", [True, False])
def test_one_half_is_exchanged_after_five_days(office: Office, whole: bool) -> None:
    put(office, held())
    give(office, Side.PROTEGE, AFTER, whole=whole)
    exchanges = found(office, EXCHANGE)
    assert variants(exchanges) == {(Side.PROTEGE, Variant.ONE_SIDE), (Side.MENTOR, Variant.ONE_SIDE)}
    assert {due.due_at for due in exchanges} == {AFTER + 5 * DAY}


def test_the_whole_still_comes_after_one_half_was_exchanged(office: Office) -> None:
    put(office, held())
    give(office, Side.PROTEGE, AFTER)
    half = to_sam(office, EXCHANGE)
    put(office, held(), as_sent(half))
    give(office, Side.MENTOR, AFTER + 6 * DAY)
    whole = to_sam(office, EXCHANGE)
    assert (whole.variant, whole.due_at) == (Variant.BOTH, AFTER + 6 * DAY)
    assert whole.key != half.key
