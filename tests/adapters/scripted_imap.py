"""An IMAP server that says what a test tells it to, for what no real server can be brought to say."""

import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Self

from okrmate.config import Auth, Security, ServerSettings

HOST = "127.0.0.1"
PATIENCE = 30.0
Answers = Callable[[str, str], Iterable[str]]


class ScriptedImap:
    """A context manager. `answers(tag, command)` gives what is sent after each line, piece by piece.

    A piece that is empty ends the connection. Capabilities are told by themselves, as are the `offers`.
    """

    def __init__(self, answers: Answers, offers: str = "", greeting: str = "* OK here\r\n") -> None:
        self.asked: list[str] = []
        self._answers = answers
        self._offers = offers
        self._greeting = greeting
        self._listening = socket.create_server((HOST, 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(PATIENCE)

    def settings(self, auth: Auth = Auth.PASSWORD, timeout: int = 5) -> ServerSettings:
        """How to reach it."""
        return ServerSettings(
            host=HOST,
            port=self._listening.getsockname()[1],
            security=Security.NONE,
            username="vera",
            auth=auth,
            password="",
            password_command=(),
            token_command=(),
            ca_file="",
            timeout=timeout,
        )

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                with client, suppress(OSError):
                    self._talk(client)

    def _talk(self, client: socket.socket) -> None:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.sendall(self._greeting.encode())
        with client.makefile("rb") as lines:
            for line in lines:
                said = line.decode().rstrip("\r\n")
                self.asked.append(said)
                tag, _, command = said.partition(" ")
                told = command == "CAPABILITY"
                capabilities = f"* CAPABILITY IMAP4rev1 {self._offers}\r\n{tag} OK done\r\n"
                for piece in [capabilities] if told else self._answers(tag, command):
                    if not piece:
                        return
                    client.sendall(piece.encode())
