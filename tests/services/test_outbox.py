"""What leaves and what waits: holding and letting go, quiet hours, attempts, doubts, and whom a pause silences."""

from datetime import datetime, timedelta

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import HoldReason, LetterKind, OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import MentorshipState, Side
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.history import history
from okrmate.services.mail_rules import Review
from okrmate.services.mentoring import meetings
from okrmate.services.outgoing import delivery, outbox, planning
from okrmate.services.outgoing.digests import digest_now
from okrmate.services.pause import pause, pause_reason
from okrmate.services.ports import Delivery, DeliveryState
from okrmate.services.tables import OUTGOING
from tests.builders import NOW, an_outgoing
from tests.fakes import MemoryPostman
from tests.services.rooms import Office, an_answer, kinds, put, state
from tests.services.troubles import KilledError

AGENDA, INVITATION, WELCOME = LetterKind.AGENDA, LetterKind.INVITATION, LetterKind.WELCOME
MINUTE = timedelta(minutes=1)
TALK = datetime(2026, 3, 12, 15, 0)  # noqa: DTZ001 - wall time in Madrid, ten days after NOW
AGENDA_TIME = NOW.replace(day=9, hour=8)
"""Three days before the talk, 09:00 in Madrid."""


@pytest.fixture
def office() -> Office:
    return Office()


def with_talk(office: Office, starts: datetime = TALK, *, reviewed: bool = True) -> str:
    pair = office.with_person(reviewed=reviewed)
    return meetings.plan(office.desk, pair, meetings.NewMeeting(starts=starts, zone="Europe/Madrid")).id


def on_monday(office: Office, at: datetime = AGENDA_TIME) -> None:
    """The agenda's own day, when the mentor has had her digest already."""
    office.clock.set(at)
    digest = digest_now(office.room, office.store, at)
    if not office.store.find(OUTGOING, "key", digest.key):
        put(office, replace(digest, state=OutgoingState.SENT))


def one_round(office: Office) -> delivery.Delivered:
    planning.plan(office.room)
    return delivery.deliver(office.room)


# holding and letting go


def test_the_first_letters_to_a_person_wait_until_the_mentor_has_seen_one() -> None:
    office = Office(review=Review.FIRST)
    with_talk(office, reviewed=False)
    assert one_round(office).sent == ()
    assert {letter.hold for letter in office.letters()} == {HoldReason.FIRST_LETTER}


def test_releasing_the_first_letter_releases_what_waited_only_for_that() -> None:
    office = Office(review=Review.FIRST)
    with_talk(office, reviewed=False)
    one_round(office)
    by_hand = put(
        office, an_outgoing(id="other", mentorship="sam-pair", state=OutgoingState.HELD, hold=HoldReason.BY_HAND)
    )
    free = outbox.release(office.desk, office.letter(WELCOME).id)
    assert kinds(free) == sorted([(WELCOME, Side.PROTEGE), (INVITATION, Side.PROTEGE), (INVITATION, Side.MENTOR)])
    assert state(office, by_hand) is OutgoingState.HELD
    assert office.mentorship("sam-pair").reviewed


def test_after_the_first_letter_nothing_waits_for_review() -> None:
    office = Office(review=Review.FIRST)
    with_talk(office, reviewed=False)
    one_round(office)
    outbox.release(office.desk, office.letter(WELCOME).id)
    one_round(office)
    on_monday(office)
    assert kinds(one_round(office).sent) == sorted([(AGENDA, Side.PROTEGE), (AGENDA, Side.MENTOR)])


def test_where_all_letters_are_reviewed_each_is_released_with_its_copy_only() -> None:
    office = Office(review=Review.ALL)
    with_talk(office)
    one_round(office)
    free = outbox.release(office.desk, office.letter(INVITATION).id)
    assert kinds(free) == sorted([(INVITATION, Side.PROTEGE), (INVITATION, Side.MENTOR)])
    assert office.letter(WELCOME).hold is HoldReason.REVIEW


def test_releasing_her_own_copy_releases_nothing_to_the_protege() -> None:
    office = Office(review=Review.ALL)
    with_talk(office)
    one_round(office)
    copy = office.letter(INVITATION, Side.MENTOR)
    assert outbox.release(office.desk, copy.id) == (outbox.find_letter(office.store, copy.id),)
    assert delivery.deliver(office.room).sent == ()


def test_an_agenda_held_by_hand_holds_its_copy(office: Office) -> None:
    with_talk(office)
    one_round(office)
    on_monday(office)
    planning.plan(office.room)
    outbox.hold(office.desk, office.letter(AGENDA).id)
    assert delivery.deliver(office.room).sent == ()
    outbox.release(office.desk, office.letter(AGENDA).id)
    assert kinds(delivery.deliver(office.room).sent) == sorted([(AGENDA, Side.PROTEGE), (AGENDA, Side.MENTOR)])


def test_a_letter_that_was_sent_cannot_be_held(office: Office) -> None:
    letter = an_answer(office, state=OutgoingState.SENT)
    with pytest.raises(UsageError, match="sent cannot become held"):
        outbox.hold(office.desk, letter.id)


def test_a_letter_that_was_put_off_leaves_at_once_when_the_mentor_says_so(office: Office) -> None:
    letter = an_answer(office)
    office.postman.expect(DeliveryState.DEFERRED, "busy")
    delivery.deliver(office.room)
    assert delivery.deliver(office.room).sent == ()
    outbox.release(office.desk, letter.id)
    delivery.deliver(office.room)
    assert state(office, letter) is OutgoingState.SENT


def test_a_letter_nobody_knows_is_named_in_the_answer(office: Office) -> None:
    with pytest.raises(UsageError, match="no letter “nowhere”"):
        outbox.release(office.desk, "nowhere")


def test_each_letter_held_or_let_go_is_an_entry_of_the_trail(office: Office) -> None:
    letter = an_answer(office)
    outbox.hold(office.desk, letter.id)
    outbox.release(office.desk, letter.id)
    outbox.release(office.desk, letter.id)
    assert [change.what for change in history(office.store, "sam-pair")] == [
        f"acknowledgement to {letter.name} held",
        f"acknowledgement to {letter.name} let go",
        f"acknowledgement to {letter.name} sent on its way early",
    ]


# the pause of the whole outbox


def test_the_trail_tells_when_everything_was_held_and_let_go(office: Office) -> None:
    pause(office.desk, "restored from a backup")
    outbox.release_all(office.desk)
    outbox.release_all(office.desk)
    assert [(change.what, change.by) for change in history(office.store)] == [
        ("the whole outbox held: restored from a backup", "okrmate"),
        ("the whole outbox let go", office.mentor.name),
    ]


def test_nothing_leaves_expires_or_is_planned_while_the_outbox_is_paused(office: Office) -> None:
    letter = an_answer(office)
    pause(office.desk, "the clock was set back by 3 days")
    office.clock.move(days=30)
    assert planning.plan(office.room) == planning.Planned()
    assert delivery.deliver(office.room) == delivery.Delivered()
    assert state(office, letter) is OutgoingState.QUEUED
    assert pause_reason(office.store) == "the clock was set back by 3 days"


def test_the_mentors_word_ends_the_pause_and_lets_every_held_letter_go() -> None:
    office = Office(review=Review.ALL)
    with_talk(office)
    one_round(office)
    pause(office.desk, "restored from a backup")
    assert len(outbox.release_all(office.desk)) == 3
    assert len(delivery.deliver(office.room).sent) == 3


def test_a_pause_that_begins_in_the_middle_of_a_pass_stops_it(office: Office) -> None:
    class PausingPostman(MemoryPostman):
        def send(self, message: bytes, recipient: str) -> Delivery:
            pause(office.desk, "enough")
            return super().send(message, recipient)

    office.postman = PausingPostman()
    office.restart()
    with_talk(office)
    assert len(one_round(office).sent) == 1


def test_a_pass_stops_between_two_letters_when_it_is_asked_to(office: Office) -> None:
    with_talk(office)
    planning.plan(office.room)
    asked = iter([True, True, False])
    assert len(delivery.deliver(office.room, lambda: next(asked)).sent) == 2
    assert len(delivery.deliver(office.room).sent) == 1


# when a letter may leave


def test_a_promised_letter_waits_for_the_end_of_the_recipients_quiet_hours(office: Office) -> None:
    with_talk(office)
    planning.plan(office.room)
    office.clock.set(NOW.replace(hour=19, minute=0))  # 20:00 in Madrid
    assert delivery.deliver(office.room).sent == ()
    office.clock.set(NOW.replace(day=3, hour=6, minute=29))
    assert delivery.deliver(office.room).sent == ()
    office.clock.move(minutes=1)
    assert kinds(delivery.deliver(office.room).sent) == sorted([(WELCOME, Side.PROTEGE), (INVITATION, Side.PROTEGE)])


def test_an_answer_leaves_at_once_also_at_night(office: Office) -> None:
    letter = an_answer(office)
    office.clock.set(NOW.replace(hour=23))
    delivery.deliver(office.room)
    assert state(office, letter) is OutgoingState.SENT


def test_what_would_be_of_no_use_in_the_morning_leaves_at_night(office: Office) -> None:
    office.clock.set(NOW.replace(hour=21))
    pair = office.with_person(begun_at=NOW - timedelta(days=20))
    early = datetime(2026, 3, 3, 7, 0)  # noqa: DTZ001 - wall time: before the quiet hours end
    meetings.plan(office.desk, pair, meetings.NewMeeting(starts=early, zone="Europe/Madrid"))
    assert kinds(one_round(office).sent) == sorted(
        [(AGENDA, Side.MENTOR), (AGENDA, Side.PROTEGE), (INVITATION, Side.MENTOR), (INVITATION, Side.PROTEGE)]
    )


def test_the_mentors_copy_leaves_in_the_same_minute_as_the_agenda(office: Office) -> None:
    with_talk(office)
    one_round(office)
    on_monday(office, AGENDA_TIME - MINUTE)
    assert one_round(office).sent == ()
    on_monday(office)
    sent = one_round(office).sent
    assert [(letter.kind, letter.to) for letter in sent] == [(AGENDA, Side.PROTEGE), (AGENDA, Side.MENTOR)]
    assert {letter.sent_at for letter in sent} == {AGENDA_TIME}


def test_the_mentors_copy_waits_for_an_agenda_that_quiet_hours_keep(office: Office) -> None:
    with_talk(office)
    one_round(office)
    on_monday(office, AGENDA_TIME.replace(hour=21))  # asleep all day
    assert one_round(office).sent == ()
    on_monday(office, AGENDA_TIME.replace(day=10, hour=6, minute=30))
    assert len(one_round(office).sent) == 2


def test_a_copy_does_not_leave_while_its_letter_is_put_off(office: Office) -> None:
    with_talk(office)
    one_round(office)
    on_monday(office)
    office.postman.expect(DeliveryState.DEFERRED, "greylisted")
    done = one_round(office)
    assert kinds(done.deferred) == [(AGENDA, Side.PROTEGE)]
    assert done.sent == ()
    office.clock.move(minutes=1)
    assert len(one_round(office).sent) == 2


def test_a_copy_still_leaves_where_its_letter_can_never(office: Office) -> None:
    with_talk(office)
    one_round(office)
    on_monday(office)
    office.postman.expect(DeliveryState.FAILED, "no such address")
    done = one_round(office)
    assert kinds(done.failed) == [(AGENDA, Side.PROTEGE)]
    assert kinds(done.sent) == [(AGENDA, Side.MENTOR)]


@pytest.mark.parametrize("silent", [MentorshipState.PAUSED, MentorshipState.ENDED])
def test_nothing_unasked_leaves_to_somebody_who_is_paused_or_gone(office: Office, silent: MentorshipState) -> None:
    with_talk(office)
    exchange = put(office, an_outgoing(mentorship="sam-pair", kind=LetterKind.EXCHANGE))
    planning.plan(office.room)
    office.become("sam-pair", silent)
    assert delivery.deliver(office.room).sent == ()
    assert state(office, exchange) is OutgoingState.QUEUED


def test_somebody_who_is_paused_is_still_answered(office: Office) -> None:
    letter = an_answer(office)
    office.become("sam-pair", MentorshipState.PAUSED)
    delivery.deliver(office.room)
    assert state(office, letter) is OutgoingState.SENT


def test_what_waited_during_a_pause_leaves_when_it_ends(office: Office) -> None:
    with_talk(office)
    planning.plan(office.room)
    office.become("sam-pair", MentorshipState.PAUSED)
    delivery.deliver(office.room)
    office.become("sam-pair", MentorshipState.ACTIVE)
    assert len(delivery.deliver(office.room).sent) == 3


def test_a_letter_that_came_too_late_is_let_go_of_once(office: Office) -> None:
    letter = an_answer(office)
    office.clock.set(letter.useful_until)
    assert [each.id for each in delivery.deliver(office.room).expired] == [letter.id]
    assert delivery.deliver(office.room).expired == ()
    assert office.postman.sent == []


def test_an_agenda_that_leaves_late_after_all_is_marked_short_notice(office: Office) -> None:
    with_talk(office)
    one_round(office)
    on_monday(office)
    planning.plan(office.room)
    outbox.hold(office.desk, office.letter(AGENDA).id)
    office.clock.move(hours=5)
    outbox.release(office.desk, office.letter(AGENDA).id)
    delivery.deliver(office.room)
    assert office.letter(AGENDA).short_notice


def test_an_agenda_that_a_crash_keeps_from_being_recorded_is_marked_before_it_leaves(office: Office) -> None:
    class DyingPostman(MemoryPostman):
        def send(self, message: bytes, recipient: str) -> Delivery:
            raise KilledError

    with_talk(office)
    one_round(office)
    on_monday(office)
    planning.plan(office.room)
    office.clock.move(hours=5)
    office.postman = DyingPostman()
    office.restart()
    with pytest.raises(KilledError):
        delivery.deliver(office.room)
    assert office.letter(AGENDA).state is OutgoingState.SENDING
    assert office.letter(AGENDA).short_notice


# what lost its occasion


def test_a_letter_that_was_written_while_its_talk_was_moved_is_withdrawn(office: Office) -> None:
    talk = with_talk(office)
    planning.plan(office.room)
    late = office.letter(INVITATION)
    meetings.move(office.desk, talk, TALK + timedelta(days=1), "Europe/Madrid")
    put(office, late)  # another process had begun to write it
    assert one_round(office).sent
    assert state(office, late) is OutgoingState.WITHDRAWN


def test_a_letter_in_doubt_about_a_cancelled_talk_is_not_sent_again(office: Office) -> None:
    talk = with_talk(office)
    one_round(office)
    on_monday(office)
    planning.plan(office.room)
    in_doubt = put(office, office.letter(AGENDA).becoming(OutgoingState.SENDING, attempts=1, copies=1))
    meetings.become(office.desk, talk, MeetingState.CANCELLED, source=trail.by_command("meeting cancel"))
    delivery.deliver(office.room)
    assert state(office, in_doubt) is OutgoingState.WITHDRAWN
