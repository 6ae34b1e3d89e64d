"""The daemon as a process of its own, which is stopped, killed and started again."""

import signal
import subprocess
import sys
from pathlib import Path

from okrmate.adapters.lease import LeaseFile
from tests.architecture.house_map import ROOT
from tests.servers.processes import wait_until

STOPS_WITHIN = 10.0
"""Seconds in which the daemon obeys SIGTERM on a machine that is busy; it asks for two of them."""


class Running:
    """`okrmate run` on a home; where there is a `clock`, by the one that is ahead as that file says."""

    def __init__(self, home: Path) -> None:
        self.clock: Path | None = None
        self._home = home
        self._lease = LeaseFile(home)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    @property
    def code(self) -> int | None:
        """How it ended; None before it has."""
        return None if self._process is None else self._process.poll()

    def start(self) -> None:
        """Start it and wait until it is at work, or has ended again."""
        own, ahead = ("okrmate", "--home", self._home, "run"), ("tests.servers.ahead", self._home, self.clock)
        command = [sys.executable, "-m", *map(str, ahead if self.clock else own)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        wait_until(lambda: self._at_work() or not self.alive, "a daemon at work")

    def stop(self) -> int:
        """Ask it to end and wait until it has, which takes no time that counts; its exit code."""
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
        return state is not None and self._process is not None and state.pid == self._process.pid
