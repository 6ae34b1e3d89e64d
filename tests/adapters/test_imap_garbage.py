"""Whatever bytes an IMAP server answers with, at whatever moment: what comes of it is a sentence, and soon."""

import itertools
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, suppress
from datetime import UTC, datetime
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.adapters.imap.doorbell import ImapDoorbell
from okrmate.adapters.imap.mailbox import ImapMailbox
from okrmate.adapters.imap.news import Marks
from okrmate.adapters.imap.sent import ImapSentFolder
from okrmate.config import Auth, Security, ServerSettings
from okrmate.domain.errors import MailLoginError, MailServerError
from tests.adapters.scripted_imap import HOST, PATIENCE
from tests.servers.logins import Secrets, imap_settings

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
LINGER = 0.01
"""Seconds that a client gets to say something before the next piece is said without being asked."""
MAIL = b"Message-ID: <1@example.org>\r\nFrom: Sam <sam@example.org>\r\nSubject: hello\r\n\r\n"
FETCHED = b'UID 7 RFC822.SIZE 99 INTERNALDATE "01-Jul-2026 10:00:00 +0000"'
CAPABLE = b"* CAPABILITY IMAP4rev1 IDLE MOVE SPECIAL-USE LIST-EXTENDED\r\n"
HONEST = {
    b"CAPABILITY": CAPABLE,
    b"LIST": b'* LIST () "/" INBOX\r\n* LIST (\\All) "/" "All"\r\n* LIST (\\Junk) "/" {4}\r\nJunk\r\n',
    b"EXAMINE": b"* 2 EXISTS\r\n* OK [UIDVALIDITY 9] valid\r\n* OK [UIDNEXT 8] next\r\n",
    b"SELECT": b"* OK [UIDVALIDITY 9] valid\r\n* OK [PERMANENTFLAGS (\\*)] all\r\n",
    b"UID SEARCH": b"* SEARCH 7\r\n",
    b"UID FETCH": b"* 1 FETCH (%b BODY[] {%d}\r\n%b)\r\n" % (FETCHED, len(MAIL), MAIL),
    b"APPEND": b"+ go on\r\n",
    b"IDLE": b"+ idling\r\n* 3 EXISTS\r\n",
}
"""What comes before the OK that ends an answer."""
TAG = b"<tag>"
WORDS = (
    *(b"* ", b"+ ", TAG + b" ", b"OK ", b"NO ", b"BAD ", b"BYE ", b"PREAUTH ", b"\r\n", b"\r\n", b"\r", b"\n", b" "),
    *(b'"', b"(", b")", b"\\", b"{0}\r\n", b"{3}\r\n", b"{99999999999}\r\n", b"{" + b"9" * 5000 + b"}\r\n", b"NIL "),
    *(b"FETCH (", b"EXISTS", b"EXPUNGE", b"LIST ", b"SEARCH ", b"CAPABILITY ", b"FLAGS ", b"1 ", b"9" * 30, b"-1 "),
    *(b"[UIDVALIDITY 0]", b"[UIDNEXT " + b"9" * 5000 + b"]", b"[READ-ONLY]", b"[TRYCREATE]", b"[PERMANENTFLAGS ()]"),
    *(b"BODY[] ", b"&AGE-", b"&&&", b"\0", b"\xff\xfe", b"UID 0 ", b'INTERNALDATE "31-Feb-0000 99:99:99 +9999" '),
    *(FETCHED, MAIL, CAPABLE, *HONEST.values()),
)
raw = st.lists(st.sampled_from(WORDS) | st.binary(max_size=20), max_size=8).map(b"".join)
answers = raw.map(lambda words: b"* " + words + b"\r\n" + TAG + b" OK done\r\n")
garbage = st.lists(raw | answers, min_size=1, max_size=5)


class Babbling:
    """A server that is honest to so many lines and then says the pieces, one to each; then it hangs up."""

    def __init__(self, honest: int, pieces: Sequence[bytes]) -> None:
        self._honest = honest
        self._pieces = pieces
        self._clients: list[socket.socket] = []
        self._listening = socket.create_server((HOST, 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._listening, *self._clients):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(PATIENCE)

    def settings(self) -> ServerSettings:
        """How to reach it."""
        return ServerSettings(
            host=HOST,
            port=self._listening.getsockname()[1],
            security=Security.NONE,
            username="vera",
            auth=Auth.PASSWORD,
            password="",
            password_command=(),
            token_command=(),
            ca_file="",
            timeout=2,
        )

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                self._clients.append(client)
                with client, suppress(OSError):
                    self._talk(client)

    def _talk(self, client: socket.socket) -> None:
        client.sendall(b"* OK here\r\n" if self._honest else self._pieces[0].replace(TAG, b"*"))
        exchange = b""
        with client.makefile("rb") as lines:
            for line in itertools.islice(lines, self._honest):
                tag, _, command = line.strip().partition(b" ")
                ends = b"%b OK done\r\n" % (tag if command else exchange)
                told = next((said for name, said in HONEST.items() if command.startswith(name)), b"")
                exchange = tag if told.startswith(b"+") else b""
                client.sendall(told if exchange else told + ends)
        client.settimeout(LINGER)
        for piece in self._pieces:
            tag = b"*"
            with suppress(TimeoutError):
                if not (line := client.recv(65_536)):
                    return
                tag = (line.split() or [tag])[0]
            client.sendall(piece.replace(TAG, tag))


def look_through(server: ServerSettings) -> None:
    settings = imap_settings(server, "INBOX", "\\All")
    with closing(ImapMailbox(settings, Secrets("secret"), Marks(threads=("<1@x>",)), "\\Sent")) as mailbox:
        for folder in mailbox.folders():
            for sighting in mailbox.look(folder, "9/1", SINCE).sightings:
                mailbox.fetch(sighting, 100)
                mailbox.settle(sighting)


def listen(server: ServerSettings) -> None:
    rung: list[bool] = []
    ImapDoorbell(imap_settings(server), Secrets("secret")).listen(lambda: rung.append(True), lambda: len(rung) > 1)


def file(server: ServerSettings) -> None:
    with ExitStack() as stack:
        sent = ImapSentFolder(server, Secrets("secret"), "\\Sent")
        stack.callback(sent.rest)
        if not sent.holds("<1@example.org>"):
            sent.add(b"x")


USES: dict[str, Callable[[ServerSettings], None]] = {"mailbox": look_through, "doorbell": listen, "sent": file}


@pytest.mark.parametrize("use", USES)
@given(honest=st.integers(min_value=0, max_value=16), pieces=garbage)
def test_any_bytes_at_any_moment_become_a_sentence_in_time(use: str, honest: int, pieces: list[bytes]) -> None:
    begun = time.monotonic()
    with Babbling(honest, pieces) as server, suppress(MailServerError, MailLoginError):
        USES[use](server.settings())

    assert time.monotonic() - begun < PATIENCE


@pytest.mark.parametrize("use", USES)
def test_an_honest_server_is_understood_so_that_garbage_meets_every_command(use: str) -> None:
    with Babbling(100, [b""]) as server:
        USES[use](server.settings())
