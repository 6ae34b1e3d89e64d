"""Reconciliation: what should exist is written once, kept back where it would surprise, and shown where it is late."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from okrmate.domain.errors import StoreError
from okrmate.domain.letters import LETTER_CLASSES, HoldReason, LetterClass, LetterKind, OutgoingState
from okrmate.domain.people import Side
from okrmate.mail.rendering import Composer
from okrmate.mail.words import BrokenTemplateError
from okrmate.services.mail_rules import Review
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import meetings
from okrmate.services.mentoring.mentorships import pairs
from okrmate.services.outgoing import delivery, outbox, planning
from okrmate.services.tables import OUTGOING
from tests.builders import NOW, an_outgoing
from tests.services.post_office import PostOffice
from tests.services.rooms import Office, ShortLetters, kinds

AGENDA, FORM, INVITATION, WELCOME = (
    LetterKind.AGENDA,
    LetterKind.FEEDBACK,
    LetterKind.INVITATION,
    LetterKind.WELCOME,
)
TALK = datetime(2026, 3, 12, 15, 0)  # noqa: DTZ001 - wall time in Madrid
SOON = datetime(2026, 3, 4, 15, 0)  # noqa: DTZ001 - wall time in Madrid, two days after NOW
MADRID = "Europe/Madrid"
BOTH_INVITED = sorted([(INVITATION, Side.MENTOR), (INVITATION, Side.PROTEGE)])


def with_talk(office: Office, starts: datetime = TALK, name: str = "sam") -> str:
    pair = office.with_person(name=name)
    return meetings.plan(office.desk, pair, meetings.NewMeeting(starts=starts, zone=MADRID)).id


def with_welcomed(office: Office, name: str) -> None:
    """Somebody whose welcome left long ago."""
    pair = office.with_person(name=name, reviewed=True)
    planning.plan(office.room)
    delivery.deliver(office.room)
    assert pair.protege.id == name


def test_what_is_due_is_planned_once() -> None:
    office = Office()
    with_talk(office)
    assert kinds(planning.plan(office.room).letters) == sorted([*BOTH_INVITED, (WELCOME, Side.PROTEGE)])
    assert planning.plan(office.room) == planning.Planned()
    office.restart()
    assert planning.plan(office.room) == planning.Planned()


def test_a_letter_is_written_from_the_state_of_the_moment_and_bears_its_names() -> None:
    office = Office()
    with_talk(office)
    planning.plan(office.room)
    letter = office.letter(INVITATION)
    assert letter.token in letter.message_id
    assert office.store.home.id in letter.message_id
    assert (letter.address, letter.name) == ("sam@example.net", "Sam Ortiz")
    assert letter.calendar_method == "REQUEST"
    assert office.letter(INVITATION, Side.MENTOR).calendar_method == "PUBLISH"


def test_a_moved_invitation_answers_the_first_one() -> None:
    office = Office()
    talk = with_talk(office)
    planning.plan(office.room)
    delivery.deliver(office.room)
    first = office.letter(INVITATION)
    meetings.move(office.desk, talk, TALK + timedelta(days=1), MADRID)
    planning.plan(office.room)
    moved = office.letters(INVITATION, Side.PROTEGE)[1]
    assert (moved.in_reply_to, moved.references) == (first.message_id, (first.message_id,))
    assert moved.subject == f"Re: {first.subject}"


def test_a_machine_that_slept_sends_what_is_still_useful_and_shows_what_is_not() -> None:
    office = Office()
    with_talk(office)
    office.clock.move(days=13)
    done = planning.plan(office.room)
    assert kinds(done.letters) == sorted([(FORM, Side.MENTOR), (FORM, Side.PROTEGE), (WELCOME, Side.PROTEGE)])
    assert kinds(done.expired) == sorted([*BOTH_INVITED, (AGENDA, Side.MENTOR), (AGENDA, Side.PROTEGE)])
    assert {letter.state for letter in done.expired} == {OutgoingState.EXPIRED}
    assert planning.plan(office.room) == planning.Planned()


# what would surprise


def test_two_unasked_letters_to_a_person_are_believed() -> None:
    office = Office()
    with_talk(office)
    assert {letter.state for letter in planning.plan(office.room).letters} == {OutgoingState.QUEUED}


def test_more_than_two_unasked_letters_to_a_person_in_one_pass_are_held_with_their_copies() -> None:
    office = Office()
    with_talk(office, SOON)
    assert {letter.hold for letter in planning.plan(office.room).letters} == {HoldReason.DOUBT}
    assert len(office.letters()) == 5
    assert delivery.deliver(office.room).sent == ()


def test_to_somebody_new_the_first_letter_is_the_reason_and_one_release_is_enough() -> None:
    office = Office(review=Review.FIRST)
    with_talk(office, SOON)
    planning.plan(office.room)
    assert {letter.hold for letter in office.letters()} == {HoldReason.FIRST_LETTER}
    outbox.release(office.desk, office.letter(WELCOME).id)
    assert len(delivery.deliver(office.room).sent) == 5


def test_a_flood_over_everybody_is_held_although_nobody_gets_many() -> None:
    office = Office()
    names = [f"p{number}" for number in range(11)]
    for name in names:
        with_welcomed(office, name)
    for number, name in enumerate(names):
        pair = next(each for each in pairs(office.store) if each.protege.id == name)
        starts = SOON + timedelta(hours=number)
        meetings.plan(office.desk, pair, meetings.NewMeeting(starts=starts, zone=MADRID))
    planned = planning.plan(office.room).letters
    assert len(planned) == 44  # 11 × (invitation and agenda, each with its copy), more than 10 + 3 × 11
    assert {letter.hold for letter in planned} == {HoldReason.DOUBT}


def test_letters_to_the_mentor_alone_are_never_held() -> None:
    office = Office(review=Review.ALL)
    with_talk(office)
    office.clock.move(days=11)
    planning.plan(office.room)
    assert office.letter(FORM, Side.MENTOR).state is OutgoingState.QUEUED
    assert office.letter(FORM).hold is HoldReason.REVIEW


# what goes wrong


class OneBroken(ShortLetters):
    """A home whose own welcome cannot be used."""

    def template(self, name: str) -> str:
        return "Subject: {{ nothing }}\n" if name == "en/welcome.md.j2" else super().template(name)


def test_a_letter_that_cannot_be_written_stops_no_other_and_is_named() -> None:
    office = Office()
    with_talk(office)
    broken = MailRoom(
        desk=office.desk,
        rules=office.rules,
        mailbox=office.room.mailbox,
        postman=office.postman,
        raw=office.room.raw,
        composer=Composer(OneBroken()),
    )
    with pytest.raises(BrokenTemplateError, match=r"en/welcome\.md\.j2"):
        planning.plan(broken)
    assert kinds(office.letters()) == BOTH_INVITED
    assert kinds(planning.plan(office.room).letters) == [(WELCOME, Side.PROTEGE)]


def test_a_full_disk_stops_planning_and_the_next_pass_goes_on() -> None:
    office = Office()
    with_talk(office)
    office.store.broken = StoreError("The disk is full.")
    with pytest.raises(StoreError, match="full"):
        planning.plan(office.room)
    office.store.broken = None
    assert len(planning.plan(office.room).letters) == 3


# what is next


def test_the_next_moment_is_the_soonest_letter_or_end_of_a_talk() -> None:
    office = Office()
    with_talk(office)
    planning.plan(office.room)
    delivery.deliver(office.room)
    seen: list[datetime] = []
    while (following := planning.next_moment(office.room, office.clock.now())) is not None and len(seen) < 4:
        seen.append(following)
        office.clock.set(following)
        planning.plan(office.room)
        delivery.deliver(office.room)
    digest, agenda = NOW.replace(day=9, hour=7, minute=30), NOW.replace(day=9, hour=8)
    end = NOW.replace(day=12, hour=15)
    assert seen == [digest, agenda, end, end + timedelta(hours=1)]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (lambda now: now, NOW + timedelta(hours=3)),
        (lambda now: now + timedelta(hours=12), NOW.replace(day=3, hour=6, minute=30)),
    ],
    ids=["by day", "at night"],
)
def test_a_letter_that_waits_is_next_when_it_may_leave(
    moment: Callable[[datetime], datetime], expected: datetime
) -> None:
    office = Office(now=moment(NOW))
    office.with_person()
    planning.plan(office.room)
    with office.store.transaction() as tx:
        tx.put(OUTGOING, an_outgoing(mentorship="sam-pair", meeting="", due_at=NOW + timedelta(hours=3)))
    assert planning.next_moment(office.room, office.clock.now()) == expected


def test_a_talk_costs_its_protege_three_unasked_mails_and_no_more() -> None:
    office = PostOffice()
    office.answer(office.agenda(), "1.1: 3")
    office.answer(office.form(), "One positive: you asked\nOne suggestion: begin with the numbers")
    for _ in range(10):
        office.clock.move(days=1)
        office.work()

    left = [each for each in office.letters() if each.sent_at is not None and each.to is Side.PROTEGE]
    unasked = [each.kind for each in left if LETTER_CLASSES[each.kind] is not LetterClass.ANSWER]
    assert unasked == [LetterKind.WELCOME, LetterKind.INVITATION, LetterKind.AGENDA, LetterKind.FEEDBACK]
