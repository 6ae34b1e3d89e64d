"""The IMAP client under all else: `imaplib` with checked certificates and a buffer of its own.

`imaplib` reads through a buffered file. Such a file is of no use any more once a read has timed out, and it hides what
it holds from whoever waits at the socket: news would lie there unseen during IDLE, and lines be torn. So reading is
done here, at the points `imaplib` names for it. A socket's timeout ends a silence only, so an answer as a whole has an
end of its own, in time and in bytes.
"""

import imaplib
import math
import ssl
import time
from contextlib import suppress

from okrmate.adapters.imap.answers import words
from okrmate.adapters.reaching import NoStartTls, trusting
from okrmate.config import Security, ServerSettings

ENOUGH = 10
"""How many times as long as a silence an answer as a whole may last, beside what its bytes take."""
SLOWEST = 10_000
"""Bytes a second of the slowest line that is waited for."""
LONGEST_LINE = 20_000_000
"""Bytes; an answer to a search with some 2,000,000 messages fits."""
LARGEST_ANSWER = 200_000_000
"""Bytes; more than is ever asked for at once, of one message or of many."""
_A_LINE = 100
"""Bytes that a line costs beside its own where it is kept."""
_CHUNK = 65_536
_TOO_LONG = "an answer that takes too long"
_PARTING = 1.0
"""Seconds that a server gets to answer our good-bye."""


class EndlessError(ConnectionError):
    """An answer that takes longer, or is larger, than any that was asked for; no `abort`, which `imaplib` rewords."""


class Client(imaplib.IMAP4):
    """A connection whose bytes wait in one place, whoever asks for them: a command or IDLE.

    All that reads raises `EndlessError` where what was begun last does not come to its end.
    """

    _source: object = None
    _unread: bytearray
    _searched: int
    """How many bytes of what is unread are known to hold no end of a line."""
    _end: float = 0.0
    """When the answer that is awaited must be complete."""
    _room: int = 0
    """How many bytes it may still have."""

    def open(self, host: str = "", port: int | None = None, timeout: float | None = None) -> None:
        """Connect, as `connected` says; from here to the end of the login all that is said counts as one answer."""
        self.begin(ENOUGH * (timeout or 0))
        super().open(host, port or 0, timeout)

    def begin(self, seconds: float) -> None:
        """Be ready for another answer, which may take so long; what nobody took of those before is forgotten."""
        self.untagged_responses.clear()
        self._end, self._room = time.monotonic() + seconds, LARGEST_ANSWER

    def read(self, size: int) -> bytes:
        """So many bytes; fewer only where the connection has ended."""
        if size - len(self._buffer) > self._room:
            raise EndlessError("more than was asked for")
        while len(self._buffer) < size and self._receive():
            pass
        return self._taken(size)

    def readline(self) -> bytes:
        """One line with its end; less only where the connection has ended."""
        self._spend(_A_LINE)
        while not (length := self._line_length()):
            if not self._receive():
                return self._taken(len(self._buffer))
        return self._taken(length)

    def line_within(self, seconds: float) -> bytes | None:
        """The next line, without its end, if it has come within the time; `abort` where the connection has ended."""
        deadline = time.monotonic() + seconds
        try:
            while not self._line_length():
                left = deadline - time.monotonic()
                if left <= 0:
                    return None
                if not self._receive(left):
                    raise self.abort("the connection has ended")
        except TimeoutError:
            return None
        return self.readline().rstrip(b"\r\n")

    @property
    def _buffer(self) -> bytearray:
        """What has come and was not read; with another socket it begins anew.

        STARTTLS changes the socket, and what somebody put behind its answer in clear must not count as encrypted.
        """
        if self._source is not self.sock:
            self._source, self._unread, self._searched = self.sock, bytearray(), 0
        return self._unread

    def _line_length(self) -> int:
        """Bytes of the first line that has come, with its end; 0 while that is missing."""
        buffer = self._buffer
        length = buffer.find(b"\n", self._searched) + 1
        if not length:
            self._searched = len(buffer)
            if self._searched > LONGEST_LINE:
                raise EndlessError("a line without an end")
        return length

    def _receive(self, seconds: float = math.inf) -> bool:
        """Take what has come, waiting for so long, for a silence or for the end of the answer at most."""
        silence = self.sock.gettimeout()
        left = self._end - time.monotonic()
        if left <= 0:
            raise EndlessError(_TOO_LONG)
        self.sock.settimeout(min(seconds, left, math.inf if silence is None else silence))
        try:
            chunk = self.sock.recv(_CHUNK)
        except TimeoutError:
            if time.monotonic() < self._end:
                raise
            raise EndlessError(_TOO_LONG) from None
        finally:
            self.sock.settimeout(silence)
        self._buffer.extend(chunk)
        self._end += len(chunk) / SLOWEST
        self._spend(len(chunk))
        return bool(chunk)

    def _spend(self, size: int) -> None:
        self._room -= size
        if self._room < 0:
            raise EndlessError("an answer that is too large")

    def _taken(self, size: int) -> bytes:
        buffer = self._buffer
        with memoryview(buffer) as view:  # a mail of 60 MB is not copied twice
            taken = bytes(view[:size])
        del buffer[:size]
        self._searched = 0
        return taken


class _TlsClient(Client, imaplib.IMAP4_SSL):
    """The same where TLS comes first."""


def connected(server: ServerSettings) -> Client:
    """A connection that is encrypted as the settings say and not logged in yet.

    Raises what `faults.UNREACHED` names. Where STARTTLS is not offered it ends here: nothing is said in clear.
    """
    if server.security is Security.NONE:
        return Client(server.host, server.port, timeout=server.timeout)
    context = trusting(server)
    if server.security is Security.TLS:
        return _TlsClient(server.host, server.port, ssl_context=context, timeout=server.timeout)
    client = Client(server.host, server.port, timeout=server.timeout)
    try:
        _encrypt(client, context)
    except BaseException:
        hang_up(client)
        raise
    return client


def _encrypt(client: Client, context: ssl.SSLContext) -> None:
    if "STARTTLS" not in client.capabilities:
        raise NoStartTls
    client.starttls(context)
    # What was said in clear before the handshake counts no more (RFC 3501 section 6.2.1): anybody may have said it.
    client.untagged_responses.clear()
    client.capabilities = tuple(words(client.capability()[1]))


def hang_up(client: imaplib.IMAP4) -> None:
    """Let go of a connection without a word: it is broken, or not to be trusted."""
    with suppress(OSError):
        client.shutdown()


def part(client: Client) -> None:
    """End a connection that is well with a good-bye, which a server that hangs or goes on talking cannot hold up."""
    with suppress(OSError, ValueError, imaplib.IMAP4.error):
        client.begin(_PARTING)
        client.sock.settimeout(_PARTING)
        client.logout()
    hang_up(client)
