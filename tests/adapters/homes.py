"""A home in a folder of the test, and its files as anybody else would read them."""

import json
from itertools import count
from pathlib import Path
from typing import Any

from okrmate.adapters.file import Disk
from okrmate.adapters.log.checkpoint import Checkpoint
from okrmate.adapters.log.journal import Journal
from okrmate.adapters.log.turns import Turns
from okrmate.adapters.shared_tables import SharedTables
from okrmate.adapters.store import TinyStore, open_store
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.adapters.table_file import SCHEMA, Meta
from okrmate.adapters.tables import Tables
from okrmate.domain.okrs import Reading
from okrmate.services.tables import READINGS
from tests.builders import NOW
from tests.fakes import CountingTokens, FixedClock


def opened(home: Path, disk: Disk | None = None, patience: float = 5.0) -> TinyStore:
    return open_store(home, CountingTokens(), FixedClock(), disk, patience)


def put(store: TinyStore, *readings: Reading) -> None:
    with store.transaction() as work:
        for reading in readings:
            work.put(READINGS, reading)


def store_over(file: Checkpoint, home: str) -> TinyStore:
    """A store over this file and the journal beside it."""
    fresh = Meta(schema=SCHEMA, home=home, created_at=NOW)
    tables = Tables(file, Journal(file.path.with_name(JOURNAL), Disk(), SCHEMA), fresh)
    return TinyStore(SharedTables(tables, Turns(file.path, Disk())))


class QuickDisk(Disk):
    """Does not wait for the disk, where no power is cut."""

    def sync(self, descriptor: int) -> None:
        return

    def sync_data(self, descriptor: int) -> None:
        return


class FailingDisk(Disk):
    """Fails at the n-th call that carries something to the disk."""

    def __init__(self, fails_at: int) -> None:
        self._calls = count()
        self._fails_at = fails_at
        self.has_failed = False

    def sync(self, descriptor: int) -> None:
        self._count()
        super().sync(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        self._count()
        super().rename(source, target)

    def _count(self) -> None:
        if next(self._calls) == self._fails_at:
            self.has_failed = True
            raise OSError(28, "No space left on device")


class CountingFile(Checkpoint):
    """Notes how often it was read."""

    reads = 0

    def read(self) -> bytes | None:
        self.reads += 1
        return super().read()


def files(home: Path) -> dict[str, bytes]:
    """The two files of the store, without the zeros in which the journal ends; what is not there is empty."""
    paths = [home / name for name in (FILE, JOURNAL)]
    return {path.name: path.read_bytes().rstrip(b"\0") if path.exists() else b"" for path in paths}


def tables(home: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """The tables of the file; what was committed by a store that is not closed yet stands in the journal."""
    content: dict[str, dict[str, dict[str, Any]]] = json.loads((home / FILE).read_text())
    return content
