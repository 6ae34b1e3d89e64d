"""The portfolio: how everybody's key results stand, worked out anew each time, and how one person's do."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.figures import Figure, median_ms
from okrmate.adapters.clock import MovedClock
from okrmate.adapters.documents import encode_json
from okrmate.adapters.store import open_store
from okrmate.adapters.store_files import FILE
from okrmate.adapters.table_file import SCHEMA, Meta, content_of
from okrmate.adapters.tokens import SystemTokens
from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.metrics import Count
from okrmate.domain.okrs import KeyResult, Objective, OkrSet, OkrSetState, Reading
from okrmate.domain.people import Mentorship, MentorshipState, Protege
from okrmate.services.mentoring.tracking import tree
from okrmate.services.ports import Record, Store, Table
from okrmate.services.reports.portfolio import portfolio as everybody
from okrmate.services.tables import KEY_RESULTS, MENTORSHIPS, OBJECTIVES, OKR_SETS, PEOPLE, READINGS

SIZES = {100: 9, 1_000: 3}
"""People in the home, and how often they are looked at; each has 30 key results and 17 readings of each."""
OBJECTIVES_EACH, KEY_RESULTS_EACH, READINGS_EACH = 6, 5, 17
ALL_BAR, ONE_BAR = 60.0, 5.0
"""Milliseconds for a hundred people and for one of them, on a machine that does nothing else."""
BEGUN = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
NOW = BEGUN + timedelta(days=60)
SOURCE = Source(kind=SourceKind.COMMAND, ref="check-in")
Row = tuple[Table[Any], Record]


def portfolio() -> Iterator[Figure]:
    """Nothing is kept from one computation to the next but what the store keeps: the summary of each key result."""
    for people, times in SIZES.items():
        with _home(people) as (home, store):
            content = (home / FILE).read_bytes()
            plain = median_ms(partial(json.loads, content), 3)
            looking = partial(_look, store)
            first, again = median_ms(looking, 1), median_ms(looking, times)
            key_results, readings = len(store.every(KEY_RESULTS)), len(store.every(READINGS))
            size = f"{people:,} people, {key_results:,} key results, {readings:,} readings"
            yield _by_loading(f"how all stand of {size}", again, plain)
            yield _by_loading("the first time after opening, for which every reading is read", first, plain)
            if people == min(SIZES):
                yield _by_bar("how all stand of these", again, ALL_BAR)
            one = median_ms(partial(_look_at_one, store), 3 * times)
            yield _by_bar(f"how one of {people:,} people stands", one, ONE_BAR)


def _look(store: Store) -> object:
    return everybody(store.reader(), NOW)


def _look_at_one(store: Store) -> object:
    return tree(store.reader(), "m7", NOW)


def _by_loading(name: str, value: float, plain: float) -> Figure:
    return Figure(name=name, value=value, unit="ms", anchor="json.loads of the same home", anchor_value=plain)


def _by_bar(name: str, value: float, bar: float) -> Figure:
    return Figure(name=name, value=value, unit="ms", anchor="the bar", anchor_value=bar)


@contextmanager
def _home(people: int) -> Iterator[tuple[Path, Store]]:
    with TemporaryDirectory(prefix="okrmate-portfolio-") as folder:
        home = Path(folder)
        tables: dict[str, dict[int, bytes]] = {}
        for number in range(people):
            for table, record in _person(number):
                documents = tables.setdefault(table.name, {})
                documents[len(documents) + 1] = encode_json(record)
        (home / FILE).write_bytes(b"".join(content_of(Meta(schema=SCHEMA, home="bench", created_at=BEGUN), tables)))
        store = open_store(home, SystemTokens(), MovedClock(NOW))
        yield home, store
        store.close()


def _person(number: int) -> Iterator[Row]:
    mentorship, okr_set = f"m{number}", f"s{number}"
    yield PEOPLE, Protege(id=f"p{number}", name=f"Person {number:04}", address=f"p{number}@example.net")
    active = MentorshipState.ACTIVE
    yield MENTORSHIPS, Mentorship(id=mentorship, protege=f"p{number}", state=active, begun_at=BEGUN)
    running = OkrSetState.ACTIVE
    yield (
        OKR_SETS,
        OkrSet(
            id=okr_set,
            mentorship=mentorship,
            state=running,
            created_at=BEGUN,
            activated_at=BEGUN,
            ends=date(2026, 12, 31),
        ),
    )
    for place in range(1, OBJECTIVES_EACH + 1):
        objective = f"o{number}.{place}"
        yield (
            OBJECTIVES,
            Objective(id=objective, mentorship=mentorship, okr_set=okr_set, number=place, title=f"Objective {place}"),
        )
        for each in range(1, KEY_RESULTS_EACH + 1):
            key_result = KeyResult(
                id=f"k{number}.{place}.{each}",
                mentorship=mentorship,
                objective=objective,
                ref=f"{place}.{each}",
                title=f"Key result {place}.{each}",
                metric=Count(baseline=Decimal(0), target=Decimal(30)),
            )
            yield KEY_RESULTS, key_result
            yield from _readings(key_result, Random(f"{number}.{place}.{each}"))  # noqa: S311 - no secret


def _readings(key_result: KeyResult, chance: Random) -> Iterator[Row]:
    value = 0
    for number in range(READINGS_EACH):
        value += chance.choice((0, 0, 1, 1))
        reading = Reading(
            id=f"{key_result.id}-{number}",
            mentorship=key_result.mentorship,
            key_result=key_result.id,
            at=BEGUN + timedelta(days=number * 60 / READINGS_EACH),
            source=SOURCE,
            value=Decimal(value),
        )
        yield READINGS, reading
