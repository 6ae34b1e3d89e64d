"""Two processes that write at once, and writers that are killed: nothing is lost, and nothing is stored by halves."""

import os
from itertools import islice
from pathlib import Path

import pytest

from okrmate.services.tables import READINGS
from tests.adapters.counting import TOTAL, counting, value
from tests.adapters.homes import opened

COUNTS = int(os.environ.get("OKRMATE_COUNTS", "100"))
"""How often each of two processes counts."""
KILLS = int(os.environ.get("OKRMATE_KILLS", "5"))
"""How often one writer is killed, and how often two."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def counted(home: Path, *names: str) -> dict[str, int]:
    """How far each of them has counted, which all that is stored agrees about."""
    store = opened(home)
    found = {name: value(store, name) for name in names}
    assert value(store, TOTAL) == sum(found.values())
    for name, number in found.items():
        expected = {f"{name} {at}" for at in range(1, number + 1)}
        assert {reading.id for reading in store.find(READINGS, "mentorship", name)} == expected
    return found


def test_two_processes_that_count_amid_their_checkpoints_lose_nothing(home: Path) -> None:
    with counting(home, COUNTS, "one", "two") as counters:
        for counter in counters:
            assert list(counter.told()) == list(range(1, COUNTS + 1))
            assert counter.process.exitcode == 0
    assert counted(home, "one", "two") == {"one": COUNTS, "two": COUNTS}


@pytest.mark.parametrize("names", [("one",), ("one", "two")])
def test_nothing_acknowledged_is_lost_when_writers_are_killed(home: Path, names: tuple[str, ...]) -> None:
    stored = dict.fromkeys(names, 0)
    for kill in range(KILLS):
        with counting(home, 1_000_000, *names) as counters:
            early = {counter.name: list(islice(counter.told(), 1 + kill % 7)) for counter in counters}
            for counter in counters:
                counter.process.kill()
            told = {counter.name: max([*early[counter.name], *counter.told()]) for counter in counters}
        before, stored = stored, counted(home, *names)
        for name in names:
            assert 0 <= stored[name] - before[name] - told[name] <= 1, "one may be stored and not yet told"
