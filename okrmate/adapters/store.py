"""The store over one TinyDB file, `okrmate.json`: each commit replaces the whole file atomically.

Any stock TinyDB reads the file, and one written by a stock TinyDB opens. Records are kept decoded in memory with
their indexes, and each with its JSON, so that a commit encodes only what changed and joins the rest. Readers need
no lock: what they see was renamed into place whole.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from okrmate.adapters.file import PATIENCE, Disk, WholeFile
from okrmate.adapters.tables import SCHEMA, Meta, Tables
from okrmate.adapters.work import Shelves, Work
from okrmate.domain.summaries import Summary
from okrmate.services.ports import Clock, Home, Record, Table, Tokens, Transaction

R = TypeVar("R", bound=Record)
T = TypeVar("T")
Listener = Callable[[frozenset[str]], None]

FILE = "okrmate.json"


class TinyStore:
    """The `Store` port over one TinyDB file; may be used from several threads and beside other processes."""

    def __init__(self, file: WholeFile, fresh: Meta) -> None:
        self._file = file
        self._tables = Tables(file, fresh)
        self._tables.pick_up()
        self._listeners: list[Listener] = []
        self._untold: set[str] = set()
        self._memory = threading.RLock()
        self._writer = threading.Lock()
        self._writing: int | None = None

    @property
    def home(self) -> Home:
        """As the port says; of a home without a file it is what its first commit will write."""
        meta = self._look(lambda _: self._tables.meta)
        return Home(id=meta.home, created_at=meta.created_at)

    def get(self, table: Table[R], record_id: str) -> R | None:
        """As the port says."""
        row = self._look(lambda shelves: shelves.of(table).rows.get(record_id))
        return None if row is None else row.record

    def find(self, table: Table[R], index: str, value: str) -> tuple[R, ...]:
        """As the port says; `ValueError` where the index is not declared."""
        return tuple(row.record for row in self._look(lambda shelves: shelves.of(table).find(index, value)))

    def every(self, table: Table[R]) -> tuple[R, ...]:
        """As the port says."""
        return self._look(lambda shelves: tuple(row.record for row in shelves.of(table).rows.values()))

    def summary(self, key_result: str) -> Summary:
        """As the port says."""
        return self._look(lambda shelves: shelves.summary(key_result))

    def refresh(self) -> None:
        """Look whether another process has committed; its changes are told to the listeners."""
        self._look(lambda _: None)

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """As the port says; one inside another is a bug and raises `RuntimeError`."""
        with self._alone(), self._file.alone():
            with self._memory:
                self._untold |= self._tables.pick_up()
                work = Work(self._tables.shelves)
            yield work
            with self._memory:
                self._untold |= self._tables.commit(work.drafts)
        self._tell()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """As the port says; also told of another process's commits, when this store sees them."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def close(self) -> None:
        """As the port says."""
        with self._memory:
            self._listeners.clear()
            self._tables.close()

    def _look(self, ask: Callable[[Shelves], T]) -> T:
        """The answer of the tables as they are now, also after another process's commit."""
        with self._memory:
            self._untold |= self._tables.pick_up()
            answer = ask(self._tables.shelves)
        self._tell()
        return answer

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep this process's other threads out; the lock on the file keeps other processes out."""
        if self._writing == threading.get_ident():
            raise RuntimeError("A transaction is open already; nesting one inside another would lose its guarantees.")
        with self._writer:
            self._writing = threading.get_ident()
            try:
                yield
            finally:
                self._writing = None

    def _tell(self) -> None:
        """Call the listeners, outside every lock, so that they may read and write."""
        if not self._untold:
            return
        with self._memory:
            told, self._untold = frozenset(self._untold), set()
        for listener in tuple(self._listeners) if told else ():
            listener(told)


def open_store(
    home: Path, tokens: Tokens, clock: Clock, disk: Disk | None = None, patience: float = PATIENCE
) -> TinyStore:
    """The store of a home. Where there is none yet it is empty, and folder and file are made by the first commit.

    `patience` is how long a transaction waits for another process's, in seconds. Raises `StoreError` where the
    file is damaged, newer than this program or unreadable.
    """
    file = WholeFile(home / FILE, Disk() if disk is None else disk, patience)
    return TinyStore(file, Meta(schema=SCHEMA, home=tokens.new_id(), created_at=clock.now()))
