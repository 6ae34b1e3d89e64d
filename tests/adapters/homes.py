"""A home in a folder of the test, and its file as anybody else would read it."""

import json
from pathlib import Path
from typing import Any

from okrmate.adapters.file import Disk
from okrmate.adapters.store import TinyStore, open_store
from okrmate.domain.okrs import Reading
from okrmate.services.tables import READINGS
from tests.fakes import CountingTokens, FixedClock


def opened(home: Path, disk: Disk | None = None, patience: float = 5.0) -> TinyStore:
    return open_store(home, CountingTokens(), FixedClock(), disk, patience)


def put(store: TinyStore, *readings: Reading) -> None:
    with store.transaction() as work:
        for reading in readings:
            work.put(READINGS, reading)


def tables(home: Path) -> dict[str, dict[str, dict[str, Any]]]:
    content: dict[str, dict[str, dict[str, Any]]] = json.loads((home / "okrmate.json").read_text())
    return content
