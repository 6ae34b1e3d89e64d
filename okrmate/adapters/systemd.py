"""What systemd is told of the daemon: that it is ready, alive, about to stop (sd_notify(3), sd_watchdog_enabled(3))."""

import os
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress


class Systemd:
    """Tells the service manager where one listens, and nobody elsewhere; it stands in nobody's way."""

    def __init__(self, environ: Mapping[str, str], steady: Callable[[], float] = time.monotonic) -> None:
        self._address = environ.get("NOTIFY_SOCKET", "")
        self._steady = steady
        self._told_alive = float("-inf")
        ours = environ.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        limit = environ.get("WATCHDOG_USEC", "") if ours else ""
        self._between = int(limit) / 2_000_000 if limit.isdecimal() else None

    def ready(self) -> None:
        """It is at work."""
        self._tell("READY=1")

    def alive(self) -> None:
        """It does not hang; told twice in the time after which it would be taken for hanging."""
        if self._between is not None and self._steady() - self._told_alive >= self._between:
            self._told_alive = self._steady()
            self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """It is about to end."""
        self._tell("STOPPING=1")

    def _tell(self, message: str) -> None:
        if self._address:
            # "@" stands for the zero byte of an abstract address.
            address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
            with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as speaker:
                speaker.connect(address)
                speaker.send(message.encode())
