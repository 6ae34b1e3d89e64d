"""A folder that is open on a connection: searching it, seeing messages of it, and marking them; never expunging."""

from collections.abc import Callable, Collection

from okrmate.adapters.imap import answers
from okrmate.adapters.imap.answers import Data, Fetched, Folder
from okrmate.adapters.imap.client import Client
from okrmate.adapters.imap.faults import declined
from okrmate.config import ServerSettings
from okrmate.frozen import Frozen

OK, BAD, READ_ONLY = "OK", "BAD", "READ-ONLY"
Command = Callable[[], tuple[str, Data]]


class OpenFolder(Frozen):
    """What the server said of the folder when it was opened; its commands count while no other one is open.

    `following` is its UIDNEXT, 0 where the server gave none; `flags` are those that last in it, upper-case.
    """

    folder: Folder
    validity: int
    following: int
    writable: bool
    flags: frozenset[str]
    server: ServerSettings
    client: Client
    ask: Callable[[Command], tuple[str, Data]]

    def search(self, criteria: str) -> tuple[int, ...]:
        """The UIDs of the messages that fit, ascending."""
        status, data = self.ask(lambda: self.client.uid("SEARCH", criteria))
        if status != OK:
            raise declined(self.server, "a search")
        return answers.numbers(data)

    def fetch(self, uids: Collection[int], item: str) -> dict[int, Fetched]:
        """One item of each message, with its size and arrival; those that have vanished are left out."""
        wanted = f"(UID RFC822.SIZE INTERNALDATE {item})"
        status, data = self.ask(lambda: self.client.uid("FETCH", ",".join(map(str, uids)), wanted))
        if status != OK:
            raise declined(self.server, "to show a message")
        return {each.uid: each for each in answers.fetched(data) if each.uid in uids}

    def store(self, uid: int, keyword: str) -> None:
        """Add a keyword to a message, where the folder keeps such; else nothing."""
        if self.writable and {keyword.upper(), r"\*"} & self.flags:
            self.ask(lambda: self.client.uid("STORE", str(uid), "+FLAGS.SILENT", f"({keyword})"))

    def move(self, uid: int, target: Folder) -> None:
        """Move a message into another folder (RFC 6851), where that one takes it; else it stays."""
        if self.writable:
            self.ask(lambda: self.client.uid("MOVE", str(uid), target.quoted))
