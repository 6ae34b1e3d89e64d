"""Checkpoints in the background: nobody waits for one, nothing is lost by one, and no two are written at once."""

import errno
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from okrmate.adapters import store as store_module
from okrmate.adapters.file import Disk
from okrmate.adapters.store import TinyStore
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.services.tables import READINGS, SETTINGS, Setting
from tests.adapters.homes import files, opened, put, tables
from tests.builders import a_reading

NEXT = f"{FILE}.next"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(autouse=True)
def _idle_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A look is enough for a checkpoint to be due."""
    monkeypatch.setattr(store_module, "IDLE", 0.0)


class HeldDisk(Disk):
    """Holds the checkpoint in the making until it is let go; `failing` is what its sync then ends in."""

    def __init__(self, home: Path, failing: int = 0) -> None:
        self._file = home / NEXT
        self.failing = failing
        self.reached, self.let_go = threading.Event(), threading.Event()

    def sync(self, descriptor: int) -> None:
        if self._file.exists() and os.fstat(descriptor).st_ino == self._file.stat().st_ino:
            self.reached.set()
            assert self.let_go.wait(30)
            if self.failing:
                raise OSError(self.failing, os.strerror(self.failing))
        super().sync(descriptor)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it did not come"
        threading.Event().wait(0.005)


def held(home: Path, failing: int = 0) -> tuple[TinyStore, HeldDisk]:
    """A store whose checkpoint of readings a and b is in the making."""
    disk = HeldDisk(home, failing)
    store = opened(home, disk)
    put(store, a_reading(id="a"), a_reading(id="b"))
    store.refresh()
    assert disk.reached.wait(30)
    return store, disk


def ids(store: TinyStore) -> list[str]:
    return [reading.id for reading in store.every(READINGS)]


def in_file(home: Path) -> list[str]:
    return [document["id"] for document in tables(home).get("readings", {}).values()]


def test_a_store_that_rests_leaves_what_it_committed_in_the_file(home: Path) -> None:
    store = opened(home)
    put(store, a_reading(id="a"))
    assert in_file(home) == []
    store.refresh()
    until(lambda: in_file(home) == ["a"])
    until(lambda: files(home)[JOURNAL].count(b"\n") == 1)
    assert not (home / NEXT).exists()


def test_nobody_waits_for_a_checkpoint_and_what_is_committed_meanwhile_stays_in_the_journal(home: Path) -> None:
    store, disk = held(home)
    follower = opened(home)
    put(store, a_reading(id="c"))
    put(opened(home), a_reading(id="d"), a_reading(5, id="a"))
    with store.transaction() as work:
        work.delete(READINGS, "b")
    assert in_file(home) == []
    disk.let_go.set()
    until(lambda: in_file(home) == ["a", "b"])
    until(lambda: files(home)[JOURNAL].count(b"\n") == 1 + 3)
    for found in (store, follower, opened(home)):
        assert ids(found) == ["a", "c", "d"]
        assert found.get(READINGS, "a") == a_reading(5, id="a")
    put(store, a_reading(id="e"))
    put(follower, a_reading(id="f"))
    assert ids(store) == ids(follower) == ids(opened(home)) == ["a", "c", "d", "e", "f"]


def test_what_others_commit_amid_a_checkpoint_is_told_to_the_listeners(home: Path) -> None:
    store, disk = held(home)
    told: list[frozenset[str]] = []
    store.subscribe(told.append)
    with opened(home).transaction() as work:
        work.put(SETTINGS, Setting(id="a", value="b"))
    disk.let_go.set()
    until(lambda: in_file(home) == ["a", "b"])
    until(lambda: files(home)[JOURNAL].count(b"\n") == 1 + 1)
    store.refresh()
    assert told == [frozenset({"settings"})]


def test_two_checkpoints_are_not_written_at_once(home: Path) -> None:
    store, disk = held(home)
    other = opened(home)
    put(other, a_reading(id="c"))
    other.close()
    assert in_file(home) == []
    disk.let_go.set()
    store.close()
    assert in_file(home) == ["a", "b"], "what came later stays in the journal, for the next one"
    assert ids(opened(home)) == ["a", "b", "c"]


def test_a_checkpoint_that_fails_leaves_no_file_behind_and_loses_nothing(home: Path) -> None:
    store, disk = held(home, errno.ENOSPC)
    put(store, a_reading(id="c"))
    disk.let_go.set()
    until(lambda: not (home / NEXT).exists())
    assert in_file(home) == []
    assert ids(store) == ids(opened(home)) == ["a", "b", "c"]
    disk.failing = 0
    store.close()
    assert in_file(home) == ["a", "b", "c"]


def test_a_checkpoint_that_was_killed_in_the_making_is_written_over(home: Path) -> None:
    put(opened(home), a_reading(id="a"))
    (home / NEXT).write_bytes(b"x" * 10_000)
    store = opened(home)
    put(store, a_reading(id="b"))
    store.close()
    assert in_file(home) == ["a", "b"]
    assert not (home / NEXT).exists()


def test_a_long_journal_becomes_a_checkpoint_by_itself(home: Path) -> None:
    store, follower = opened(home), opened(home)
    for number in range(45):
        with store.transaction() as work:
            work.put(SETTINGS, Setting(id=f"s{number}", value="x" * 100_000))
        assert len(follower.every(SETTINGS)) == number + 1
    until(lambda: len(tables(home).get("settings", {})) > 35)
    until(lambda: (home / JOURNAL).stat().st_size < 1_200_000)
    assert len(opened(home).every(SETTINGS)) == len(follower.every(SETTINGS)) == 45
