"""The daemon where a server has numbered many mails anew: it stops at once, goes on, and finds an answer among them."""

from datetime import datetime
from pathlib import Path

import pytest

from okrmate.adapters.imap.news import Cursor
from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import LetterKind
from okrmate.domain.people import Side
from okrmate.services.tables import FOLDERS, INCOMING, FolderCursor
from tests.servers.journey import AGENDA_ANSWER, Journey
from tests.servers.mailhost import MailHost
from tests.servers.mentoring import Way
from tests.servers.private_mails import fill
from tests.servers.processes import wait_until
from tests.servers.wire import Wire

MANY = 2_000


@pytest.fixture
def journey(mailhost: MailHost, talk_at: datetime, tmp_path: Path) -> Journey:
    """Its letters are about to leave."""
    return Journey.of_two(mailhost, tmp_path, talk_at)


def number_anew(journey: Journey) -> None:
    """The home remembers the INBOX by another UIDVALIDITY than it has from now on."""
    store = journey.mentoring.store
    (inbox,) = (each for each in store.every(FOLDERS) if each.id.endswith("/INBOX"))
    with store.transaction() as tx:
        tx.put(FOLDERS, FolderCursor(id=inbox.id, cursor=Cursor(validity=1, following=1_000).written()))


def test_many_mails_numbered_anew_are_read_in_parts_over_a_stop(mailhost: MailHost, journey: Journey) -> None:
    with Wire(mailhost.ports.imap) as wire:
        journey.mentoring.set_up(mailhost, imap=Way(port=wire.port, security="none"), folders=("INBOX",))
        try:
            journey.prepare()
            journey.begin()
            assert journey.running.stop() == ExitCode.DONE
            fill(journey.vera.account.maildir, 0, MANY)
            answer = journey.maya.answers(journey.arrived(LetterKind.AGENDA, Side.PROTEGE), below=AGENDA_ANSWER)
            number_anew(journey)
            journey.running.start()
            wait_until(lambda: b"<private600@x>" in wire.answered, "the second part")
            first = journey.running.stop()
            journey.running.start()
            journey.acknowledged(answer, journey.maya)
            second = journey.running.stop()
        finally:
            journey.running.kill()
            journey.mentoring.tell()

    assert (first, second) == (ExitCode.DONE, ExitCode.DONE)
    assert [mail.message_id for mail in journey.mentoring.store.every(INCOMING)] == [answer]
    assert wire.answered.count(b"Message-ID: <private7@x>") == 1, "what was seen before the stop is not seen again"
