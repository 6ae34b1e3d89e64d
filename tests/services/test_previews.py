"""What is shown beforehand is what leaves: each kind of letter, in each of its occasions."""

from datetime import UTC, datetime, timedelta

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Items, LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import MentorshipState, Side
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.mail.rendering import Composer
from okrmate.services.letters.agendas import points
from okrmate.services.mentoring import meetings
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.outgoing import delivery, outbox, planning
from okrmate.services.outgoing.previews import AgendaAhead, agenda_of, preview
from okrmate.services.tables import AGENDA_ITEMS, FEEDBACK, MEETINGS
from tests.builders import a_feedback, an_agenda_item
from tests.services.rooms import SHIPPED, Office

MADRID = "Europe/Madrid"
TALK = datetime(2026, 3, 12, 15, 0)  # noqa: DTZ001 - wall time in Madrid, ten days after NOW
TOMORROW = datetime(2026, 3, 3, 15, 0)  # noqa: DTZ001 - wall time in Madrid


@pytest.fixture
def office() -> Office:
    """Sam in Madrid with the letters as they are shipped."""
    found = Office()
    found.with_person(reviewed=True)
    found.room = replace(found.room, composer=Composer(SHIPPED))
    return found


def with_talk(office: Office, starts: datetime = TALK) -> str:
    found = pair(office.store, "sam-pair")
    return meetings.plan(office.desk, found, meetings.NewMeeting(starts=starts, zone=MADRID)).id


def shown(office: Office, kind: LetterKind, side: Side = Side.PROTEGE) -> Outgoing:
    return preview(office.room, kind, pair(office.store, "sam-pair"), side)


def one_round(office: Office) -> None:
    planning.plan(office.room)
    delivery.deliver(office.room)


def leaving(office: Office, kind: LetterKind, side: Side = Side.PROTEGE) -> str:
    """The text of the preview, which is that of the letter of the same kind that leaves at its time."""
    expected = shown(office, kind, side)
    office.clock.set(max(office.clock.now(), expected.due_at))
    planning.plan(office.room)
    outbox.release_all(office.desk)  # so much at once is held for the mentor
    delivery.deliver(office.room)
    left = [each for each in office.letters(kind, side) if each.state is OutgoingState.SENT][-1]
    assert left.blocks == expected.blocks
    assert left.subject == expected.subject
    assert left.in_reply_to == expected.in_reply_to
    assert left.short_notice is expected.short_notice
    assert left.calendar_method == expected.calendar_method
    return text(left.blocks)


BOTH = pytest.mark.parametrize("side", list(Side))


@pytest.mark.parametrize("starts", [TALK, TOMORROW])
def test_a_welcome_is_shown_as_it_leaves(office: Office, starts: datetime) -> None:
    with_talk(office, starts)
    assert leaving(office, LetterKind.WELCOME)


@BOTH
def test_an_invitation_is_shown_as_it_leaves(office: Office, side: Side) -> None:
    with_talk(office)
    assert leaving(office, LetterKind.INVITATION, side)


@BOTH
def test_a_moved_invitation_is_shown_as_it_leaves(office: Office, side: Side) -> None:
    talk = with_talk(office)
    first = leaving(office, LetterKind.INVITATION, side)
    meetings.move(office.desk, talk, TALK + timedelta(days=1), MADRID)
    assert leaving(office, LetterKind.INVITATION, side) != first
    assert shown(office, LetterKind.INVITATION, side).subject.startswith("Re: ")


@BOTH
def test_a_cancellation_is_shown_as_it_leaves(office: Office, side: Side) -> None:
    talk = with_talk(office)
    first = leaving(office, LetterKind.INVITATION, side)
    with office.store.transaction() as tx:
        meetings.become_in(tx, office.desk, office.meeting(talk), MeetingState.CANCELLED)
    assert leaving(office, LetterKind.INVITATION, side) != first
    assert shown(office, LetterKind.INVITATION, side).calendar_method == "CANCEL"


@BOTH
def test_an_agenda_is_shown_a_week_ahead_as_it_leaves(office: Office, side: Side) -> None:
    with_talk(office)
    one_round(office)
    assert "planned late" not in leaving(office, LetterKind.AGENDA, side)


@BOTH
def test_an_agenda_on_short_notice_is_shown_with_the_sentence_that_says_so(office: Office, side: Side) -> None:
    with_talk(office, TOMORROW)
    assert "planned late" in leaving(office, LetterKind.AGENDA, side)


def test_an_agenda_that_left_in_time_is_not_called_late_afterwards(office: Office) -> None:
    with_talk(office)
    left = leaving(office, LetterKind.AGENDA)
    office.clock.move(days=1)
    assert "computer was off" not in text(shown(office, LetterKind.AGENDA).blocks)
    assert left


@BOTH
def test_a_form_and_its_reminder_are_shown_as_they_leave(office: Office, side: Side) -> None:
    with_talk(office)
    one_round(office)
    office.clock.move(days=11)
    one_round(office)
    reminder = leaving(office, LetterKind.FEEDBACK, side)
    form, again = office.letters(LetterKind.FEEDBACK, side)
    assert reminder == text(again.blocks) != text(form.blocks)


@BOTH
def test_a_form_is_shown_before_its_talk_as_it_will_leave(office: Office, side: Side) -> None:
    with_talk(office)
    one_round(office)
    assert leaving(office, LetterKind.FEEDBACK, side)


def written(office: Office, *sides: Side) -> None:
    talk = with_talk(office)
    one_round(office)
    office.clock.move(days=11)
    one_round(office)
    with office.store.transaction() as tx:
        for side in sides:
            given = a_feedback(id=f"of {side}", meeting=talk, by=side, positive=("calm",), suggestion=("earlier",))
            tx.put(FEEDBACK, given)
        if len(sides) == len(Side):
            tx.put(MEETINGS, office.meeting(talk).becoming(MeetingState.REVIEWED, office.clock.now()))


@BOTH
def test_an_exchange_is_shown_as_it_leaves(office: Office, side: Side) -> None:
    written(office, *Side)
    assert "calm" in leaving(office, LetterKind.EXCHANGE, side)


@BOTH
def test_words_that_are_sealed_are_shown_to_nobody_beforehand(office: Office, side: Side) -> None:
    written(office, Side.PROTEGE)
    with pytest.raises(UsageError, match="sealed"):
        shown(office, LetterKind.EXCHANGE, side)
    office.clock.move(days=5)
    assert "calm" in leaving(office, LetterKind.EXCHANGE, side)


def test_a_letter_that_waits_is_shown_as_it_was_written(office: Office) -> None:
    with_talk(office)
    planning.plan(office.room)
    waiting = office.letter(LetterKind.INVITATION)
    office.clock.move(days=8)
    assert shown(office, LetterKind.INVITATION) == waiting


def test_letters_of_a_mentorship_that_pauses_can_still_be_looked_at(office: Office) -> None:
    with_talk(office)
    office.become("sam-pair", MentorshipState.PAUSED)
    assert "short notice" not in text(shown(office, LetterKind.AGENDA, Side.MENTOR).blocks)


def agenda(office: Office, talk: str) -> AgendaAhead:
    return agenda_of(office.room, pair(office.store, "sam-pair"), office.meeting(talk))


def test_the_agenda_of_a_talk_says_when_it_leaves_and_is_then_the_letter_that_did(office: Office) -> None:
    talk = with_talk(office)
    before = agenda(office, talk)
    assert (before.written, before.leaves_at) == (False, datetime(2026, 3, 9, 8, 0, tzinfo=UTC))

    office.clock.set(datetime(2026, 3, 9, 8, 0, tzinfo=UTC))
    planning.plan(office.room)
    waiting = agenda(office, talk)
    assert (waiting.written, waiting.leaves_at) == (True, before.leaves_at)
    assert waiting.letter.blocks == before.letter.blocks

    outbox.release_all(office.desk)
    delivery.deliver(office.room)
    assert (agenda(office, talk).written, agenda(office, talk).leaves_at) == (True, None)


def test_each_of_two_talks_has_its_own_agenda(office: Office) -> None:
    first = with_talk(office)
    second = with_talk(office, TALK + timedelta(days=14))

    assert agenda(office, first).letter.subject != agenda(office, second).letter.subject


def test_no_agenda_leaves_while_a_mentorship_pauses_but_it_can_be_looked_at(office: Office) -> None:
    talk = with_talk(office)
    office.become("sam-pair", MentorshipState.PAUSED)

    assert agenda(office, talk).leaves_at is None
    assert agenda(office, talk).letter.blocks


def test_the_points_of_an_agenda_are_those_of_the_letter_and_what_did_not_fit(office: Office) -> None:
    talk = with_talk(office, TALK)
    with office.store.transaction() as tx:
        for number in range(9):
            tx.put(AGENDA_ITEMS, an_agenda_item(id=f"item{number}", mentorship="sam-pair", meeting="", minutes=10))
    found = points(office.room, pair(office.store, "sam-pair"), office.meeting(talk), office.clock.now())

    (listed,) = (block for block in agenda(office, talk).letter.blocks if isinstance(block, Items))
    assert [point.minutes for point in found if point.fits] == [item.minutes for item in listed.items]
    assert [point.fits for point in found].count(False) > 0
