"""The processes of the private mail host: starting and ending them, and what may befall them."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tests.servers.ports import HOST

PATIENCE = 180.0
"""Seconds that anything here may take at most, on one core beside much other work."""
SYSTEM_PATHS = f"{os.defpath}:/usr/sbin:/sbin"
ENVIRONMENT = {"PATH": SYSTEM_PATHS, "LC_ALL": "C"}


def wait_until(done: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Return as soon as `done` is true; `TimeoutError` with `what` was waited for where it never is."""
    end = time.monotonic() + patience
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(f"{what}: not within {patience:g} s")
        time.sleep(0.01)


def greets(port: int, greeting: bytes) -> bool:
    """Whether a server answers on the port, with this greeting."""
    try:
        with socket.create_connection((HOST, port), timeout=2) as connection:
            return connection.recv(200).startswith(greeting)
    except OSError:
        return False


def _is_silent(port: int) -> bool:
    """Whether nobody takes a call on the port: who is only slow to greet is still there."""
    try:
        socket.create_connection((HOST, port), timeout=2).close()
    except OSError as error:
        return isinstance(error, ConnectionRefusedError)
    return False


def children(parent: int, name: str) -> tuple[int, ...]:
    """The processes of this name that `parent` has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, tail = stat.read_text().rpartition(") ")
        except OSError:  # it has ended meanwhile
            continue
        pid, _, command = head.partition(" (")
        if command == name and int(tail.split()[1]) == parent:
            found.append(int(pid))
    return tuple(found)


class Daemon:
    """One server in the foreground, as a group of processes of its own; it greets on all its `ports` once it runs.

    `leftover` is a file that it leaves behind when it is killed, and stumbles over the next time.
    """

    def __init__(
        self,
        command: Sequence[str],
        ports: Sequence[tuple[int, bytes]],
        output: Path,
        leftover: Path | None = None,
    ) -> None:
        self._command = command
        self._leftover = leftover
        self._ports = ports
        self._output = output
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Its first process; 0 where it does not run."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start it, where it is not running, and wait until it greets."""
        if self._process is None:
            if self._leftover:
                self._leftover.unlink(missing_ok=True)
            # Never our own streams: what reads them would wait for the daemon's end.
            with self._output.open("ab") as output:
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    env=ENVIRONMENT,
                    start_new_session=True,
                )
            for port, greeting in self._ports:
                wait_until(partial(self._greets, port, greeting), f"a greeting on port {port}")

    def stop(self) -> None:
        """End it in its own way."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it and all it has started in an instant, as if the power went."""
        self._end(signal.SIGKILL)

    def _greets(self, port: int, greeting: bytes) -> bool:
        if self._process is None or self._process.poll() is not None:
            said = self._output.read_text(encoding="utf-8", errors="replace")
            raise ChildProcessError(f"{self._command[0]} has ended by itself: {said}")
        return greets(port, greeting)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if how is signal.SIGKILL:
            os.killpg(self._process.pid, how)
        else:
            self._process.send_signal(how)
        self._process.wait(PATIENCE)
        self._process = None
        for port, _ in self._ports:  # what it has started may outlive it for a moment, and still take calls
            wait_until(partial(_is_silent, port), f"silence on port {port}")
