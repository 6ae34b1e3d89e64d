"""The ports: what the use cases need of the outside world, as protocols.

Adapters serve them, tests fake them (`tests/fakes.py`); one contract suite runs on both. Nothing here is shaped
after a library.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from okrmate.domain.changes import Edit
from okrmate.domain.summaries import Summary
from okrmate.frozen import Frozen


class Record(Protocol):
    """Anything stored: a frozen value with an opaque id."""

    @property
    def id(self) -> str:
        """Opaque, unique in its table."""


R = TypeVar("R", bound=Record)


class Table(Frozen, Generic[R]):
    """A kind of record that is stored, and the fields it is found by (text fields only)."""

    name: str
    record: type[R]
    indexes: tuple[str, ...] = ()
    trailed: bool = True
    """Whether its edits belong in the trail of changes."""
    append_only: bool = False
    """Whether what stands in it stays as it is: replacing or deleting a record is a bug, and raises `ValueError`."""


class Reader(Protocol):
    """What can be asked of the store; each answer is one consistent state."""

    def get(self, table: Table[R], record_id: str) -> R | None:
        """The record with this id, if there is one."""

    def find(self, table: Table[R], index: str, value: str) -> tuple[R, ...]:
        """The records whose declared index field equals `value`, in the order they were first put."""

    def every(self, table: Table[R]) -> tuple[R, ...]:
        """All records of a table, in the order they were first put."""

    def summary(self, key_result: str) -> Summary:
        """What is known of a key result now; kept by the store with each commit of a reading."""


class Transaction(Reader, Protocol):
    """Reads that see its own writes, and writes that all happen or none."""

    def put(self, table: Table[R], record: R) -> None:
        """Insert the record, or replace the one with its id."""

    def delete(self, table: Table[R], record_id: str) -> None:
        """Take the record out; nothing happens where there is none."""

    def erase(self, table: Table[R], record_id: str) -> None:
        """As `delete`, also where a table only grows: for erasing a person alone, whose trail goes with them."""

    def edits(self) -> tuple[Edit, ...]:
        """What this transaction has changed so far in trailed tables: one edit a record, first before, last after."""

    def restore(self, edit: Edit) -> bool:
        """Put back what stood there before `edit` (a document of the trail), in this transaction.

        False, and nothing done, where the record is no longer as `edit` left it.
        """


class Home(Frozen):
    """Which home this is: the id inside every Message-ID, and when it was made (UTC)."""

    id: str
    created_at: datetime


class Store(Reader, Protocol):
    """The one place where everything is kept.

    Raises `StoreError` where it is damaged, newer than this program, full or unwritable. A transaction is
    acknowledged only when it would survive a crash; an exception inside leaves nothing behind.
    """

    @property
    def home(self) -> Home:
        """The home this store belongs to."""

    def reader(self) -> Reader:
        """What is known now, for many questions in a row: others' commits are looked for once, and not at each."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """One unit of work, alone against every other writer in any process."""

    def subscribe(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Call `listener` with the names of the tables each commit touched; returns what ends it."""

    def refresh(self) -> None:
        """Look whether another process has committed, and tell the listeners; costs one look at a file."""

    def close(self) -> None:
        """Let go of files; the store is not used afterwards."""


class Clock(Protocol):
    """The time; everything that needs it asks here."""

    def now(self) -> datetime:
        """This moment, aware, UTC."""


class Tokens(Protocol):
    """Randomness for names nobody may guess."""

    def new_id(self) -> str:
        """An opaque id, short enough to be typed: 12 letters and digits."""

    def new_token(self) -> str:
        """An unguessable token of at least 128 bits, in lower-case letters and digits."""


class RawMail(Protocol):
    """The raw bytes of every mail that concerns okrmate, in and out."""

    def keep(self, name: str, content: bytes, at: datetime) -> str:
        """Store `content` so that it survives a crash (file and folder synced); returns where, relative to the home.

        `name` is the record's id. Keeping the same name on the same day again replaces nothing: the first stays.
        """

    def keep_all(self, mails: Mapping[str, bytes], at: datetime) -> Mapping[str, str]:
        """The same for several at once, by name; returns where each is. All are safe when it returns."""

    def read(self, where: str) -> bytes:
        """The bytes kept there; `StoreError` where they are gone."""

    def begin(self, name: str) -> int:
        """Note that reading this mail begins; returns how many attempts were begun before and never ended."""

    def end(self, name: str) -> None:
        """Note that reading this mail came to an end, whatever the result."""


class Sighting(Frozen):
    """A new message in a folder, seen by its headers only: names lower-case, values unfolded and as they came."""

    folder: str
    uid: str
    size: int
    headers: Mapping[str, tuple[str, ...]]
    junk: bool = False
    """Whether it lies where the provider puts what it takes for junk: such a mail is shown, never applied."""
    sent: bool = False
    """Whether it lies where sent mail is filed: it tells what has left, and is never read as a mail to us."""
    arrived_at: datetime | None = None
    """When the server took it, by the server's clock; None where no other clock than this machine's has seen it."""


class Look(Frozen):
    """What one look into one folder found, and where the next look goes on."""

    sightings: Sequence[Sighting]
    cursor: str
    more: bool = False
    """Whether more is there by now than is seen at once: another look, from `cursor` on, shows it."""


class Mailbox(Protocol):
    """Where answers arrive. Only headers are read of what does not concern okrmate.

    Raises `MailServerError` or `MailLoginError`.
    """

    def folders(self) -> Sequence[str]:
        """The folders that are looked into, by name."""

    def look(self, folder: str, cursor: str | None, since: datetime) -> Look:
        """The messages that are new since `cursor`; without one, what came after `since` (real time).

        Of a mailbox that was hers before, a look without a cursor shows answers to us alone (product, promise 5).
        """

    def fetch(self, sighting: Sighting, limit: int) -> bytes | None:
        """Its raw bytes, at most `limit` of them; None where it has vanished.

        From a server comes no more of a mail that is too big to be read than tells that it is.
        """

    def settle(self, sighting: Sighting) -> None:
        """Mark it as dealt with, after the commit; never deletes, never marks as read."""

    def close(self) -> None:
        """Let go of a connection; the next use makes another."""


class Doorbell(Protocol):
    """Tells that something may have arrived, so that nobody has to look again and again."""

    def listen(self, ring: Callable[[], None], stopped: Callable[[], bool]) -> None:
        """Call `ring` once listening has begun and whenever something may have arrived, until `stopped`.

        What arrived before the listening began is found by the look that the first ring brings. Blocks; `stopped`
        is asked at least once a second. Returns early where the server cannot tell, which leaves looking in a
        rhythm. Raises `MailServerError` where the connection is lost, `MailLoginError` where it is refused.
        """


class DeliveryState(StrEnum):
    """What became of handing a letter over."""

    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    IN_DOUBT = "in doubt"


class Delivery(Frozen):
    """The result of one attempt; `reason` is a sentence, empty where it was sent."""

    state: DeliveryState
    reason: str = ""


class Postman(Protocol):
    """The way out; never called inside a transaction, but for what it is asked about itself."""

    @property
    def takes_copies(self) -> bool:
        """Whether `file` is to be given what was sent; no where the way out keeps it by itself."""

    @property
    def looks_first(self) -> bool:
        """Whether a copy is to be looked for (`was_sent`) before `file` is given it: the provider may file it too."""

    def ready(self) -> None:
        """Reach the place where letters leave, where that is not done yet; asked before a letter is claimed.

        Raises `MailServerError` or `MailLoginError`: then no letter has been touched, and all of them wait.
        """

    def send(self, message: bytes, recipient: str) -> Delivery:
        """Hand one message over to be carried to `recipient`."""

    def was_sent(self, message_id: str) -> bool:
        """Whether the place where sent mail is filed holds this Message-ID; for letters in doubt."""

    def file(self, message: bytes) -> None:
        """Put a copy where sent mail is filed, without a look at what is there; nothing where it takes none.

        Raises `MailServerError` or `MailLoginError`; the letter has left all the same.
        """

    def rest(self) -> None:
        """The batch is over: let go of a connection; `ready` makes another."""


class Templates(Protocol):
    """Where the sources of letters are found; a home's own file wins over the packaged one."""

    def template(self, name: str) -> str:
        """The source of a template such as `en/agenda.md.j2`."""
