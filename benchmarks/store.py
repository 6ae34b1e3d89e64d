"""The store beside a bare append, SQLite and a stock TinyDB, in homes of 1,000 to 500,000 readings."""

import gc
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from tinydb import TinyDB
from tinydb.operations import set as set_to

from benchmarks.figures import Figure, seconds
from okrmate.adapters.clock import SystemClock
from okrmate.adapters.documents import encode_json
from okrmate.adapters.file import Disk
from okrmate.adapters.shared_tables import SharedTables
from okrmate.adapters.store import TinyStore, open_store, open_tables
from okrmate.adapters.store_files import FILE
from okrmate.adapters.table_file import SCHEMA, Meta, content_of
from okrmate.adapters.tokens import SystemTokens
from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.okrs import Reading
from okrmate.services.tables import READINGS

SIZES = {1_000: 5, 10_000: 3, 100_000: 1, 500_000: 1}
"""Readings in the home, and how often the stock TinyDB is asked: an update takes it seconds where they are many."""
COMMITS = 150
LOOK_UPS = 15
BEGUN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BARS = {100_000: 1000.0, 500_000: 2500.0}
"""Milliseconds in which a home opens."""
KILOBYTES = 0.6
"""The bar for what a reading takes in memory."""
RESIDENT = """
import sys
from pathlib import Path
from okrmate.adapters.clock import SystemClock
from okrmate.adapters.store import open_store
from okrmate.adapters.tokens import SystemTokens
from okrmate.services.tables import READINGS

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

before = resident()
store = open_store(Path(sys.argv[1]), SystemTokens(), SystemClock())
store.find(READINGS, "key_result", "k00000000001")
print(resident() - before)
"""


def store() -> Iterator[Figure]:
    """All of it, from small to large; what is compared takes turns, so that a busy moment hits all."""
    by_bare = {}
    for size, times in SIZES.items():
        with TemporaryDirectory(prefix="okrmate-bench-") as folder:
            home = Path(folder)
            _write_home(home, size)
            yield from _opening(home, size)
            shared = open_tables(home, SystemTokens(), SystemClock())
            with closing(TinyStore(shared)) as opened, _database(home, size) as database:
                took = _commits(home, opened, database, size)
                by_bare[size] = took["ours"] / took["bare"]
                yield from _beside(f"a commit beside {size:,} readings", took)
                yield from _look_ups(opened, database, size)
                yield _commits_amid_a_checkpoint(shared, opened, size)
            yield _stock(home, size, times, took["ours"])
    smallest, *_, largest = SIZES
    yield Figure(
        name=f"a commit beside {largest:,} readings, in bare appends of the same moment",
        value=by_bare[largest],
        unit="appends",
        anchor=f"beside {smallest:,}",
        anchor_value=by_bare[smallest],
    )


def _reading(number: int) -> Reading:
    return Reading(
        id=f"r{number:011}",
        mentorship=f"m{number // 500:011}",
        key_result=f"k{number // 50:011}",
        at=BEGUN + timedelta(minutes=number),
        source=Source(kind=SourceKind.MAIL, ref=f"i{number:011}"),
        value=Decimal(number % 97),
        confidence=number % 10,
        note="" if number % 3 else "went well, more of it in our talk",
    )


def _write_home(home: Path, size: int) -> None:
    documents = {number: encode_json(_reading(number)) for number in range(1, size + 1)}
    meta = Meta(schema=SCHEMA, home="bench", created_at=BEGUN)
    (home / FILE).write_bytes(b"".join(content_of(meta, {READINGS.name: documents})))


def _database(home: Path, size: int) -> closing[sqlite3.Connection]:
    database = sqlite3.connect(home / "sqlite", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE readings (id TEXT PRIMARY KEY, key_result TEXT, mentorship TEXT, body TEXT)")
    database.execute("BEGIN")
    database.executemany("INSERT INTO readings VALUES (?, ?, ?, ?)", map(_row, map(_reading, range(1, size + 1))))
    database.execute("CREATE INDEX by_key_result ON readings (key_result)")
    database.execute("CREATE INDEX by_mentorship ON readings (mentorship)")
    database.execute("COMMIT")
    return closing(database)


def _row(reading: Reading) -> tuple[str, str, str, str]:
    return reading.id, reading.key_result, reading.mentorship, encode_json(reading).decode()


def _opening(home: Path, size: int) -> Iterator[Figure]:
    content = (home / FILE).read_bytes()
    ours, plain = [], []
    for _ in range(3):
        gc.collect()
        ours.append(seconds(lambda: open_store(home, SystemTokens(), SystemClock())))
        plain.append(seconds(lambda: json.loads(content)))
    figure = Figure(
        name=f"opening a home of {size:,} readings, with all indexes",
        value=1000 * statistics.median(ours),
        unit="ms",
        anchor="json.loads of its file",
        anchor_value=1000 * statistics.median(plain),
    )
    yield figure
    if size in BARS:
        yield replace(figure, anchor="the bar", anchor_value=BARS[size])
        call = [sys.executable, "-c", RESIDENT, str(home)]
        taken = int(subprocess.run(call, check=True, capture_output=True, text=True).stdout)
        name = f"memory for each of {size:,} readings"
        yield Figure(name=name, value=taken / size / 1000, unit="kB", anchor="the bar", anchor_value=KILOBYTES)


def _commits(home: Path, opened: TinyStore, database: sqlite3.Connection, size: int) -> dict[str, float]:
    """Medians in milliseconds of one more reading stored: ours, a bare append of the same, SQLite's."""
    disk, took = Disk(), dict[str, list[float]](ours=[], bare=[], sqlite=[])
    bare = os.open(home / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for number in range(size + 1, size + 1 + COMMITS):
        reading = _reading(number)
        line = encode_json(reading) + b"\n"

        def append(line: bytes = line) -> None:
            os.write(bare, line)
            disk.sync_data(bare)

        def insert(reading: Reading = reading) -> None:
            database.execute("INSERT INTO readings VALUES (?, ?, ?, ?)", _row(reading))

        took["ours"].append(seconds(lambda reading=reading: _put(opened, reading)))  # type: ignore[misc]
        took["bare"].append(seconds(append))
        took["sqlite"].append(seconds(insert))
    os.close(bare)
    return {name: 1000 * statistics.median(times) for name, times in took.items()}


def _put(opened: TinyStore, reading: Reading) -> None:
    with opened.transaction() as work:
        work.put(READINGS, reading)


def _beside(name: str, took: dict[str, float]) -> Iterator[Figure]:
    anchors = {"bare": "append of the same and fdatasync", "sqlite": "SQLite, WAL, synchronous=FULL"}
    for key, anchor in anchors.items():
        yield Figure(name=name, value=took["ours"], unit="ms", anchor=anchor, anchor_value=took[key])


def _look_ups(opened: TinyStore, database: sqlite3.Connection, size: int) -> Iterator[Figure]:
    asked = [number * size // (LOOK_UPS + 1) for number in range(1, LOOK_UPS + 1)]

    def sqlite(field: str, value: str) -> list[object]:
        rows = database.execute(f"SELECT body FROM readings WHERE {field} = ?", (value,))  # noqa: S608 - ours
        return [json.loads(body) for (body,) in rows]

    kinds: dict[str, tuple[str, Callable[[Reading], str]]] = {
        "the readings of a key result": ("key_result", lambda reading: reading.key_result),
        "the readings of a mentorship": ("mentorship", lambda reading: reading.mentorship),
        "a reading": ("id", lambda reading: reading.id),
    }
    for name, (field, value_of) in kinds.items():
        ours, theirs = [], []
        for number in asked:
            value = value_of(_reading(number))
            ask = _by_id if field == "id" else _by_index(field)
            ours.append(seconds(lambda ask=ask, value=value: ask(opened, value)))  # type: ignore[misc]
            theirs.append(seconds(lambda field=field, value=value: sqlite(field, value)))  # type: ignore[misc]
        yield Figure(
            name=f"looking up {name} among {size:,}",
            value=1000 * statistics.median(ours),
            unit="ms",
            anchor="SQLite",
            anchor_value=1000 * statistics.median(theirs),
        )


def _by_id(opened: TinyStore, value: str) -> object:
    return opened.get(READINGS, value)


def _by_index(field: str) -> Callable[[TinyStore, str], object]:
    return lambda opened, value: opened.find(READINGS, field, value)


def _commits_amid_a_checkpoint(shared: SharedTables, opened: TinyStore, size: int) -> Figure:
    """The commits of this thread while another one writes a checkpoint."""
    calm = [seconds(lambda number=number: _put(opened, _reading(2 * size + number))) for number in range(50)]  # type: ignore[misc]
    writing = threading.Thread(target=shared.checkpoint)
    took: list[float] = []
    writing.start()
    while writing.is_alive() or len(took) < len(calm):
        took.append(seconds(lambda: _put(opened, _reading(3 * size + len(took)))))
    writing.join()
    return Figure(
        name=f"commits while a checkpoint of {size:,} readings is written, p99 of {len(took)}",
        value=1000 * sorted(took)[int(0.99 * len(took))],
        unit="ms",
        anchor="commits while none is, p99 of 50",
        anchor_value=1000 * sorted(calm)[int(0.99 * len(calm))],
    )


def _stock(home: Path, size: int, times: int, ours: float) -> Figure:
    """TinyDB's own way of writing, on a copy of the same file."""
    (home / "stock.json").write_bytes((home / FILE).read_bytes())
    with TinyDB(home / "stock.json") as stock, suppress(KeyError):
        table = stock.table(READINGS.name)
        theirs = [seconds(lambda at=at: table.update(set_to("note", str(at)), doc_ids=[7])) for at in range(times)]  # type: ignore[misc]
    return Figure(
        name=f"a commit beside {size:,} readings",
        value=ours,
        unit="ms",
        anchor="stock TinyDB",
        anchor_value=1000 * statistics.median(theirs),
    )
