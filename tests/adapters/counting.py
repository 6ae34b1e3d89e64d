"""A process that counts in a home while it makes one checkpoint after the other, and tells of each commit."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from okrmate.adapters.clock import SystemClock
from okrmate.adapters.shared_tables import SharedTables
from okrmate.adapters.store import TinyStore, open_tables
from okrmate.adapters.tokens import SystemTokens
from okrmate.services.ports import Reader
from okrmate.services.tables import READINGS, SETTINGS, Setting
from tests.builders import a_reading

TOTAL = "total"
BREATH = 0.002
"""Seconds between two checkpoints, in which the commits have their turn."""

# A server that has everything imported, and forks: a new interpreter for each process takes a hundred times as long.
FORKING = get_context("forkserver")
FORKING.set_forkserver_preload(["pytest", __name__])


@dataclass(frozen=True, slots=True)
class Counter:
    """A process that counts under a name of its own."""

    name: str
    process: BaseProcess
    heard: Connection

    def told(self) -> Iterator[int]:
        """The number of each commit it tells of, until it has ended."""
        try:
            while True:
                yield self.heard.recv()
        except EOFError:
            self.process.join(60)


@contextmanager
def counting(home: Path, times: int, *names: str) -> Iterator[list[Counter]]:
    """So many processes, which have ended afterwards."""
    counters = []
    for name in names:
        heard, telling = FORKING.Pipe(duplex=False)
        process = FORKING.Process(target=count, args=(home, times, name, telling))
        process.start()
        telling.close()
        counters.append(Counter(name, process, heard))
    yield counters
    for counter in counters:
        counter.process.kill()
        counter.process.join(60)
        counter.heard.close()


def value(reader: Reader, name: str) -> int:
    """How far somebody has counted."""
    setting = reader.get(SETTINGS, name)
    return 0 if setting is None else int(setting.value)


def count(home: Path, times: int, name: str, telling: Connection) -> None:
    """Count so many times: the total, one's own number, and a reading, in one transaction."""
    shared = open_tables(home, SystemTokens(), SystemClock())
    store = TinyStore(shared)
    threading.Thread(target=_make_checkpoints, args=(shared,), daemon=True).start()
    for number in range(1, times + 1):
        with store.transaction() as work:
            own = value(work, name) + 1
            work.put(SETTINGS, Setting(id=TOTAL, value=str(value(work, TOTAL) + 1)))
            work.put(READINGS, a_reading(id=f"{name} {own}", mentorship=name))
            work.put(SETTINGS, Setting(id=name, value=str(own)))
        telling.send(number)


def _make_checkpoints(shared: SharedTables) -> None:
    while not threading.Event().wait(BREATH):
        shared.checkpoint()
