"""One connection to an IMAP account, logged in: each command is obeyed, or a sentence says why not."""

import imaplib
from collections.abc import Iterator
from contextlib import contextmanager

from okrmate.adapters.credentials import Credentials
from okrmate.adapters.imap import answers
from okrmate.adapters.imap.answers import Data, Folder
from okrmate.adapters.imap.client import ENOUGH, hang_up, part
from okrmate.adapters.imap.faults import BROKEN, IMAP, UNREACHED, broken, declined, no_folder
from okrmate.adapters.imap.login import log_in
from okrmate.adapters.imap.open_folder import BAD, OK, READ_ONLY, Command, OpenFolder
from okrmate.adapters.imap.session import Session
from okrmate.adapters.reaching import refused_login, unreached
from okrmate.adapters.sasl import Refused
from okrmate.config import Auth, ServerSettings
from okrmate.domain.errors import MailServerError


class ImapConnection:
    """Connected and logged in once it is made; what breaks it closes it, and the next use needs another.

    Everything raises `MailServerError`, and making one also `MailLoginError`.
    """

    def __init__(self, server: ServerSettings, credentials: Credentials) -> None:
        self._server = server
        self._session = _logged_in(server, credentials)
        self._open: OpenFolder | None = None
        self.closed = False

    def offers(self, capability: str) -> bool:
        """Whether the server can do this, as it said after the login."""
        return capability in self._session.client.capabilities

    def check(self) -> None:
        """Have the server answer to nothing at all."""
        self._ask(self._session.client.noop)

    def folders(self) -> tuple[Folder, ...]:
        """All folders with their special uses, for which a server may want to be asked (RFC 6154 section 2)."""
        extended = self.offers("SPECIAL-USE") and self.offers("LIST-EXTENDED")
        words = ("RETURN", "(SPECIAL-USE)") if extended else ()
        client = self._session.client
        status, _ = self._ask(lambda: client.xatom("LIST", '""', '"*"', *words))
        if status != OK:
            raise declined(self._server, "to list its folders")
        return tuple(answers.listed(client.response("LIST")[1]))

    def create(self, folder: Folder) -> bool:
        """Make a folder; says whether the server did."""
        return self._ask(lambda: self._session.client.create(folder.quoted))[0] == OK

    def open(self, folder: Folder, *, anew: bool = False, to_write: bool = False) -> OpenFolder:
        """Be in a folder: one that is open already stays so, as it was, unless it is to be seen `anew`.

        Nothing changes by opening, not even what counts as recent (EXAMINE, RFC 3501 section 6.3.2), unless it is
        `to_write`; a folder that may only be read is not `writable` all the same.
        """
        here = self._open
        if here and here.folder.wire == folder.wire and not anew and (here.writable or not to_write):
            return here
        self._open = None
        client = self._session.client
        status, _ = self._ask(lambda: client.select(folder.quoted, readonly=not to_write))
        if status == READ_ONLY:
            to_write = False
            status, _ = self._ask(lambda: client.select(folder.quoted, readonly=True))
        if status != OK:
            raise no_folder(self._server, folder.name)
        self._open = OpenFolder(
            folder=folder,
            validity=self._told("UIDVALIDITY"),
            following=self._told("UIDNEXT"),
            writable=to_write,
            flags=answers.words(client.response("PERMANENTFLAGS")[1]),
            server=self._server,
            client=client,
            ask=self._ask,
        )
        return self._open

    def append(self, message: bytes, folder: Folder) -> bool:
        """Put a message into a folder, as one that was read; says whether the server took it."""
        client = self._session.client
        return self._ask(lambda: client.append(folder.quoted, r"(\Seen)", "", message))[0] == OK

    def begin_idle(self) -> None:
        """Have the server tell of news in the open folder, by itself and at once (RFC 2177)."""
        with self._kept():
            self._session.idle.start()

    def news_within(self, seconds: float) -> bool:
        """Whether it told of mail that came, changed or went; waits so long at most."""
        with self._kept():
            return self._session.idle.news_within(seconds)

    def end_idle(self) -> None:
        """Let it fall silent; that it answers proves that it was there all the time."""
        with self._kept():
            self._session.idle.stop()

    def close(self, *, politely: bool = True) -> None:
        """Let go of it; politely with a good-bye that takes a second at most."""
        if not self.closed:
            (part if politely else hang_up)(self._session.client)
        self.closed = True

    def _ask(self, command: Command) -> tuple[str, Data]:
        """Give a command; what the server said of it and what came with it."""
        with self._kept():
            try:
                return command()
            except imaplib.IMAP4.readonly:
                self._open = None
                return READ_ONLY, ()
            except imaplib.IMAP4.abort:
                raise
            except imaplib.IMAP4.error:
                return BAD, ()

    @contextmanager
    def _kept(self) -> Iterator[None]:
        """An answer that comes to its end, or a connection that has failed: nothing is worth another try on that."""
        try:
            self._session.client.begin(ENOUGH * self._server.timeout)
            yield
        except BROKEN as fault:
            self.close(politely=False)
            raise broken(self._server, fault) from None

    def _told(self, code: str) -> int:
        """A number the server gave with the last folder it opened; 0 where it gave none."""
        return max(answers.numbers(self._session.client.response(code)[1]), default=0)


def _logged_in(server: ServerSettings, credentials: Credentials) -> Session:
    """A session that is logged in; a token that was refused is asked for once more, a password never."""
    outcome = _attempt(server, credentials.secret())
    if isinstance(outcome, Refused) and server.auth is Auth.OAUTH2 and not outcome.for_now:
        outcome = _attempt(server, credentials.secret(fresh=True))
    if isinstance(outcome, Refused):
        raise refused_login(IMAP, server, outcome.reason, for_now=outcome.for_now)
    if isinstance(outcome, MailServerError):
        raise outcome
    return outcome


def _attempt(server: ServerSettings, secret: str) -> Session | Refused | MailServerError:
    """One login on a connection of its own.

    A failure is returned, for an exception that is raised while another is handled would carry that with it, and with
    it what was sent.
    """
    session = None
    try:
        session = Session(server)
        refused = log_in(session, server, secret)
        if refused is None:
            # What a server can do it says in full only to those it knows.
            session.client.capabilities = tuple(answers.words(session.client.capability()[1]))
            return session
    except UNREACHED as fault:
        outcome: Refused | MailServerError = unreached(IMAP, server, fault)
    else:
        outcome = refused
    if session is not None:
        hang_up(session.client)
    return outcome
