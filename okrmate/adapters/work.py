"""The committed state of every table, and a transaction as drafts over it."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from okrmate.adapters.documents import DocumentError, from_document, to_document
from okrmate.adapters.migrations import Documents
from okrmate.adapters.shelf import Changes, Draft, Shelf, changed_by
from okrmate.domain.changes import Document, Edit
from okrmate.domain.errors import StoreError
from okrmate.domain.okrs import Reading
from okrmate.domain.summaries import Summary, extended, summarise
from okrmate.services.ports import Record, Table
from okrmate.services.tables import READINGS, TABLES

R = TypeVar("R", bound=Record)
Change = tuple[Reading | None, Reading | None]
"""A reading before and after; None where it was not there."""
Changed = Mapping[str, Changes]
"""What is done to each table."""
Records = Mapping[str, Mapping[int, Any]]
"""Records of each table, by the numbers of their documents."""
BY_NAME: Mapping[str, Table[Any]] = {table.name: table for table in TABLES}


class Shelves:
    """Every table as committed, and the summaries of key results that were asked for since they changed.

    `foreign` are the documents of tables that are not ours: a user's script may keep some in the same file.
    """

    def __init__(self, shelves: Mapping[str, Shelf[Any]] | None = None, foreign: Documents | None = None) -> None:
        self.shelves = shelves or {table.name: Shelf(table) for table in TABLES}
        self._foreign = {} if foreign is None else foreign
        self._summaries: dict[str, Summary] = {}

    def documents(self) -> Documents:
        """The documents of every table, as they are kept here: not to be changed."""
        return {name: shelf.documents for name, shelf in self.shelves.items()} | self._foreign

    def of(self, table: Table[R]) -> Shelf[R]:
        """The shelf of a table."""
        return self.shelves[table.name]

    def summary(self, key_result: str) -> Summary:
        """What is known of a key result; derived once and kept until one of its readings changes."""
        if key_result not in self._summaries:
            readings = self.of(READINGS)
            self._summaries[key_result] = summarise(readings.records(readings.numbers("key_result", key_result)))
        return self._summaries[key_result]

    def apply(self, table: str, changes: Changes, records: Mapping[int, Any] = MappingProxyType({})) -> None:
        """Take over what was committed to a table, as its shelf does."""
        shelf = self.shelves.get(table)
        if shelf is None:
            self._foreign[table] = changed_by(self._foreign.get(table, {}), changes)
        elif table != READINGS.name:
            shelf.apply(changes, records)
        else:
            before = {number: shelf.record(number) for number in changes if number in shelf.documents}
            shelf.apply(changes, records)
            after = {number: shelf.record(number) for number, document in changes.items() if document is not None}
            # One that was taken out and put again comes last, wherever it stands among the changes.
            self._bring_up((before.get(number), after.get(number)) for number in sorted(changes))

    def check(self, changes: Changed) -> None:
        """Raise `DocumentError` where a document would not fit its table, or two would have the same id."""
        for name in changes.keys() & self.shelves.keys():
            self.shelves[name].check(changes[name].items())
            self.shelves[name].check_ids(changes[name])

    def follow(self, news: Changed) -> set[str]:
        """Take over what peers committed; the names of the tables that changed.

        `DocumentError` where a document does not fit its table.
        """
        documents, touched = self.documents(), set()
        for name, changes in news.items():
            before = documents.get(name, {})
            differing = {number: now for number, now in changes.items() if before.get(number) != now}
            if name in self.shelves:
                self.shelves[name].check(differing.items())
            if differing:
                self.apply(name, differing)
                touched.add(name)
        return touched

    def _bring_up(self, changed: Iterable[Change]) -> None:
        """Keep the summaries right: extended by what came later, forgotten where anything else changed."""
        for key_result, added in _added(changed).items():
            known = self._summaries.pop(key_result, None)
            after = None if known is None or added is None else extended(known, added)
            if after is not None:
                self._summaries[key_result] = after


class Work:
    """One transaction: reads see its own writes, and nothing outside it sees them before the commit."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self.drafts: dict[str, Draft[Any]] = {}
        self._touched: dict[tuple[str, str], None] = {}
        self._summaries: dict[str, Summary] = {}

    def get(self, table: Table[R], record_id: str) -> R | None:
        """As the port says."""
        return self._draft(table).get(record_id)

    def find(self, table: Table[R], index: str, value: str) -> tuple[R, ...]:
        """As the port says."""
        return self._draft(table).find(index, value)

    def every(self, table: Table[R]) -> tuple[R, ...]:
        """As the port says."""
        return self._draft(table).every()

    def summary(self, key_result: str) -> Summary:
        """As the port says; this transaction's own readings count."""
        readings = self._draft(READINGS)
        if not readings.changed:
            return self._shelves.summary(key_result)
        if key_result not in self._summaries:
            changed = ((readings.before(record_id), readings.get(record_id)) for record_id in readings.changed)
            added = _added(changed).get(key_result, [])
            after = None if added is None else extended(self._shelves.summary(key_result), added)
            self._summaries[key_result] = after or summarise(readings.find("key_result", key_result))
        return self._summaries[key_result]

    def put(self, table: Table[R], record: R) -> None:
        """As the port says."""
        self._refuse_rewriting(table, record.id)
        self._touch(table.name, record.id)
        self._draft(table).put(record)

    def delete(self, table: Table[R], record_id: str) -> None:
        """As the port says."""
        self._refuse_rewriting(table, record_id)
        self.erase(table, record_id)

    def erase(self, table: Table[R], record_id: str) -> None:
        """As the port says."""
        self._touch(table.name, record_id)
        self._draft(table).delete(record_id)

    def edits(self) -> tuple[Edit, ...]:
        """As the port says, in the order in which the records were first touched."""
        found = []
        for name, record_id in self._touched:
            draft = self.drafts[name]
            before, after = draft.before(record_id), draft.get(record_id)
            if draft.shelf.table.trailed and before != after:
                document = None if before is None else to_document(before)
                found.append(Edit(table=name, id=record_id, before=document, after=draft.document(record_id)))
        return tuple(found)

    def restore(self, edit: Edit) -> bool:
        """As the port says; `StoreError` where the trail's document does not fit its table any more."""
        table = BY_NAME.get(edit.table)
        if table is None:
            raise StoreError(f"The history speaks of a table {edit.table}, which this version does not have.")
        if self.get(table, edit.id) != _record(table, edit.after):
            return False
        before = _record(table, edit.before)
        if before is None:
            self.delete(table, edit.id)
        else:
            self.put(table, before)
        return True

    def changes(self) -> dict[str, dict[int, bytes | None]]:
        """What it does to each table."""
        return {name: draft.changes() for name, draft in self.drafts.items()}

    def records(self) -> dict[str, dict[int, Any]]:
        """The records it leaves in each table, by the numbers of their documents."""
        return {name: draft.records() for name, draft in self.drafts.items()}

    def _refuse_rewriting(self, table: Table[R], record_id: str) -> None:
        if table.append_only and self.get(table, record_id) is not None:
            message = f"{table.name} only ever grows; {record_id} stays as it is"
            raise ValueError(message)

    def _touch(self, name: str, record_id: str) -> None:
        self._touched.setdefault((name, record_id))
        if name == READINGS.name:
            self._summaries.clear()

    def _draft(self, table: Table[R]) -> Draft[R]:
        if table.name not in self.drafts:
            self.drafts[table.name] = Draft(self._shelves.of(table))
        return self.drafts[table.name]


def _added(changed: Iterable[Change]) -> dict[str, list[Reading] | None]:
    """What only comes to each key result; None where a reading is changed or taken out: then all count."""
    added: dict[str, list[Reading] | None] = {}
    for before, after in changed:
        if before is not None:
            added |= {record.key_result: None for record in (before, after) if record is not None}
        elif after is not None and (known := added.setdefault(after.key_result, [])) is not None:
            known.append(after)
    return added


def _record(table: Table[R], document: Document | None) -> R | None:
    try:
        return None if document is None else from_document(table.record, document)
    except DocumentError as error:
        raise StoreError(f"The history holds a record of {table.name} that does not fit any more: {error}.") from error
