"""The daemon: guarded errands in their rhythm, jumps of the clock, and a stop that loses nothing."""

import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from okrmate.bootstrap.desk import open_home
from okrmate.config import CONFIG_NAME
from okrmate.daemon import JUMP, LEAP, Errand, Watch, run, stop_on_signals
from okrmate.domain.errors import ExitCode, MailLoginError, MailServerError
from okrmate.domain.letters import OutgoingState
from okrmate.services.mentoring.mentorships import NewPerson, add_person
from okrmate.services.outgoing import outbox
from okrmate.services.tables import OUTGOING
from tests.builders import NOW, an_outgoing
from tests.fakes import FixedClock
from tests.services.rooms import Office

CONFIG = """
[mentor]
name = "Olivia Marsh"
address = "olivia@example.org"

[mail]
review = "none"
quiet_hours = { from = "00:00", to = "00:00" }
"""
RARELY = 3600
PATIENCE = 10.0


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    """Stops by itself after a while, so that a daemon that forgets an errand fails a test and does not hang it."""
    event = threading.Event()
    timer = threading.Timer(PATIENCE, event.set)
    timer.start()
    yield event
    timer.cancel()


def counted(called: list[str], name: str, *, every: int = RARELY, then: Callable[[], object] = int) -> Errand:
    def work() -> None:
        called.append(name)
        then()

    return Errand(name=name, every=every, run=work)


def raises(error: Exception) -> Callable[[], object]:
    def work() -> None:
        raise error

    return work


# errands


def test_every_errand_runs_at_start_and_in_its_order(office: Office, stop: threading.Event) -> None:
    called: list[str] = []
    errands = (
        counted(called, "poll"),
        counted(called, "plan"),
        counted(called, "deliver", then=lambda: threading.Timer(0.01, stop.set).start()),
    )
    run(office.room, errands, stop, breath=0.001)
    assert called == ["poll", "plan", "deliver"]


def test_an_errand_runs_again_in_its_rhythm(office: Office, stop: threading.Event) -> None:
    called: list[str] = []
    often = counted(called, "often", every=1, then=lambda: stop.set() if len(called) > 2 else None)
    run(office.room, (counted(called, "rarely"), often), stop, breath=0.01)
    assert called == ["rarely", "often", "often"]


@pytest.mark.parametrize("error", [MailServerError("The server is away."), ValueError("Dear Olivia")])
def test_an_errand_that_raises_starves_no_other(
    office: Office, stop: threading.Event, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    called: list[str] = []
    errands = (counted(called, "poll", then=raises(error)), counted(called, "deliver", then=stop.set))
    with caplog.at_level(logging.INFO, logger="okrmate.daemon"):
        run(office.room, errands, stop)
    assert called == ["poll", "deliver"]
    (entry,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert vars(entry)["errand"] == "poll"


def test_a_refused_login_ends_the_daemon(office: Office, stop: threading.Event) -> None:
    called: list[str] = []
    errands = (counted(called, "poll", then=raises(MailLoginError("Wrong password."))), counted(called, "deliver"))
    with pytest.raises(MailLoginError):
        run(office.room, errands, stop)
    assert called == ["poll"]


def test_no_errand_begins_after_a_stop(office: Office, stop: threading.Event) -> None:
    called: list[str] = []
    run(office.room, (counted(called, "poll", then=stop.set), counted(called, "deliver")), stop)
    assert called == ["poll"]


# jumps of the clock


@pytest.mark.parametrize("hours", [3, -3, 40 * 24, -40 * 24])
def test_after_a_jump_every_errand_runs_at_once(office: Office, stop: threading.Event, hours: int) -> None:
    called: list[str] = []

    def set_once() -> None:
        if called.count("deliver") == 1:
            office.clock.move(hours=hours)
        else:
            stop.set()

    run(office.room, (counted(called, "poll"), counted(called, "deliver", then=set_once)), stop, breath=0.001)
    assert called == ["poll", "deliver", "poll", "deliver"]


@pytest.mark.parametrize(
    ("hours", "reason"),
    [(-72, "set back by 3 days"), (72, "set forward by 3 days"), (-23, ""), (23, "")],
)
def test_a_clock_that_was_set_by_more_than_a_day_holds_every_letter(
    office: Office, stop: threading.Event, hours: int, reason: str
) -> None:
    called: list[str] = []

    def set_once() -> None:
        if len(called) == 1:
            office.clock.move(hours=hours)
        else:
            stop.set()

    run(office.room, (counted(called, "deliver", then=set_once),), stop, breath=0.001)
    assert reason in outbox.pause_reason(office.store)
    assert bool(reason) == bool(outbox.pause_reason(office.store))


@pytest.mark.parametrize(("ahead", "held"), [(timedelta(days=3), True), (timedelta(hours=20), False)])
def test_letters_written_long_after_now_tell_of_a_clock_set_back_in_our_absence(
    office: Office, stop: threading.Event, ahead: timedelta, held: bool
) -> None:
    with office.store.transaction() as tx:
        tx.put(OUTGOING, an_outgoing(created_at=NOW + ahead, state=OutgoingState.SENT))
    run(office.room, (counted([], "deliver", then=stop.set),), stop)
    assert bool(outbox.pause_reason(office.store)) == held


def test_the_end_of_summer_time_silences_no_errand(
    office: Office, stop: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []

    def turn_back() -> None:
        if called.count("deliver") == 1:
            monkeypatch.setenv("TZ", "UTC+1")
            time.tzset()
        elif called.count("poll") > 1:
            stop.set()

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    try:
        run(office.room, (counted(called, "poll", every=1), counted(called, "deliver", every=1, then=turn_back)), stop)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert called == ["poll", "deliver", "poll", "deliver"]


class Steady:
    """A steady clock that a test lets run."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_slow_minute_is_no_jump() -> None:
    clock, steady = FixedClock(), Steady()
    watch = Watch(clock, steady)
    clock.set(NOW + JUMP)
    assert not watch.jumped()
    clock.set(NOW + JUMP + timedelta(seconds=1))
    assert watch.jumped()


def test_a_machine_that_slept_for_days_has_jumped_but_is_believed() -> None:
    clock, steady = FixedClock(), Steady()
    watch = Watch(clock, steady, counts_sleep=True)
    clock.move(days=4)
    steady.seconds += timedelta(days=4).total_seconds()
    assert watch.jumped()
    assert watch.believable()
    watch.begin()
    assert not watch.jumped()


def test_where_no_clock_counts_sleep_a_forward_leap_is_believed_and_a_backward_one_is_not() -> None:
    clock = FixedClock()
    watch = Watch(clock, Steady(), counts_sleep=False)
    clock.set(NOW + 9 * LEAP)
    assert watch.believable()
    clock.set(NOW - 2 * LEAP)
    assert not watch.believable()


# a process of its own


@contextmanager
def working(home: Path) -> Iterator[tuple["subprocess.Popen[str]", "Log"]]:
    """`okrmate run` in a process of its own, and what it logs while it does; it is ended by its own id."""
    (home / "log").mkdir(mode=0o700, exist_ok=True)
    pipe = home / "log" / "okrmate.log"
    os.mkfifo(pipe)
    log = Log(pipe)
    command = [sys.executable, "-m", "okrmate", "--home", str(home), "run"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process, log
        finally:
            process.kill()
            os.close(log.descriptor)
            pipe.unlink()


class Log:
    """A log that is a pipe, so that a test can wait for its lines."""

    def __init__(self, pipe: Path) -> None:
        self.descriptor = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
        self._read = b""

    def wait_for(self, what: str) -> dict[str, Any]:
        """The next line that says this, or a failure after a while."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            while b"\n" in self._read:
                line, _, self._read = self._read.partition(b"\n")
                entry: dict[str, Any] = json.loads(line)
                if entry["what"] == what:
                    return entry
            if select.select([self.descriptor], [], [], 0.1)[0]:
                self._read += os.read(self.descriptor, 65536)
        raise AssertionError(f"the daemon never said “{what}”")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with five people, to whom a welcome is due."""
    (tmp_path / CONFIG_NAME).write_text(CONFIG)
    desk = open_home(tmp_path).desk
    for number in range(5):
        add_person(desk, NewPerson(name=f"Person {number}", address=f"p{number}@example.net"))
    desk.store.close()
    return tmp_path


def sent_files(home: Path) -> int:
    new = home / "mail" / "maildir" / "Sent" / "new"
    return len(list(new.iterdir())) if new.is_dir() else 0


def states(home: Path) -> list[OutgoingState]:
    store = open_home(home).desk.store
    found = [letter.state for letter in store.every(OUTGOING)]
    store.close()
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_is_obeyed_within_two_seconds_and_loses_nothing(home: Path, number: signal.Signals) -> None:
    with working(home) as (process, log):
        log.wait_for("started")
        process.send_signal(number)
        assert process.wait(timeout=2) == ExitCode.DONE
        log.wait_for("stopped")
    assert OutgoingState.SENDING not in states(home)
    assert states(home).count(OutgoingState.SENT) == sent_files(home)


def test_a_second_daemon_gets_a_sentence_and_the_first_one_works_on(home: Path) -> None:
    with working(home) as (process, log):
        log.wait_for("started")
        command = [sys.executable, "-m", "okrmate", "--home", str(home), "run"]
        second = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert second.returncode == ExitCode.STORE
        assert second.stderr.startswith("Another okrmate is reading and sending mail for this home")
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=2) == ExitCode.DONE
    assert states(home) == [OutgoingState.SENT] * 5
    assert sent_files(home) == 5


def test_a_killed_daemon_is_followed_by_one_that_sends_the_rest_once(home: Path) -> None:
    with working(home) as (process, log):
        log.wait_for("started")
        process.kill()
        process.wait(timeout=2)
    with working(home) as (process, log):
        log.wait_for("started")
        until = time.monotonic() + PATIENCE
        while sent_files(home) < 5 and time.monotonic() < until:
            select.select([log.descriptor], [], [], 0.02)  # says nothing as long as all is well
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=2)
    assert states(home) == [OutgoingState.SENT] * 5
    assert sent_files(home) <= 6


def test_a_signal_asks_to_stop() -> None:
    event = threading.Event()
    before = stop_on_signals(event)
    try:
        signal.raise_signal(signal.SIGTERM)
        assert event.wait(PATIENCE)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
