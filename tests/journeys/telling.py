"""The story in a child process that is killed at one kind of step each time it comes to it, and started again.

Run as a program, `python -m tests.journeys.telling` reads lines of JSON, `[HOME, FAULT, SEED]`, tells the story in each
home to its end, and prints how often it was killed there, or null where the story broke off by itself. It forks each
child itself and hands it compiled templates, so a restart costs what opening the home costs.
"""

import gc
import json
import os
import random
import signal
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from okrmate.demo.events import Event
from okrmate.demo.home import open_story, throw_away_story
from okrmate.demo.people import AIKO, TOMAS
from okrmate.demo.story import Story
from okrmate.frozen import replace
from okrmate.mail.rendering import Composer
from okrmate.services.mailroom import MailRoom
from okrmate.services.ports import Delivery, Look, Mailbox, Postman, RawMail, Sighting

MOST_ROUNDS = 1000
TWO = (TOMAS, AIKO)
"""What these two answer brings about every kind of event; more of them only takes longer."""
FEWEST_STEPS = 12
"""Calls to the disk that always bring a restarted story further: a mail is done after ten."""


class Fault(StrEnum):
    """Where the child dies."""

    EVENT = "event"
    KEPT = "kept"
    COMMITTED = "committed"
    CLAIMED = "claimed"
    SENT = "sent"
    UNPROVEN = "unproven"
    """As `sent`, where no folder of sent mail tells what left."""
    HALF_WRITTEN = "half-written"
    ANYWHERE = "anywhere"
    """Before some call to the disk; which one is drawn anew for each child."""


@dataclass(frozen=True, slots=True)
class Death:
    """Kills its own process, once for each name; the names are kept in a file."""

    ledger: Path

    @property
    def count(self) -> int:
        """How often it came."""
        return len(self._names())

    def at(self, name: str) -> None:
        if name not in self._names():
            append(self.ledger, name)
            os.kill(os.getpid(), signal.SIGKILL)

    def _names(self) -> list[str]:
        return self.ledger.read_text(encoding="utf-8").splitlines() if self.ledger.exists() else []


def append(file: Path, line: str) -> None:
    """Add a line in one call, so that a kill leaves all of it or nothing."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, f"{line}\n".encode())
    os.close(descriptor)


@dataclass(frozen=True, slots=True)
class DyingRawMail:
    """Dies when a mail is kept and before anything else is done with it."""

    inner: RawMail
    death: Death

    def keep(self, name: str, content: bytes, at: datetime) -> str:
        where = self.inner.keep(name, content, at)
        self.death.at(f"kept {name.rpartition('-')[0]}")  # once a letter, and not once an attempt
        return where

    def keep_all(self, mails: Mapping[str, bytes], at: datetime) -> Mapping[str, str]:
        where = self.inner.keep_all(mails, at)
        self.death.at(f"kept {', '.join(mails)}")
        return where

    def read(self, where: str) -> bytes:
        return self.inner.read(where)

    def begin(self, name: str) -> int:
        return self.inner.begin(name)

    def end(self, name: str) -> None:
        self.inner.end(name)


@dataclass(frozen=True, slots=True)
class DyingMailbox:
    """Dies when a mail is committed and before its folder is told."""

    inner: Mailbox
    death: Death

    def folders(self) -> Sequence[str]:
        return self.inner.folders()

    def look(self, folder: str, cursor: str | None, since: datetime) -> Look:
        return self.inner.look(folder, cursor, since)

    def fetch(self, sighting: Sighting, limit: int) -> bytes | None:
        return self.inner.fetch(sighting, limit)

    def settle(self, sighting: Sighting) -> None:
        self.death.at(f"committed {sighting.uid}")
        self.inner.settle(sighting)

    def close(self) -> None:
        self.inner.close()


@dataclass(frozen=True, slots=True)
class DyingPostman:
    """Dies between the claim of a letter and its way out, or between that and the record of it."""

    inner: Postman
    death: Death
    fault: Fault

    @property
    def takes_copies(self) -> bool:
        return self.inner.takes_copies

    @property
    def looks_first(self) -> bool:
        return self.inner.looks_first

    def ready(self) -> None:
        self.inner.ready()

    def file(self, message: bytes) -> None:
        self.inner.file(message)

    def rest(self) -> None:
        self.inner.rest()

    def send(self, message: bytes, recipient: str) -> Delivery:
        name = next(line for line in message.decode("ascii").splitlines() if line.startswith("Message-ID:"))
        if self.fault is Fault.CLAIMED:
            self.death.at(name)
        delivery = self.inner.send(message, recipient)
        if self.fault is not Fault.CLAIMED:
            self.death.at(name)
        return delivery

    def was_sent(self, message_id: str) -> bool:
        return self.fault is not Fault.UNPROVEN and self.inner.was_sent(message_id)


def dying(room: MailRoom, fault: Fault, death: Death) -> MailRoom:
    """The room with the one port wrapped that the fault is about."""
    match fault:
        case Fault.KEPT:
            return replace(room, raw=DyingRawMail(room.raw, death))
        case Fault.COMMITTED:
            return replace(room, mailbox=DyingMailbox(room.mailbox, death))
        case Fault.CLAIMED | Fault.SENT | Fault.UNPROVEN:
            return replace(room, postman=DyingPostman(room.postman, death, fault))
        case Fault.EVENT | Fault.HALF_WRITTEN | Fault.ANYWHERE:
            return room


def die_writing(death: Death) -> None:
    """From now on every second line of the journal kills this process: in turn amid it, before and behind its sync."""
    really, done = os.fdatasync, iter(range(MOST_ROUNDS))

    def syncing(descriptor: Any) -> None:  # noqa: ANN401 - whatever os.fdatasync takes
        second = next(done) == 1
        if second and death.count % 3 == 0:
            written = os.pread(descriptor, os.fstat(descriptor).st_size, 0).rstrip(b"\0")
            os.ftruncate(descriptor, len(written) - 20)
            death.at(f"amid line {death.count}")
        if second and death.count % 3 == 1:
            death.at(f"before line {death.count}")
        really(descriptor)
        if second:
            death.at(f"behind line {death.count}")

    setattr(os, "fdatasync", syncing)  # noqa: B010 - the type checker does not let a function be another one


def die_anywhere(death: Death, seed: int) -> None:
    """From now on the process lives for a drawn number of calls that carry something to the disk."""
    rest = iter(range(random.Random(f"{seed} {death.count}").randint(FEWEST_STEPS, 5 * FEWEST_STEPS), -1, -1))  # noqa: S311 - repeatable, and no secret

    def counted(really: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the call takes
            if next(rest) == 0:
                death.at(f"call {death.count}")
            return really(*given, **named)

        return call

    for name in ("fsync", "fdatasync", "replace", "rename", "link", "unlink"):
        setattr(os, name, counted(getattr(os, name)))


def compiled() -> Composer:
    """A letter writer that has written every letter of the story before."""
    with throw_away_story() as story:
        for _ in story.told():
            pass
        return story.room.composer


def tell(home: Path, fault: Fault, death: Death, seed: int, composer: Composer) -> None:
    """Tell the story to its end, or until death comes; what is told is kept beside the home."""
    if fault is Fault.HALF_WRITTEN:
        die_writing(death)
    if fault is Fault.ANYWHERE:
        die_anywhere(death, seed)
    opened = open_story(home, cast=TWO)
    room = replace(dying(opened.room, fault, death), composer=composer)
    story = Story(home=home, room=room, clock=opened.clock, inbox=opened.inbox, cast=TWO)
    for event in story.told():
        append(told_file(home), name_of(event))
        if fault is Fault.EVENT:
            death.at(name_of(event))


def told_file(home: Path) -> Path:
    """Where the events stand that were told, a line each."""
    return home.with_name("told")


def name_of(event: Event) -> str:
    """An event in one line, without the time it was noticed at."""
    return json.dumps([event.kind, event.who, *event.facts.values()])


def supervise(home: Path, fault: Fault, seed: int, composer: Composer) -> int | None:
    """Start the story again until it ends; how often it was killed, None where it ended otherwise."""
    death = Death(home.with_name("killed"))
    for kills in range(MOST_ROUNDS):
        child = os.fork()
        if child == 0:
            try:
                tell(home, fault, death, seed, composer)
            except BaseException:  # noqa: BLE001 - a forked child must never return into its parent's code
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            return None if os.WEXITSTATUS(status) else kills
    return None


def serve() -> None:
    """Tell the story as often as is asked for."""
    composer = compiled()
    # Nothing of this is garbage in any child, none of which lives for long.
    gc.freeze()
    gc.disable()
    for line in sys.stdin:
        home, fault, seed = json.loads(line)
        print(json.dumps(supervise(Path(home), Fault(fault), seed, composer)), flush=True)  # noqa: T201 - its result


if __name__ == "__main__":
    serve()
