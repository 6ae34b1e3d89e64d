"""The tables in their file: what was changed by hand is looked at, and documents are read when they are asked for."""

import json
from pathlib import Path

import pytest

from okrmate.adapters import shelf
from okrmate.adapters.store_files import FILE
from okrmate.domain.errors import StoreError
from okrmate.services.tables import READINGS
from tests.adapters.homes import opened, put, tables
from tests.builders import a_reading


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_file_of_ours_that_was_changed_by_hand_is_looked_at_document_by_document(home: Path) -> None:
    store = opened(home)
    put(store, a_reading(id="a"), a_reading(id="b"))
    store.close()
    own = (home / FILE).read_text()
    (home / FILE).write_text(own.replace('"id":"b"', '"id":"c"'))
    assert [reading.id for reading in opened(home).every(READINGS)] == ["a", "c"]
    (home / FILE).write_text(own.replace('"id":"b"', '"id":"b","shoe":44'))
    with pytest.raises(StoreError, match=r"readings 2: .*shoe"):
        opened(home)


def test_a_file_with_documents_on_many_lines_is_written_with_one_on_each(home: Path) -> None:
    home.mkdir()
    content = {
        "_meta": {"1": {"schema": 1, "home": "h", "created_at": "2026-01-01T00:00:00Z"}},
        "people": {"1": {"id": "sam", "name": "Sam", "address": "sam@example.net"}},
    }
    (home / FILE).write_text(json.dumps(content, indent=4))
    store = opened(home)
    put(store, a_reading(id="a"))
    store.close()
    assert len((home / FILE).read_text().splitlines()) == 2 + 2 * 2
    assert tables(home)["people"] == content["people"]


def test_a_table_of_more_records_than_are_kept_as_read_is_read_all_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "KEPT", 3)
    monkeypatch.setattr(shelf, "AT_ONCE", 2)
    readings = tuple(a_reading(number, id=f"r{number}") for number in range(10))
    store = opened(home)
    put(store, *readings)
    store.close()
    again = opened(home)
    assert again.every(READINGS) == again.find(READINGS, "key_result", "kr1") == readings
    assert again.get(READINGS, "r0") == readings[0]
