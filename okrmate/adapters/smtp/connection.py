"""A connection to an SMTP server, encrypted as the settings say: commands go out, replies come back, errors are ours.

This is the one door to `smtplib`. Of its own ways three are not used: `login` tries a refused password again by each
method the server knows, `sendmail` does not tell how far a mail had got when the connection was lost, and its reading
waits for ever for the last line of a reply, as long as another one comes now and then.
"""

import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from okrmate.adapters.reaching import NoCertificates, NoStartTls, Service, trusting, unreached
from okrmate.adapters.sasl import on_one_line
from okrmate.config import Security, ServerSettings
from okrmate.domain.errors import MailServerError
from okrmate.frozen import Frozen

T = TypeVar("T")

SMTP = Service(name="SMTP", table="mail.smtp", tls_port=465, starttls_port=587)
_OURSELVES = "[127.0.0.1]"
"""Said in EHLO: this machine's name is nobody's business, and looking for it can take seconds."""
_DONE, _CLOSES = 250, 421
_WAITS, _REFUSED, _FOR_GOOD = 300, 400, 500
"""Where the classes of reply codes begin (RFC 5321 section 4.2.1)."""
_LONGEST_LINE = 8192
"""Bytes; RFC 5321 section 4.5.3.1.5 has 512, and `smtplib` takes so many."""
_MOST_LINES = 100
"""Of one reply; a server that offers all there is says some 20."""
_CHUNK = 4096
_PARTING = 1.0
"""Seconds that a server gets to answer our good-bye."""


class LostError(Exception):
    """The connection is of no use any more: closed, silent for too long, or talking nonsense."""


class Reply(Frozen):
    """What the server answered: a code of RFC 5321 section 4.2, and its text."""

    code: int
    text: str

    @property
    def refuses(self) -> bool:
        """Whether it does not do as it was told."""
        return self.code >= _REFUSED

    @property
    def waits(self) -> bool:
        """Whether it waits for more."""
        return _WAITS <= self.code < _REFUSED

    @property
    def for_now(self) -> bool:
        """Whether the refusal may be another one later."""
        return _REFUSED <= self.code < _FOR_GOOD

    @property
    def closes(self) -> bool:
        """Whether the server ends the connection with it, whatever it was told."""
        return self.code == _CLOSES

    @property
    def reason(self) -> str:
        """The code and the text on one line, for a person."""
        return on_one_line(f"{self.code} {self.text}")


class _Smtp(smtplib.SMTP):
    """Takes each reply as a whole within the time that the socket may be silent. What ends it closes the connection."""

    _source: object = None
    _unread: bytearray

    def getreply(self) -> tuple[int, bytes]:
        """The code, -1 where there is none, and the text of all lines; `OSError` where they do not come."""
        try:
            return self._reply()
        except OSError:
            self.close()
            raise

    def _reply(self) -> tuple[int, bytes]:
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected
        patience = self.sock.gettimeout() or 0
        end = time.monotonic() + patience
        lines: list[bytes] = []
        try:
            while len(lines) < _MOST_LINES:
                line = self._line(self.sock, end)
                lines.append(line[4:].strip())
                code = int(line[:3]) if line[:3].isdigit() else -1
                if code < 0 or line[3:4] != b"-":
                    return code, b"\n".join(lines)
        finally:
            self.sock.settimeout(patience)
        raise ConnectionAbortedError

    def _line(self, sock: socket.socket, end: float) -> bytes:
        """The next line. What was said in clear behind the answer to STARTTLS is not heard: that has another socket."""
        if self._source is not sock:
            self._source, self._unread = sock, bytearray()
        while not (length := self._unread.find(b"\n") + 1):
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            sock.settimeout(left)
            chunk = sock.recv(_CHUNK)
            if not chunk or len(self._unread) > _LONGEST_LINE:
                raise ConnectionAbortedError
            self._unread += chunk
        line = bytes(self._unread[:length])
        del self._unread[:length]
        return line


class _SmtpTls(_Smtp, smtplib.SMTP_SSL):
    """The same where TLS comes first."""


class SmtpConnection:
    """Connected and greeted once it is made, with nothing said in clear that should not be; not logged in yet.

    Making one raises `MailServerError` with a sentence that says what to do; everything else raises `LostError`.
    """

    def __init__(self, server: ServerSettings) -> None:
        smtp = _connected(server)
        if isinstance(smtp, MailServerError):
            raise smtp
        self._smtp = smtp

    def offers(self, extension: str) -> str | None:
        """The words behind an extension the server offers (RFC 5321 section 4.1.1.1); None where it does not."""
        return self._smtp.esmtp_features.get(extension.lower())

    def ask(self, command: str) -> Reply:
        """Give a command and take the answer."""
        self.say(f"{command}\r\n".encode("ascii"))
        return self.answer()

    def say(self, content: bytes) -> None:
        """Send bytes; where this raises, not all of them have left this machine."""
        _unless_lost(lambda: self._smtp.send(content))

    def answer(self) -> Reply:
        """The next reply."""
        code, text = _unless_lost(self._smtp.getreply)
        if code < 0:
            self.hang_up()
            raise LostError
        return Reply(code=code, text=text.decode("utf-8", "replace"))

    def part(self) -> None:
        """Say good-bye and let go; a server that hangs cannot hold that up for long."""
        with suppress(OSError):
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(_PARTING)
                self._smtp.quit()
        self.hang_up()

    def hang_up(self) -> None:
        """Let go without a word."""
        self._smtp.close()


def _connected(server: ServerSettings) -> smtplib.SMTP | MailServerError:
    """A failure is returned: raised where another error is handled, it would carry that one along."""
    try:
        return _opened(server)
    except (OSError, ValueError, NoStartTls, NoCertificates) as fault:
        return _sentence(server, fault)


def _opened(server: ServerSettings) -> smtplib.SMTP:
    context = None if server.security is Security.NONE else trusting(server)
    if server.security is Security.TLS:
        smtp: _Smtp = _SmtpTls(server.host, server.port, _OURSELVES, timeout=server.timeout, context=context)
    else:
        smtp = _Smtp(server.host, server.port, _OURSELVES, timeout=server.timeout)
    try:
        _greet(smtp)
        if server.security is Security.STARTTLS:
            _encrypt(smtp, context)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _encrypt(smtp: smtplib.SMTP, context: ssl.SSLContext | None) -> None:
    if not smtp.has_extn("starttls"):
        raise NoStartTls
    smtp.starttls(context=context)
    _greet(smtp)


def _greet(smtp: smtplib.SMTP) -> None:
    code, text = smtp.ehlo()
    if code != _DONE:
        raise smtplib.SMTPResponseException(code, text)


def _sentence(server: ServerSettings, fault: Exception) -> MailServerError:
    match fault:
        case smtplib.SMTPResponseException(smtp_code=int(code), smtp_error=bytes(text)) if code >= _REFUSED:
            reply = Reply(code=code, text=text.decode("utf-8", "replace"))
            return MailServerError(
                f"The SMTP server {server.host}:{server.port} takes no connection ({reply.reason}); "
                "it is asked again later."
            )
        case smtplib.SMTPResponseException() | smtplib.SMTPServerDisconnected():
            cause = fault.__context__
            return unreached(SMTP, server, cause if isinstance(cause, OSError) else ConnectionResetError())
        case _:
            return unreached(SMTP, server, fault)


def _unless_lost(step: Callable[[], T]) -> T:
    """What the step gives; `LostError`, which remembers nothing of what was said, where the connection is gone."""
    with suppress(OSError):
        return step()
    raise LostError
