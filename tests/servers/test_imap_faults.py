"""What may befall an IMAP connection that stands: each time one sentence, and the next use goes on with another."""

import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import pytest

from okrmate.adapters.imap.mailbox import ImapMailbox
from okrmate.adapters.imap.news import Marks
from okrmate.config import ServerSettings
from okrmate.domain.errors import MailServerError
from okrmate.services.ports import Sighting
from tests.adapters.mailbox_contract import LONG_AGO
from tests.mail.messages import HOME, a_mail
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, imap_settings, in_clear
from tests.servers.mailhost import MailHost
from tests.servers.visitor import Visitor
from tests.servers.wire import Wire

T = TypeVar("T")
Fault = Callable[[MailHost, Account], None]
LIMIT = 10_000_000


def killed(host: MailHost, account: Account) -> None:
    host.strike(account, signal.SIGKILL)


def held(host: MailHost, account: Account) -> None:
    host.strike(account, signal.SIGSTOP)


def kicked(host: MailHost, account: Account) -> None:
    host.kick(account)


def struck(host: MailHost, account: Account) -> None:
    """The whole machine, as it were; it comes up again at once."""
    host.dovecot.kill()
    host.start()


FAULTS = [
    pytest.param(killed, "closed the connection", id="killed"),
    pytest.param(held, "has not answered for 5 s", id="half open"),
    pytest.param(kicked, "closed the connection", id="bye"),
    pytest.param(struck, "closed the connection", id="server killed"),
]


class Open:
    """A mailbox in the midst of its work: connected, with one mail seen."""

    def __init__(self, host: MailHost, account: Account, server: ServerSettings) -> None:
        with Visitor(host, account) as visitor:
            visitor.put(a_mail("words of an answer\n" * 100_000))
        self.mailbox = ImapMailbox(imap_settings(server), Secrets(account.password), Marks(threads=(HOME,)))
        self.folder = self.mailbox.folders()[0]
        look = self.mailbox.look(self.folder, None, LONG_AGO)
        self.cursor = look.cursor
        self.sighting: Sighting = look.sightings[0]

    def fetched(self) -> int:
        return len(self.mailbox.fetch(self.sighting, LIMIT) or b"")


@pytest.fixture
def server(mailhost: MailHost, account: Account) -> ServerSettings:
    return replace(imap_server(mailhost, account), timeout=5)


@pytest.fixture
def work(mailhost: MailHost, account: Account, server: ServerSettings) -> Iterator[Open]:
    work = Open(mailhost, account, server)
    yield work
    work.mailbox.close()
    mailhost.strike(account, signal.SIGKILL)


@pytest.mark.parametrize(("befalls", "sentence"), FAULTS)
def test_a_connection_that_breaks_is_told_and_the_next_use_makes_another(
    mailhost: MailHost, account: Account, work: Open, befalls: Fault, sentence: str
) -> None:
    befalls(mailhost, account)
    with pytest.raises(MailServerError, match=f"The IMAP server localhost {sentence}; nothing is lost"):
        work.fetched()

    assert work.fetched() == work.sighting.size


@pytest.mark.parametrize(("befalls", "sentence"), FAULTS)
def test_a_connection_that_broke_while_nobody_used_it_troubles_nobody(
    mailhost: MailHost, account: Account, work: Open, befalls: Fault, sentence: str
) -> None:
    befalls(mailhost, account)

    assert work.folder in work.mailbox.folders()
    assert work.mailbox.look(work.folder, work.cursor, LONG_AGO).sightings == ()


@pytest.mark.parametrize(("befalls", "sentence"), FAULTS)
def test_closing_what_is_broken_is_quiet_and_quick(
    mailhost: MailHost, account: Account, work: Open, befalls: Fault, sentence: str
) -> None:
    befalls(mailhost, account)
    work.mailbox.close()

    assert work.fetched() == work.sighting.size


@pytest.mark.parametrize("arriving", [0, 500], ids=["before it came", "in the midst of it"])
def test_an_answer_that_is_cut_off_gives_nothing_and_then_the_whole(
    mailhost: MailHost, account: Account, server: ServerSettings, arriving: int
) -> None:
    cuts = iter([True])

    def cut_off(said: bytes) -> bytes:
        if b"BODY[] {" in said and next(cuts, False):
            wire.cut(said[:arriving])
        return said

    with Wire(mailhost.ports.imap, cut_off) as wire:
        work = Open(mailhost, account, in_clear(server, wire.port))
        with pytest.raises(MailServerError, match="closed the connection"):
            work.fetched()

        assert work.fetched() == work.sighting.size
        work.mailbox.close()


def test_a_server_that_is_down_is_told_until_it_is_up_again(mailhost: MailHost, work: Open) -> None:
    mailhost.dovecot.kill()
    for _ in range(2):
        with pytest.raises(MailServerError, match="takes no connection"):
            work.mailbox.folders()
    mailhost.start()

    assert work.fetched() == work.sighting.size


def test_a_folder_that_is_made_anew_while_it_is_open_is_told_and_then_looked_through_again(
    mailhost: MailHost, account: Account
) -> None:
    settings = imap_settings(imap_server(mailhost, account), "Mentoring")
    mailbox = ImapMailbox(settings, Secrets(account.password), Marks(threads=(HOME,)))
    with Visitor(mailhost, account) as visitor:
        visitor.make("Mentoring")
        visitor.put(a_mail(), "Mentoring")
        folder = mailbox.folders()[0]
        look = mailbox.look(folder, None, LONG_AGO)
        visitor.make_anew("Mentoring")
        visitor.put(a_mail(Message_ID="<another@x>"), "Mentoring")

        assert in_two_attempts(lambda: mailbox.fetch(look.sightings[0], LIMIT)) is None
        (sighting,) = in_two_attempts(lambda: mailbox.look(folder, look.cursor, LONG_AGO)).sightings
    mailbox.close()

    assert sighting.headers["message-id"] == ("<another@x>",)


def in_two_attempts(call: Callable[[], T]) -> T:
    """Dovecot says that a folder is another one by ending the connection, sooner or later."""
    try:
        return call()
    except MailServerError:
        return call()
