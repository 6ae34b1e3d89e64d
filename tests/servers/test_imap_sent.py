"""Sent mail on a real Dovecot, looked through for letters such as ours: it tells of doubts and is in nobody's way."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from okrmate.adapters.imap.mailbox import ImapMailbox
from okrmate.adapters.imap.news import Marks
from okrmate.domain.errors import MailServerError
from okrmate.frozen import replace
from tests.adapters.mailbox_contract import LONG_AGO
from tests.mail.messages import HOME, a_mail
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, imap_settings, in_clear
from tests.servers.mailhost import MailHost
from tests.servers.visitor import Visitor
from tests.servers.wire import Wire

Opens = Callable[..., AbstractContextManager[ImapMailbox]]
PRIVATE = a_mail(Message_ID="<private@x>", In_Reply_To=None, References=None)


def a_letter(name: str, written: str = "auto-generated") -> bytes:
    return a_mail(Message_ID=f"<{name}@x>", Auto_Submitted=written)


@pytest.fixture
def opened(mailhost: MailHost, account: Account) -> Opens:
    """The account as a mailbox, whose sent mail lies in a folder of this name or use."""

    @contextmanager
    def opened(sent: str = r"\Sent", *, wanted: tuple[str, ...] = ("INBOX",), port: int = 0) -> Iterator[ImapMailbox]:
        server = imap_server(mailhost, account)
        settings = replace(imap_settings(in_clear(server, port) if port else server, *wanted), done_folder="Done")
        mailbox = ImapMailbox(settings, Secrets(account.password), Marks(threads=(HOME,)), sent)
        yield mailbox
        mailbox.close()

    return opened


@pytest.fixture
def visitor(mailhost: MailHost, account: Account) -> Iterator[Visitor]:
    with Visitor(mailhost, account) as visitor:
        yield visitor


def name_of(account: Account, folder: str) -> str:
    return f"{account.name}@localhost/{folder}"


def test_only_what_a_program_wrote_is_seen_and_it_is_left_alone(
    opened: Opens, account: Account, visitor: Visitor
) -> None:
    sent = name_of(account, "Sent")
    with opened() as mailbox:
        visitor.put(PRIVATE, "Sent")
        visitor.put(a_letter("letter"), "Sent")
        first = mailbox.look(sent, None, LONG_AGO)
        visitor.put(PRIVATE, "Sent")
        visitor.put(a_letter("acknowledgement", "auto-replied"), "Sent")
        later = mailbox.look(sent, first.cursor, LONG_AGO)
        for sighting in (*first.sightings, *later.sightings):
            mailbox.settle(sighting)
        folders = mailbox.folders()

    assert folders == (name_of(account, "INBOX"), sent, name_of(account, "Junk"))
    assert [(each.headers["message-id"], each.sent) for each in first.sightings] == [(("<letter@x>",), True)]
    assert [each.headers["message-id"] for each in later.sightings] == [("<acknowledgement@x>",)]
    assert visitor.flags("Sent") == [set()] * 4


@pytest.mark.parametrize(("wanted", "sent"), [(("INBOX", "Sent"), r"\Sent"), (("INBOX",), "Letters"), (("INBOX",), "")])
def test_it_is_no_place_of_its_own_where_it_is_read_anyway_or_not_made_yet(
    opened: Opens, account: Account, visitor: Visitor, wanted: tuple[str, ...], sent: str
) -> None:
    visitor.put(a_letter("letter"), "Sent")
    with opened(sent, wanted=wanted) as mailbox:
        looks = [mailbox.look(folder, None, LONG_AGO) for folder in mailbox.folders()]
        folders = mailbox.folders()

    assert not any(sighting.sent for look in looks for sighting in look.sightings)
    assert folders == tuple(name_of(account, name) for name in wanted)


def test_a_name_that_no_folder_stands_behind_is_no_place(opened: Opens, account: Account, visitor: Visitor) -> None:
    visitor.make("Outer/Inner")

    with opened("Outer") as mailbox:
        assert name_of(account, "Outer") not in mailbox.folders()


def test_a_server_that_does_not_let_it_be_looked_through_is_told_of_once_and_keeps_no_reply_back(
    opened: Opens, mailhost: MailHost, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.put(a_letter("letter"), "Sent")
    visitor.put(a_mail(Message_ID="<answer@x>"))

    def declined(said: bytes) -> bytes:
        asked = wire.asked.rstrip().rpartition(b"\r\n")[2]
        return said.replace(b" OK Search", b" NO Search") if b'"auto-"' in asked else said

    with Wire(mailhost.ports.imap, declined) as wire, opened(port=wire.port) as mailbox:
        inbox, sent, _ = mailbox.folders()
        first = mailbox.look(sent, None, LONG_AGO)
        second = mailbox.look(sent, first.cursor, LONG_AGO)
        (answer,) = mailbox.look(inbox, None, LONG_AGO).sightings

    assert (first.sightings, second.sightings) == ((), ())
    assert answer.headers["message-id"] == ("<answer@x>",)
    assert [record.message for record in caplog.records] == ["sent mail cannot be looked through"]


def test_a_connection_that_is_lost_there_is_lost(opened: Opens, mailhost: MailHost, visitor: Visitor) -> None:
    visitor.put(a_letter("letter"), "Sent")

    def cut(said: bytes) -> bytes:
        if b'"auto-"' in wire.asked:
            wire.cut()
        return said

    with Wire(mailhost.ports.imap, cut) as wire, opened(port=wire.port) as mailbox:
        sent = mailbox.folders()[1]
        with pytest.raises(MailServerError):
            mailbox.look(sent, None, LONG_AGO)
