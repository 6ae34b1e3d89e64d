"""The mentor is away: everybody who gets letters is told once, all rest, and leave again by themselves."""

from datetime import date, timedelta

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import LetterKind, OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import MentorshipState
from okrmate.mail.layout import text
from okrmate.services import history, trail
from okrmate.services.letters.away import go_away
from okrmate.services.mentoring import meetings
from okrmate.services.mentoring.absences import checked_days, rest
from okrmate.services.mentoring.mentorships import pair as pair_of
from okrmate.services.mentoring.particulars import end_mentorship
from okrmate.services.mentoring.silence import pause, resume, wake
from okrmate.services.outgoing import planning
from tests.services.post_office import PostOffice

FIRST, LAST = date(2026, 3, 5), date(2026, 3, 14)
"""The talk of the office, on 12 March, falls into it."""


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def _state(office: PostOffice) -> MentorshipState:
    return office.mentorship(office.pair.mentorship.id).state


def test_away_is_told_once_and_letters_rest_from_the_first_to_the_last_day(office: PostOffice) -> None:
    office.with_person(name="kim")
    away = go_away(office.room, checked_days(office.desk, FIRST, LAST), "The mountains call.")
    office.work()
    states = {date(2026, 3, 2): _state(office)}
    while office.clock.now().date() < date(2026, 3, 16):
        office.clock.move(days=1)
        office.work()
        states[office.clock.now().date()] = _state(office)

    (letter,) = office.letters(LetterKind.REPLY)
    said = text(letter.blocks).replace("\u00a0", " ")
    assert (letter.name, letter.state) == ("Sam Ortiz", OutgoingState.SENT)
    assert letter.subject == "Away from Thu 5 March to Sat 14 March"
    assert all(words in said for words in ("Sam, I am away", "Our talk of Thu 12 March, 15:00", "The mountains call."))
    assert [talk.id for talk in away.talks] == [office.talk_id]
    resting = [day for day, state in states.items() if state is MentorshipState.PAUSED]
    assert (min(resting), max(resting)) == (FIRST, LAST)
    assert not office.letters(LetterKind.AGENDA)


def test_whom_she_resumes_while_she_is_away_is_not_paused_again(office: PostOffice) -> None:
    go_away(office.room, checked_days(office.desk, office.clock.now().date(), LAST))
    paused = _state(office)
    resume(office.desk, pair_of(office.store, office.pair.mentorship.id))
    planning.plan(office.room)

    assert (paused, _state(office)) == (MentorshipState.PAUSED, MentorshipState.ACTIVE)


def test_away_that_is_taken_back_pauses_nobody_and_tells_nobody(office: PostOffice) -> None:
    go_away(office.room, checked_days(office.desk, office.clock.now().date(), LAST))
    (told,) = (change for change in history.history(office.store) if change.what.startswith("away"))

    history.undo(office.desk, told.id)
    office.work()

    assert _state(office) is MentorshipState.ACTIVE
    assert [letter.state for letter in office.letters(LetterKind.REPLY)] == [OutgoingState.WITHDRAWN]


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (LAST, FIRST, "is before"),
        (date(2026, 2, 1), date(2026, 2, 3), "over"),
        (FIRST, FIRST + timedelta(days=400), "within a year"),
    ],
)
def test_days_that_can_be_no_absence_are_refused(office: PostOffice, first: date, last: date, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        checked_days(office.desk, first, last)


def test_what_another_process_decided_meanwhile_stands(office: PostOffice) -> None:
    stale, now = (office.pair,), office.clock.now()
    pause(office.desk, office.pair, now + timedelta(days=1))
    paused = (pair_of(office.store, office.pair.mentorship.id),)
    pause(office.desk, office.pair, now + timedelta(days=30))
    office.clock.move(days=2)
    wake(office.desk, paused)
    assert pair_of(office.store, office.pair.mentorship.id).mentorship.state is MentorshipState.PAUSED

    resume(office.desk, office.pair)
    meetings.become(office.desk, office.talk_id, MeetingState.CANCELLED, source=trail.BY_PROGRAM)
    go_away(office.room, checked_days(office.desk, office.clock.now().date(), office.clock.now().date()))
    end_mentorship(office.desk, office.pair)
    rest(office.desk, stale)
    assert pair_of(office.store, office.pair.mentorship.id).mentorship.state is MentorshipState.ENDED
