"""The home's lease: one holder at a time, freed however its process ends, and what it tells."""

import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from okrmate.adapters.documents import encode_json
from okrmate.adapters.handover import BUSY, held, take_over, wanted
from okrmate.adapters.lease import BEAT, NAME, Lease, LeaseFile
from okrmate.domain.errors import ExitCode, StoreError
from okrmate.services.loop_state import LoopKind, LoopState
from tests.builders import NOW
from tests.fakes import FixedClock

PATIENCE = 30.0
HOLDER = """
import signal, sys
from pathlib import Path
from okrmate.adapters.clock import SystemClock
from okrmate.adapters.lease import Lease
from okrmate.services.loop_state import LoopKind
assert Lease(Path(sys.argv[1]), LoopKind.DAEMON, SystemClock()).take()
print("held", flush=True)
signal.pause()
"""


def a_lease(home: Path, kind: LoopKind = LoopKind.COMMAND, clock: FixedClock | None = None) -> Lease:
    return Lease(home, kind, clock or FixedClock())


class Pauses:
    """Pauses that are counted and last no time."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def wait(self, seconds: float) -> bool:
        self.seconds += seconds
        return False


def told(home: Path) -> LoopState:
    state = LeaseFile(home).read()
    assert state is not None
    return state


# one holder at a time


def test_a_second_holder_gets_a_sentence(tmp_path: Path) -> None:
    first, second = held(a_lease(tmp_path)), held(a_lease(tmp_path), patience=0)
    with first, pytest.raises(StoreError, match="Another okrmate") as refused, second:
        pass
    assert refused.value.exit_code is ExitCode.STORE


def test_the_lease_can_be_held_again_when_it_was_let_go(tmp_path: Path) -> None:
    with held(a_lease(tmp_path)):
        pass
    with held(a_lease(tmp_path), patience=0):
        assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600


def test_the_lease_is_let_go_when_the_work_raises(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="work"), held(a_lease(tmp_path)):
        raise ValueError("work")
    with held(a_lease(tmp_path), patience=0):
        pass


def test_a_killed_process_leaves_the_lease_to_the_next_and_its_words_to_all(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError), held(a_lease(tmp_path), patience=0):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait(timeout=PATIENCE)
    assert (told(tmp_path).kind, told(tmp_path).pid) == (LoopKind.DAEMON, 0)
    with held(a_lease(tmp_path), patience=0):
        pass


def test_whoever_waited_for_a_file_that_was_removed_meanwhile_locks_the_one_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between opening and locking another one may remove the file, and a third lock the one it then makes."""
    lock_file = fcntl.flock
    opened: list[int] = []

    def removed_before(descriptor: int, how: int) -> None:
        if not opened:
            (tmp_path / NAME).unlink()
        opened.append(descriptor)
        lock_file(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", removed_before)
    with held(a_lease(tmp_path)), pytest.raises(StoreError), held(a_lease(tmp_path), patience=0):
        pass
    assert len(opened) == 3


@pytest.mark.parametrize("another_comes", [False, True])
def test_a_holder_whose_file_was_removed_stops(tmp_path: Path, *, another_comes: bool) -> None:
    with held(a_lease(tmp_path)) as first:
        first.alive()
        (tmp_path / NAME).unlink()
        second = a_lease(tmp_path)
        assert not another_comes or second.take()

        with pytest.raises(StoreError, match="was removed or replaced"):
            first.alive()
    second.let_go()


def test_a_home_that_is_not_there_is_a_problem_of_the_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError), held(a_lease(tmp_path / "nowhere")):
        pass


# what is told


def test_where_no_loop_ever_ran_nothing_is_told(tmp_path: Path) -> None:
    assert LeaseFile(tmp_path).read() is None


def test_what_was_told_stays_when_the_holder_has_let_go(tmp_path: Path) -> None:
    with held(a_lease(tmp_path, LoopKind.DAEMON)) as lease:
        lease.looked()
        lease.troubled("Wrong password.", NOW)
        assert told(tmp_path).at_work(NOW)

    state = told(tmp_path)
    assert (state.looked_at, state.trouble, state.trouble_since) == (NOW, "Wrong password.", NOW)
    assert not state.at_work(NOW)


def test_the_next_holder_goes_on_from_there(tmp_path: Path) -> None:
    later = FixedClock(NOW + timedelta(hours=1))
    with held(a_lease(tmp_path, LoopKind.DAEMON)) as lease:
        lease.looked()
        lease.troubled("Wrong password.", NOW)

    with held(a_lease(tmp_path, LoopKind.SCREENS, later)) as lease:
        lease.troubled("Wrong password.", later.now())
        state = told(tmp_path)

    assert (state.kind, state.looked_at, state.trouble_since) == (LoopKind.SCREENS, NOW, NOW)


def test_a_shorter_state_leaves_nothing_of_a_longer_one(tmp_path: Path) -> None:
    with held(a_lease(tmp_path)) as lease:
        lease.troubled("x" * 2000, NOW)
        lease.well()
        assert told(tmp_path).trouble == ""
        assert len((tmp_path / NAME).read_bytes()) < 400


@pytest.mark.parametrize("content", [b"", b'{"kind":"dae', b"\xff\n", b'{"kind":"comet","pid":1}\n', b"[]\n"])
def test_a_state_that_cannot_be_read_is_none_and_stands_in_nobodys_way(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert LeaseFile(tmp_path).read() is None
    with held(a_lease(tmp_path)):
        assert told(tmp_path).kind is LoopKind.COMMAND


def test_a_loop_that_goes_on_gives_a_sign_of_life_every_few_seconds(tmp_path: Path) -> None:
    clock = FixedClock()
    with held(a_lease(tmp_path, clock=clock)) as lease:
        beats = set()
        for _ in range(60):
            clock.move(seconds=1)
            lease.alive()
            beats.add(told(tmp_path).beat_at)

        assert told(tmp_path).at_work(clock.now())
    assert len(beats) == 60 / BEAT + 1


def test_a_loop_that_hangs_is_not_at_work_though_its_process_lives(tmp_path: Path) -> None:
    clock = FixedClock()
    with held(a_lease(tmp_path, clock=clock)):
        clock.move(minutes=5)

        assert not told(tmp_path).at_work(clock.now())


def test_of_a_holder_that_was_killed_it_is_known_at_once_that_nobody_is_at_work(tmp_path: Path) -> None:
    with subprocess.Popen((sys.executable, "-c", HOLDER, str(tmp_path)), stdout=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        assert daemon.stdout.readline() == "held\n"
        alive = told(tmp_path)
        daemon.kill()
        os.waitid(os.P_PID, daemon.pid, os.WEXITED | os.WNOWAIT)
        unreaped = told(tmp_path)

    assert alive.at_work(alive.beat_at)
    assert not unreaped.at_work(alive.beat_at)
    assert not told(tmp_path).at_work(alive.beat_at)
    assert told(tmp_path).kind is LoopKind.DAEMON


def test_whether_a_process_of_another_place_lives_is_not_guessed(tmp_path: Path) -> None:
    with subprocess.Popen((sys.executable, "-c", ""), stdout=subprocess.PIPE) as ended:
        pass
    elsewhere = LoopState(kind=LoopKind.DAEMON, pid=ended.pid, beat_at=NOW, place="another-machine pid:[1]")
    (tmp_path / NAME).write_bytes(encode_json(elsewhere) + b"\n")

    assert told(tmp_path).at_work(NOW)


def test_looking_whether_the_holder_lives_is_in_nobodys_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with held(a_lease(tmp_path)):
        monkeypatch.setattr(fcntl, "flock", None)

        assert told(tmp_path).at_work(NOW)


def test_a_reader_never_meets_half_a_state(tmp_path: Path) -> None:
    """Torn reads are met again at once; what is read is always one of the states that were told."""
    stop = threading.Event()

    def tell(lease: Lease) -> None:
        while not stop.is_set():
            lease.troubled("long " * 500, NOW)
            lease.well()

    with held(a_lease(tmp_path)) as lease:
        teller = threading.Thread(target=tell, args=(lease,))
        teller.start()
        seen = [LeaseFile(tmp_path).read() for _ in range(2000)]
        stop.set()
        teller.join()

    assert None not in seen
    assert {len(state.trouble) for state in seen if state} <= {0, 2499}


# how it changes hands


def test_screens_learn_that_a_daemon_waits_and_are_followed_by_it(tmp_path: Path) -> None:
    screens, daemon = a_lease(tmp_path, LoopKind.SCREENS), a_lease(tmp_path, LoopKind.DAEMON)
    taken: list[bool] = []
    assert screens.take()
    assert not wanted(tmp_path)

    waiting = threading.Thread(target=lambda: taken.append(take_over(tmp_path, daemon)))
    waiting.start()
    seen = comes_true(lambda: wanted(tmp_path))
    screens.let_go()
    waiting.join(PATIENCE)

    assert (seen, taken, told(tmp_path).kind) == (True, [True], LoopKind.DAEMON)
    assert not wanted(tmp_path)
    daemon.let_go()


def test_a_daemon_does_not_wait_long_for_another_one(tmp_path: Path) -> None:
    paused = Pauses()
    with held(a_lease(tmp_path, LoopKind.DAEMON)), pytest.raises(StoreError, match="Another okrmate"):
        take_over(tmp_path, a_lease(tmp_path), paused.wait)

    assert 1.9 < paused.seconds < 2.1
    assert not wanted(tmp_path)


@pytest.mark.parametrize("kind", [LoopKind.SCREENS, LoopKind.COMMAND])
def test_a_daemon_waits_a_minute_for_who_makes_way_or_ends_by_itself(tmp_path: Path, kind: LoopKind) -> None:
    paused = Pauses()
    with held(a_lease(tmp_path, kind)), pytest.raises(StoreError) as refused:
        take_over(tmp_path, a_lease(tmp_path), paused.wait)

    assert 59.9 < paused.seconds < 60.1
    assert str(refused.value) == BUSY


def test_a_daemon_that_is_told_to_stop_waits_no_longer(tmp_path: Path) -> None:
    with held(a_lease(tmp_path, LoopKind.SCREENS)):
        assert not take_over(tmp_path, a_lease(tmp_path), lambda _: True)
    assert not wanted(tmp_path)


def test_of_two_daemons_that_wait_one_is_sent_away(tmp_path: Path) -> None:
    with held(a_lease(tmp_path, LoopKind.SCREENS)) as screens:
        first = a_lease(tmp_path, LoopKind.DAEMON)
        waiting = threading.Thread(target=take_over, args=(tmp_path, first))
        waiting.start()
        assert comes_true(lambda: wanted(tmp_path))
        paused = Pauses()
        with pytest.raises(StoreError, match="Another okrmate"):
            take_over(tmp_path, a_lease(tmp_path), paused.wait)
        screens.let_go()
        waiting.join(PATIENCE)
    assert 1.9 < paused.seconds < 2.1
    first.let_go()


def comes_true(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < until:
        threading.Event().wait(0.005)
    return condition()
