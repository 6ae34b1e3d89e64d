"""What is new in a folder: which messages are seen at all, their headers, and how far it was looked through."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from imap_tools import AND, OR, H, U

from okrmate.adapters.imap.answers import Fetched
from okrmate.adapters.imap.open_folder import OpenFolder
from okrmate.frozen import Frozen
from okrmate.mail.headers import HEAD_LIMIT

CHUNK = 500
"""Messages whose headers are asked for at once: the fastest of the sizes that were measured."""
_HEADERS = f"BODY.PEEK[HEADER]<0.{HEAD_LIMIT}>"


class Cursor(Frozen):
    """How far a folder was looked through: up to the UID `following`, as long as its UIDVALIDITY is `validity`.

    What lies below `old` was there before the first look, or before the one that found the folder made anew. Of that
    only what came since a day is seen, and where `answers`, only answers to us.
    """

    validity: int
    following: int
    old: int = 0
    answers: bool = False

    @property
    def among_old(self) -> bool:
        """Whether what was there before is still being looked through."""
        return self.following < self.old

    def moved(self, following: int) -> "Cursor":
        """Further on."""
        old, answers = (self.old, self.answers) if following < self.old else (0, False)
        return Cursor(validity=self.validity, following=following, old=old, answers=answers)

    def written(self) -> str:
        """As it is remembered."""
        place = f"{self.validity}/{self.following}"
        return f"{place}/{self.old}/{'answers' if self.answers else 'all'}" if self.among_old else place

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """What was written."""
        validity, following, *before = text.split("/")
        old, seen = before or ("0", "")
        return cls(validity=int(validity), following=int(following), old=int(old), answers=seen == "answers")

    @classmethod
    def at(cls, validity: int, known: "Cursor | None", end: int) -> "Cursor":
        """Where to go on in a folder whose UIDs end before `end`.

        Where nothing is known the mailbox was hers alone so far. Where its UIDs mean other messages than they did, all
        of them are gone through once more.
        """
        if known is not None and known.validity == validity:
            return known
        return cls(
            validity=validity, following=1, old=end, answers=known is None or (known.among_old and known.answers)
        )


class News(Frozen):
    """Which messages of a folder are to be seen, and how far it has been looked through with them; `more` are there."""

    uids: Sequence[int]
    cursor: Cursor
    more: bool


class Marks(Frozen):
    """What tells an answer to us, for a server's search.

    One of `threads` stands in its References or In-Reply-To, or its To holds `recipient`, such as `ada+`, with which
    the addresses begin that carry a token; empty where none does. With `by_program` it is not answers that are looked
    for but what a program wrote (RFC 3834), as our letters are.
    """

    threads: Sequence[str] = ()
    recipient: str = ""
    by_program: bool = False

    @property
    def searched(self) -> str:
        """The search, empty where nothing marks an answer."""
        if self.by_program:
            return str(AND(header=H("Auto-Submitted", "auto-")))
        fields = [H(name, mark) for mark in self.threads for name in ("References", "In-Reply-To")]
        if not fields:
            return ""
        return str(OR(header=fields, to=self.recipient) if self.recipient else OR(header=fields))


def news(folder: OpenFolder, known: Cursor | None, since: date, marks: Marks, *, answers_only: bool) -> News:
    """The first messages, `CHUNK` at most, that came since `known`: all, or only answers to us, told by their `marks`.

    Of what was there before, those that came from the day `since` on.
    """
    end = folder.following or max(folder.search("ALL"), default=0) + 1
    at = Cursor.at(folder.validity, known, end)
    wanted = marks.searched if answers_only or (at.among_old and at.answers) else "ALL"
    if not wanted:
        uids: tuple[int, ...] = ()
    elif at.among_old:
        # The day is one of the server's clock, anywhere on earth (RFC 3501 section 6.4.4).
        day = since - timedelta(days=1)
        old = U(str(at.following), str(at.old - 1))
        uids = folder.search(f"{AND(uid=old, date_gte=day)} {wanted}")
    else:
        uids = _from(folder, at.following, end, wanted)
    if len(uids) > CHUNK:
        uids = uids[:CHUNK]
        following = uids[-1] + 1
    else:
        following = at.old if at.among_old else max(end, max(uids, default=0) + 1)
    return News(uids=uids, cursor=at.moved(following), more=following < end)


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
