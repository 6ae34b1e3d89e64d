"""A crowded home: a hundred people with thirty key results each and fifty thousand readings among them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.homes import CONFIG
from okrmate.adapters.clock import MovedClock, SystemClock
from okrmate.bootstrap.desk import open_home
from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.metrics import MetricKind
from okrmate.domain.okrs import KeyResult, Reading
from okrmate.services.desk import Desk
from okrmate.services.mentoring import mentorships, okrs, steps
from okrmate.services.ports import Transaction
from okrmate.services.tables import KEY_RESULTS, READINGS

PEOPLE, OBJECTIVES, KEY_RESULTS_EACH, READINGS_EACH = 100, 6, 5, 17
AGO = timedelta(days=60)
TARGET = Decimal(20)
SOURCE = Source(kind=SourceKind.COMMAND, ref="check-in")


@contextmanager
def crowded_home() -> Iterator[Path]:
    """A home that was begun two months ago and is heard of twice a week."""
    with TemporaryDirectory(prefix="okrmate-crowd-") as folder:
        home = Path(folder)
        (home / "config.toml").write_text(CONFIG, encoding="utf-8")
        begun = SystemClock().now() - AGO
        opened = open_home(home, MovedClock(begun))
        for number in range(PEOPLE):
            _add(opened.desk, number)
        with opened.desk.store.transaction() as tx:
            _read(tx, begun)
        opened.desk.store.close()
        yield home


def _add(desk: Desk, number: int) -> None:
    name = f"Person {number:03}"
    pair = mentorships.add_person(desk, mentorships.NewPerson(name=name, address=f"p{number:03}@example.net"))
    objectives = tuple(
        okrs.NewObjective(
            title=f"Objective {objective} of {name}",
            key_results=tuple(
                okrs.NewKeyResult(
                    title=f"Key result {objective}.{each}", kind=MetricKind.COUNT, target=TARGET, baseline=Decimal(0)
                )
                for each in range(KEY_RESULTS_EACH)
            ),
        )
        for objective in range(OBJECTIVES)
    )
    okrs.import_objectives(desk, pair, objectives)
    steps.activate(desk, pair, "agreed in the first talk")


def _read(tx: Transaction, begun: datetime) -> None:
    chance = Random(1)  # noqa: S311 - no secret
    for key_result in tx.every(KEY_RESULTS):
        for reading in _readings(key_result, begun, chance):
            tx.put(READINGS, reading)


def _readings(key_result: KeyResult, begun: datetime, chance: Random) -> Iterator[Reading]:
    value = 0
    for number in range(READINGS_EACH):
        value += chance.choice((0, 0, 1, 2))
        yield Reading(
            id=f"{key_result.id}-{number}",
            mentorship=key_result.mentorship,
            key_result=key_result.id,
            at=(begun + timedelta(days=3.4 * (number + chance.random()))).astimezone(UTC),
            source=SOURCE,
            value=Decimal(value),
        )
