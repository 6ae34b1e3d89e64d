"""Whom a mentorship waits for, and what for."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from okrmate.domain.letters import HoldReason, IncomingState, LetterKind, OutgoingState
from okrmate.domain.meetings import MeetingState, Participation
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.people import MentorshipState, Side
from okrmate.frozen import replace
from okrmate.services.mentoring.mentorships import Pair, pair
from okrmate.services.ports import Table
from okrmate.services.reports.waiting import Waiting, post_of, waiting
from okrmate.services.tables import FEEDBACK, INCOMING, MEETINGS, OKR_SETS, OUTGOING, PROMISES
from tests.builders import NOW, a_feedback, a_meeting, a_promise, an_incoming, an_okr_set, an_outgoing
from tests.services.rooms import Office

PAIR = "sam-pair"
DAY = timedelta(days=1)
PAST = datetime(2026, 2, 27, 15, 0)  # noqa: DTZ001 - wall time in the zone of the talk


@pytest.fixture(name="office")
def an_office() -> Office:
    office = Office()
    office.with_person()
    return office


def put(office: Office, table: Table[Any], record: Any) -> None:  # noqa: ANN401 - any record
    with office.store.transaction() as tx:
        tx.put(table, replace(record, mentorship=PAIR))


def now(office: Office) -> Waiting:
    known: Pair = pair(office.store, PAIR)
    return waiting(office.store, known, post_of(office.store, PAIR), office.clock.now())


def told(found: Waiting) -> tuple[Side | None, list[str]]:
    return found.on, [thing.what for thing in found.things]


def held_talk(office: Office) -> None:
    """A talk three days ago, with the form sent."""
    put(office, MEETINGS, a_meeting(id="talk", starts=PAST, state=MeetingState.HELD))
    form = an_outgoing(
        kind=LetterKind.FEEDBACK, meeting="talk", state=OutgoingState.SENT, sent_at=NOW - 3 * DAY, to=Side.PROTEGE
    )
    put(office, OUTGOING, form)


def test_nobody_waits_where_nothing_was_asked(office: Office) -> None:
    assert told(now(office)) == (None, [])


@pytest.mark.parametrize(
    ("state", "what"),
    [
        (IncomingState.HELD, "mail to read"),
        (IncomingState.FAILED, "mail to read"),
        (IncomingState.ASKED, "unclear mail"),
        (IncomingState.PARTLY_APPLIED, "unclear mail"),
    ],
)
def test_a_mail_that_is_not_settled_lies_with_the_mentor(office: Office, state: IncomingState, what: str) -> None:
    put(office, INCOMING, an_incoming(state=state))

    assert told(now(office)) == (Side.MENTOR, [what])


@pytest.mark.parametrize("state", [IncomingState.APPLIED, IncomingState.IGNORED, IncomingState.DISMISSED])
def test_a_settled_mail_waits_for_nobody(office: Office, state: IncomingState) -> None:
    put(office, INCOMING, an_incoming(state=state))

    assert told(now(office)) == (None, [])


def test_what_today_asks_of_her_also_makes_it_wait_for_her(office: Office) -> None:
    put(office, INCOMING, an_incoming(state=IncomingState.APPLIED, left=("How do I say no?",), received_at=NOW))
    put(office, PROMISES, a_promise(by=Side.MENTOR, due=NOW.date() - DAY))
    put(office, PROMISES, a_promise(id="hers", by=Side.PROTEGE, due=NOW.date() - DAY))

    assert told(now(office)) == (Side.MENTOR, ["mail to read", "a promise"])


def test_several_are_counted(office: Office) -> None:
    for number in range(3):
        put(office, INCOMING, an_incoming(id=f"mail{number}", state=IncomingState.HELD))

    assert told(now(office)) == (Side.MENTOR, ["3 mails to read"])


def test_a_letter_that_is_held_lies_with_the_mentor_by_its_name(office: Office) -> None:
    put(office, OUTGOING, an_outgoing(kind=LetterKind.WELCOME, state=OutgoingState.HELD, hold=HoldReason.FIRST_LETTER))
    assert told(now(office)) == (Side.MENTOR, ["welcome to see"])

    put(office, OUTGOING, an_outgoing(id="two", state=OutgoingState.HELD, hold=HoldReason.BY_HAND))
    assert told(now(office)) == (Side.MENTOR, ["2 letters to see"])


def test_her_own_missing_feedback_comes_before_his(office: Office) -> None:
    held_talk(office)

    assert told(now(office)) == (Side.MENTOR, ["your feedback"])


def test_once_hers_is_in_his_is_waited_for_since_he_was_asked(office: Office) -> None:
    held_talk(office)
    put(office, FEEDBACK, a_feedback(meeting="talk", by=Side.MENTOR))

    found = now(office)

    assert told(found) == (Side.PROTEGE, ["feedback"])
    assert found.things[0].since == NOW - 3 * DAY


def test_after_a_week_nobody_is_waited_for_to_write_about_a_talk(office: Office) -> None:
    held_talk(office)
    office.clock.move(days=5)

    assert told(now(office)) == (None, [])


def test_a_talk_that_was_declined_needs_another_date_from_her(office: Office) -> None:
    put(office, MEETINGS, a_meeting(participation=Participation.DECLINED))

    assert told(now(office)) == (Side.MENTOR, ["another date"])


def test_an_agenda_is_waited_for_until_a_mail_comes(office: Office) -> None:
    put(office, MEETINGS, a_meeting(id="talk"))
    put(office, OUTGOING, an_outgoing(meeting="talk", state=OutgoingState.SENT, sent_at=NOW - DAY))
    assert told(now(office)) == (Side.PROTEGE, ["agenda"])

    put(office, INCOMING, an_incoming(state=IncomingState.APPLIED, received_at=NOW))
    assert told(now(office)) == (None, [])


def test_after_the_welcome_a_draft_is_waited_for_and_then_her_start(office: Office) -> None:
    put(office, OUTGOING, an_outgoing(kind=LetterKind.WELCOME, state=OutgoingState.SENT, sent_at=NOW - 16 * DAY))
    assert told(now(office)) == (Side.PROTEGE, ["draft"])

    put(office, OKR_SETS, an_okr_set(state=OkrSetState.DRAFT))
    assert told(now(office)) == (Side.MENTOR, ["draft to start"])

    put(office, OKR_SETS, replace(an_okr_set(state=OkrSetState.REFINED), agreed_mentor=NOW, refined_at=NOW - DAY))
    assert told(now(office)) == (Side.PROTEGE, ["agreement"])

    put(office, OKR_SETS, an_okr_set())
    assert told(now(office)) == (None, [])


@pytest.mark.parametrize("state", [MentorshipState.PAUSED, MentorshipState.ENDED])
def test_a_mentorship_that_is_silent_waits_for_nobody(office: Office, state: MentorshipState) -> None:
    put(office, INCOMING, an_incoming(state=IncomingState.HELD))
    office.become(PAIR, state)

    assert told(now(office)) == (None, [])
