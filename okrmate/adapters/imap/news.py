"""What is new in a folder: which messages are seen at all, their headers, and how far it was looked through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from imap_tools import AND, OR, H, U

from okrmate.adapters.imap.answers import Fetched
from okrmate.adapters.imap.open_folder import OpenFolder
from okrmate.mail.headers import HEAD_LIMIT

CHUNK = 500
"""Messages whose headers are asked for at once: the fastest of the sizes that were measured."""
_HEADERS = f"BODY.PEEK[HEADER]<0.{HEAD_LIMIT}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """How far a folder was looked through: up to the UID `following`, as long as its UIDVALIDITY is `validity`."""

    validity: int
    following: int

    def written(self) -> str:
        """As it is remembered."""
        return f"{self.validity}/{self.following}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """What was written."""
        validity, following = text.split("/")
        return cls(validity=int(validity), following=int(following))


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Which messages of a folder are to be seen, and how far it has been looked through with them."""

    uids: Sequence[int]
    cursor: Cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What tells an answer to us, for a server's search.

    One of `threads` stands in its References or In-Reply-To, or its To holds `recipient`, such as `ada+`, with which
    the addresses begin that carry a token; empty where none does.
    """

    threads: Sequence[str] = ()
    recipient: str = ""

    @property
    def searched(self) -> str:
        """The search, empty where nothing marks an answer."""
        fields = [H(name, mark) for mark in self.threads for name in ("References", "In-Reply-To")]
        if not fields:
            return ""
        return str(OR(header=fields, to=self.recipient) if self.recipient else OR(header=fields))


def news(folder: OpenFolder, known: Cursor | None, since: date, marks: Marks, *, answers_only: bool) -> News:
    """What came since `known`: all of it, or only answers to us, which are told by their `marks`.

    Where nothing is known the mailbox was hers alone so far: then answers only, from the day `since` on. Where the
    folder was made anew meanwhile, all that came since that day.
    """
    following = folder.following or max(folder.search("ALL"), default=0) + 1
    answers = marks.searched if answers_only or known is None else "ALL"
    if not answers:
        uids: tuple[int, ...] = ()
    elif known and known.validity == folder.validity:
        uids = _from(folder, known.following, following, answers)
    else:
        # The day is one of the server's clock, anywhere on earth (RFC 3501 section 6.4.4).
        uids = folder.search(f"{AND(date_gte=since - timedelta(days=1))} {answers}")
    following = max(following, max(uids, default=0) + 1)
    return News(uids=uids, cursor=Cursor(validity=folder.validity, following=following))


def headers(folder: OpenFolder, uids: Sequence[int]) -> Iterator[Fetched]:
    """The messages' headers and sizes, in order; one that has vanished is left out.

    Asked for once more is what an answer leaves out: some servers end it early when messages vanish meanwhile.
    """
    for begin in range(0, len(uids), CHUNK):
        chunk = uids[begin : begin + CHUNK]
        found = folder.fetch(chunk, _HEADERS)
        missing = [uid for uid in chunk if uid not in found]
        if missing:
            found |= folder.fetch(missing, _HEADERS)
        yield from (found[uid] for uid in chunk if uid in found)


def _from(folder: OpenFolder, first: int, following: int, answers: str) -> tuple[int, ...]:
    if following <= first:
        return ()
    # A range that begins behind the last message names that one (RFC 3501 section 9, seq-range).
    return tuple(uid for uid in folder.search(f"{AND(uid=U(str(first), '*'))} {answers}") if uid >= first)
