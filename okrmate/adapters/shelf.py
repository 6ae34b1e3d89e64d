"""One table in memory: its rows as committed, found by id and by declared index, and a draft of changes to them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Generic, TypeVar

from okrmate.adapters.documents import DocumentError, decode_json, document_in, encode_json
from okrmate.adapters.log.entries import Operation
from okrmate.domain.changes import Document
from okrmate.services.ports import Record, Table

R = TypeVar("R", bound=Record)
NUMBER = attrgetter("number")


@dataclass(frozen=True, slots=True)
class Row(Generic[R]):
    """A record, its document in JSON, and its number in the table; numbers grow as records are first put."""

    number: int
    document: bytes
    record: R


class Shelf(Generic[R]):
    """The committed rows of one table, in the order of their numbers; rows are replaced, never changed."""

    def __init__(self, table: Table[R], rows: Iterable[Row[R]] = ()) -> None:
        self.table = table
        self.rows: dict[str, Row[R]] = {}
        self.last = 0
        self._ids: dict[str, dict[str, set[str]]] = {index: {} for index in table.indexes}
        for row in rows:
            self._add(row)

    def find(self, index: str, value: str) -> list[Row[R]]:
        """The rows whose index field equals `value`, by number; `ValueError` where the index is not declared."""
        if index not in self._ids:
            raise ValueError(f"{self.table.name} declares no index {index}")
        rows = [self.rows[record_id] for record_id in self._ids[index].get(value, ())]
        return sorted(rows, key=NUMBER)

    def apply(self, changed: Mapping[str, Row[R] | None]) -> None:
        """Take over the rows of a draft; None takes one out."""
        for record_id, row in changed.items():
            before = self.rows.get(record_id)
            if before is not None:
                self._forget(before)
            if before is not None and (row is None or row.number != before.number):
                del self.rows[record_id]
        for row in sorted((row for row in changed.values() if row is not None), key=NUMBER):
            self._add(row)

    def read_again(self, documents: Mapping[int, bytes]) -> "Shelf[R]":
        """The shelf for what stands in the file now; itself where nothing differs.

        `DocumentError` where a document does not fit the table, or two have the same id.
        """
        held = {row.number: row for row in self.rows.values()}
        rows = [self._known(held.get(number), number, documents[number]) for number in sorted(documents)]
        if rows == list(held.values()):
            return self
        found = Shelf(self.table, rows)
        if len(found.rows) < len(rows):
            raise DocumentError(f"two records of {self.table.name} have the same id")
        return found

    def row(self, number: int, document: bytes) -> Row[R]:
        """The row of a document; `DocumentError` where it does not fit the table."""
        try:
            return Row(number, document, decode_json(self.table.record, document))
        except DocumentError as error:
            raise DocumentError(f"{self.table.name} {number}: {error}") from error

    def _known(self, held: Row[R] | None, number: int, document: bytes) -> Row[R]:
        return held if held is not None and held.document == document else self.row(number, document)

    def _add(self, row: Row[R]) -> None:
        self.rows[row.record.id] = row
        self.last = max(self.last, row.number)
        for index, ids in self._ids.items():
            ids.setdefault(getattr(row.record, index), set()).add(row.record.id)

    def _forget(self, row: Row[R]) -> None:
        for index, ids in self._ids.items():
            value = getattr(row.record, index)
            ids[value].discard(row.record.id)
            if not ids[value]:
                del ids[value]


class Draft(Generic[R]):
    """What one transaction has done to a shelf so far; the shelf does not know of it until it is applied."""

    def __init__(self, shelf: Shelf[R]) -> None:
        self.shelf = shelf
        self.changed: dict[str, Row[R] | None] = {}
        self._last = shelf.last

    def get(self, record_id: str) -> R | None:
        """The record as this transaction left it."""
        row = self._row(record_id)
        return None if row is None else row.record

    def document(self, record_id: str) -> Document | None:
        """Its document as this transaction left it."""
        row = self._row(record_id)
        return None if row is None else document_in(row.document)

    def before(self, record_id: str) -> R | None:
        """The record as it was committed."""
        row = self.shelf.rows.get(record_id)
        return None if row is None else row.record

    def find(self, index: str, value: str) -> tuple[R, ...]:
        """As the shelf's, with this transaction's own writes."""
        found = self.shelf.find(index, value)
        if self.changed:
            found = [row for row in self._merged(found) if getattr(row.record, index) == value]
        return tuple(row.record for row in found)

    def every(self) -> tuple[R, ...]:
        """All records, with this transaction's own writes."""
        return tuple(row.record for row in self._rows())

    def operations(self) -> list[Operation]:
        """What this transaction does to the table, as the journal keeps it."""
        name, found = self.shelf.table.name, []
        for record_id, row in self.changed.items():
            before = self.shelf.rows.get(record_id)
            if before is not None and (row is None or row.number != before.number):
                found.append(Operation(name, before.number, None))
            if row is not None:
                found.append(Operation(name, row.number, row.document))
        return found

    def take(self, gone: Collection[int], documents: Mapping[int, bytes]) -> None:
        """Do to the table what another process did: first rows by number were taken out, then came documents.

        `DocumentError` where a document does not fit the table.
        """
        if gone:
            for record_id in [row.record.id for row in self.shelf.rows.values() if row.number in gone]:
                self.delete(record_id)
        for number, document in sorted(documents.items()):
            row = self.shelf.row(number, document)
            self._keep(row.record.id, row)

    def _rows_changed(self) -> list[Row[R]]:
        return sorted((row for row in self.changed.values() if row is not None), key=NUMBER)

    def _rows(self) -> list[Row[R]]:
        return self._merged(self.shelf.rows.values())

    def put(self, record: R) -> None:
        """Insert or replace; a record that is there exactly so is no change."""
        before = self._row(record.id)
        if before is None:
            self._last += 1
        number = self._last if before is None else before.number
        self._keep(record.id, Row(number, encode_json(record), record))

    def delete(self, record_id: str) -> None:
        """Take it out if it is there."""
        self._keep(record_id, None)

    def _row(self, record_id: str) -> Row[R] | None:
        return self.changed[record_id] if record_id in self.changed else self.shelf.rows.get(record_id)

    def _keep(self, record_id: str, row: Row[R] | None) -> None:
        if row == self.shelf.rows.get(record_id):
            self.changed.pop(record_id, None)
        else:
            self.changed[record_id] = row

    def _merged(self, rows: Iterable[Row[R]]) -> list[Row[R]]:
        if not self.changed:
            return list(rows)
        kept = [row for row in rows if row.record.id not in self.changed]
        return sorted(kept + self._rows_changed(), key=NUMBER)
