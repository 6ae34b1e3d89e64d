"""What is stored when the disk fails, a writer is killed, or two processes write at once."""

import errno
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from okrmate.adapters.file import Disk
from okrmate.adapters.log.growing_file import ROOM
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.domain.errors import ExitCode, StoreError
from okrmate.domain.okrs import Reading
from okrmate.services.tables import READINGS, SETTINGS
from tests.adapters.homes import QuickDisk, files, opened, put
from tests.builders import a_reading


class FailingDisk(QuickDisk):
    """A disk whose call number `at` from now on fails; `calls` counts them."""

    def __init__(self) -> None:
        self.calls = 0
        self.at: int | None = None
        self.number = errno.ENOSPC
        self.lasting = False

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


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_fails_once_at_any_call_of_a_day_costs_that_commit_alone(home: Path, number: int) -> None:
    """Each call of commits and checkpoints fails once, a write after half of it; those before and after it stand."""
    calls = failed = at = 0
    while at <= calls:
        disk, expected = FailingDisk(), dict[str, Reading]()
        place = home / str(at)
        disk.fail(at, number)
        store = opened(place, disk)
        for commit in range(4):
            reading = a_reading(commit, id=f"r{commit % 4}", note="x" * (100 * commit))
            try:
                put(store, reading)
            except StoreError:
                failed += 1
            else:
                expected[reading.id] = reading
            if commit == 1:
                store.close()
                store = opened(place, disk)
            for found in (store, opened(place)):
                assert {record.id: record for record in found.every(READINGS)} == expected
        calls = max(calls, disk.calls)
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


COUNTS = int(os.environ.get("OKRMATE_COUNTS", "100"))
"""How often each of two processes counts."""
KILLS = int(os.environ.get("OKRMATE_KILLS", "5"))
"""How often one writer is killed, and how often two."""
COUNTER = """
import sys
from dataclasses import replace
from pathlib import Path
from okrmate.adapters.clock import SystemClock
from okrmate.adapters.store import open_store
from okrmate.adapters.tokens import SystemTokens
from okrmate.services.tables import SETTINGS, Setting

def opened():
    return open_store(Path(sys.argv[1]), SystemTokens(), SystemClock())

store = opened()
name = sys.argv[3]
for number in range(int(sys.argv[2])):
    if number % 5 == 4:  # closing a store leaves a checkpoint, and begins the journal anew
        store.close()
        store = opened()
    with store.transaction() as work:
        total = work.get(SETTINGS, "total") or Setting(id="total", value="0")
        work.put(SETTINGS, replace(total, value=str(int(total.value) + 1)))
        own = work.get(SETTINGS, name) or Setting(id=name, value="0")
        work.put(SETTINGS, replace(own, value=str(int(own.value) + 1)))
    print(number + 1, flush=True)
"""


def counting(home: Path, times: int, name: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", COUNTER, str(home), str(times), name]
    # Unbuffered: `communicate` does not give what a `readline` before it has read ahead.
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)


def value(home: Path, name: str) -> int:
    setting = opened(home).get(SETTINGS, name)
    return 0 if setting is None else int(setting.value)


def test_two_processes_that_count_and_leave_checkpoints_lose_nothing(home: Path) -> None:
    children = [counting(home, COUNTS, name) for name in ("one", "two")]
    for child in children:
        _, said = child.communicate(timeout=600)
        assert (child.returncode, said) == (0, b"")
    assert (value(home, "one"), value(home, "two"), value(home, "total")) == (COUNTS, COUNTS, 2 * COUNTS)


@pytest.mark.parametrize("names", [("one",), ("one", "two")])
def test_nothing_acknowledged_is_lost_when_writers_are_killed(home: Path, names: tuple[str, ...]) -> None:
    acknowledged = dict.fromkeys(names, 0)
    for kill in range(KILLS):
        children = {name: counting(home, 1_000_000, name) for name in names}
        mine = {name: read_up_to(child, 3 + 2 * (kill % 10)) for name, child in children.items()}
        for child in children.values():
            child.send_signal(signal.SIGKILL)
        for name, child in children.items():
            rest = child.communicate(timeout=60)[0].split()
            acknowledged[name] += int(rest[-1]) if rest else mine[name]
            stored = value(home, name)
            assert acknowledged[name] <= stored <= acknowledged[name] + 1  # one may be stored and not yet told
            acknowledged[name] = stored
        assert value(home, "total") == sum(acknowledged.values())


def read_up_to(child: subprocess.Popen[bytes], number: int) -> int:
    """Wait until it has told of so many commits; of how many it has told."""
    assert child.stdout is not None
    told = 0
    while told < number:
        told = int(child.stdout.readline())
    return told
