"""What is stored when the disk fails, at whatever call."""

import errno
import os
import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from okrmate.adapters.file import Disk
from okrmate.adapters.log.growing_file import ROOM
from okrmate.adapters.store import TinyStore, open_tables
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.domain.errors import ExitCode, StoreError
from okrmate.domain.okrs import Reading
from okrmate.services.tables import READINGS
from tests.adapters.homes import QuickDisk, files, opened, put
from tests.builders import a_reading
from tests.fakes import CountingTokens, FixedClock


class FailingDisk(QuickDisk):
    """A disk whose call number `at` from now on fails; `calls` counts them."""

    def __init__(self) -> None:
        self.calls = 0
        self.at: int | None = None
        self.number = errno.ENOSPC
        self.lasting = False
        self.amid: Callable[[], None] = lambda: None
        """Called once, when a file has been written and is to be synced."""

    def fail(self, at: int, number: int, *, lasting: bool = False) -> None:
        self.calls, self.at, self.number, self.lasting = 0, at, number, lasting

    def heal(self) -> None:
        self.at = None

    def write(self, descriptor: int, pieces: Sequence[bytes]) -> None:
        if self._fails():
            content = b"".join(pieces)
            super().write(descriptor, [content[: len(content) // 2]])
            raise OSError(self.number, os.strerror(self.number))
        super().write(descriptor, pieces)

    def sync(self, descriptor: int) -> None:
        amid, self.amid = self.amid, lambda: None
        amid()
        self._check()
        super().sync(descriptor)

    def sync_data(self, descriptor: int) -> None:
        self._check()
        super().sync_data(descriptor)

    def cut(self, descriptor: int, size: int) -> None:
        self._check()
        super().cut(descriptor, size)

    def rename(self, source: Path, target: Path) -> None:
        self._check()
        super().rename(source, target)

    def _check(self) -> None:
        if self._fails():
            raise OSError(self.number, os.strerror(self.number))

    def _fails(self) -> bool:
        self.calls += 1
        return self.at is not None and (self.calls > self.at if self.lasting else self.calls == self.at + 1)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def names(home: Path) -> list[str]:
    return [reading.id for reading in opened(home).every(READINGS)]


STEPS = 2
"""A line of the journal: write and sync."""
FIRST_STEPS = 9
"""The folder above the home, then the file and the journal: write, sync, rename, and the sync of the folder each."""
CHECKPOINT_STEPS = 8
"""The file and the journal, each written anew."""


def test_a_commit_makes_the_calls_the_failures_below_go_through(home: Path) -> None:
    disk = FailingDisk()
    store = opened(home, disk)
    for put_before, steps in (("a", FIRST_STEPS), ("b", STEPS)):
        disk.calls = 0
        put(store, a_reading(id=put_before))
        assert disk.calls == steps
    disk.calls = 0
    store.close()
    assert disk.calls == CHECKPOINT_STEPS


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM])
@pytest.mark.parametrize("step", range(STEPS))
def test_a_failing_disk_leaves_memory_and_files_as_they_were(home: Path, step: int, number: int) -> None:
    disk = FailingDisk()
    store = opened(home, disk)
    put(store, a_reading(1, id="a"))
    before = files(home)
    told: list[frozenset[str]] = []
    store.subscribe(told.append)
    disk.fail(step, number)
    with pytest.raises(StoreError, match=r"okrmate\.json\.journal could not be written, nothing was changed"):
        put(store, a_reading(2, id="b"), a_reading(2, id="a"))
    assert store.every(READINGS) == (a_reading(1, id="a"),)
    assert store.summary("kr1").value == 1
    assert files(home) == before
    assert opened(home).every(READINGS) == (a_reading(1, id="a"),)
    assert told == []
    disk.heal()
    put(store, a_reading(3, id="c"))
    assert [reading.id for reading in opened(home).every(READINGS)] == ["a", "c"]
    assert sorted(path.name for path in home.iterdir()) == [FILE, JOURNAL, f"{FILE}.lock"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_home_that_may_not_be_written_is_told_with_what_to_do(home: Path, number: int) -> None:
    disk = FailingDisk()
    store = opened(home, disk)
    disk.fail(0, number)
    with pytest.raises(StoreError, match="Permission is missing; allow it or choose another home") as caught:
        put(store, a_reading())
    assert caught.value.exit_code is ExitCode.STORE


@pytest.mark.parametrize("step", range(FIRST_STEPS))
def test_a_first_commit_that_fails_leaves_nothing_to_be_seen(home: Path, step: int) -> None:
    disk = FailingDisk()
    store = opened(home, disk)
    disk.fail(step, errno.ENOSPC)
    with pytest.raises(StoreError, match="nothing was changed"):
        put(store, a_reading())
    disk.heal()
    assert store.every(READINGS) == opened(home).every(READINGS) == ()
    put(store, a_reading(id="later"))
    assert store.every(READINGS) == opened(home).every(READINGS) == (a_reading(id="later"),)


@pytest.mark.parametrize("step", range(STEPS))
def test_after_a_disk_that_keeps_failing_memory_is_what_the_files_say(home: Path, step: int) -> None:
    disk = FailingDisk()
    store = opened(home, disk)
    put(store, a_reading(1, id="a"))
    disk.fail(step, errno.EIO, lasting=True)
    with pytest.raises(StoreError, match="may be stored or not"):
        put(store, a_reading(2, id="b"))
    stored = opened(home).every(READINGS)
    assert stored[:1] == (a_reading(1, id="a"),)
    assert stored[1:] in ((), (a_reading(2, id="b"),))
    assert store.every(READINGS) == stored
    with pytest.raises(StoreError):
        put(store, a_reading(3, id="c"))
    assert store.every(READINGS) == opened(home).every(READINGS) == stored
    disk.heal()
    put(store, a_reading(3, id="c"))
    assert opened(home).every(READINGS) == (*stored, a_reading(3, id="c"))
    assert b'"b"' not in (home / JOURNAL).read_bytes(), "nothing is written behind a line that may not be on the disk"


@pytest.mark.parametrize("step", range(STEPS))
def test_a_commit_that_is_broken_off_is_taken_back(home: Path, step: int) -> None:
    class Interrupted(FailingDisk):
        def _check(self) -> None:
            if self._fails():
                raise KeyboardInterrupt

    disk = Interrupted()
    store = opened(home, disk)
    put(store, a_reading(1, id="a"))
    disk.fail(step, errno.EIO)
    with pytest.raises((KeyboardInterrupt, StoreError)):
        put(store, a_reading(2, id="b"))
    disk.heal()
    put(store, a_reading(3, id="c"))
    assert [reading.id for reading in opened(home).every(READINGS)] == ["a", "c"]


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("step", range(CHECKPOINT_STEPS))
def test_a_checkpoint_that_fails_loses_nothing(home: Path, step: int, *, lasting: bool) -> None:
    disk = FailingDisk()
    store, other = opened(home, disk), opened(home)
    put(store, a_reading(1, id="a"), a_reading(2, id="b"))
    disk.fail(step, errno.ENOSPC, lasting=lasting)
    store.close()
    for found in (other, opened(home)):
        assert found.every(READINGS) == (a_reading(1, id="a"), a_reading(2, id="b"))
        put(found, a_reading(3, id="c"))
        assert len(opened(home).every(READINGS)) == 3
        with found.transaction() as work:
            work.delete(READINGS, "c")


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("step", range(CHECKPOINT_STEPS))
def test_a_checkpoint_that_fails_loses_nothing_of_what_others_commit_meanwhile(
    home: Path, step: int, *, lasting: bool
) -> None:
    disk, committed = FailingDisk(), ["a"]
    store, other = opened(home, disk), opened(home)
    put(store, a_reading(id="a"))

    def commit() -> None:
        put(other, a_reading(id="b"))
        committed.append("b")

    disk.amid = commit
    disk.fail(step, errno.EIO, lasting=lasting)
    store.close()
    disk.heal()
    assert names(home) == committed
    put(opened(home, disk), a_reading(id="c"))
    put(other, a_reading(id="d"))
    other.close()
    assert names(home) == [*committed, "c", "d"]


def test_behind_a_journal_whose_name_may_not_be_on_the_disk_nothing_is_written(home: Path) -> None:
    disk = FailingDisk()
    shared = open_tables(home, CountingTokens(), FixedClock(), disk)
    store = TinyStore(shared)
    put(store, a_reading(id="a"))
    disk.amid = lambda: put(opened(home), a_reading(id="b"))
    disk.fail(CHECKPOINT_STEPS - 1, errno.EIO)
    with pytest.raises(StoreError, match="could not be written"):
        shared.checkpoint()
    before = (home / JOURNAL).stat().st_ino
    disk.heal()
    put(store, a_reading(id="c"))
    assert (home / JOURNAL).stat().st_ino != before
    assert names(home) == ["a", "b", "c"]


@pytest.mark.long
@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_at_any_call_of_a_day_costs_what_it_refused_alone(
    home: Path, number: int, *, lasting: bool
) -> None:
    """Each call of commits and checkpoints fails, once or from then on, a write after half of it."""
    calls = failed = at = 0
    while at <= calls:
        disk, expected = FailingDisk(), dict[str, Reading]()
        place = home / str(at)
        disk.fail(at, number, lasting=lasting)
        store = opened(place, disk)
        for commit in range(4):
            reading = a_reading(commit, id=f"r{commit % 4}", note="x" * (100 * commit))
            allowed = [expected | {reading.id: reading}]
            try:
                put(store, reading)
            except StoreError as error:
                failed += 1
                allowed = [expected, *(allowed if "may be stored or not" in str(error) else ())]
            if commit == 1:
                store.close()
                store = opened(place, disk)
            expected = {record.id: record for record in opened(place).every(READINGS)}
            assert expected in allowed
            assert {record.id: record for record in store.every(READINGS)} == expected
        calls = max(calls, disk.calls)
        disk.heal()
        put(store, a_reading(id="healed"))
        assert names(place) == [*expected, "healed"]
        at += 1
    assert 20 < calls == at - 1
    assert failed > 10


def test_a_reader_that_saw_a_line_whose_writing_failed_sees_it_taken_back(home: Path) -> None:
    reader = opened(home)
    seen: list[int] = []

    class Watched(Disk):
        watching = False

        def sync_data(self, descriptor: int) -> None:
            if self.watching:
                seen.append(len(reader.every(READINGS)))
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            super().sync_data(descriptor)

    disk = Watched()
    store = opened(home, disk)
    put(store, a_reading(1, id="a"))
    disk.watching = True
    with pytest.raises(StoreError):
        put(store, a_reading(2, id="b"))
    disk.watching = False
    assert seen == [2]
    assert reader.every(READINGS) == (a_reading(1, id="a"),)
    disk.watching = True
    with pytest.raises(StoreError):
        put(store, a_reading(2, id="b"))
    disk.watching = False
    put(store, a_reading(3, id="c"))  # a line as long as the one that was seen
    assert seen == [2, 2]
    assert reader.every(READINGS) == (a_reading(1, id="a"), a_reading(3, id="c"))


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """The kernel itself refuses to let a file grow beyond `size` bytes (RLIMIT_FSIZE)."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_the_kernel_does_not_let_grow_is_left_whole(home: Path) -> None:
    store = opened(home)
    put(store, a_reading(id="a"))
    before = files(home)
    with room_for((home / JOURNAL).stat().st_size + 10), pytest.raises(StoreError, match="nothing was changed"):
        put(store, a_reading(id="b", note="x" * 2 * ROOM))
    assert files(home) == before
    put(store, a_reading(id="b"))
    assert len(opened(home).every(READINGS)) == 2
