"""What befalls a journey: faults of every kind, before steps and at moments that are drawn from a seed."""

import os
import random
import signal
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from functools import partial
from subprocess import CalledProcessError
from typing import Self, assert_never

from tests.servers.accounts import Account
from tests.servers.gate import Gate, Speaker
from tests.servers.mailhost import MailHost
from tests.servers.running import Running
from tests.servers.visitor import Visitor

FILED = "Mentoring"
"""A folder of the mentor's own, in which she keeps copies of what came."""


class Fault(StrEnum):
    """What may befall it."""

    KILLED_IN_IDLE = "IMAP killed in IDLE"
    KILLED_IN_FETCH = "IMAP killed in FETCH"
    HALF_OPEN = "IMAP held until the daemon has come again"
    BYE = "BYE on every IMAP connection"
    MADE_ANEW = "a folder deleted, and made and filled anew"
    RENUMBERED = "other UIDs in INBOX"
    LOST_BEFORE_THE_END = "SMTP lost before the end of a letter"
    LOST_BEHIND_THE_END = "SMTP lost behind the end of a letter"
    DAEMON_KILLED = "the daemon killed"


class Server(Enum):
    """Where a piece passes."""

    IMAP = auto()
    SMTP = auto()


@dataclass(frozen=True, slots=True)
class Moment:
    """When something strikes: as this speaker says these words to or from this server."""

    server: Server
    speaker: Speaker
    words: bytes


IDLES = Moment(Server.IMAP, Speaker.SERVER, b"+ idling")
TELLS = Moment(Server.IMAP, Speaker.SERVER, b" EXISTS")
ASKED = Moment(Server.IMAP, Speaker.CLIENT, b"BODY.PEEK[]")
SHOWS = Moment(Server.IMAP, Speaker.SERVER, b" FETCH (")
WHILE_READING = (
    IDLES,
    TELLS,
    ASKED,
    SHOWS,
    *(Moment(Server.IMAP, Speaker.CLIENT, words) for words in (b" LIST ", b" EXAMINE ", b" UID SEARCH ", b"+FLAGS")),
)
CONTENT = Moment(Server.SMTP, Speaker.CLIENT, b"Message-ID: <")
TAKEN = Moment(Server.SMTP, Speaker.SERVER, b"queued as")
WHILE_SENDING = (
    CONTENT,
    TAKEN,
    *(Moment(Server.SMTP, Speaker.CLIENT, words) for words in (b"AUTH ", b"MAIL FROM", b"RCPT TO", b"DATA\r\n")),
    Moment(Server.IMAP, Speaker.CLIENT, b" APPEND "),
)
MOMENTS: Mapping[Fault, tuple[Moment, ...]] = {
    Fault.KILLED_IN_IDLE: (IDLES, TELLS),
    Fault.KILLED_IN_FETCH: (ASKED, SHOWS),
    Fault.HALF_OPEN: WHILE_READING,
    Fault.BYE: WHILE_READING,
    Fault.MADE_ANEW: WHILE_READING,
    Fault.RENUMBERED: WHILE_READING,
    Fault.LOST_BEFORE_THE_END: (CONTENT,),
    Fault.LOST_BEHIND_THE_END: (TAKEN,),
    Fault.DAEMON_KILLED: WHILE_READING + WHILE_SENDING,
}
GREETING = b"* OK [CAPABILITY"
DEALT = (*Fault, Fault.DAEMON_KILLED, Fault.DAEMON_KILLED)
"""What befalls one journey; the end of the daemon is what all the others are about."""
LONGEST = 2
"""How often its moment may pass at most before a fault strikes."""


@dataclass(slots=True)
class Armed:
    """A fault that waits for its moment, which still passes so many times."""

    fault: Fault
    moment: Moment
    passes: int

    def strikes(self, server: Server, speaker: Speaker, said: bytes) -> bool:
        """Whether it strikes now."""
        if (self.moment.server, self.moment.speaker) != (server, speaker) or self.moment.words not in said:
            return False
        self.passes -= 1
        return self.passes < 0


class Faults:
    """What befalls the account of a mentor between her daemon and the servers; `struck` is what has, in order."""

    def __init__(self, host: MailHost, account: Account, running: Running, seed: int) -> None:
        self.struck: list[str] = []
        self.imap = Gate(host.ports.imaps, host.root / "tls", partial(self._passes, Server.IMAP))
        self.smtp = Gate(host.ports.smtps, host.root / "tls", partial(self._passes, Server.SMTP))
        self._host = host
        self._account = account
        self._running = running
        self._chance = random.Random(seed)  # noqa: S311 - repeatable, and no secret
        self._armed: list[Armed] = []
        self._held: list[int] = []

    def __enter__(self) -> Self:
        self.imap.__enter__()
        self.smtp.__enter__()
        return self

    def __exit__(self, *given: object) -> None:
        self._let_go_on()
        self.smtp.__exit__(*given)
        self.imap.__exit__(*given)

    def dealt(self, steps: int) -> tuple[tuple[Armed, ...], ...]:
        """What befalls each of so many steps, or one behind it where its moment does not come before."""
        dealt: list[list[Armed]] = [[] for _ in range(steps)]
        for fault in DEALT:
            armed = Armed(fault, self._chance.choice(MOMENTS[fault]), self._chance.randint(0, LONGEST))
            self._chance.choice(dealt).append(armed)
        return tuple(map(tuple, dealt))

    def arm(self, faults: Iterable[Armed]) -> None:
        """From now on they strike at their moments, once each."""
        self._armed += faults

    def cease(self) -> None:
        """No more strikes, and what was held goes on."""
        self._armed.clear()
        self._let_go_on()

    def _passes(self, server: Server, said: bytes, speaker: Speaker) -> bytes:
        """What passes of a piece. While processes are held nothing else strikes: it might wait for what they lock."""
        if self._held and said.startswith(GREETING):
            self._let_go_on()
        if self._held:
            return said
        armed = next((each for each in self._armed if each.strikes(server, speaker, said)), None)
        if armed is None:
            return said
        self._armed.remove(armed)
        self.struck.append(f"{armed.fault} at {armed.moment.words!r}")
        return self._strike(armed, said)

    def _strike(self, armed: Armed, said: bytes) -> bytes:
        match armed.fault:
            case Fault.KILLED_IN_IDLE | Fault.KILLED_IN_FETCH:
                self._host.strike(self._account, signal.SIGKILL)
                return said[: len(said) // 2] if armed.moment.speaker is Speaker.SERVER else said
            case Fault.HALF_OPEN:
                self._held += self._host.strike(self._account, signal.SIGSTOP)
                return b"" if armed.moment.speaker is Speaker.SERVER else said
            case Fault.BYE:
                with suppress(CalledProcessError):  # nobody to say it to: another fault has just ended them
                    self._host.kick(self._account)
            case Fault.MADE_ANEW:
                with Visitor(self._host, self._account) as visitor:
                    visitor.make_anew(FILED)
                    visitor.copy_all(FILED)
            case Fault.RENUMBERED:
                validity = str(self._chance.randrange(1, 2**31))
                self._host.doveadm("mailbox", "update", "-u", self._account.name, "--uid-validity", validity, "INBOX")
            case Fault.LOST_BEFORE_THE_END | Fault.LOST_BEHIND_THE_END:
                self.smtp.lose()
                return b""
            case Fault.DAEMON_KILLED:
                self._running.kill()
            case _:
                assert_never(armed.fault)
        return said

    def _let_go_on(self) -> None:
        held, self._held = self._held, []
        for process in held:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)
