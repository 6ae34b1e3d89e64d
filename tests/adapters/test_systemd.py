"""What the service manager is told, on a real socket."""

import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from okrmate.adapters.systemd import Systemd


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder whose name leaves room for a socket's (unix(7): 107 bytes)."""
    with tempfile.TemporaryDirectory(prefix="okrmate-") as folder:
        yield Path(folder)


class Ear:
    """The socket of a service manager."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.settimeout(0.05)

    def heard(self) -> list[str]:
        found = []
        while True:
            try:
                found.append(self._socket.recv(1000).decode())
            except TimeoutError:
                return found

    def close(self) -> None:
        self._socket.close()


@pytest.mark.parametrize("abstract", [False, True])
def test_it_says_when_it_is_ready_and_when_it_stops(folder: Path, *, abstract: bool) -> None:
    path = str(folder / "notify")
    ear = Ear(f"\0{path}" if abstract else path)
    systemd = Systemd({"NOTIFY_SOCKET": f"@{path}" if abstract else path})

    systemd.ready()
    systemd.alive()
    systemd.stopping()

    assert ear.heard() == ["READY=1", "STOPPING=1"]
    ear.close()


def test_it_is_heard_twice_in_the_time_the_watchdog_allows(folder: Path) -> None:
    ear = Ear(str(folder / "notify"))
    seconds = 0.0
    environ = {"NOTIFY_SOCKET": str(folder / "notify"), "WATCHDOG_USEC": "60000000", "WATCHDOG_PID": str(os.getpid())}
    systemd = Systemd(environ, lambda: seconds)

    for breath in range(121):
        seconds = float(breath)
        systemd.alive()

    assert ear.heard() == ["WATCHDOG=1"] * 5
    ear.close()


def test_a_watchdog_that_is_for_another_process_hears_nothing(folder: Path) -> None:
    ear = Ear(str(folder / "notify"))
    systemd = Systemd({"NOTIFY_SOCKET": str(folder / "notify"), "WATCHDOG_USEC": "60000000", "WATCHDOG_PID": "1"})

    systemd.alive()

    assert ear.heard() == []
    ear.close()


@pytest.mark.parametrize("environ", [{}, {"NOTIFY_SOCKET": "/nowhere/notify"}, {"WATCHDOG_USEC": "soon"}])
def test_where_nobody_listens_nothing_is_said_and_nothing_fails(environ: dict[str, str]) -> None:
    systemd = Systemd(environ)

    systemd.ready()
    systemd.alive()
    systemd.stopping()
