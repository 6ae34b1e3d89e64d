"""A letter that waits says what is true when it leaves, not what was true when it was written."""

from datetime import datetime

import pytest

from okrmate.domain.letters import LetterKind, OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.mail.layout import text
from okrmate.reply.drafts import draft_okrs
from okrmate.services import trail
from okrmate.services.mentoring import meetings, okrs, steps
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.mentoring.mentorships import pairs
from okrmate.services.outgoing import planning
from okrmate.services.tables import MEETINGS
from tests.services.post_office import OKRS, PostOffice

THURSDAY = datetime(2026, 3, 19, 15, 0)  # noqa: DTZ001 - wall time in the zone of the talk
FRIDAY = datetime(2026, 3, 20, 11, 0)  # noqa: DTZ001 - as above


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def newcomer(office: PostOffice) -> str:
    """Somebody whose welcome waits for the mentor, with a talk planned; the mentorship's id."""
    pair = office.with_person(name="kim")
    meetings.plan(office.desk, pair, meetings.NewMeeting(starts=THURSDAY, zone="Europe/Madrid"))
    planning.plan(office.room)
    return pair.mentorship.id


def welcome(office: PostOffice, mentorship: str) -> str:
    (letter,) = (each for each in office.letters(LetterKind.WELCOME) if each.mentorship == mentorship)
    assert letter.state in (OutgoingState.HELD, OutgoingState.QUEUED)
    return text(letter.blocks)


def test_a_welcome_that_waits_names_the_talk_as_it_was_moved(office: PostOffice) -> None:
    mentorship = newcomer(office)
    before = welcome(office, mentorship)
    (talk,) = (each for each in office.store.find(MEETINGS, "mentorship", mentorship))

    meetings.move(office.desk, talk.id, FRIDAY, "Europe/Madrid")
    planning.plan(office.room)

    assert "Thu 19 March" in before
    assert "Fri 20 March, 11:00" in welcome(office, mentorship)
    assert "19 March" not in welcome(office, mentorship)


def test_a_welcome_that_waits_forgets_a_talk_that_was_cancelled_and_a_draft_that_is_there(office: PostOffice) -> None:
    mentorship = newcomer(office)
    (talk,) = (each for each in office.store.find(MEETINGS, "mentorship", mentorship))
    pair = next(each for each in pairs(office.store) if each.mentorship.id == mentorship)

    meetings.become(office.desk, talk.id, MeetingState.CANCELLED, source=trail.by_command("meeting cancel"))
    okrs.import_objectives(office.desk, pair, as_new(draft_okrs(OKRS)))
    steps.activate(office.desk, pair)
    planning.plan(office.room)

    assert "19 March" not in welcome(office, mentorship)
    assert "Then draft" not in welcome(office, mentorship)
