"""A script's TinyDB over the store: each call is a commit, beside okrmate's own and those of other processes."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.operations import increment
from tinydb.table import Document

from okrmate.adapters.database import Database, open_database
from okrmate.adapters.documents import DocumentError, to_document
from okrmate.adapters.file import Disk
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.domain.errors import StoreError
from okrmate.services.tables import READINGS
from tests.adapters.homes import files, opened, put
from tests.builders import a_reading


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def database(home: Path) -> Iterator[Database]:
    with open_database(home) as database:
        yield database


def lines(home: Path) -> int:
    """How many transactions the journal holds."""
    return files(home)[JOURNAL].count(b"\n") - 1


def test_each_call_is_one_line_of_the_journal_with_what_it_changed(home: Path, database: Database) -> None:
    table = database.table("notes")
    table.insert_multiple({"n": number, "text": "x" * 100} for number in range(50))
    before = len(files(home)[JOURNAL])
    assert lines(home) == 1
    assert table.update(increment("n"), where("n") == 7) == [8]
    assert lines(home) == 2
    assert len(files(home)[JOURNAL]) - before < 250, "one document, not fifty"
    table.update({"n": 8}, where("n") == 8)
    assert len(table.search(where("n") == 8)) == 2


def test_what_a_call_leaves_as_it_is_is_not_written(home: Path, database: Database) -> None:
    database.insert({"n": 1})
    database.update({"n": 1})
    database.remove(where("n") == 2)
    assert lines(home) == 1


def go_wrong_amid_a_transaction(database: Database) -> None:
    with database.transaction():
        database.insert({"n": 2})
        database.table("other").truncate()
        raise ZeroDivisionError


def test_several_calls_are_one_commit_or_none(home: Path, database: Database) -> None:
    with database.transaction():
        database.insert({"n": 1})
        database.table("other").insert({"m": 1})
        assert database.count(where("n") == 1) == 1
    assert lines(home) == 1
    with pytest.raises(ZeroDivisionError):
        go_wrong_amid_a_transaction(database)
    assert lines(home) == 1
    assert database.all() == [{"n": 1}]
    assert len(database.table("other")) == 1


def test_a_script_and_okrmate_see_each_others_commits(home: Path, database: Database) -> None:
    store, other = opened(home), open_database(home)
    database.table("readings").insert(to_document(a_reading(1, id="a")))
    put(store, a_reading(2, id="b"))
    other.table("readings").upsert(to_document(a_reading(3, id="a")), where("id") == "a")
    assert store.every(READINGS) == (a_reading(3, id="a"), a_reading(2, id="b"))
    assert [document["id"] for document in database.table("readings")] == ["a", "b"]
    assert [database.insert({"n": 1}), other.insert({"n": 2}), database.insert({"n": 3})] == [1, 2, 3]
    assert store.summary("kr1").value == 2


@pytest.mark.parametrize(
    "document", [{"id": "b"}, to_document(a_reading(id="b")) | {"shoe": 44}, to_document(a_reading(id="a"))]
)
def test_a_document_okrmate_could_not_read_is_refused(
    home: Path, database: Database, document: dict[str, object]
) -> None:
    put(opened(home), a_reading(id="a"))
    with pytest.raises(DocumentError, match="readings"):
        database.table("readings").insert(document)
    assert [reading.id for reading in opened(home).every(READINGS)] == ["a"]
    assert len(database.table("readings")) == 1


def test_what_the_file_says_of_itself_is_not_a_scripts_to_write(database: Database) -> None:
    with pytest.raises(ValueError, match="_meta"):
        database.table("_meta").insert({"schema": 2})
    database.insert({"n": float(1)})
    with pytest.raises(ValueError, match="JSON"):
        database.insert({"n": float("nan")})
    assert database.all() == [{"n": 1.0}]


def test_a_result_that_is_edited_does_not_edit_the_store(database: Database) -> None:
    database.insert({"n": [1]})
    database.all()[0]["n"].append(2)
    assert database.all() == [{"n": [1]}]


def test_a_call_the_disk_refuses_leaves_nothing_behind(
    home: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.insert({"n": 1})
    before = files(home)

    def full(_disk: Disk, _descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(Disk, "sync_data", full)
        with pytest.raises(StoreError, match="nothing was changed"):
            database.update({"n": 2})
    assert database.all() == [{"n": 1}]
    assert files(home) == before
    database.update({"n": 2})
    assert database.all() == [{"n": 2}]


def test_a_stock_tinydb_reads_all_up_to_the_last_checkpoint(home: Path) -> None:
    with open_database(home) as database:
        database.insert(Document({"n": 1}, 7))
        database.insert({"n": 2})
        with TinyDB(home / FILE) as stock:
            assert stock.all() == []
    with TinyDB(home / FILE) as stock:
        assert [(document.doc_id, document["n"]) for document in stock] == [(7, 1), (8, 2)]


def test_dropped_tables_are_gone_for_everybody(home: Path, database: Database) -> None:
    database.insert({"n": 1})
    database.table("other").insert({"n": 1})
    database.drop_table("other")
    assert open_database(home).tables() == {"_default"}
    database.drop_tables()
    assert open_database(home).tables() == set()
    assert database.insert({"n": 2}) == 1
