"""The daemon as a process of its own, which is stopped, killed and started again."""

import signal
import subprocess
import sys
from pathlib import Path

from okrmate.adapters.lease import LeaseFile
from tests.servers.processes import wait_until

STOPS_WITHIN = 2.0
"""Seconds in which the daemon obeys SIGTERM; what it is held to."""


class Running:
    """`okrmate run` on a home, or the same by a clock that is ahead, as its file says."""

    def __init__(self, home: Path, clock: Path | None = None) -> None:
        words = ("okrmate", "--home", str(home), "run") if clock is None else ("tests.servers.ahead", home, clock)
        self._command = [sys.executable, "-m", *map(str, words)]
        self._lease = LeaseFile(home)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it and wait until it is at work."""
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        wait_until(self._at_work, "a daemon at work")

    def stop(self) -> int:
        """Ask it to end and wait until it has, which takes two seconds at most; its exit code."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(STOPS_WITHIN)

    def kill(self) -> None:
        """End it in an instant, wherever it is."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _at_work(self) -> bool:
        state = self._lease.read()
        assert self.alive, "the daemon has ended by itself"
        return state is not None and self._process is not None and state.pid == self._process.pid
