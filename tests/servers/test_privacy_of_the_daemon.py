"""The daemon at work beside thousands of private mails: nothing of them is fetched, stored, logged or shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from okrmate.services.tables import INCOMING
from tests.servers.journey import Journey
from tests.servers.mailhost import MailHost
from tests.servers.mentoring import Way
from tests.servers.private_mails import PRIVATE, SECRET, SENDER, SUBJECT, fill
from tests.servers.wire import Wire

WORDS = (SECRET, SUBJECT.encode(), SENDER.encode(), b"@x>")
"""By these a private mail would be found, or its Message-ID."""
SHOWING = (
    ("inbox", "list", "--all"),
    ("inbox", "list", "--all", "--json"),
    ("outbox", "list"),
    ("today",),
    ("today", "--json"),
    ("history",),
    ("person", "show", "maya"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was said to the IMAP server and by it while Maya's answer was read beside private mails."""

    journey: Journey
    asked: bytes
    answered: bytes


@pytest.fixture(scope="module")
def read(running_host: MailHost, talk_at: datetime, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    """Thousands are there before the daemon comes, and thousands come while it is at work."""
    running_host.start()
    journey = Journey.of_two(running_host, tmp_path_factory.mktemp("private"), talk_at)
    maildir = journey.vera.account.maildir
    fill(maildir, 0, PRIVATE)
    fill(maildir / ".Archive", PRIVATE, PRIVATE)
    with Wire(running_host.ports.imap) as wire:
        journey.mentoring.set_up(running_host, imap=Way(port=wire.port, security="none"))
        try:
            journey.prepare()
            journey.begin()
            fill(maildir, 2 * PRIVATE, PRIVATE)
            journey.answer()
            journey.running.stop()
        finally:
            journey.running.kill()
        yield Read(journey=journey, asked=bytes(wire.asked), answered=bytes(wire.answered))


def test_no_private_mail_is_fetched(read: Read) -> None:
    assert read.asked.count(b"BODY.PEEK[]") == len(read.journey.mentoring.store.every(INCOMING)) == 1
    assert SECRET not in read.answered


def test_of_those_that_were_there_before_not_even_the_headers_are_read(read: Read) -> None:
    assert b"<private0@x>" not in read.answered
    assert f"<private{PRIVATE}@x>".encode() not in read.answered
    assert f"<private{2 * PRIVATE}@x>".encode() in read.answered


def test_nothing_of_them_is_stored_or_logged(read: Read) -> None:
    files = [path for path in read.journey.mentoring.home.rglob("*") if path.is_file()]
    found = [path.name for path in files for word in WORDS if word in path.read_bytes()]

    assert {"okrmate.json", "okrmate.log"} <= {path.name for path in files}
    assert found == []


@pytest.mark.parametrize("words", SHOWING, ids=" ".join)
def test_nothing_of_them_is_shown(read: Read, words: tuple[str, ...]) -> None:
    shown = read.journey.mentoring.okrmate(*words)

    assert shown
    assert not [word for word in WORDS if word.decode() in shown]


def test_they_are_as_they_were(read: Read) -> None:
    maildir = read.journey.vera.account.maildir
    names = [path.name for place in ("new", "cur") for path in (maildir / place).iterdir() if ".M1P" in path.name]
    marks = {name.partition(":2,")[2] for name in names}

    assert len(names) == 2 * PRIVATE
    assert marks == {""}
