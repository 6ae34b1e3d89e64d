"""One table in memory: its documents as committed, found by id and by declared index, and a draft of changes to them.

Documents are kept as they stand in the files, and read when they are asked for: a reading takes 0.4 kB, a third of what
it takes with its record beside it. Every document is of its table's type; each is checked when it comes from
elsewhere, but for those okrmate itself wrote into its file.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import Generic, TypeVar

from okrmate.adapters.documents import (
    DocumentError,
    decode_json,
    document_in,
    encode_json,
    keys_reader,
)
from okrmate.domain.changes import Document
from okrmate.frozen import Frozen
from okrmate.services.ports import Record, Table

R = TypeVar("R", bound=Record)
KEPT = 10_000
"""So many records of a table are kept as they were read; with the next one, reading begins anew."""
AT_ONCE = 1000
"""So many documents are entered column by column: half the time of one by one, and little memory."""

Changes = Mapping[int, bytes | None]
"""What happened to a table: the documents as they are now, by number; None where there is none any more."""
NONE: Mapping[int, bytes] = MappingProxyType({})


class Shelf(Generic[R]):
    """The committed documents of one table, in the order of their numbers; numbers grow as records are first put.

    Raises `DocumentError` where a document says no id, or two say the same.
    """

    def __init__(self, table: Table[R], documents: Mapping[int, bytes] = NONE) -> None:
        self.table = table
        self.documents: dict[int, bytes] = {}
        self.last = 0
        self._keys = keys_reader(table.record, ("id", *table.indexes))
        self._numbers: dict[str, int] = {}
        self._found: dict[str, dict[str, list[int]]] = {index: defaultdict(list) for index in table.indexes}
        self._records: dict[int, R] = {}
        self._enter(documents)
        if len(self._numbers) < len(self.documents):
            raise DocumentError(f"two records of {table.name} have the same id")

    def number(self, record_id: str) -> int | None:
        """The number of the record with this id."""
        return self._numbers.get(record_id)

    def numbers(self, index: str, value: str) -> Collection[int]:
        """The numbers of those whose index field equals `value`, in order; `ValueError` for an undeclared index."""
        if index not in self._found:
            raise ValueError(f"{self.table.name} declares no index {index}")
        return self._found[index].get(value, ())

    def get(self, record_id: str) -> R | None:
        """The record with this id."""
        number = self._numbers.get(record_id)
        return None if number is None else self.record(number)

    def records(self, numbers: Iterable[int]) -> tuple[R, ...]:
        """The records with these numbers."""
        return tuple(map(self.record, numbers))

    def record(self, number: int) -> R:
        """The record with this number, which is there."""
        known = self._records.get(number)
        return known if known is not None else self._keep(number, self._read(number))

    def check(self, documents: Iterable[tuple[int, bytes | None]]) -> None:
        """Raise `DocumentError` where one of these does not fit the table."""
        for number, document in documents:
            if document is not None:
                try:
                    decode_json(self.table.record, document)
                except DocumentError as error:
                    raise DocumentError(f"{self.table.name} {number}: {error}") from error

    def check_ids(self, changes: Changes) -> None:
        """Raise `DocumentError` where two records would have the same id after these changes."""
        written = {number: document for number, document in changes.items() if document is not None}
        ids = [record_id for record_id, *_ in self._keys_of(written)]
        left = (self._numbers[record_id] for record_id in set(ids) & self._numbers.keys())
        if len(set(ids)) < len(ids) or not all(number in changes for number in left):
            raise DocumentError(f"two records of {self.table.name} would have the same id")

    def apply(self, changes: Changes, records: Mapping[int, R] = MappingProxyType({})) -> None:
        """Take over what was committed; `records` are those of the documents whose records are known."""
        for number in changes:
            if number in self.documents:
                self._forget(number)
            if changes[number] is None:
                self.documents.pop(number, None)
        self._enter({number: document for number, document in sorted(changes.items()) if document is not None})
        for number, record in records.items():
            self._keep(number, record)

    def read_again(self, documents: Mapping[int, bytes]) -> "Shelf[R]":
        """The shelf for what stands in the files now; itself where nothing differs."""
        return self if documents == self.documents else Shelf(self.table, documents)

    def _enter(self, documents: Mapping[int, bytes]) -> None:
        """Add documents whose numbers are free, in the order of these."""
        if not documents:
            return
        is_behind = next(iter(documents)) > self.last
        self.documents.update(documents)
        if not is_behind:
            self.documents = dict(sorted(self.documents.items()))
        self.last = max(self.last, next(reversed(self.documents)))
        place = list.append if is_behind else insort
        items = iter(documents.items())
        while some := dict(islice(items, AT_ONCE)):
            ids, *columns = zip(*self._keys_of(some), strict=True)
            self._numbers.update(zip(ids, some, strict=True))
            for by_value, column in zip(self._found.values(), columns, strict=True):
                for number, value in zip(some, column, strict=True):
                    place(by_value[value], number)

    def _forget(self, number: int) -> None:
        self._records.pop(number, None)
        ((record_id, *values),) = self._keys_of({number: self.documents[number]})
        if self._numbers.get(record_id) == number:  # another may have the id by now
            del self._numbers[record_id]
        for by_value, value in zip(self._found.values(), values, strict=True):
            among = by_value[value]
            del among[bisect_left(among, number)]
            if not among:
                del by_value[value]

    def _keys_of(self, documents: Mapping[int, bytes]) -> list[tuple[str, ...]]:
        try:
            return self._keys(documents.values())
        except DocumentError:
            self.check(documents.items())  # says which it is
            raise

    def _read(self, number: int) -> R:
        return decode_json(self.table.record, self.documents[number])

    def _keep(self, number: int, record: R) -> R:
        if len(self._records) >= KEPT:
            self._records.clear()
        self._records[number] = record
        return record


class Row(Frozen, Generic[R], kw_only=False):
    """A record as a draft leaves it, its document, and its number in the table."""

    number: int
    document: bytes
    record: R


class Draft(Generic[R]):
    """What one transaction has done to a shelf so far; the shelf does not know of it until it is applied."""

    def __init__(self, shelf: Shelf[R]) -> None:
        self.shelf = shelf
        self.changed: dict[str, Row[R] | None] = {}
        self._last = shelf.last

    def get(self, record_id: str) -> R | None:
        """The record as this transaction left it."""
        if record_id not in self.changed:
            return self.shelf.get(record_id)
        row = self.changed[record_id]
        return None if row is None else row.record

    def document(self, record_id: str) -> Document | None:
        """Its document as this transaction left it."""
        row = self.changed.get(record_id)
        if row is not None:
            return document_in(row.document)
        number = None if record_id in self.changed else self.shelf.number(record_id)
        return None if number is None else document_in(self.shelf.documents[number])

    def before(self, record_id: str) -> R | None:
        """The record as it was committed."""
        return self.shelf.get(record_id)

    def find(self, index: str, value: str) -> tuple[R, ...]:
        """As the shelf's, with this transaction's own writes."""
        found = self._merged(self.shelf.numbers(index, value))
        return tuple(record for record in found if getattr(record, index) == value) if self.changed else found

    def every(self) -> tuple[R, ...]:
        """All records, with this transaction's own writes."""
        return self._merged(self.shelf.documents)

    def changes(self) -> dict[int, bytes | None]:
        """What this transaction does to the table."""
        found: dict[int, bytes | None] = {}
        for record_id, row in self.changed.items():
            before = self.shelf.number(record_id)
            if before is not None:
                found[before] = None
            if row is not None:
                found[row.number] = row.document
        return found

    def records(self) -> dict[int, R]:
        """The records it leaves, by number."""
        return {row.number: row.record for row in self.changed.values() if row is not None}

    def put(self, record: R) -> None:
        """Insert or replace; a record that is there exactly so is no change."""
        row = self.changed.get(record.id)
        number = row.number if row is not None else self.shelf.number(record.id)
        if number is None or (row is None and record.id in self.changed):
            self._last += 1
            number = self._last
        document = encode_json(record)
        if self.shelf.number(record.id) == number and self.shelf.documents[number] == document:
            self.changed.pop(record.id, None)
        else:
            self.changed[record.id] = Row(number, document, record)

    def delete(self, record_id: str) -> None:
        """Take it out if it is there."""
        if self.shelf.number(record_id) is None:
            self.changed.pop(record_id, None)
        else:
            self.changed[record_id] = None

    def _merged(self, numbers: Collection[int]) -> tuple[R, ...]:
        """The committed ones with these numbers that this transaction left alone, and all that it wrote, in order."""
        if not self.changed:
            return self.shelf.records(numbers)
        left = {self.shelf.number(record_id) for record_id in self.changed}
        written = self.records()
        return tuple(
            written[number] if number in written else self.shelf.record(number)
            for number in sorted({number for number in numbers if number not in left} | written.keys())
        )


def changed_by(documents: Mapping[int, bytes], changes: Changes) -> dict[int, bytes]:
    """The documents of a table after these changes, in the order of their numbers."""
    merged = {**documents, **changes}
    return {number: document for number in sorted(merged) if (document := merged[number]) is not None}
