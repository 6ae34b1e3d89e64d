"""Beside 5,000 private mails, watched on the wire: no word of their bodies ever leaves the server."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from okrmate.adapters.imap.mailbox import ImapMailbox
from okrmate.adapters.imap.news import Marks
from tests.adapters.mailbox_contract import LONG_AGO
from tests.mail.messages import HOME, a_mail
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, imap_settings, in_clear
from tests.servers.looking import parts
from tests.servers.mailhost import MailHost
from tests.servers.private_mails import PRIVATE, SECRET, fill
from tests.servers.visitor import Visitor
from tests.servers.wire import Wire


@contextmanager
def reading(host: MailHost, account: Account) -> Iterator[tuple[ImapMailbox, Wire]]:
    with Wire(host.ports.imap) as wire:
        server = in_clear(imap_server(host, account), wire.port)
        settings = imap_settings(replace(server, timeout=20), "INBOX", r"\Archive")
        mailbox = ImapMailbox(settings, Secrets(account.password), Marks(threads=(HOME,)))
        yield mailbox, wire
        mailbox.close()


def test_of_private_mails_that_were_there_before_and_in_the_archive_not_even_the_headers_are_read(
    mailhost: MailHost, account: Account
) -> None:
    with Visitor(mailhost, account) as visitor, reading(mailhost, account) as (mailbox, wire):
        visitor.put(a_mail(Message_ID="<in-archive@x>"), "Archive")
        fill(account.maildir, 0, PRIVATE)
        fill(account.maildir / ".Archive", PRIVATE, PRIVATE)
        visitor.put(a_mail(Message_ID="<in-inbox@x>"))
        found = [
            (mailbox.fetch(sighting, 1_000_000) or b"", sighting)
            for folder in mailbox.folders()
            for sighting in mailbox.look(folder, None, LONG_AGO).sightings
        ]

        assert visitor.count() == visitor.count("Archive") == PRIVATE + 1
    assert [sighting.headers["message-id"] for _, sighting in found] == [("<in-inbox@x>",), ("<in-archive@x>",)]
    assert all(raw.endswith(b"KR 1.1: 4\r\n") for raw, _ in found)
    assert b"private" not in wire.answered


def test_of_private_mails_that_come_later_only_the_headers_are_read(mailhost: MailHost, account: Account) -> None:
    with Visitor(mailhost, account) as visitor, reading(mailhost, account) as (mailbox, wire):
        inbox, archive = mailbox.folders()[:2]
        cursors = {folder: mailbox.look(folder, None, LONG_AGO).cursor for folder in (inbox, archive)}
        fill(account.maildir, 0, PRIVATE)
        fill(account.maildir / ".Archive", PRIVATE, 10)
        visitor.put(a_mail(Message_ID="<answer@x>"))
        seen = [sighting for part in parts(mailbox, inbox, cursors[inbox]) for sighting in part.sightings]
        ours = [sighting for sighting in seen if "references" in sighting.headers]
        for sighting in ours:
            mailbox.fetch(sighting, 1_000_000)
            mailbox.settle(sighting)
        filed = mailbox.look(archive, cursors[archive], LONG_AGO).sightings

    assert len(seen) == PRIVATE + 1
    assert [sighting.headers["message-id"] for sighting in ours] == [("<answer@x>",)]
    assert filed == ()
    assert b"<private4999@x>" in wire.answered
    assert b"<private5000@x>" not in wire.answered
    assert SECRET not in wire.answered
    assert wire.asked.count(b"BODY.PEEK[]") == 1
