"""Replies read and stored a second: answered agendas in a Maildir, each a transaction of its own."""

import os
import statistics
from collections.abc import Callable, Iterator, Mapping
from email.message import EmailMessage
from email.utils import format_datetime
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, seconds
from benchmarks.homes import AGENDAS, INBOX, home_of
from okrmate.domain.letters import IncomingState, LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.mail.layout import text
from okrmate.mail.outbound import reply_address
from okrmate.services.incoming import inbox
from okrmate.services.mailroom import MailRoom
from okrmate.services.tables import INCOMING, OUTGOING

PEOPLE = 20
ROUNDS = 10
MAILS = PEOPLE * ROUNDS
POLLS = 3
"""Each figure is the median of so many, as other work on the machine slows a single one down by half."""

Answer = Callable[[Outgoing, int], bytes]
"""The mail that answers a letter, differently for each number."""


class Commits:
    """Counts what each commit brought in."""

    def __init__(self, room: MailRoom) -> None:
        self._store = room.store
        self.known = len(room.store.every(INCOMING))
        self.largest = 0
        self.with_mail = 0
        room.store.subscribe(self._told)

    def _told(self, tables: frozenset[str]) -> None:
        if INCOMING.name in tables:
            now = len(self._store.every(INCOMING))
            self.largest = max(self.largest, now - self.known)
            self.with_mail += 1
            self.known = now


FIRST = ("Ana", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gus")
LAST = ("Ames", "Berg", "Cole", "Dorn", "Egger", "Falk", "Gray")
"""The same words twice would be taken for the same mail."""


def replies() -> Iterator[Figure]:
    """The median rates of whole polls, each into a new home, and of the same mails kept bare just before each."""
    for kind, answer in (("one-line replies", _one_line), ("filled-in agendas", _filled_in)):
        rates = [_polled(answer) for _ in range(POLLS)]
        yield Figure(
            name=f"{MAILS} {kind} read and stored, each its own transaction",
            value=statistics.median(rate for rate, _ in rates),
            unit="a second",
            anchor="write and fsync a file for each mail",
            anchor_value=statistics.median(bare for _, bare in rates),
        )


def _polled(answer: Answer) -> tuple[float, float]:
    """The rates of one poll and of its mails kept bare.

    Raises `AssertionError` where a commit held more than one mail or one was not read.
    """
    with home_of(PEOPLE) as (home, room, _clock):
        mails = [answer(letter, number) for number in range(ROUNDS) for letter in _agendas(room)]
        _warm(home, room, answer)
        bare = MAILS / seconds(partial(_kept_bare, home / "bare", mails))
        commits = Commits(room)
        _arrived(home / INBOX, mails)
        rate = MAILS / seconds(partial(inbox.poll, room))
        applied = [mail for mail in room.store.every(INCOMING) if mail.state is IncomingState.APPLIED][1:]
    if (commits.largest, commits.with_mail, len(applied)) != (1, MAILS, MAILS):
        raise AssertionError(
            f"{commits.with_mail} commits for {MAILS} mails, the largest with {commits.largest}; {len(applied)} applied"
        )
    return rate, bare


def _warm(home: Path, room: MailRoom, answer: Answer) -> None:
    """Read one reply that is not counted: word tables and templates are made ready once in a program's life."""
    _arrived(home / INBOX, [answer(_agendas(room)[0], ROUNDS)], "warm")
    inbox.poll(room)


def _kept_bare(folder: Path, mails: list[bytes]) -> None:
    folder.mkdir()
    for number, mail in enumerate(mails):
        with (folder / str(number)).open("wb") as file:
            file.write(mail)
            file.flush()
            os.fsync(file.fileno())


def _arrived(folder: Path, mails: list[bytes], name: str = "answer") -> None:
    for number, mail in enumerate(mails):
        (folder / "new" / f"{number}.{name}").write_bytes(mail)


def _agendas(room: MailRoom) -> list[Outgoing]:
    return [
        letter
        for letter in room.store.every(OUTGOING)
        if letter.kind is LetterKind.AGENDA and letter.to is Side.PROTEGE and letter.sent_at is not None
    ]


def _one_line(letter: Outgoing, number: int) -> bytes:
    """What a phone sends: a number and a few words above the quoted agenda, never the same twice."""
    friend = f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST)]}"
    return _reply(letter, number, f"KR 1.1: {1 + number % 6}, {friend} wrote to me\n\n", {})


def _filled_in(letter: Outgoing, number: int) -> bytes:
    """What somebody at a desk sends: the agenda quoted, with four numbers and a point typed behind the colons."""
    typed = {
        "Add": f"point {number} that I would like to talk about (10 min)",
        "KR 1.1": str(1 + number % 6),
        "KR 1.2": f"{62 + number} %",
        "KR 1.3": f"{10 * number}%, the first page stands",
        "KR 2.1": "no change",
    }
    return _reply(letter, number, "", typed)


def _reply(letter: Outgoing, number: int, above: str, typed: Mapping[str, str]) -> bytes:
    quoted = [_quoted(line, typed) for line in text(letter.blocks).splitlines()]
    reply = EmailMessage()
    reply["From"] = f"{letter.name} <{letter.address}>"
    reply["To"] = reply_address("vera@example.org", letter.token)
    reply["Subject"] = f"Re: {letter.subject}"
    reply["Date"] = format_datetime(AGENDAS)
    reply["Message-ID"] = f"<answer-{number}-{letter.id}@example.net>"
    reply["In-Reply-To"] = letter.message_id
    reply["References"] = letter.message_id
    reply.set_content(above + "\n".join(["On Mon, 9 Mar 2026 at 10:00, Vera Lund <vera@example.org> wrote:", *quoted]))
    return reply.as_bytes()


def _quoted(line: str, typed: Mapping[str, str]) -> str:
    return f"> {line} {typed[line[:-1]]}" if line[:-1] in typed else f"> {line}".rstrip()
