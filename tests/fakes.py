"""One small fake for each port, in memory; the contract suites hold them to what the adapters do."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from threading import Event, RLock
from typing import Any, TypeVar

from okrmate.adapters.documents import from_document, to_document
from okrmate.domain.changes import Edit
from okrmate.domain.errors import OkrmateError, StoreError
from okrmate.domain.summaries import Summary, summarise
from okrmate.frozen import replace
from okrmate.services.ports import Delivery, DeliveryState, Home, Look, Reader, Record, Sighting, Table, Transaction
from okrmate.services.tables import READINGS, TABLES
from tests.builders import NOW

R = TypeVar("R", bound=Record)
Records = dict[str, dict[str, Any]]


class FixedClock:
    """Stands where it was set until it is moved."""

    def __init__(self, moment: datetime = NOW) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    def set(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def move(self, **amount: float) -> None:
        """Go on by a `timedelta` of these parts: `move(days=3, hours=2)`."""
        self._moment += timedelta(**amount)


class CountingTokens:
    """Ids and tokens of the real length, one after the other; `prefix` tells two sources apart."""

    def __init__(self, prefix: str = "n") -> None:
        self._prefix = prefix
        self._count = 0

    def new_id(self) -> str:
        return self._next(12)

    def new_token(self) -> str:
        return self._next(27)

    def _next(self, length: int) -> str:
        self._count += 1
        return self._prefix + str(self._count).rjust(length - len(self._prefix), "0")


class _Reading:
    """What a store and a transaction can both be asked."""

    records: Records

    def get(self, table: Table[R], record_id: str) -> R | None:
        return self.records[table.name].get(record_id)

    def find(self, table: Table[R], index: str, value: str) -> tuple[R, ...]:
        if index not in table.indexes:
            raise ValueError(f"{table.name} declares no index {index}")
        return tuple(record for record in self.records[table.name].values() if getattr(record, index) == value)

    def every(self, table: Table[R]) -> tuple[R, ...]:
        return tuple(self.records[table.name].values())

    def summary(self, key_result: str) -> Summary:
        return summarise(self.find(READINGS, "key_result", key_result))


class MemoryTransaction(_Reading):
    """Works on copies; the store takes them over at the end."""

    def __init__(self, before: Records) -> None:
        self.before = before
        self.records = {name: dict(records) for name, records in before.items()}
        self._touched: dict[tuple[str, str], Table[Any]] = {}

    def put(self, table: Table[R], record: R) -> None:
        self._refuse_rewriting(table, record.id)
        self._touched.setdefault((table.name, record.id), table)
        self.records[table.name][record.id] = record

    def delete(self, table: Table[R], record_id: str) -> None:
        self._refuse_rewriting(table, record_id)
        self.erase(table, record_id)

    def erase(self, table: Table[R], record_id: str) -> None:
        self._touched.setdefault((table.name, record_id), table)
        self.records[table.name].pop(record_id, None)

    def _refuse_rewriting(self, table: Table[R], record_id: str) -> None:
        if table.append_only and record_id in self.records[table.name]:
            message = f"{table.name} only ever grows; {record_id} stays as it is"
            raise ValueError(message)

    def changed(self) -> list[tuple[Table[Any], str, Any, Any]]:
        """Table, id, before and after of each record that is not as it was."""
        found = [
            (table, record_id, self.before[name].get(record_id), self.records[name].get(record_id))
            for (name, record_id), table in self._touched.items()
        ]
        return [change for change in found if change[2] != change[3]]

    def edits(self) -> tuple[Edit, ...]:
        return tuple(
            Edit(
                table=table.name,
                id=record_id,
                before=None if before is None else to_document(before),
                after=None if after is None else to_document(after),
            )
            for table, record_id, before, after in self.changed()
            if table.trailed
        )

    def restore(self, edit: Edit) -> bool:
        table: Table[Any] = next(table for table in TABLES if table.name == edit.table)
        expected = None if edit.after is None else from_document(table.record, edit.after)
        if self.get(table, edit.id) != expected:
            return False
        if edit.before is None:
            self.delete(table, edit.id)
        else:
            self.put(table, from_document(table.record, edit.before))
        return True


class MemoryStore(_Reading):
    """The store without a file; `broken` is raised by the next commit, as a full disk would."""

    def __init__(self, home: str = "home1", created_at: datetime = NOW) -> None:
        self.home = Home(id=home, created_at=created_at)
        self.records = {table.name: {} for table in TABLES}
        self.broken: StoreError | None = None
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._alone = RLock()
        self._open = False

    def reader(self) -> Reader:
        return self

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        with self._alone:
            if self._open:
                raise RuntimeError("A transaction is open already.")
            self._open = True
            try:
                work = MemoryTransaction(self.records)
                yield work
                self._break()
                self.records = work.records
            finally:
                self._open = False
        touched = frozenset(table.name for table, *_ in work.changed())
        for listener in tuple(self._listeners) if touched else ():
            listener(touched)

    def subscribe(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def refresh(self) -> None:
        pass

    def close(self) -> None:
        self._listeners.clear()

    def is_as(self, other: "MemoryStore") -> bool:
        """Whether nothing was committed in either since they began with the same records, and a commit is only that."""
        return self.records is other.records and self.broken is None and not self._listeners

    def _break(self) -> None:
        broken, self.broken = self.broken, None
        if broken is not None:
            raise broken


class MemoryRawMail:
    """Raw mail by place; `attempts` counts the readings that were begun and did not end."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.attempts: dict[str, int] = {}

    def keep(self, name: str, content: bytes, at: datetime) -> str:
        where = f"mail/{at.astimezone(UTC):%Y-%m-%d}/{name}.eml"
        self.kept.setdefault(where, content)
        return where

    def keep_all(self, mails: Mapping[str, bytes], at: datetime) -> Mapping[str, str]:
        return {name: self.keep(name, content, at) for name, content in mails.items()}

    def read(self, where: str) -> bytes:
        if where not in self.kept:
            raise StoreError(f"The raw mail {where} is gone.")
        return self.kept[where]

    def begin(self, name: str) -> int:
        before = self.attempts.get(name, 0)
        self.attempts[name] = before + 1
        return before

    def end(self, name: str) -> None:
        self.attempts.pop(name, None)


class MemoryMailbox:
    """Folders of messages; `arrive` puts one in, `settled` are those dealt with, `error` is raised while it is set.

    A folder named Junk holds junk, one named Sent what has left. `ahead` is how far the server's clock, by which it
    notes when it took a mail, is ahead of ours; None where it notes nothing. `at_once` is how many messages one look
    shows at most.
    """

    def __init__(self, *folders: str) -> None:
        self.at_once: int | None = None
        self.looks = 0
        self.settled: list[Sighting] = []
        self.error: OkrmateError | None = None
        self.ahead: timedelta | None = None
        self._messages: dict[str, list[tuple[datetime, bytes | None]]] = {name: [] for name in folders or ("INBOX",)}

    def make(self, folder: str) -> None:
        """One more folder, unless it is there."""
        self._messages.setdefault(folder, [])

    def arrive(self, content: bytes, at: datetime = NOW, folder: str = "INBOX") -> str:
        """Put a message in; returns its uid."""
        self._messages[folder].append((at, content))
        return str(len(self._messages[folder]))

    def vanish(self, uid: str, folder: str = "INBOX") -> None:
        """Somebody deletes a message."""
        at, _ = self._messages[folder][int(uid) - 1]
        self._messages[folder][int(uid) - 1] = (at, None)

    def close(self) -> None:
        pass

    def folders(self) -> Sequence[str]:
        self._reach()
        return tuple(self._messages)

    def look(self, folder: str, cursor: str | None, since: datetime) -> Look:
        self._reach()
        self.looks += 1
        numbered = list(enumerate(self._messages[folder], start=1))
        new = [
            replace(_sighting(folder, str(uid), content), arrived_at=None if self.ahead is None else at + self.ahead)
            for uid, (at, content) in numbered
            if content is not None and (at >= since if cursor is None else uid > int(cursor))
        ]
        shown = new[: self.at_once]
        more = len(shown) < len(new)
        return Look(sightings=tuple(shown), cursor=shown[-1].uid if more else str(len(numbered)), more=more)

    def fetch(self, sighting: Sighting, limit: int) -> bytes | None:
        self._reach()
        content = self._messages[sighting.folder][int(sighting.uid) - 1][1]
        return None if content is None else content[:limit]

    def settle(self, sighting: Sighting) -> None:
        self._reach()
        self.settled.append(sighting)

    def _reach(self) -> None:
        if self.error is not None:
            raise self.error


def _sighting(folder: str, uid: str, content: bytes) -> Sighting:
    headers: dict[str, tuple[str, ...]] = {}
    for name, value in message_from_bytes(content).items():
        unfolded = "".join(str(value).splitlines())
        headers[name.lower()] = (*headers.get(name.lower(), ()), unfolded)
    return Sighting(
        folder=folder, uid=uid, size=len(content), headers=headers, junk=folder == "Junk", sent=folder == "Sent"
    )


class MemoryPostman:
    """Sends to a list; `expect` says what becomes of the next ones, without it everything is sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bytes]] = []
        """Recipient and message of everything that arrived, in order."""
        self.attempts = 0
        self.error: OkrmateError | None = None
        """Raised by `ready` while it is set."""
        self.sent_error: OkrmateError | None = None
        """Raised while it is set by what asks where sent mail is filed."""
        self.asked_for: list[str] = []
        """The Message-IDs that were looked for there."""
        self.filed: list[bytes] = []
        self.takes_copies = True
        self.looks_first = False
        self.rested = 0
        self._expected: deque[tuple[Delivery, bool]] = deque()

    def expect(self, state: DeliveryState, reason: str = "", *, arrives: bool | None = None) -> None:
        """The next hand-over ends so; `arrives` says whether it got there all the same (in doubt only)."""
        there = state is DeliveryState.SENT if arrives is None else arrives
        self._expected.append((Delivery(state=state, reason=reason), there))

    def ready(self) -> None:
        if self.error is not None:
            raise self.error

    def file(self, message: bytes) -> None:
        if self.sent_error is not None:
            raise self.sent_error
        self.filed.append(message)

    def rest(self) -> None:
        self.rested += 1

    def send(self, message: bytes, recipient: str) -> Delivery:
        self.attempts += 1
        delivery, arrives = self._expected.popleft() if self._expected else (Delivery(state=DeliveryState.SENT), True)
        if arrives:
            self.sent.append((recipient, message))
        return delivery

    def was_sent(self, message_id: str) -> bool:
        self.asked_for.append(message_id)
        if self.sent_error is not None:
            raise self.sent_error
        return self.copies(message_id) > 0

    def copies(self, message_id: str) -> int:
        """How often a letter with this Message-ID arrived."""
        return sum(message_from_bytes(message)["Message-ID"] == message_id for _, message in self.sent)


class MemoryBoard:
    """What the loop told: how often it looked, and each trouble with since when; an empty one where all was well."""

    def __init__(self) -> None:
        self.looks = 0
        self.told: list[tuple[str, datetime | None]] = []
        self.refusals = 0

    def looked(self) -> None:
        self.looks += 1

    def troubled(self, sentence: str, since: datetime) -> None:
        self.told.append((sentence, since))

    def refused(self) -> None:
        self.refusals += 1

    def well(self) -> None:
        self.told.append(("", None))


class HandBell:
    """A doorbell that a test rings; each of `errors` ends one listening as soon as it has begun."""

    def __init__(self, *errors: Exception) -> None:
        self.listened = 0
        self.listening = Event()
        self._errors = deque(errors)
        self._rung = Event()

    def ring(self) -> None:
        self._rung.set()

    def listen(self, ring: Callable[[], None], stopped: Callable[[], bool]) -> None:
        self.listened += 1
        ring()
        if self._errors:
            raise self._errors.popleft()
        self.listening.set()
        while not stopped():
            if self._rung.wait(0.01):
                self._rung.clear()
                ring()
        self.listening.clear()
