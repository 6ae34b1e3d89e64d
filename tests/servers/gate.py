"""A gate before a server of TLS: each piece is seen in clear on its way, and connections can be lost at any of them."""

import asyncio
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import Any, Self

from tests.servers.ports import HOST
from tests.servers.processes import PATIENCE

_CHUNK = 65_536


class Speaker(Enum):
    """Who says a piece."""

    CLIENT = auto()
    SERVER = auto()


Watch = Callable[[bytes, Speaker], bytes]
"""Sees a piece and returns what passes of it; meanwhile nothing else passes."""


class Gate:
    """Takes connections in the place of the server on `port`, whose certificate is in `tls`; a context manager.

    `watch` is asked about each piece in the gate's one thread, and may call `lose`. Its errors are raised at the end.
    """

    def __init__(self, port: int, tls: Path, watch: Watch) -> None:
        self.port = 0
        self._target = port
        self._watch = watch
        self._trusting = ssl.create_default_context(cafile=str(tls / "cert.pem"))
        self._showing = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._showing.load_cert_chain(tls / "cert.pem", tls / "key.pem")
        self._open: set[asyncio.StreamWriter] = set()
        self._raised: list[Exception] = []
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._note)
        self._ended = asyncio.Event()
        self._listening = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._listening.wait(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(PATIENCE)
        if self._raised:
            raise self._raised[0]

    def lose(self) -> None:
        """End all connections in an instant, on both sides."""
        for each in tuple(self._open):
            each.transport.abort()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._passed, HOST, 0, ssl=self._showing)
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        await self._ended.wait()
        server.close()
        self.lose()

    def _note(self, _: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        raised = context.get("exception")
        self._raised += [raised] if isinstance(raised, Exception) else []  # being cancelled at the end is none

    async def _passed(self, asking: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        """One connection, until either side ends it."""
        with suppress(OSError):
            answering, to_server = await asyncio.open_connection(
                HOST, self._target, ssl=self._trusting, server_hostname="localhost"
            )
            both = {to_client, to_server}
            self._open |= both
            ways = [
                asyncio.ensure_future(self._pass_on(asking, to_server, Speaker.CLIENT)),
                asyncio.ensure_future(self._pass_on(answering, to_client, Speaker.SERVER)),
            ]
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for each in both:
                each.close()
            self._open -= both
            for way in ways:
                if way.done():
                    way.result()
                way.cancel()

    async def _pass_on(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, speaker: Speaker) -> None:
        with suppress(OSError):
            while said := await source.read(_CHUNK):
                target.write(self._watch(said, speaker))
                await target.drain()
