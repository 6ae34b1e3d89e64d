"""When something breaks while mail is taken in: nothing is lost, nobody else waits, and the store stays whole."""

from typing import NoReturn

import pytest

from okrmate.adapters.documents import encode_json
from okrmate.domain.errors import MailServerError, StoreError
from okrmate.domain.letters import IncomingState
from okrmate.domain.people import Person
from okrmate.frozen import replace
from okrmate.mail.words import Words
from okrmate.services.incoming import inbox, review
from okrmate.services.incoming.explaining import explain_mail
from okrmate.services.incoming.to_do import to_do
from okrmate.services.mailroom import MailRoom
from okrmate.services.tables import INCOMING, OUTGOING, READINGS
from tests.services.post_office import COMPOSER, PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


class BrokenComposer(type(COMPOSER)):  # type: ignore[misc] # a letter writer with a bug in it
    """Breaks for whoever writes."""

    def words(self, reader: Person) -> Words:
        raise ZeroDivisionError


def with_a_bug(room: MailRoom) -> MailRoom:
    return replace(room, composer=BrokenComposer.__new__(BrokenComposer))


def test_a_bug_while_reading_fails_that_mail_alone_and_keeps_it_raw(office: PostOffice) -> None:
    letter = office.agenda()
    office.mailbox.arrive(office.written("KR 1.1: 3", letter), office.clock.now())
    office.mailbox.arrive(office.written("no token here"), office.clock.now())

    first, second = inbox.poll(with_a_bug(office.room)).mails

    assert (first.state, first.why) == (IncomingState.FAILED, "a bug (ZeroDivisionError)")
    assert office.raw.read(first.raw).endswith(b"KR 1.1: 3")
    assert office.every(READINGS) == ()
    assert second.state is IncomingState.HELD
    assert office.raw.attempts == {}


def test_what_met_a_bug_is_read_again_when_she_takes_it_and_the_bug_is_gone(office: PostOffice) -> None:
    office.mailbox.arrive(office.written("KR 1.1: 3", office.agenda()), office.clock.now())
    (failed,) = inbox.poll(with_a_bug(office.room)).mails

    assert review.accept(office.room, failed.id).state is IncomingState.APPLIED
    assert office.values()["1.1"] == "3"


def test_what_met_a_bug_can_be_put_away(office: PostOffice) -> None:
    office.mailbox.arrive(office.written("KR 1.1: 3", office.agenda()), office.clock.now())
    (failed,) = inbox.poll(with_a_bug(office.room)).mails

    assert review.reject(office.desk, failed.id).state is IncomingState.DISMISSED


def test_a_full_disk_leaves_the_mail_for_the_next_look_however_often_it_stays_full(office: PostOffice) -> None:
    office.mailbox.arrive(office.written("KR 1.1: 3", office.agenda()), office.clock.now())
    for _ in range(4):
        office.store.broken = StoreError("The disk is full.")
        with pytest.raises(StoreError):
            inbox.poll(office.room)
        assert office.every(INCOMING) == ()
        assert office.mailbox.settled == []

    (mail,) = inbox.poll(office.room).mails

    assert mail.state is IncomingState.APPLIED
    assert office.values()["1.1"] == "3"
    assert len(office.every(READINGS)) == 1


def test_a_mail_whose_reading_was_never_finished_twice_is_held_unread(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda(), Message_ID="<deadly@mail.example.net>")
    for _ in range(2):
        office.raw.begin(inbox.incoming_id("<deadly@mail.example.net>"))

    mail = office.receive(raw)

    assert (mail.state, mail.reason) == (IncomingState.HELD, "reading it was never finished, twice")
    assert office.raw.read(mail.raw) == raw
    assert office.every(READINGS) == ()
    assert office.raw.attempts == {}


def test_a_mail_that_crashed_once_is_read_again(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda(), Message_ID="<unlucky@mail.example.net>")
    office.raw.begin(inbox.incoming_id("<unlucky@mail.example.net>"))

    assert office.receive(raw).state is IncomingState.APPLIED


def test_a_folder_that_cannot_be_told_is_told_at_the_next_look(office: PostOffice) -> None:
    office.mailbox.arrive(office.written("KR 1.1: 3", office.agenda()), office.clock.now())

    class Unreachable(type(office.mailbox)):  # type: ignore[misc] # the connection breaks behind the commit
        def settle(self, sighting: object) -> NoReturn:
            raise MailServerError("The server is gone.")

    breaking = Unreachable()
    breaking._messages = office.mailbox._messages  # noqa: SLF001 - the same folders behind a broken connection
    with pytest.raises(MailServerError):
        inbox.poll(replace(office.room, mailbox=breaking))
    assert len(office.every(READINGS)) == 1

    assert inbox.poll(office.room).mails == ()
    assert len(office.every(READINGS)) == 1
    assert len(office.mailbox.settled) == 1


def test_a_mail_that_vanished_before_it_was_fetched_stops_nobody(office: PostOffice) -> None:
    letter = office.agenda()
    uid = office.mailbox.arrive(office.written("KR 1.1: 3", letter), office.clock.now())
    office.mailbox.vanish(uid)

    assert [mail.state for mail in office.look(office.written("KR 1.1: 4", letter))] == [IncomingState.APPLIED]


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("utf-7", b"KR 1.1: 3\nhalf a character +2D0- here"),
        ("utf-8", b"KR 1.1: 3\na \x00 NUL and \x1b[31mred\x1b[0m letters \xed\xa0\xbd"),
        ("utf-16-le", "KR 1.1: 3\nwords".encode("utf-16-le") + b"\x00\xd8 "),
    ],
)
def test_no_character_in_a_mail_breaks_the_store(office: PostOffice, charset: str, body: bytes) -> None:
    head = office.written("", office.agenda(), Content_Type=f"text/plain; charset={charset}")

    mail = office.receive(head + body)

    assert storable(office)
    assert mail.state in (IncomingState.APPLIED, IncomingState.HELD)
    assert "\x1b" not in "".join(mail.left)
    assert "\x00" not in "".join(mail.left)


@pytest.mark.parametrize("header", ["Subject", "From", "Message_ID"])
def test_no_header_of_a_mail_breaks_the_store(office: PostOffice, header: str) -> None:
    broken = {
        "Subject": "=?utf-7?q?+2D0-?= \x1b[2J \x00",
        "From": "=?utf-7?q?+2D0-?= \x1b[2J <sam@example.net>",
        "Message_ID": "<\x1b[2Jodd\udced@mail.example.net>",
    }
    raw = office.written("KR 1.1: 3", office.agenda(), **{header: "PLACE"})
    raw = raw.replace(b"PLACE", broken[header].encode("utf-8", "surrogateescape"))

    mail = office.receive(raw)

    assert storable(office)
    assert "\x1b" not in f"{mail.subject}{mail.sender}"
    assert office.look(raw) == ()


def storable(office: PostOffice) -> bool:
    """Whether the file could hold every record as it is."""
    return all(encode_json(record) for record in (*office.every(INCOMING), *office.every(OUTGOING)))


def test_a_mail_without_words_is_held(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "")

    assert (mail.state, mail.reason) == (IncomingState.HELD, "no text")
    assert "came without words" in office.said_to(mail)


def test_a_mail_with_nothing_new_in_it_waits_for_the_mentor(office: PostOffice) -> None:
    letter = office.agenda()

    mail = office.answer(letter, f"> {letter.subject}\n")

    assert (mail.state, mail.reason, mail.left) == (IncomingState.HELD, "no new words in it", ())


@pytest.mark.parametrize("body", ["KR 1.1: " + "9" * 5000, "x" * 900_000, "KR " * 20_000, "\n" * 19_000 + "KR 1.1: 3"])
def test_no_body_stops_the_look(office: PostOffice, body: str) -> None:
    mail = office.answer(office.agenda(), body)

    assert mail.state is not IncomingState.FAILED
    assert storable(office)


def test_a_record_says_where_its_raw_mail_lies_and_when_it_came(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3")

    assert mail.raw == f"mail/2026-03-09/{mail.id}.eml"
    assert mail.received_at == office.clock.now()


def test_a_mail_that_meets_a_bug_is_told_as_poll_then_keeps_it(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda())
    office.mailbox.arrive(raw, office.clock.now())

    told = explain_mail(with_a_bug(office.room), raw)
    (failed,) = inbox.poll(with_a_bug(office.room)).mails

    assert (told.verdict, told.state, told.reason) == ("failed", str(failed.state), failed.why)
    assert told.to_do == to_do(failed)
