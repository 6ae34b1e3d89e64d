"""A TinyDB over the store's own files, for scripts: all of TinyDB, also while okrmate runs, each call one commit.

Where TinyDB would write the file anew, these tables tell what a call changed, and that becomes one line of the journal.
"""

import json
import math
import threading
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from okrmate.adapters.backups.before_migration import keep_before_migration
from okrmate.adapters.clock import SystemClock
from okrmate.adapters.shared_tables import SharedTables
from okrmate.adapters.store import open_tables
from okrmate.adapters.table_file import META
from okrmate.adapters.tokens import SystemTokens

Plain = dict[str, Any]


class Rows(MutableMapping[int, Plain]):
    """A table as TinyDB's updaters see it: the committed documents, with what a transaction has changed so far.

    A document that was handed out may have been changed in place; `changes` finds out.
    """

    def __init__(self, committed: Mapping[int, bytes], changed: Mapping[int, bytes | None]) -> None:
        self._committed = committed
        self._changed = dict(changed)
        self._handed_out: dict[int, Plain] = {}

    def __getitem__(self, number: int) -> Plain:
        if number not in self._handed_out:
            self._handed_out[number] = json.loads(self._document(number))
        return self._handed_out[number]

    def __setitem__(self, number: int, document: Plain) -> None:
        self._handed_out[number] = document
        self._changed[number] = _encoded(document)

    def __delitem__(self, number: int) -> None:
        self._document(number)
        self._handed_out.pop(number, None)
        self._changed[number] = None

    def __iter__(self) -> Iterator[int]:
        merged = {**self._committed, **self._changed} if self._changed else self._committed
        return iter([number for number in sorted(merged) if merged[number] is not None])

    def __len__(self) -> int:
        return sum(1 for _ in self) if self._changed else len(self._committed)

    def clear(self) -> None:
        """Take out every document."""
        for number in self:
            del self[number]

    def changes(self) -> dict[int, bytes | None]:
        """What differs from what is committed."""
        for number, document in self._handed_out.items():
            now = _encoded(document)
            if now != _encoded(json.loads(self._document(number))):
                self._changed[number] = now
        return {number: now for number, now in self._changed.items() if self._committed.get(number) != now}

    def _document(self, number: int) -> bytes:
        document = self._changed[number] if number in self._changed else self._committed[number]
        if document is None:
            raise KeyError(number)
        return document


class Shown(Mapping[str, Plain]):
    """A table as TinyDB's readers see it: by numbers that are text."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __getitem__(self, number: str) -> Plain:
        try:
            return self._rows[int(number)]
        except ValueError as error:  # TinyDB makes a text of whatever it is asked for
            raise KeyError(number) from error

    def __iter__(self) -> Iterator[str]:
        return map(str, self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class JournalStorage(Storage):
    """TinyDB's storage over the shared tables; a transaction is open while `_changed` is not None."""

    def __init__(self, shared: SharedTables) -> None:
        self._shared = shared
        self._mine = threading.RLock()
        self._changed: dict[str, dict[int, bytes | None]] | None = None

    def rows(self, table: str) -> Rows:
        """A table as it is now."""
        with self._mine, self._shared.memory:
            if self._changed is None:
                self._shared.look()
            committed = self._shared.tables.shelves.documents().get(table, {})
            return Rows(dict(committed), (self._changed or {}).get(table, {}))

    def read(self) -> dict[str, Any]:
        """The tables that hold documents."""
        with self._mine, self._shared.memory:
            names = [*self._shared.tables.shelves.documents(), *(self._changed or ())]
            return {name: Shown(rows) for name in dict.fromkeys(names) if (rows := self.rows(name))}

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Make the tables what `data` says, in one commit."""
        with self.transaction():
            for name in {*self.read(), *data}:
                rows, now = self.rows(name), data.get(name, {})
                for number in set(rows) - {int(number) for number in now}:
                    del rows[number]
                for text, document in now.items():
                    rows[int(text)] = dict(document)
                self.change(name, rows)

    def change(self, table: str, rows: Rows) -> None:
        """Take over what was done to a table; amid `transaction` only."""
        if table == META:
            raise ValueError(f"{META} says what the file is, and is okrmate's own to write.")
        assert self._changed is not None  # noqa: S101 - that is what amid means
        self._changed[table] = rows.changes()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make one commit of all calls inside it, or none where it ends in an exception; one inside it joins it.

        Raises `StoreError` as the store does, `DocumentError` where a document does not fit a table of okrmate's.
        """
        with self._mine:
            if self._changed is not None:
                yield
                return
            with self._shared.changing():
                self._changed = {}
                try:
                    yield
                    self._shared.tables.shelves.check(self._changed)
                    self._shared.commit(self._changed, {})
                finally:
                    self._changed = None
            self._shared.settle(math.inf)

    def close(self) -> None:
        """Leave in the file what was committed."""
        self._shared.close()


class JournalTable(Table):
    """A TinyDB table that tells its storage what a call changed, in place of giving it all tables to write."""

    _storage: JournalStorage

    def search(self, cond: QueryLike) -> list[Document]:
        """As TinyDB's, but never from its cache: that does not notice what other processes commit."""
        self.clear_cache()
        return super().search(cond)

    def insert(self, document: Mapping[str, Any]) -> int:
        """As TinyDB's; no other process takes the number meanwhile."""
        with self._storage.transaction():
            return super().insert(document)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """As TinyDB's; looked up and written in one commit."""
        with self._storage.transaction():
            return super().upsert(document, cond)

    def _read_table(self) -> Any:  # noqa: ANN401 - TinyDB calls it a dict, and reads it as a mapping
        return Shown(self._storage.rows(self.name))

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._storage.transaction():
            rows = self._storage.rows(self.name)
            updater(rows)
            self._storage.change(self.name, rows)
        self._next_id = None  # the next one depends on what others commit


class Database(TinyDB):
    """A TinyDB whose calls are commits of the store."""

    table_class = JournalTable

    def __init__(self, shared: SharedTables) -> None:
        self._journal = JournalStorage(shared)
        super().__init__(storage=lambda: self._journal)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make one commit of all calls inside it, or none; errors as of the storage's."""
        with self._journal.transaction():
            yield


def open_database(home: Path) -> Database:
    """The tables of a home for a script, as any TinyDB; to be closed. Errors as of `open_store`."""
    clock = SystemClock()
    keep = partial(keep_before_migration, home, clock)
    return Database(open_tables(home, SystemTokens(), clock, keep=keep))


def _encoded(document: Mapping[str, Any]) -> bytes:
    """One line of JSON; `ValueError` or `TypeError` for what JSON does not know, NaN among it."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
