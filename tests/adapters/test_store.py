"""The file under the store: who may read it, what is refused, and what two handles see of each other."""

import os
import stat
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from tinydb import TinyDB

from okrmate.adapters.documents import to_document
from okrmate.adapters.file import Disk, signature
from okrmate.adapters.log.checkpoint import Checkpoint
from okrmate.adapters.store import open_store
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.adapters.table_file import SCHEMA
from okrmate.domain.errors import ExitCode, StoreError
from okrmate.services.tables import PEOPLE, READINGS, SETTINGS, Setting
from tests.adapters.homes import CountingFile, opened, put, store_over, tables
from tests.builders import a_protege, a_reading
from tests.fakes import CountingTokens, FixedClock


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_reading_a_home_that_is_not_there_makes_nothing(home: Path) -> None:
    store = opened(home)
    assert store.every(READINGS) == ()
    assert store.home.id
    store.refresh()
    assert not home.exists()


def test_the_first_commit_makes_the_home_for_its_owner_alone(home: Path) -> None:
    put(opened(home), a_reading())
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (home, *home.iterdir())}
    names = ("okrmate.json", "okrmate.json.journal", "okrmate.json.lock")
    assert modes == {"home": 0o700} | dict.fromkeys(names, 0o600)


def test_the_file_says_its_layout_and_its_home(home: Path) -> None:
    store = opened(home)
    put(store, a_reading())
    said = {"schema": SCHEMA, "home": store.home.id, "created_at": "2026-03-02T09:00:00Z"}
    assert tables(home)["_meta"] == {"1": said | {"checksum": store.home.id}}


def test_a_home_keeps_its_id(home: Path) -> None:
    first = opened(home)
    put(first, a_reading())
    second = open_store(home, CountingTokens("x"), FixedClock())
    assert second.home == first.home


def test_a_transaction_that_changes_nothing_writes_nothing(home: Path) -> None:
    store = opened(home)
    put(store, a_reading())
    before = [signature((home / name).stat()) for name in (FILE, JOURNAL)]
    put(store, a_reading())
    assert [signature((home / name).stat()) for name in (FILE, JOURNAL)] == before


def test_a_store_that_has_committed_nothing_writes_nothing_when_it_is_closed(home: Path) -> None:
    put(opened(home), a_reading())
    before = [signature((home / name).stat()) for name in (FILE, JOURNAL)]
    reader = opened(home)
    assert len(reader.every(READINGS)) == 1
    reader.close()
    assert [signature((home / name).stat()) for name in (FILE, JOURNAL)] == before


def test_a_commit_does_not_touch_the_file_and_closing_does_not_touch_what_a_reader_has_open(home: Path) -> None:
    store = opened(home)
    put(store, a_reading(id="a"))
    before = (home / "okrmate.json").read_bytes()
    with (home / "okrmate.json").open("rb") as reader:
        put(store, a_reading(id="b"))
        assert (home / "okrmate.json").read_bytes() == before
        store.close()
        assert reader.read() == before
    assert sorted(document["id"] for document in tables(home)["readings"].values()) == ["a", "b"]


def test_the_file_is_the_same_after_many_commits_as_after_one(home: Path) -> None:
    readings = [a_reading(number, id=f"r{number}") for number in range(250)]
    store = opened(home / "many")
    for reading in readings:
        put(store, reading)
    store.close()
    other = opened(home / "one")
    put(other, *readings)
    other.close()
    assert tables(home / "many")["readings"] == tables(home / "one")["readings"]
    store = opened(home / "many")
    put(store, a_reading(7, id="r3"))
    store.close()
    assert len((home / "many" / "okrmate.json").read_text().splitlines()) == 1 + 1 + 1 + 250
    assert opened(home / "many").every(READINGS) == (*readings[:3], a_reading(7, id="r3"), *readings[4:])


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_pieces_are_written_whole_however_little_the_disk_takes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    write = os.write
    monkeypatch.setattr(os, "writev", lambda descriptor, pieces: write(descriptor, b"".join(pieces)[:at_once]))
    monkeypatch.setattr(os, "write", lambda descriptor, rest: write(descriptor, rest[:at_once]))
    with (tmp_path / "file").open("wb") as file:
        Disk().write(file.fileno(), [b"a", b"", b"bcdef", b"", b"gh"])
    assert (tmp_path / "file").read_bytes() == b"abcdefgh"


def test_more_pieces_than_one_call_takes_are_written_in_order(tmp_path: Path) -> None:
    pieces = [f"{number} ".encode() for number in range(2500)]
    with (tmp_path / "file").open("wb") as file:
        Disk().write(file.fileno(), pieces)
    assert (tmp_path / "file").read_bytes() == b"".join(pieces)


def test_stock_tinydb_reads_the_file(home: Path) -> None:
    store = opened(home)
    put(store, a_reading(1, id="a"), a_reading(2, id="b", note="größer"))
    store.close()
    with TinyDB(home / "okrmate.json") as database:
        documents = database.table("readings").all()
        assert [document.doc_id for document in documents] == [1, 2]
        assert documents[1] == to_document(a_reading(2, id="b", note="größer"))


def test_a_file_written_by_stock_tinydb_opens_and_keeps_tables_that_are_not_ours(home: Path) -> None:
    home.mkdir()
    with TinyDB(home / "okrmate.json") as database:
        database.table("_meta").insert({"schema": SCHEMA, "home": "h", "created_at": "2026-01-01T00:00:00Z"})
        database.table("readings").insert_multiple(to_document(a_reading(id=name)) for name in "ab")
        database.insert({"mine": [1, 2.5]})
    store = opened(home)
    assert [reading.id for reading in store.every(READINGS)] == ["a", "b"]
    put(store, a_reading(id="c"))
    store.close()
    with TinyDB(home / "okrmate.json") as database:
        assert database.all() == [{"mine": [1, 2.5]}]
        assert [document["id"] for document in database.table("readings")] == ["a", "b", "c"]


def test_everything_is_there_after_a_restart(home: Path) -> None:
    store = opened(home)
    put(store, *(a_reading(number, id=f"r{number}") for number in range(20)))
    with store.transaction() as work:
        work.delete(READINGS, "r3")
        work.put(READINGS, a_reading(99, id="r5"))
    expected, summary = store.every(READINGS), store.summary("kr1")
    store.close()
    again = opened(home)
    assert again.every(READINGS) == expected
    assert again.find(READINGS, "key_result", "kr1") == expected
    assert again.summary("kr1") == summary


NUMBER = b'"schema":%d' % SCHEMA
GOOD = b'{"_meta":{"1":{%s,"home":"h","created_at":"2026-01-01T00:00:00Z"}}' % NUMBER
NEWER = b'{"_meta":{"1":{"schema":%d,"home":"h","mood":"new"}},"people":{"1":{"who":"knows"}}}' % (SCHEMA + 1)
PERSON = b'{"id":"sam","name":"Sam","address":"sam@example.net"}'


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"{}",
        b"[]",
        GOOD,
        GOOD + b',"people":{"1":' + PERSON[:-9],
        GOOD + b',"people":[' + PERSON + b"]}",
        GOOD + b',"mine":{"1":3}}',
        GOOD + b',"people":{"one":' + PERSON + b"}}",
        GOOD + b',"people":{"1":{"id":"sam"}}}',
        GOOD + b',"people":{"1":{"id":"sam","name":"Sam","address":"sam@example.net","shoe":44}}}',
        GOOD + b',"people":{"1":' + PERSON + b',"2":' + PERSON + b"}}",
        GOOD.replace(NUMBER, b'"schema":"one"') + b"}",
        GOOD.replace(NUMBER + b",", b"") + b"}",
        GOOD.replace(b'"h"', b"7") + b"}",
        b'{"people":{"1":' + PERSON + b"}}",
        GOOD + b',"people":{"1":{"id":"sam","name":"S\xff","address":"sam@example.net"}}}',
    ],
)
def test_a_damaged_file_is_refused_by_name_and_left_untouched(home: Path, content: bytes) -> None:
    home.mkdir()
    (home / "okrmate.json").write_bytes(content)
    with pytest.raises(StoreError, match=r"okrmate\.json is damaged.*backup") as caught:
        opened(home)
    assert caught.value.exit_code is ExitCode.STORE
    assert (home / "okrmate.json").read_bytes() == content


def test_the_sentence_names_the_record_that_does_not_fit(home: Path) -> None:
    home.mkdir()
    (home / "okrmate.json").write_bytes(GOOD + b',"people":{"7":{"id":"sam","name":3}}}')
    with pytest.raises(StoreError, match=r"people 7: .*\$\.name"):
        opened(home)


def test_a_file_of_a_newer_okrmate_is_refused_and_left_untouched(home: Path) -> None:
    home.mkdir()
    (home / "okrmate.json").write_bytes(NEWER)
    with pytest.raises(StoreError, match="newer okrmate"):
        opened(home)
    assert (home / "okrmate.json").read_bytes() == NEWER


@pytest.mark.parametrize("content", [NEWER, b"{"])
def test_a_file_that_is_refused_is_read_once_however_often_it_is_looked_at(home: Path, content: bytes) -> None:
    put(opened(home), a_reading())
    file = CountingFile(home / "okrmate.json", Disk())
    store = store_over(file, "h")
    good, before = (home / "okrmate.json").read_bytes(), file.reads
    (home / "okrmate.json").write_bytes(content)
    for _ in range(3):
        with pytest.raises(StoreError, match="left untouched"):
            store.refresh()
    assert file.reads == before + 1

    (home / "okrmate.json").write_bytes(good)
    assert len(store.every(READINGS)) == 1


@pytest.mark.parametrize("content", [b'{"_meta"', b""])
def test_a_file_damaged_while_it_is_open_is_neither_served_nor_written_over(home: Path, content: bytes) -> None:
    store = opened(home)
    put(store, a_reading(id="a"))
    good = (home / "okrmate.json").read_bytes()
    (home / "okrmate.json").write_bytes(content)
    for _ in range(2):
        with pytest.raises(StoreError, match="damaged"):
            store.every(READINGS)
        with pytest.raises(StoreError, match="damaged"):
            put(store, a_reading(id="b"))
    assert (home / "okrmate.json").read_bytes() == content
    (home / "okrmate.json").write_bytes(good)
    put(store, a_reading(id="b"))
    assert [reading.id for reading in store.every(READINGS)] == ["a", "b"]


def test_a_file_that_vanishes_while_it_is_open_is_said_and_not_made_anew(home: Path) -> None:
    store = opened(home)
    put(store, a_reading())
    (home / "okrmate.json").unlink()
    with pytest.raises(StoreError, match="vanished"):
        put(store, a_reading(id="b"))
    assert not (home / "okrmate.json").exists()


def test_a_home_under_a_file_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="Not a directory"):
        opened(tmp_path / "file" / "home")


def test_a_home_that_cannot_be_made_is_said_at_the_first_commit() -> None:
    store = opened(Path("/proc/okrmate"))  # not even root can make a folder there
    with pytest.raises(StoreError, match=r"could not be written, nothing was changed"):
        put(store, a_reading())


def test_a_file_that_cannot_be_read_is_said(home: Path) -> None:
    (home / "okrmate.json").mkdir(parents=True)
    with pytest.raises(StoreError, match="could not be read"):
        opened(home)


def test_a_writer_that_does_not_finish_is_not_waited_for_for_ever(home: Path) -> None:
    one, other = opened(home), opened(home, patience=0.05)
    with one.transaction() as work:
        work.put(READINGS, a_reading())
        with pytest.raises(StoreError, match="another okrmate"):
            put(other, a_reading(id="b"))
    put(other, a_reading(id="b"))
    assert [reading.id for reading in one.every(READINGS)] == ["reading1", "b"]


def test_writers_take_turns_also_after_the_file_of_the_lock_was_removed(home: Path) -> None:
    one, other = opened(home), opened(home, patience=0.05)
    put(one, a_reading(id="a"))
    (home / "okrmate.json.lock").unlink()
    with one.transaction() as work:
        work.put(READINGS, a_reading(id="b"))
        with pytest.raises(StoreError, match="another okrmate"):
            put(other, a_reading(id="c"))
    put(other, a_reading(id="c"))
    assert [reading.id for reading in one.every(READINGS)] == ["a", "b", "c"]


def test_another_handles_commits_are_seen_at_the_next_look(home: Path) -> None:
    one, other = opened(home), opened(home)
    put(one, a_reading(1, id="a"))
    assert [reading.id for reading in other.every(READINGS)] == ["a"]
    put(other, a_reading(2, id="b"))
    assert one.summary("kr1").value == 2
    assert [reading.id for reading in one.find(READINGS, "key_result", "kr1")] == ["a", "b"]
    assert one.home == other.home
    with one.transaction() as work:
        assert work.get(READINGS, "b") == a_reading(2, id="b")


def test_a_reader_sees_what_another_handle_committed_before_it_was_asked_for(home: Path) -> None:
    one, other = opened(home), opened(home)
    put(one, a_reading(1, id="a"))
    assert [reading.id for reading in other.reader().every(READINGS)] == ["a"]


def test_listeners_hear_of_another_handles_commit_once_and_of_its_tables_only(home: Path) -> None:
    one, other = opened(home), opened(home)
    put(one, a_reading(id="a"))
    told: list[frozenset[str]] = []
    one.subscribe(told.append)
    with other.transaction() as work:
        work.put(PEOPLE, a_protege())
    assert told == []
    one.refresh()
    one.refresh()
    assert told == [frozenset({"people"})]
    put(other, a_reading(id="b"))
    with one.transaction() as work:
        work.put(SETTINGS, Setting(id="a", value="b"))
    assert told[1:] == [frozenset({"readings", "settings"})]


def test_what_was_there_when_a_store_was_opened_is_no_news(home: Path) -> None:
    put(opened(home), a_reading(id="a"))
    told: list[frozenset[str]] = []
    store = opened(home)
    store.subscribe(told.append)
    store.refresh()
    assert told == []


def test_what_a_reader_holds_is_never_half_of_a_commit(home: Path) -> None:
    writer, reader = opened(home), opened(home)
    for number in range(30):
        put(writer, a_reading(number, id="a"), a_reading(number, id="b"))
        first, second = reader.every(READINGS)
        assert first.value == second.value == number


class Overtaken(Checkpoint):
    """A file that a peer replaces at one of the looks whether it has changed."""

    def __init__(self, path: Path, look: int, peer: Callable[[], None]) -> None:
        super().__init__(path, Disk())
        self._look = look
        self._peer = peer

    def changed(self) -> bool:
        self._look -= 1
        if self._look == 0:
            self._peer()
        return super().changed()


@pytest.mark.parametrize("look", range(1, 6))
def test_what_another_process_commits_amid_a_reading_is_not_mixed_with_what_was_there_before(
    home: Path, look: int
) -> None:
    writer = opened(home)

    def write(number: int) -> None:
        with writer.transaction() as work:
            work.put(READINGS, a_reading(number, id="a"))
            work.put(SETTINGS, Setting(id="a", value=str(number)))

    write(1)
    reader = store_over(Overtaken(home / "okrmate.json", look, lambda: write(2)), "another")
    for _ in range(look):
        reader.refresh()
    with reader.transaction() as work:
        assert (work.get(READINGS, "a"), work.get(SETTINGS, "a")) == (
            a_reading(2, id="a"),
            Setting(id="a", value="2"),
        )


def test_a_value_keeps_every_digit(home: Path) -> None:
    store = opened(home)
    put(store, a_reading(Decimal("12345678901234567890.10")))
    store.close()
    assert opened(home).every(READINGS)[0].value == Decimal("12345678901234567890.10")
    assert tables(home)["readings"]["1"]["value"] == "12345678901234567890.10"
