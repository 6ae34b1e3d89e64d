"""From an answer that the server has taken to its effect in the store, beside a bare client that waits in IDLE."""

import imaplib
import ssl
import statistics
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from queue import Empty, Queue
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from typing import TypeVar

from benchmarks.figures import Figure
from okrmate.adapters.clock import SystemClock
from okrmate.domain.letters import LetterKind
from okrmate.domain.people import Side
from okrmate.services.tables import INCOMING
from tests.servers.accounts import Account
from tests.servers.correspondent import Correspondent
from tests.servers.mailhost import MailHost, missing
from tests.servers.mentoring import Mentoring
from tests.servers.ports import HOST
from tests.servers.running import Running

T = TypeVar("T")
PEOPLE = ("Aiko Brandt", "Mateo Vidal", "Noor Haddad", "Tomas Reuter")
ROUNDS = 5
"""Answers of each; somebody who writes more in a day is not answered any more."""
PATIENCE = 20.0
SILENCE = 0.8
"""Seconds; Dovecot keeps news back for half a second, to tell of more at once."""
P95 = 18
"""Which of the nineteen cuts between twenty equal parts has 95 of 100 below it."""


class BareClient:
    """Waits in IDLE on the account's INBOX with nothing but imaplib; `told` is what the server told, and when."""

    def __init__(self, host: MailHost, account: Account) -> None:
        self.told: Queue[tuple[bytes, float]] = Queue()
        trusting = ssl.create_default_context(cafile=str(host.ca_file))
        self._client = imaplib.IMAP4_SSL(HOST, host.ports.imaps, ssl_context=trusting)
        self._client.login(account.name, account.password)
        self._client.select(readonly=True)
        self._client.send(b"i IDLE\r\n")
        self._client.readline()
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def told_of_mail(self) -> float:
        """When it was told that mail has come, at last."""
        while True:
            line, at = self.told.get(timeout=PATIENCE)
            if b" EXISTS" in line:
                return at

    def wait_for_silence(self) -> None:
        """The news that an answer was marked as done would ring for the next one, too early."""
        with suppress(Empty):
            while True:
                self.told.get(timeout=SILENCE)

    def close(self) -> None:
        """Wait no longer."""
        self._client.send(b"DONE\r\n")
        self._listening.join()
        self._client.logout()

    def _listen(self) -> None:
        while not (line := self._client.readline()).startswith(b"i OK"):
            self.told.put((line, perf_counter()))


def arrival() -> Iterator[Figure]:
    """Median and 95th percentile; nothing where there are no servers."""
    if sentence := missing():
        print(f"an answer's way into the store: not measured. {sentence}")
        return
    with closing(MailHost()) as host, TemporaryDirectory(prefix="okrmate-bench-") as folder:
        host.start()
        mentoring = Mentoring(home=Path(folder) / "home", account=host.new_account())
        mentoring.set_up(host)
        people = [Correspondent(host=host, account=host.new_account(), name=name) for name in PEOPLE]
        mentoring.begin_with(people, SystemClock().now() + timedelta(hours=20))
        running = Running(mentoring.home)
        try:
            running.start()
            stored, told = _measured(host, mentoring, people)
        finally:
            running.kill()
    for name, value in (("median", statistics.median), ("p95", _most)):
        yield Figure(
            name=f"from the server's word that it has an answer to its effect, {name} of {len(stored)}",
            value=value(stored),
            unit="ms",
            anchor="to the moment a bare client in IDLE is told; 100 ms more are the bar",
            anchor_value=value(told),
        )


def _measured(host: MailHost, mentoring: Mentoring, people: list[Correspondent]) -> tuple[list[float], list[float]]:
    """Milliseconds until each answer is stored, and until a bare client is told of it."""
    agendas = [_agenda(mentoring, each) for each in people]
    stored, told = [], []
    with closing(BareClient(host, mentoring.account)) as bare:
        for number in range(ROUNDS):
            for who, agenda in zip(people, agendas, strict=True):
                answer = who.answers(agenda, f"KR 1.1: {2 + number}")
                taken = perf_counter()
                _until(lambda answer=answer: mentoring.store.find(INCOMING, "message_id", answer))  # type: ignore[misc]
                stored.append(1000 * (perf_counter() - taken))
                told.append(1000 * (bare.told_of_mail() - taken))
                _until(lambda: not mentoring.on_their_way())
                bare.wait_for_silence()
    return stored, told


def _agenda(mentoring: Mentoring, who: Correspondent) -> EmailMessage:
    """The agenda as it lies in the mailbox of somebody."""

    def found() -> EmailMessage | None:
        letters = mentoring.letters(LetterKind.AGENDA, Side.PROTEGE)
        return next((mail for each in letters if (mail := who.letter(each.message_id))), None)

    return _until(found)


def _until(look: Callable[[], T | None]) -> T:
    """What is seen by looking a thousand times a second until there is something; `TimeoutError` where never is."""
    end = perf_counter() + PATIENCE
    while not (seen := look()):
        if perf_counter() > end:
            raise TimeoutError("what is measured does not happen")
        sleep(0.001)
    return seen


def _most(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[P95]
