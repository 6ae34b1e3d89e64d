"""Talks that repeat: each becomes a meeting of its own in time, and only once."""

from datetime import datetime, timedelta

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import LetterKind
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.people import MentorshipState, Side
from okrmate.domain.rhythm import short_notice
from okrmate.services import history, trail
from okrmate.services.mentoring import meetings, series
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.outgoing import planning
from okrmate.services.tables import ABSENCES, MEETINGS, SERIES, Absence
from tests.services.rooms import Office

MADRID = "Europe/Madrid"
THURSDAY = datetime(2026, 3, 12, 15, 0)  # noqa: DTZ001 - wall time in Madrid
WEEK = timedelta(days=7)
BY_HAND = trail.by_command("meeting")


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def pair(office: Office) -> Pair:
    return office.with_person()


def begun(office: Office, pair: Pair, every: str = "2 weeks") -> Meeting:
    return series.plan_repeating(office.desk, pair, meetings.NewMeeting(starts=THURSDAY, zone=MADRID), every)


def talks(office: Office) -> list[str]:
    return [f"{talk.starts:%d %b %H:%M} {talk.state}" for talk in office.store.every(MEETINGS)]


def at_the_end_of(office: Office, talk: Meeting) -> None:
    office.clock.set(talk.ends_at)
    planning.plan(office.room)


def test_the_next_talk_is_planned_once_the_last_is_over_on_the_same_wall_clock(office: Office, pair: Pair) -> None:
    first = begun(office, pair)
    planning.plan(office.room)
    assert talks(office) == ["12 Mar 15:00 scheduled"]

    at_the_end_of(office, first)
    at_the_end_of(office, office.store.every(MEETINGS)[-1])
    planning.plan(office.restart())

    assert talks(office) == ["12 Mar 15:00 held", "26 Mar 15:00 held", "09 Apr 15:00 scheduled"]
    second, third = office.store.every(MEETINGS)[1:]
    assert third.begins_at - second.begins_at == 2 * WEEK - timedelta(hours=1)
    assert third.number == 3
    assert not short_notice(third, pair.protege.zone, third.planned_at)
    assert len(office.letters(LetterKind.INVITATION, Side.PROTEGE)) == 3  # one each


def test_talks_close_to_one_another_are_planned_a_week_ahead(office: Office, pair: Pair) -> None:
    first = begun(office, pair, "mon and thu")
    office.clock.set(first.begins_at - timedelta(days=1))
    planning.plan(office.room)

    assert talks(office)[1:] == ["16 Mar 15:00 scheduled"]


def test_moving_or_cancelling_one_leaves_the_others(office: Office, pair: Pair) -> None:
    first = begun(office, pair)
    meetings.move(office.desk, first.id, THURSDAY + timedelta(days=1), MADRID)
    at_the_end_of(office, office.meeting(first.id))
    second = office.store.every(MEETINGS)[-1]
    meetings.become(office.desk, second.id, MeetingState.CANCELLED, source=BY_HAND)
    planning.plan(office.room)
    assert talks(office) == ["13 Mar 15:00 held", "26 Mar 15:00 cancelled"]

    at_the_end_of(office, second)

    assert talks(office)[2:] == ["09 Apr 15:00 scheduled"]


def test_a_talk_that_was_taken_back_is_not_planned_a_second_time(office: Office, pair: Pair) -> None:
    at_the_end_of(office, begun(office, pair))
    taken_back = [history.undo(office.desk).what for _ in range(2)]
    assert "talk 2 with Sam Ortiz planned, as they repeat" in taken_back[-1]

    planning.plan(office.room)

    assert talks(office) == ["12 Mar 15:00 held"]


def test_what_falls_into_days_away_or_a_pause_is_left_out(office: Office, pair: Pair) -> None:
    first = begun(office, pair, "week")
    with office.store.transaction() as tx:
        starts = first.begins_at + timedelta(days=5)
        tx.put(ABSENCES, Absence(id="away", begins_at=starts, ends_at=starts + WEEK, at=office.clock.now()))
    at_the_end_of(office, first)
    assert talks(office)[1:] == ["26 Mar 15:00 scheduled"]

    office.become(pair.mentorship.id, MentorshipState.PAUSED)
    at_the_end_of(office, office.store.every(MEETINGS)[-1])
    office.clock.set(first.ends_at + 5 * WEEK)
    planning.plan(office.room)
    assert len(talks(office)) == 2

    office.become(pair.mentorship.id, MentorshipState.ACTIVE)
    planning.plan(office.room)
    assert talks(office)[2:] == ["23 Apr 15:00 scheduled"]


def test_another_talk_at_that_time_takes_its_place(office: Office, pair: Pair) -> None:
    first = begun(office, pair, "week")
    meetings.move(office.desk, first.id, THURSDAY + WEEK, MADRID)
    office.clock.set(first.ends_at)
    planning.plan(office.room)

    assert talks(office) == ["19 Mar 15:00 scheduled", "26 Mar 15:00 scheduled"]


def test_talks_repeat_no_more_at_her_word_or_when_the_rule_has_ended(office: Office, pair: Pair) -> None:
    first = begun(office, pair, "week, 2 times")
    series.repeat(office.desk, pair, "month")
    assert series.repeats(office.store, pair.mentorship.id) == "every month on the second Thursday"
    history.undo(office.desk)
    assert series.repeats(office.store, pair.mentorship.id) == "every week on Thursday, 2 times"

    at_the_end_of(office, first)
    at_the_end_of(office, office.store.every(MEETINGS)[-1])
    assert talks(office) == ["12 Mar 15:00 held", "19 Mar 15:00 held"]
    assert office.store.every(SERIES) == ()
    with pytest.raises(UsageError, match="do not repeat"):
        series.end(office.desk, pair)
    with pytest.raises(UsageError, match="plan one first"):
        series.repeat(office.desk, pair, "week")


def test_it_is_known_when_the_next_talk_comes_into_sight(office: Office, pair: Pair) -> None:
    first = begun(office, pair, "mon and thu")
    planning.plan(office.room)

    assert series.next_sight(office.store, pair) == first.begins_at - timedelta(days=3)
