"""Whatever a script does, the store's tables do as a stock TinyDB in memory does, for every handle on them."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb import TinyDB, where
from tinydb.operations import delete, increment
from tinydb.queries import QueryLike
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from okrmate.adapters.database import Database
from okrmate.adapters.store import open_tables
from tests.adapters.homes import QuickDisk
from tests.fakes import CountingTokens, FixedClock

VALUES = st.sampled_from(["a", "b", 1, 1.0, True, 0, False, None, 2.5, ["a"], {"n": [1]}, "é\u2028", 2**70])
FIELDS = st.sampled_from("xyz")
DOCUMENTS = st.dictionaries(FIELDS, VALUES, max_size=3)
CONDITIONS = st.one_of(
    st.builds(lambda field, value: where(field) == value, FIELDS, VALUES),
    st.builds(lambda field, value: (where(field) == value) & where("y").exists(), FIELDS, VALUES),
    st.builds(lambda field, value: ~(where(field) == value) | (where("z") == 1), FIELDS, VALUES),
)
HANDLES = st.integers(0, 1)
NUMBERS = st.integers(1, 12)


class WrongError(Exception):
    """What goes wrong amid a transaction."""


class Histories(RuleBasedStateMachine):
    """Two handles on one home, and a stock TinyDB beside them."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._handles = [self._opened(), self._opened()]
        self._stock = TinyDB(storage=MemoryStorage)

    def _opened(self) -> Database:
        return Database(open_tables(Path(self._folder.name) / "home", CountingTokens(), FixedClock(), QuickDisk()))

    def _both(self, by: int, call: Callable[[Table], object]) -> None:
        """The same answer, or the same kind of error."""
        assert _answer(call, self._handles[by].table("t")) == _answer(call, self._stock.table("t"))

    @rule(by=HANDLES, document=DOCUMENTS)
    def insert(self, by: int, document: dict[str, Any]) -> None:
        number = self._handles[by].table("t").insert(document)
        assert number == max((known.doc_id for known in self._stock.table("t")), default=0) + 1
        self._stock.table("t").insert(Document(document, number))

    @rule(by=HANDLES, document=DOCUMENTS, number=NUMBERS)
    def insert_as(self, by: int, document: dict[str, Any], number: int) -> None:
        self._both(by, lambda table: table.insert(Document(document, number)))

    @rule(by=HANDLES, document=DOCUMENTS, cond=CONDITIONS)
    def update(self, by: int, document: dict[str, Any], cond: QueryLike) -> None:
        self._both(by, lambda table: sorted(table.update(document, cond)))

    @rule(by=HANDLES, field=FIELDS, number=NUMBERS)
    def transform(self, by: int, field: str, number: int) -> None:
        self._both(by, lambda table: table.update(delete(field), doc_ids=[number]))

    @rule(by=HANDLES, field=FIELDS)
    def count_up(self, by: int, field: str) -> None:
        self._both(by, lambda table: sorted(table.update(increment(field), where(field).one_of([1, 2.5]))))

    @rule(by=HANDLES, document=DOCUMENTS, number=NUMBERS)
    def upsert(self, by: int, document: dict[str, Any], number: int) -> None:
        self._both(by, lambda table: table.upsert(Document(document, number)))

    @rule(by=HANDLES, cond=CONDITIONS)
    def remove(self, by: int, cond: QueryLike) -> None:
        self._both(by, lambda table: sorted(table.remove(cond)))

    @rule(by=HANDLES, number=NUMBERS)
    def remove_by_number(self, by: int, number: int) -> None:
        self._both(by, lambda table: table.remove(doc_ids=[number]))

    @rule(by=HANDLES)
    def truncate(self, by: int) -> None:
        self._both(by, lambda table: table.truncate())

    @rule(by=HANDLES, document=DOCUMENTS)
    def roll_back(self, by: int, document: dict[str, Any]) -> None:
        handle = self._handles[by]

        def go_wrong() -> None:
            with handle.transaction():
                handle.table("t").insert(document)
                handle.table("t").update({"x": "zz"})
                handle.table("t").truncate()
                raise WrongError

        with pytest.raises(WrongError):
            go_wrong()

    @rule(by=HANDLES)
    def leave_a_checkpoint_and_open_again(self, by: int) -> None:
        self._handles[by].close()
        self._handles[by] = self._opened()

    @rule(by=HANDLES, cond=CONDITIONS)
    def search(self, by: int, cond: QueryLike) -> None:
        self._both(by, lambda table: _shown(table.search(cond)))
        self._both(by, lambda table: (table.contains(cond), table.count(cond)))

    @invariant()
    def all_hold_the_same(self) -> None:
        expected = _shown(self._stock.table("t"))
        for handle in (*self._handles, self._opened()):
            assert _shown(handle.table("t")) == expected

    def teardown(self) -> None:
        for handle in self._handles:
            handle.close()
        self._folder.cleanup()


def _answer(call: Callable[[Table], object], table: Table) -> object:
    try:
        return call(table)
    except (KeyError, TypeError, ValueError) as error:
        return type(error)


def _shown(documents: Any) -> list[tuple[int, str]]:  # noqa: ANN401 - a table, or a list of documents
    return sorted((document.doc_id, repr(_plain(document))) for document in documents)


def _plain(document: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(document.items()))


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=settings().max_examples // 3, stateful_step_count=20)
