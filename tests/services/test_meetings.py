"""Planning, moving and calling off a talk, and what becomes of it and of its letters."""

from datetime import UTC, datetime, timedelta

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.services import trail
from okrmate.services.mentoring import meetings
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.outgoing import planning
from okrmate.services.tables import CHANGES, MEETINGS, OUTGOING
from tests.builders import NOW, a_meeting, an_outgoing
from tests.services.rooms import Office

MADRID = "Europe/Madrid"
TALK = datetime(2026, 3, 12, 15, 0)  # noqa: DTZ001 - wall time in Madrid
WEEK = timedelta(days=7)
BY_HAND = trail.by_command("meeting")


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def pair(office: Office) -> Pair:
    return office.with_person()


def plan(office: Office, pair: Pair, starts: datetime = TALK, minutes: int = 60) -> Meeting:
    return meetings.plan(office.desk, pair, meetings.NewMeeting(starts=starts, zone=MADRID, minutes=minutes))


def after_the_end(office: Office, talk: Meeting) -> None:
    office.clock.set(talk.ends_at)


def test_a_talk_is_planned_in_wall_time_and_written_into_the_trail(office: Office, pair: Pair) -> None:
    talk = plan(office, pair)
    assert (talk.number, talk.starts, talk.zone, talk.state) == (1, TALK, MADRID, MeetingState.SCHEDULED)
    assert [change.what for change in office.store.every(CHANGES)] == ["talk 1 with Sam Ortiz planned"]


@pytest.mark.parametrize("minutes", [0, -5, 721])
def test_a_talk_of_no_or_endless_length_is_refused(office: Office, pair: Pair, minutes: int) -> None:
    with pytest.raises(UsageError, match=f"not {minutes} minutes"):
        plan(office, pair, minutes=minutes)


def test_a_talk_in_the_past_is_refused(office: Office, pair: Pair) -> None:
    with pytest.raises(UsageError, match="is past"):
        plan(office, pair, TALK - 2 * WEEK)


def test_two_talks_at_one_time_are_refused(office: Office, pair: Pair) -> None:
    plan(office, pair)
    with pytest.raises(UsageError, match="Talk 1 is already at that time"):
        plan(office, pair, TALK + timedelta(minutes=59))
    assert plan(office, pair, TALK + timedelta(minutes=60)).number == 2


def test_the_time_of_a_cancelled_talk_is_free_and_so_is_its_number(office: Office, pair: Pair) -> None:
    meetings.become(office.desk, plan(office, pair).id, MeetingState.CANCELLED, source=BY_HAND)
    assert plan(office, pair).number == 1


def test_no_two_talks_that_take_place_have_the_same_number(office: Office, pair: Pair) -> None:
    first = plan(office, pair)
    plan(office, pair, TALK + WEEK)
    meetings.become(office.desk, first.id, MeetingState.CANCELLED, source=BY_HAND)
    assert plan(office, pair, TALK + 2 * WEEK).number == 3


def test_moving_adds_one_to_the_sequence_and_withdraws_what_waits(office: Office, pair: Pair) -> None:
    talk = plan(office, pair)
    planning.plan(office.room)
    moved = meetings.move(office.desk, talk.id, TALK + WEEK, MADRID)
    assert (moved.sequence, moved.moved_from, moved.number) == (1, talk.begins_at, 1)
    of_talk = office.store.find(OUTGOING, "meeting", talk.id)
    assert [letter.state for letter in of_talk] == [OutgoingState.WITHDRAWN] * 2
    assert {letter.error for letter in of_talk} == {"the talk was moved"}


def test_moving_a_talk_to_where_it_is_sends_nobody_a_letter(office: Office, pair: Pair) -> None:
    talk = plan(office, pair)
    with pytest.raises(UsageError, match="at that time already"):
        meetings.move(office.desk, talk.id, TALK, MADRID)
    assert office.meeting(talk.id) == talk


def test_a_talk_cannot_move_onto_another(office: Office, pair: Pair) -> None:
    talk = plan(office, pair)
    plan(office, pair, TALK + WEEK)
    with pytest.raises(UsageError, match="Talk 2 is already at that time"):
        meetings.move(office.desk, talk.id, TALK + WEEK, MADRID)


@pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.MISSED])
def test_letters_of_a_talk_that_does_not_take_place_are_withdrawn(
    office: Office, pair: Pair, state: MeetingState
) -> None:
    talk = plan(office, pair)
    gone = an_outgoing(id="gone", meeting=talk.id, state=OutgoingState.SENT)
    with office.store.transaction() as tx:
        for waiting in (OutgoingState.QUEUED, OutgoingState.HELD, OutgoingState.DEFERRED):
            tx.put(OUTGOING, an_outgoing(id=waiting, meeting=talk.id, state=waiting))
        tx.put(OUTGOING, gone)
    meetings.become(office.desk, talk.id, state, source=BY_HAND)
    letters = {letter.id: letter.state for letter in office.store.find(OUTGOING, "meeting", talk.id)}
    assert letters.pop("gone") is OutgoingState.SENT
    assert set(letters.values()) == {OutgoingState.WITHDRAWN}


def test_a_talk_that_turns_out_missed_withdraws_the_other_form(office: Office, pair: Pair) -> None:
    talk = plan(office, pair)
    after_the_end(office, talk)
    office.clock.move(hours=1)
    planning.plan(office.room)
    meetings.become(office.desk, talk.id, MeetingState.MISSED, source=BY_HAND)
    forms = [letter for letter in office.letters() if letter.kind == "feedback"]
    assert [form.state for form in forms] == [OutgoingState.WITHDRAWN] * 2


def test_a_talk_cannot_have_been_held_before_it_begins(office: Office, pair: Pair) -> None:
    talk = plan(office, pair)
    with pytest.raises(UsageError, match="has not begun yet"):
        meetings.become(office.desk, talk.id, MeetingState.HELD, source=BY_HAND)


def test_a_talk_becomes_held_by_itself_at_its_end_and_only_once(office: Office, pair: Pair) -> None:
    talk = plan(office, pair)
    office.clock.set(talk.ends_at - timedelta(seconds=1))
    assert meetings.close_ended(office.desk) == ()
    after_the_end(office, talk)
    assert [held.id for held in meetings.close_ended(office.desk)] == [talk.id]
    assert meetings.close_ended(office.desk) == ()
    last = office.store.every(CHANGES)[-1]
    assert (last.what, last.by) == ("talk 1 held", "okrmate")


def test_a_talk_called_off_before_its_end_never_becomes_held(office: Office, pair: Pair) -> None:
    talk = plan(office, pair)
    meetings.become(office.desk, talk.id, MeetingState.CANCELLED, source=BY_HAND)
    after_the_end(office, talk)
    assert meetings.close_ended(office.desk) == ()


def test_the_next_talk_is_the_soonest_that_has_not_begun(office: Office, pair: Pair) -> None:
    later = plan(office, pair, TALK + WEEK)
    sooner = plan(office, pair)
    found = meetings.next_meeting(office.store, pair.mentorship.id, NOW)
    assert found is not None
    assert found.id == sooner.id
    found = meetings.next_meeting(office.store, pair.mentorship.id, sooner.begins_at)
    assert found is not None
    assert found.id == later.id


def test_the_last_talk_is_the_youngest_that_was_held_and_is_over(office: Office, pair: Pair) -> None:
    talks = [
        a_meeting(id="old", mentorship=pair.mentorship.id, starts=TALK - WEEK, state=MeetingState.REVIEWED),
        a_meeting(id="young", mentorship=pair.mentorship.id, state=MeetingState.HELD),
        a_meeting(id="off", mentorship=pair.mentorship.id, starts=TALK + WEEK, state=MeetingState.CANCELLED),
    ]
    with office.store.transaction() as tx:
        for talk in talks:
            tx.put(MEETINGS, talk)
    found = meetings.last_meeting(office.store, pair.mentorship.id, talks[1].ends_at)
    assert found is not None
    assert found.id == "young"
    assert meetings.last_meeting(office.store, pair.mentorship.id, talks[0].begins_at) is None


def test_a_meeting_nobody_knows_is_named_in_the_answer(office: Office) -> None:
    with pytest.raises(UsageError, match="no meeting “m9”"):
        meetings.move(office.desk, "m9", TALK, MADRID)


def test_a_time_that_a_person_types_is_wall_time_in_the_zone_of_the_talk() -> None:
    assert meetings.wall_time("thu 15:00", MADRID, NOW) == datetime(2026, 3, 5, 15, 0)  # noqa: DTZ001
    assert meetings.wall_time("2026-03-12T14:00:00Z", MADRID, NOW) == TALK
    assert meetings.begins_at(TALK, MADRID) == datetime(2026, 3, 12, 14, 0, tzinfo=UTC)


def test_a_time_that_is_none_is_refused_with_what_could_be_written() -> None:
    with pytest.raises(UsageError, match="thu 15:00"):
        meetings.wall_time("someday", MADRID, NOW)
