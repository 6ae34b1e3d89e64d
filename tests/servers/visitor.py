"""Another mail program on the same account, as the mentor's own: it puts mails in, marks, moves and removes them."""

import imaplib
import ssl
from typing import Any, Self

from tests.servers.accounts import Account
from tests.servers.mailhost import MailHost
from tests.servers.ports import HOST


class Visitor:
    """Logged in while it is a context manager; folders are named as IMAP names them."""

    def __init__(self, host: MailHost, account: Account) -> None:
        trusting = ssl.create_default_context(cafile=str(host.ca_file))
        self._client = imaplib.IMAP4_SSL(HOST, host.ports.imaps, ssl_context=trusting, timeout=60)
        self._client.login(account.name, account.password)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.logout()

    def put(self, mail: bytes, folder: str = "INBOX", flags: str = "") -> None:
        """A mail appears in the folder."""
        self._obeyed(self._client.append(folder, f"({flags})", "", mail))

    def flags(self, folder: str = "INBOX") -> list[set[str]]:
        """What each mail is marked with, in order."""
        self._obeyed(self._client.select(folder, readonly=True))
        answers = self._obeyed(self._client.fetch("1:*", "(FLAGS)")) if self.count(folder) else []
        return [{flag.decode() for flag in imaplib.ParseFlags(line)} - {r"\Recent"} for line in answers]

    def recent(self, folder: str = "INBOX") -> int:
        """How many mails no program has opened the folder to change since they came."""
        self._obeyed(self._client.select(folder, readonly=True))
        return int(self._client.response("RECENT")[1][0])

    def mark(self, uid: int, flags: str, folder: str = "INBOX") -> None:
        """Flags are added to a mail."""
        self._obeyed(self._client.select(folder))
        self._obeyed(self._client.uid("STORE", str(uid), "+FLAGS", f"({flags})"))

    def remove(self, *uids: int, folder: str = "INBOX") -> None:
        """Mails are gone for good."""
        self._obeyed(self._client.select(folder))
        self._obeyed(self._client.uid("STORE", ",".join(map(str, uids)), "+FLAGS", r"(\Deleted)"))
        self._obeyed(self._client.expunge())

    def move(self, uid: int, target: str, folder: str = "INBOX") -> None:
        """A mail is put into another folder."""
        self._obeyed(self._client.select(folder))
        self._obeyed(self._client.uid("MOVE", str(uid), target))

    def copy_all(self, target: str, folder: str = "INBOX") -> None:
        """Each mail is put into another folder as well."""
        if self.count(folder):
            self._obeyed(self._client.copy("1:*", target))

    def count(self, folder: str = "INBOX") -> int:
        """How many mails there are."""
        return int(self._obeyed(self._client.select(folder, readonly=True))[0])

    def make(self, folder: str) -> None:
        """A new folder."""
        self._obeyed(self._client.create(folder))

    def make_anew(self, folder: str) -> None:
        """The folder is deleted, and another one has its name; its UIDs mean other mails."""
        self._obeyed(self._client.delete(folder))
        self.make(folder)

    def _obeyed(self, answer: tuple[str, list[Any]]) -> list[Any]:
        status, data = answer
        assert status == "OK", data
        return data
