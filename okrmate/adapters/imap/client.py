"""The IMAP client under all else: `imaplib` with checked certificates and a buffer of its own.

`imaplib` reads through a buffered file. Such a file is of no use any more once a read has timed out, and it hides what
it holds from whoever waits at the socket: news would lie there unseen during IDLE, and lines be torn. So reading is
done here, at the points `imaplib` names for it.
"""

import imaplib
import ssl
import time
from contextlib import suppress

from okrmate.adapters.imap.answers import words
from okrmate.adapters.reaching import NoStartTls, trusting
from okrmate.config import Security, ServerSettings

LONGEST_LINE = 20_000_000
"""Bytes; an answer to a search with some 2,000,000 messages fits."""
LARGEST_LITERAL = 200_000_000
"""Bytes; twice what is ever asked for of one message."""
_CHUNK = 65_536
_PARTING = 1.0
"""Seconds that a server gets to answer our good-bye."""


class Client(imaplib.IMAP4):
    """A connection whose bytes wait in one place, whoever asks for them: a command or IDLE."""

    _source: object = None
    _unread: bytearray
    _searched: int
    """How many bytes of what is unread are known to hold no end of a line."""

    def read(self, size: int) -> bytes:
        """So many bytes; fewer only where the connection has ended. `abort` where nobody asked for as many."""
        if size > LARGEST_LITERAL:
            raise self.abort("more than was asked for")
        while len(self._buffer) < size and self._receive():
            pass
        return self._taken(size)

    def readline(self) -> bytes:
        """One line with its end; less only where the connection has ended. `abort` where it does not end."""
        while not (length := self._line_length()):
            if not self._receive():
                return self._taken(len(self._buffer))
        return self._taken(length)

    def line_within(self, seconds: float) -> bytes | None:
        """The next line, without its end, if it has come within the time.

        `abort` where the connection has ended, or the line does not end.
        """
        deadline = time.monotonic() + seconds
        patience = self.sock.gettimeout()
        try:
            while not self._line_length():
                left = deadline - time.monotonic()
                if left <= 0:
                    return None
                self.sock.settimeout(left)
                if not self._receive():
                    raise self.abort("the connection has ended")
        except TimeoutError:
            return None
        finally:
            self.sock.settimeout(patience)
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
                raise self.abort("a line without an end")
        return length

    def _receive(self) -> bool:
        chunk = self.sock.recv(_CHUNK)
        self._buffer.extend(chunk)
        return bool(chunk)

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
    """A connection that is encrypted as the settings say and not logged in yet; every wait in it has an end.

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


def part(client: imaplib.IMAP4) -> None:
    """End a connection that is well with a good-bye, which a server that hangs cannot hold up."""
    with suppress(OSError, imaplib.IMAP4.error):
        client.sock.settimeout(_PARTING)
        client.logout()
    hang_up(client)
