"""A proxy before a server, which records what is said, and can change or hold it: somebody on the way."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Self

from tests.servers.ports import HOST
from tests.servers.processes import PATIENCE

_CHUNK = 65_536
"""Bytes taken at once, and about all that waits here: what a client has sent, its server has or will get at once."""
Change = Callable[[bytes], bytes]


def _unchanged(said: bytes) -> bytes:
    return said


class Wire:
    """Passes connections on to `port`; a context manager.

    `asked` and `answered` are all bytes so far, of all connections. `change` is applied to each piece of what the
    server says, `change_asked` to each piece of what it is asked, before that goes on; they may call `cut`.
    """

    def __init__(
        self, port: int, change: Change = _unchanged, host: str = HOST, *, change_asked: Change = _unchanged
    ) -> None:
        self.asked = bytearray()
        self.answered = bytearray()
        self._target = port
        self._change = change
        self._change_asked = change_asked
        self._listening = socket.create_server((host, 0))
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _CHUNK)  # else it may grow to many megabytes
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    @classmethod
    def without(cls, port: int, *words: str) -> "Wire":
        """One that takes these words out of all a server says, such as capabilities."""

        def taken_out(said: bytes) -> bytes:
            for word in words:
                said = said.replace(f" {word}".encode(), b"")
            return said

        return cls(port, taken_out)

    @property
    def port(self) -> int:
        """Where to connect."""
        number: int = self._listening.getsockname()[1]
        return number

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)
        for each in (self._listening, *self._sockets):
            each.close()

    def cut(self, last: bytes = b"") -> None:
        """End all connections in an instant; what is said `last` still gets through to who was last connected."""
        open_now = tuple(self._sockets)  # whoever is cut off may connect again at once
        with suppress(OSError):
            if last:
                open_now[-2].sendall(last)
        for each in open_now:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _begin(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with suppress(OSError):  # closed while it waits
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection((HOST, self._target))
                self._sockets += [client, server]
                self._begin(self._pass_on, client, server, self.asked, self._change_asked)
                self._begin(self._pass_on, server, client, self.answered, self._change)

    def _pass_on(self, source: socket.socket, target: socket.socket, record: bytearray, change: Change) -> None:
        with suppress(OSError):
            while said := source.recv(_CHUNK):
                record.extend(said)
                target.sendall(change(said))
        for each in (target, source):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):  # whoever speaks into a full queue would not notice that nobody listens
            while source.recv(_CHUNK):
                pass
