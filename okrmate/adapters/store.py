"""The store over one TinyDB file, `okrmate.json`, and its journal: each commit is one line of that, on the disk.

Any stock TinyDB reads the file, and one written by a stock TinyDB opens; it is written anew when a store that has
committed is closed or rests, or the journal has grown long. Documents are kept in memory with their indexes. Readers
need no lock: a line of the journal counts when it is whole, and the file was renamed into place whole.
"""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from okrmate.adapters.file import Disk
from okrmate.adapters.log.checkpoint import Checkpoint
from okrmate.adapters.log.journal import Journal
from okrmate.adapters.log.turns import PATIENCE, Turns
from okrmate.adapters.migrations import LAYOUTS, Layouts
from okrmate.adapters.shared_tables import IDLE, SharedTables
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.adapters.table_file import Meta, content_of
from okrmate.adapters.tables import Tables, keep_nothing
from okrmate.adapters.work import Work
from okrmate.domain.summaries import Summary
from okrmate.services.ports import Clock, Home, Record, Table, Tokens, Transaction

R = TypeVar("R", bound=Record)
Listener = Callable[[frozenset[str]], None]


class TableReader:
    """The `Reader` port over the tables as they are in memory."""

    def __init__(self, shared: SharedTables) -> None:
        self._tables = shared.tables
        self._memory = shared.memory

    def get(self, table: Table[R], record_id: str) -> R | None:
        """As the port says."""
        with self._memory:
            return self._tables.shelves.of(table).get(record_id)

    def find(self, table: Table[R], index: str, value: str) -> tuple[R, ...]:
        """As the port says; `ValueError` where the index is not declared."""
        with self._memory:
            shelf = self._tables.shelves.of(table)
            return shelf.records(shelf.numbers(index, value))

    def every(self, table: Table[R]) -> tuple[R, ...]:
        """As the port says."""
        with self._memory:
            shelf = self._tables.shelves.of(table)
            return shelf.records(shelf.documents)

    def summary(self, key_result: str) -> Summary:
        """As the port says."""
        with self._memory:
            return self._tables.shelves.summary(key_result)


class TinyStore:
    """The `Store` port over one TinyDB file; may be used from several threads and beside other processes."""

    def __init__(self, shared: SharedTables) -> None:
        self._shared = shared
        self._known = TableReader(shared)
        self._listeners: list[Listener] = []

    @property
    def home(self) -> Home:
        """As the port says; of a home without a file it is what its first commit will write."""
        self.refresh()
        meta = self._shared.tables.meta
        return Home(id=meta.home, created_at=meta.created_at)

    def get(self, table: Table[R], record_id: str) -> R | None:
        """As the port says."""
        return self.reader().get(table, record_id)

    def find(self, table: Table[R], index: str, value: str) -> tuple[R, ...]:
        """As the port says; `ValueError` where the index is not declared."""
        return self.reader().find(table, index, value)

    def every(self, table: Table[R]) -> tuple[R, ...]:
        """As the port says."""
        return self.reader().every(table)

    def summary(self, key_result: str) -> Summary:
        """As the port says."""
        return self.reader().summary(key_result)

    def reader(self) -> "TableReader":
        """As the port says."""
        self._shared.look()
        self._tell()
        return self._known

    def refresh(self) -> None:
        """Look whether another process has committed; its changes are told to the listeners.

        Where nothing was committed here for a while, a checkpoint is written in the background.
        """
        self.reader()
        self._shared.settle(IDLE)

    def content(self) -> tuple[bytes, ...]:
        """The file as it would be written now, all of one moment, in pieces one behind the other; for a backup."""
        self.refresh()
        with self._shared.memory:
            snapshot = self._shared.tables.snapshot()
        return tuple(content_of(snapshot.meta, snapshot.documents))

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """As the port says; one inside another is a bug and raises `RuntimeError`."""
        with self._shared.changing():
            work = Work(self._shared.tables.shelves)
            yield work
            self._shared.commit(work.changes(), work.records())
        self._shared.settle(math.inf)
        self._tell()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """As the port says; also told of another process's commits, when this store sees them."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def forget(self) -> None:
        """Write the file anew and begin the journal behind it: nothing that was taken out stands in either after it.

        `StoreError` where the disk does not take it; what was taken out is then still to be read in the journal.
        """
        self._shared.write_anew()

    def close(self) -> None:
        """As the port says; what this store has committed then stands in the file, unless a peer is writing it."""
        self._listeners.clear()
        self._shared.close()

    def _tell(self) -> None:
        """Call the listeners, outside every lock, so that they may read and write."""
        told = self._shared.news()
        for listener in tuple(self._listeners) if told else ():
            listener(told)


def open_store(
    home: Path,
    tokens: Tokens,
    clock: Clock,
    disk: Disk | None = None,
    patience: float = PATIENCE,
    *,
    layouts: Layouts = LAYOUTS,
    keep: Callable[[int], None] = keep_nothing,
) -> TinyStore:
    """The store of a home. Where there is none yet it is empty, and folder and file are made by the first commit.

    `patience` is how long a transaction waits for another process's, in seconds. A store of an older layout is read
    as one of the latest, and becomes one with its first commit, before which `keep` is called with the number of the
    old one. Raises `StoreError` where the file is damaged, newer than this program or unreadable.
    """
    return TinyStore(open_tables(home, tokens, clock, disk, patience, layouts=layouts, keep=keep))


def open_tables(
    home: Path,
    tokens: Tokens,
    clock: Clock,
    disk: Disk | None = None,
    patience: float = PATIENCE,
    *,
    layouts: Layouts = LAYOUTS,
    keep: Callable[[int], None] = keep_nothing,
) -> SharedTables:
    """The tables under the store of a home; all as of `open_store`."""
    disk = Disk() if disk is None else disk
    fresh = Meta(schema=layouts.latest, home=tokens.new_id(), created_at=clock.now())
    tables = Tables(Checkpoint(home / FILE, disk), Journal(home / JOURNAL, disk, layouts.latest), fresh, layouts, keep)
    return SharedTables(tables, Turns(home / FILE, disk, patience))
