"""Work that obeys signals, and is not waited for when it hangs."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from okrmate.adapters.handover import held
from okrmate.adapters.lease import Lease
from okrmate.daemon.calls import Calls
from okrmate.daemon.serving import GRACE, serve, stopped_by_signals
from okrmate.domain.errors import ExitCode, MailLoginError
from okrmate.services.loop_state import LoopKind
from tests.daemon.towers import PATIENCE
from tests.fakes import FixedClock

HANGS = """
import sys, threading
from pathlib import Path
from okrmate.adapters.clock import SystemClock
from okrmate.adapters.lease import Lease
from okrmate.daemon.calls import Calls
from okrmate.daemon.serving import serve, stopped_by_signals
from okrmate.services.loop_state import LoopKind

def hang():
    print("hangs", flush=True)
    threading.Event().wait()

calls = Calls()
lease = Lease(Path(sys.argv[1]), LoopKind.DAEMON, SystemClock())
assert lease.take()
with stopped_by_signals(calls):
    try:
        serve(hang, calls, lambda: print("ending", flush=True))
    finally:
        print("let go", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_asks_to_stop_and_means_afterwards_what_it_meant_before(number: signal.Signals) -> None:
    calls = Calls()
    before = signal.getsignal(number)

    with stopped_by_signals(calls):
        signal.raise_signal(number)
        stopped = calls.wait_for_stop(PATIENCE)

    assert stopped
    assert signal.getsignal(number) is before


def test_under_nohup_the_end_of_the_terminal_is_no_stop() -> None:
    calls = Calls()
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with stopped_by_signals(calls):
            signal.raise_signal(signal.SIGHUP)
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            assert not calls.stopped
    finally:
        signal.signal(signal.SIGHUP, before)


def test_work_that_ends_by_itself_ends_it_all() -> None:
    done: list[str] = []

    serve(lambda: done.append("work"), Calls(), lambda: done.append("ending"))

    assert done == ["work", "ending"]


def test_what_the_work_raises_is_raised() -> None:
    def refused() -> None:
        raise MailLoginError("Wrong password.")

    with pytest.raises(MailLoginError):
        serve(refused, Calls(), lambda: None)


def test_work_that_ends_soon_after_a_stop_is_waited_for() -> None:
    calls = Calls()
    done = threading.Event()

    def work() -> None:
        calls.stop()
        threading.Event().wait(0.05)
        done.set()

    serve(work, calls, lambda: None)

    assert done.is_set()


def test_a_process_whose_work_hangs_is_gone_all_the_same_and_holds_the_lease_until_then(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HANGS, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "hangs\n"
        process.send_signal(signal.SIGTERM)
        code = process.wait(PATIENCE)
        said = process.stdout.read()

    assert (code, said) == (ExitCode.DONE, "ending\n")
    assert GRACE < 2
    with held(Lease(tmp_path, LoopKind.COMMAND, FixedClock()), patience=0):
        pass
