"""What arrives that is no plain answer: each kind is kept and named, nothing is lost, and no stranger is answered."""

import hashlib
import tracemalloc
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from okrmate.adapters.maildir import MaildirMailbox
from okrmate.adapters.raw_mail import RawMailFolder
from okrmate.domain.letters import IncomingState, LetterKind, OutgoingState
from okrmate.domain.meetings import Participation
from okrmate.domain.people import MentorshipState, Side
from okrmate.frozen import replace
from okrmate.mail.calendar import calendar_uid
from okrmate.services.incoming.inbox import poll
from okrmate.services.mentoring import meetings
from okrmate.services.ports import Home
from okrmate.services.tables import AGENDA_ITEMS, CHANGES, FEEDBACK, INCOMING, READINGS
from tests.services.post_office import OLIVIA, PostOffice

MEGABYTE = 1_000_000
UNTOUCHED = {"1.1": "", "1.2": "", "1.3": ""}


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def nothing_was_read(office: PostOffice) -> bool:
    changed = office.every(READINGS) + office.every(AGENDA_ITEMS) + office.every(FEEDBACK)
    return not changed and not office.answered()


def test_a_stranger_is_neither_stored_nor_answered(office: PostOffice) -> None:
    assert office.look(office.written("KR 1.1: 3", From="Eve <eve@example.com>")) == ()

    assert office.every(INCOMING) == ()
    assert len(office.raw.kept) == len(office.letters())
    assert nothing_was_read(office)


def test_a_stranger_who_answers_a_letter_is_kept_for_the_mentor_and_not_answered(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3", From="Eve <eve@example.com>")

    assert (mail.state, mail.reason) == (IncomingState.HELD, "token of ours from an unknown sender")
    assert nothing_was_read(office)


def test_a_known_sender_without_a_token_is_held_and_nothing_is_read(office: PostOffice) -> None:
    mail = office.receive(office.written("KR 1.1: 3"))

    assert (mail.state, mail.reason) == (IncomingState.HELD, "not an answer to a letter")
    assert mail.mentorship == office.pair.mentorship.id
    assert office.raw.read(mail.raw).endswith(b"KR 1.1: 3")
    assert nothing_was_read(office)


def test_a_token_from_another_person_is_held(office: PostOffice) -> None:
    office.with_person(name="kim")

    mail = office.answer(office.agenda(), "KR 1.1: 3", From="Kim <kim@example.net>")

    assert (mail.state, mail.reason) == (IncomingState.HELD, "sender and token belong to different persons")
    assert nothing_was_read(office)


def test_a_mail_that_the_server_found_false_is_held_also_where_none_is_named_as_trusted(office: PostOffice) -> None:
    mail = office.answer(
        office.agenda(), "KR 1.1: 3", Authentication_Results="mx.example.org; dmarc=fail header.from=example.net"
    )

    assert (mail.state, mail.reason) == (IncomingState.HELD, "the sender could not be proven")
    assert nothing_was_read(office)


def test_a_broken_token_is_refused_and_kept(office: PostOffice) -> None:
    letter = office.agenda()
    broken = letter.message_id.replace(letter.token, "z" * 27)

    mail = office.answer(letter, "KR 1.1: 3", In_Reply_To=broken, References=broken)

    assert (mail.state, mail.reason) == (IncomingState.REFUSED, "unknown token")
    assert office.raw.read(mail.raw)
    assert nothing_was_read(office)


@pytest.mark.parametrize(
    "senders", ["Sam <sam@example.net>, Eve <eve@example.com>", "Sam <sam@example.net>\nFrom: Eve <eve@example.com>"]
)
def test_two_senders_are_refused_and_kept(office: PostOffice, senders: str) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3", From=senders)

    assert (mail.state, mail.reason) == (IncomingState.REFUSED, "not exactly one sender")
    assert office.raw.read(mail.raw)
    assert nothing_was_read(office)


def test_a_mail_without_message_id_is_read_and_known_by_its_bytes(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda(), Message_ID=None)

    mail = office.receive(raw)

    assert mail.state is IncomingState.APPLIED
    assert mail.message_id == f"sha256:{hashlib.sha256(raw).hexdigest()}"
    assert office.acknowledgement(mail).in_reply_to == ""
    assert office.look(raw) == ()
    assert len(office.every(READINGS)) == 1


def test_the_same_mail_in_two_files_has_one_effect_and_is_shown_as_met_twice(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda())

    (mail,) = office.look(raw, raw)

    assert len(office.now(mail).places) == 2
    assert len(office.every(READINGS)) == 1
    assert office.answered() == (mail.id,)
    assert len(office.mailbox.settled) == 2


def test_a_mail_with_an_attachment_of_60_megabytes_is_held_whole_and_in_little_memory(
    office: PostOffice, tmp_path: Path
) -> None:
    head = office.written("", office.agenda(), Content_Type="multipart/mixed; boundary=b")
    attachment = b"--b\nContent-Type: application/octet-stream\n\n" + b"QUJD" * 15 * MEGABYTE + b"\n--b--\n"
    office.store.home = Home(id="home1", created_at=datetime(2020, 1, 1, tzinfo=UTC))
    mailbox = MaildirMailbox({"INBOX": tmp_path / "INBOX"})
    room = replace(office.room, mailbox=mailbox, raw=RawMailFolder(tmp_path))
    mailbox.look("INBOX", None, office.store.home.created_at)
    (tmp_path / "INBOX/new/1.large").write_bytes(head + attachment)
    tracemalloc.start()

    (mail,) = poll(room).mails

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (mail.state, mail.reason, mail.detail) == (IncomingState.HELD, "too big", "")
    assert room.raw.read(mail.raw) == head + attachment
    assert peak < 2 * len(attachment)
    assert office.values() == UNTOUCHED


def test_an_out_of_office_is_ignored_but_shown(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "I am away until Monday. KR 1.1: 3", Auto_Submitted="auto-replied")

    assert (mail.state, mail.reason) == (IncomingState.IGNORED, "automatic reply")
    assert mail.mentorship == office.pair.mentorship.id
    assert nothing_was_read(office)


def test_the_mentors_own_answer_from_the_sending_address_is_read(office: PostOffice) -> None:
    mail = office.answer_of_mentor(office.form(Side.MENTOR), "+ you said no to a slide\n- start with the numbers")

    (given,) = office.every(FEEDBACK)
    assert mail.state is IncomingState.APPLIED
    assert (given.by, given.positive) == (Side.MENTOR, ("you said no to a slide",))


def test_a_letter_of_ours_that_comes_by_does_not_concern_us(office: PostOffice) -> None:
    letter = office.agenda()

    assert office.look(office.written("as sent", From=OLIVIA, Message_ID=letter.message_id)) == ()


def rsvp(office: PostOffice, said: str, *, sequence: int = 0, sender: str = "sam@example.net") -> bytes:
    """A calendar's answer to the invitation, as an automatic mail."""
    reply = EmailMessage()
    reply["From"], reply["To"], reply["Subject"] = sender, OLIVIA, f"{said.title()}: Talk 1"
    reply["Message-ID"] = f"<rsvp-{said}-{sequence}@mail.example.net>"
    reply["In-Reply-To"] = office.letters(LetterKind.INVITATION, Side.PROTEGE)[0].message_id
    reply["Auto-Submitted"] = "auto-replied"
    reply.set_content("This is sent by a calendar.")
    reply.add_alternative(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n"
        f"UID:{calendar_uid(office.talk.token)}\r\nSEQUENCE:{sequence}\r\nDTSTAMP:20260303T090000Z\r\n"
        f"ATTENDEE;PARTSTAT={said}:mailto:{sender}\r\nCOMMENT:I may be late\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n",
        subtype="calendar",
        params={"method": "REPLY"},
    )
    return reply.as_bytes()


def test_a_calendars_answer_is_read_though_it_is_automatic_and_its_comment_reaches_the_mentor(
    office: PostOffice,
) -> None:
    mail = office.receive(rsvp(office, "ACCEPTED"))

    assert (mail.state, mail.left) == (IncomingState.APPLIED, ("I may be late", "This is sent by a calendar."))
    assert office.talk.participation is Participation.ACCEPTED
    assert office.answered() == ()


def test_a_calendars_answer_to_an_older_plan_changes_nothing(office: PostOffice) -> None:
    later = office.talk.starts.replace(hour=16)
    meetings.move(office.desk, office.talk_id, later, "Europe/Madrid")

    mail = office.receive(rsvp(office, "ACCEPTED", sequence=0))

    assert (mail.state, mail.reason) == (IncomingState.IGNORED, "an answer to an older plan")
    assert office.talk.participation is Participation.NEEDS_ACTION


def test_a_calendars_answer_of_another_address_is_held(office: PostOffice) -> None:
    mail = office.receive(rsvp(office, "DECLINED", sender="eve@example.com"))

    assert mail.state is IncomingState.HELD
    assert office.talk.participation is Participation.NEEDS_ACTION


def test_a_written_yes_to_the_time_before_a_move_is_no_yes_to_the_new_one(office: PostOffice) -> None:
    invitation = office.letter(LetterKind.INVITATION)
    office.clock.move(hours=1)
    meetings.move(office.desk, office.talk_id, office.talk.starts.replace(hour=16), "Europe/Madrid")

    mail = office.answer(invitation, "a")

    assert office.talk.participation is Participation.NEEDS_ACTION
    assert mail.left == ("a",)


def report(office: PostOffice, action: str, status: str) -> bytes:
    """A delivery report about the agenda (RFC 3464)."""
    letter = office.agenda()
    return (
        "From: MAILER-DAEMON@mail.example.net\nTo: olivia@example.org\nSubject: Delivery report\n"
        f"Message-ID: <report-{action}@mail.example.net>\nIn-Reply-To: {letter.message_id}\nReturn-Path: <>\n"
        'Auto-Submitted: auto-replied\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\n\n'
        "--b\nContent-Type: text/plain\n\nThe mail has trouble.\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.net\n\n"
        f"Final-Recipient: rfc822; sam@example.net\nAction: {action}\nStatus: {status}\n\n"
        f"--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: {letter.message_id}\n\n--b--\n"
    ).encode()


def test_a_bounce_marks_the_letter_and_is_ignored_otherwise(office: PostOffice) -> None:
    mail = office.receive(report(office, "failed", "5.1.1"))

    assert (mail.state, mail.reason) == (IncomingState.IGNORED, "bounce")
    assert office.letter(LetterKind.AGENDA).state is OutgoingState.BOUNCED


def test_a_report_that_delivery_takes_longer_is_no_bounce(office: PostOffice) -> None:
    mail = office.receive(report(office, "delayed", "4.4.1"))

    assert (mail.state, mail.reason) == (IncomingState.IGNORED, "delivery delayed")
    assert office.letter(LetterKind.AGENDA).state is OutgoingState.SENT


def test_a_conversation_in_our_thread_is_held_and_nothing_is_acknowledged(office: PostOffice) -> None:
    letter = office.agenda()

    mail = office.answer(letter, "KR 1.1: 3", In_Reply_To="<hers@example.org>", References=letter.message_id)

    assert (mail.state, mail.reason) == (IncomingState.HELD, "a conversation in our thread")
    assert nothing_was_read(office)


def test_more_than_twenty_updates_in_one_mail_are_held(office: PostOffice) -> None:
    many = "\n".join(f"KR 1.1: confidence {number % 10}\nKR 1.1 note: step {number}" for number in range(21))

    mail = office.answer(office.agenda(), many)

    assert mail.state is IncomingState.HELD
    assert (mail.reason, mail.detail) == ("many updates in one mail", "21")
    assert mail.why == "many updates in one mail (21)"
    assert nothing_was_read(office)


def test_an_answer_to_an_ended_mentorship_is_held_and_not_answered(office: PostOffice) -> None:
    letter = office.agenda()
    office.become(office.pair.mentorship.id, MentorshipState.ENDED)

    mail = office.answer(letter, "KR 1.1: 3")

    assert (mail.state, mail.reason, mail.detail) == (IncomingState.HELD, "the mentorship is over", "ended")
    assert nothing_was_read(office)


def test_what_is_kept_of_a_mail_is_named_in_no_trail_before_it_changes_something(office: PostOffice) -> None:
    before = office.every(CHANGES)

    office.receive(office.written("only words"))

    assert office.every(CHANGES) == before
