"""The doorbell of an IMAP account, on a real Dovecot: it rings for all that comes, and its death is found out."""

import dataclasses
import signal
import threading
import time
from collections.abc import Callable, Iterator
from queue import Empty, Queue

import pytest

from okrmate.adapters.imap.doorbell import ImapDoorbell
from okrmate.config import ImapSettings, ServerSettings
from okrmate.domain.errors import MailLoginError, MailServerError, OkrmateError
from okrmate.frozen import replace
from tests.mail.messages import a_mail
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, imap_settings, in_clear
from tests.servers.mailhost import MailHost
from tests.servers.processes import PATIENCE
from tests.servers.visitor import Visitor
from tests.servers.wire import Wire

QUIET = 0.3
"""Seconds in which nothing is heard where nothing is to be heard; Dovecot tells of news within half a second."""

SILENT, WELL_BEFORE = 30, 10
"""Seconds that a server may say nothing, and in which who waits for none has stopped, however busy the machine."""


class Listening:
    """Somebody listens at the doorbell in a thread until `stop`; `ended` is how it came to an end, if it has."""

    def __init__(self, settings: ImapSettings, secret: str) -> None:
        self._rings: Queue[float] = Queue()
        self._stop = threading.Event()
        self._error: OkrmateError | None = None
        self._doorbell = ImapDoorbell(settings, Secrets(secret))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def rung(self, patience: float = PATIENCE) -> bool:
        """Whether it rings within the time."""
        try:
            self._rings.get(timeout=patience)
        except Empty:
            return False
        return True

    def ended(self) -> OkrmateError | None:
        """Wait for its end; what it ended with."""
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self._error

    def stop(self) -> None:
        self._stop.set()

    def _listen(self) -> None:
        try:
            self._doorbell.listen(lambda: self._rings.put(time.monotonic()), self._stop.is_set)
        except OkrmateError as error:
            self._error = error


@pytest.fixture
def server(mailhost: MailHost, account: Account) -> ServerSettings:
    return dataclasses.replace(imap_server(mailhost, account), timeout=5)


@pytest.fixture
def listen(mailhost: MailHost, account: Account) -> Iterator[Callable[..., Listening]]:
    """Begins to listen; ends it with the test."""
    begun: list[Listening] = []

    def begin(server: ServerSettings, idle: int = 300) -> Listening:
        begun.append(Listening(replace(imap_settings(server), idle=idle), account.password))
        return begun[-1]

    yield begin
    for each in begun:
        each.stop()
        each.ended()
    mailhost.strike(account, signal.SIGKILL)


def test_it_rings_once_listening_has_begun(listen: Callable[..., Listening], server: ServerSettings) -> None:
    bell = listen(server)

    assert bell.rung()
    assert not bell.rung(QUIET)


@pytest.mark.parametrize("encrypted", [True, False])
def test_it_rings_for_each_of_many_mails(
    listen: Callable[..., Listening], mailhost: MailHost, account: Account, server: ServerSettings, encrypted: bool
) -> None:
    bell = listen(server if encrypted else in_clear(server, mailhost.ports.imap))
    assert bell.rung()
    for _ in range(5):
        mailhost.deliver(account, a_mail())
        assert bell.rung()
        while bell.rung(QUIET):
            pass


def test_it_rings_when_mail_is_moved_away_or_marked_elsewhere(
    listen: Callable[..., Listening], mailhost: MailHost, account: Account, server: ServerSettings
) -> None:
    with Visitor(mailhost, account) as visitor:
        visitor.put(a_mail())
        bell = listen(server)
        assert bell.rung()
        visitor.mark(1, r"\Flagged")
        assert bell.rung()
        while bell.rung(QUIET):
            pass
        visitor.move(1, "Archive")
        assert bell.rung()


def test_what_the_server_says_to_show_that_it_is_there_is_no_news(
    listen: Callable[..., Listening], mailhost: MailHost, server: ServerSettings
) -> None:
    with Wire(
        mailhost.ports.imap, lambda said: said.replace(b"+ idling\r\n", b"+ idling\r\n* OK Still here\r\n")
    ) as wire:
        bell = listen(in_clear(server, wire.port))

        assert bell.rung()
        assert not bell.rung(QUIET)


def test_what_comes_before_the_server_agrees_to_tell_is_not_lost(
    listen: Callable[..., Listening], mailhost: MailHost, server: ServerSettings
) -> None:
    with Wire(mailhost.ports.imap, lambda said: said.replace(b"+ idling\r\n", b"* 1 EXISTS\r\n+ idling\r\n")) as wire:
        assert listen(in_clear(server, wire.port)).rung()


def test_each_turn_ends_with_proof_that_the_server_is_there_and_begins_with_a_ring(
    listen: Callable[..., Listening], mailhost: MailHost, server: ServerSettings
) -> None:
    with Wire(mailhost.ports.imap) as wire:
        bell = listen(in_clear(server, wire.port), idle=1)

        assert [bell.rung() for _ in range(3)] == [True, True, True]
        assert wire.asked.count(b"DONE") >= 2


def test_a_connection_that_is_only_half_there_is_found_out_at_the_end_of_its_turn(
    listen: Callable[..., Listening], mailhost: MailHost, account: Account, server: ServerSettings
) -> None:
    bell = listen(server, idle=1)
    assert bell.rung()
    mailhost.strike(account, signal.SIGSTOP)
    error = bell.ended()

    assert isinstance(error, MailServerError)
    assert str(error) == (
        "The IMAP server localhost has not answered for 5 s; nothing is lost, it is asked again later."
    )


@pytest.mark.parametrize("fault", ["killed", "kicked", "cut"])
@pytest.mark.parametrize("encrypted", [True, False])
def test_a_connection_that_is_lost_is_told_at_once(
    listen: Callable[..., Listening],
    mailhost: MailHost,
    account: Account,
    server: ServerSettings,
    encrypted: bool,
    fault: str,
) -> None:
    with Wire(mailhost.ports.imaps if encrypted else mailhost.ports.imap) as wire:
        bell = listen(dataclasses.replace(server, port=wire.port) if encrypted else in_clear(server, wire.port))
        assert bell.rung()
        if fault == "killed":
            mailhost.strike(account, signal.SIGKILL)
        elif fault == "kicked":
            mailhost.kick(account)
        else:
            wire.cut()
        error = bell.ended()

    assert isinstance(error, MailServerError)
    assert "closed the connection" in str(error)


def test_it_stops_soon(listen: Callable[..., Listening], server: ServerSettings) -> None:
    bell = listen(dataclasses.replace(server, timeout=SILENT))
    assert bell.rung()
    asked_at = time.monotonic()
    bell.stop()

    assert bell.ended() is None
    assert time.monotonic() - asked_at < WELL_BEFORE


def test_it_stops_soon_though_the_server_hangs(
    listen: Callable[..., Listening], mailhost: MailHost, account: Account, server: ServerSettings
) -> None:
    bell = listen(dataclasses.replace(server, timeout=SILENT))
    assert bell.rung()
    mailhost.strike(account, signal.SIGSTOP)
    asked_at = time.monotonic()
    bell.stop()

    assert bell.ended() is None
    assert time.monotonic() - asked_at < WELL_BEFORE


def test_it_returns_where_the_server_cannot_tell(
    listen: Callable[..., Listening], mailhost: MailHost, server: ServerSettings
) -> None:
    with Wire.without(mailhost.ports.imap, "IDLE") as wire:
        bell = listen(in_clear(server, wire.port))

        assert bell.ended() is None
        assert not bell.rung(0)


def test_a_login_that_is_refused_is_told(server: ServerSettings) -> None:
    bell = Listening(imap_settings(server), "another-password")

    assert isinstance(bell.ended(), MailLoginError)
