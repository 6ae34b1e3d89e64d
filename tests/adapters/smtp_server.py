"""An SMTP server on loopback that does what a test says: refuses, hangs up or falls silent at any step of a mail."""

import ssl
from base64 import b64decode, b64encode
from collections import defaultdict, deque
from contextlib import suppress
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Event, Thread
from typing import Any, Self

from okrmate.config import Auth, Security, ServerSettings

CERTIFICATE = Path(__file__).with_name("localhost.pem")
USER, PASSWORD = "ada@example.org", 'pässword with " and \\'
DIES, MUTE = "dies", "mute"
"""In place of a reply: the connection breaks, or nothing is said any more."""
DRIPS, FLOODS = "drips", "floods"
"""In place of a reply: one whose last line never comes, with a line now and then, or with as many as are taken."""
DRIP = 0.05
"""Seconds between two of those lines."""


class SmtpServer:
    """Takes every mail of whoever logs in with one of `secrets`, unless `on` says otherwise."""

    def __init__(self, security: Security = Security.NONE, methods: str = "PLAIN LOGIN") -> None:
        self.security = security
        self.methods = methods
        self.secrets = {PASSWORD}
        self.tried: list[str] = []
        """The secrets of all logins."""
        self.mails: list[tuple[str, str, bytes]] = []
        """MAIL's and RCPT's words, and the content as it came, of each mail that was taken."""
        self.connections = 0
        self.commands: list[str] = []
        """The first word of each command."""
        self.greetings: list[str] = []
        """What clients called themselves."""
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(CERTIFICATE)
        self._script: defaultdict[str, deque[str]] = defaultdict(deque)
        self._listener = _Listener(self)

    def __enter__(self) -> Self:
        Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown()
        self._listener.server_close()

    @property
    def port(self) -> int:
        return int(self._listener.server_address[1])

    def on(self, step: str, *replies: str) -> None:
        """What is said in place of the usual, the next times it comes to this step.

        The steps: CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, CONTENT (its first line has come), END (all of it
        has), TAKEN (it has been taken as well), RSET, QUIT.
        """
        self._script[step] += replies

    def reply(self, step: str, usual: str) -> str:
        return self._script[step].popleft() if self._script[step] else usual

    def settings(self, **changes: Any) -> ServerSettings:  # noqa: ANN401 - any field
        """How to reach it."""
        known: dict[str, Any] = {
            "host": "localhost",
            "port": self.port,
            "security": self.security,
            "username": USER,
            "auth": Auth.PASSWORD,
            "password": "",
            "password_command": (),
            "token_command": (),
            "ca_file": str(CERTIFICATE),
            "timeout": 5,
        }
        return ServerSettings(**known | changes)


class _Listener(ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, server: SmtpServer) -> None:
        self.server = server
        super().__init__(("localhost", 0), _Talk)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what tests are about."""


class _Gone(Exception):  # noqa: N818 - no error, but the end of a talk
    """The connection is to end."""


class _Talk(StreamRequestHandler):
    server: _Listener

    def handle(self) -> None:
        self.mx = self.server.server
        self.mx.connections += 1
        with suppress(_Gone, OSError):
            if self.mx.security is Security.TLS:
                self._encrypt()
            self._answer("CONNECT", "220 mx.example.net ESMTP")
            while line := self._line():
                verb, _, words = line.partition(" ")
                self.mx.commands.append(verb.upper())
                getattr(self, f"_{verb.lower()}")(words)

    def finish(self) -> None:
        with suppress(OSError):
            super().finish()
        self.request.close()

    def _encrypt(self) -> None:
        self.request = self.mx.context.wrap_socket(self.request, server_side=True)
        self.setup()

    def _line(self) -> str:
        return self.rfile.readline().decode().rstrip("\r\n")

    def _answer(self, step: str, usual: str) -> bool:
        """Say it; whether the talk goes on as usual."""
        said = self.mx.reply(step, usual)
        self._say(said)
        return said == usual

    def _say(self, said: str) -> None:
        if said == MUTE:
            self.rfile.read()  # until the client has lost its patience
        while said in {DRIPS, FLOODS}:  # until the client is gone
            self.wfile.write(b"250-there is more\r\n")
            Event().wait(DRIP if said == DRIPS else 0)
        if said in {DIES, MUTE}:
            raise _Gone
        self.wfile.write(f"{said}\r\n".encode())
        if said.startswith("421"):
            raise _Gone

    # ---------------------------------------------------------------- commands

    def _ehlo(self, words: str) -> None:
        self.mx.greetings.append(words)
        encrypted = isinstance(self.request, ssl.SSLSocket)
        offers = ["mx.example.net", "SIZE 30000000"]
        if self.mx.security is Security.STARTTLS and not encrypted:
            offers.append("STARTTLS")
        else:
            offers.append(f"AUTH {self.mx.methods}")
        self._answer("EHLO", "\r\n".join([*(f"250-{each}" for each in offers[:-1]), f"250 {offers[-1]}"]))

    def _starttls(self, words: str) -> None:
        if self._answer("STARTTLS", "220 go on"):
            self._encrypt()

    def _auth(self, words: str) -> None:
        method, _, first = words.partition(" ")
        secret = getattr(self, f"_{method.lower()}")(b64decode(first).decode())
        self.mx.tried.append(secret)
        good = secret in self.mx.secrets
        if not good and method in {"XOAUTH2", "OAUTHBEARER"}:
            self._ask(b'{"status":"invalid_token"}')
        self._answer("AUTH", "235 welcome" if good else "535 5.7.8 authentication failed")

    def _mail(self, words: str) -> None:
        self.sender = words
        self._answer("MAIL", "250 ok")

    def _rcpt(self, words: str) -> None:
        self.recipient = words
        self._answer("RCPT", "250 ok")

    def _data(self, words: str) -> None:
        if not self._answer("DATA", "354 go on"):
            return
        content = [self.rfile.readline()]
        self._say_if_told("CONTENT")
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                raise _Gone
            content.append(line)
        if not self._say_if_told("END"):
            self.mx.mails.append((self.sender, self.recipient, b"".join(content)))
            self._answer("TAKEN", "250 taken")

    def _say_if_told(self, step: str) -> bool:
        said = self.mx.reply(step, "")
        if said:
            self._say(said)
        return bool(said)

    def _rset(self, words: str) -> None:
        self._answer("RSET", "250 forgotten")

    def _quit(self, words: str) -> None:
        self._answer("QUIT", "221 bye")
        raise _Gone

    # ---------------------------------------------------------------- ways to log in

    def _plain(self, first: str) -> str:
        _, user, password = first.split("\0")
        assert user == USER
        return password

    def _login(self, first: str) -> str:
        assert self._ask(b"Username:") == USER.encode()
        return self._ask(b"Password:").decode()

    def _xoauth2(self, first: str) -> str:
        user, bearer, *rest = first.split("\1")
        assert (user, rest) == (f"user={USER}", ["", ""])
        return bearer.removeprefix("auth=Bearer ")

    def _oauthbearer(self, first: str) -> str:
        user, host, port, bearer, *rest = first.split("\1")
        assert (user, host, port) == (f"n,a={USER},", "host=localhost", f"port={self.mx.port}")
        assert rest == ["", ""]
        return bearer.removeprefix("auth=Bearer ")

    def _ask(self, challenge: bytes) -> bytes:
        self.wfile.write(b"334 " + b64encode(challenge) + b"\r\n")
        return b64decode(self._line())
