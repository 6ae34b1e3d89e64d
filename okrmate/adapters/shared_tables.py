"""The tables of a home shared out: looked at by any thread, changed by one at a time among all threads and processes.

A checkpoint is written beside the file while others go on committing; they wait only while it takes the file's place.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from okrmate.adapters.log.turns import Turns
from okrmate.adapters.tables import Tables
from okrmate.adapters.work import Changed, Records
from okrmate.domain.errors import StoreError

IDLE = 30.0
"""Seconds without a commit after which what stands in the journal is worth a checkpoint."""


class SharedTables:
    """`tables` are touched only with `memory` held, and changed only amid `changing`."""

    def __init__(self, tables: Tables, turns: Turns) -> None:
        self.tables = tables
        self.memory = threading.RLock()
        self._turns = turns
        self._writer = threading.Lock()
        self._writing: int | None = None
        self._untold: set[str] = set()
        self._committed_at: float | None = None
        """When this process committed last; None where all of it stands in the file."""
        self._checkpointing: threading.Thread | None = None
        tables.pick_up()

    def look(self) -> None:
        """Take over what others have committed; errors as of `Tables.pick_up`."""
        with self.memory:
            self._untold |= self.tables.pick_up()

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Keep all other writers out, with what others committed before taken over.

        One inside another is a bug and raises `RuntimeError`.
        """
        if self._writing == threading.get_ident():
            raise RuntimeError("A transaction is open already; nesting one inside another would lose its guarantees.")
        with self._writer, self._turns:  # this process's other threads wait for the one, other processes for the other
            self._writing = threading.get_ident()
            try:
                with self.memory:
                    self.look()
                    self.tables.mend()
                yield
            finally:
                self._writing = None

    def commit(self, changes: Changed, records: Records) -> None:
        """Write and apply, as `Tables.commit`; amid `changing` only."""
        with self.memory:
            changed = self.tables.commit(changes, records)
            if changed:
                self._committed_at = time.monotonic()
            self._untold |= changed

    def news(self) -> frozenset[str]:
        """The names of the tables that changed since this was asked last, whoever changed them."""
        if not self._untold:
            return frozenset()
        with self.memory:
            told, self._untold = frozenset(self._untold), set()
            return told

    def settle(self, idle: float) -> None:
        """Have a checkpoint written in the background where one is due.

        It is where the journal is long, and where nothing was committed here for `idle` seconds since the last.
        """
        if self._committed_at is None or (self._checkpointing is not None and self._checkpointing.is_alive()):
            return
        with self.memory:
            is_due = self.tables.is_behind(far=True)
        if is_due or time.monotonic() - self._committed_at > idle:
            self._checkpointing = threading.Thread(target=self._try_checkpoint, name="checkpoint", daemon=True)
            self._checkpointing.start()

    def checkpoint(self) -> None:
        """Put what is committed into the file, unless a peer is doing so.

        After a `StoreError` file and journal still hold everything.
        """
        with self.changing(), self.memory:
            before = self._committed_at
            snapshot = self.tables.snapshot() if self.tables.is_behind() else None
        if snapshot is not None:
            with self.tables.written_beside(snapshot) as beside, self.changing(), self.memory:
                self.tables.install(snapshot, beside)
        if self._committed_at == before:
            self._committed_at = None

    def write_anew(self) -> None:
        """Put everything into a new file and begin the journal anew, whatever stands in both; others wait for it."""
        with self.changing(), self.memory:
            self.tables.checkpoint()
            self._committed_at = None

    def close(self) -> None:
        """Leave what was committed here in the file, and let go of the files."""
        if self._checkpointing is not None:
            self._checkpointing.join()
        if self._committed_at is not None:
            self._try_checkpoint()
        with self.memory:
            self.tables.close()
            self._turns.close()

    def _try_checkpoint(self) -> None:
        try:
            self.checkpoint()
        except StoreError:  # nothing is lost: the journal just stays longer, until the next one
            self._committed_at = time.monotonic()
