"""The journal beside the file: what is younger stands in it, and only what was never acknowledged is cut off."""

import os
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.adapters.file import Disk
from okrmate.adapters.log.entries import (
    Operation,
    Position,
    entry_in,
    entry_line,
    header_in,
    header_line,
    is_unfinished,
    lines_of,
)
from okrmate.adapters.store import open_store
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.domain.errors import StoreError
from okrmate.services.tables import READINGS
from tests.adapters.homes import CountingFile, QuickDisk, files, opened, put, store_over
from tests.builders import a_reading
from tests.cases import of_every
from tests.fakes import CountingTokens, FixedClock

DOCUMENTS = st.none() | st.sampled_from([b"{}", b'{"a":"\\n"}', '{"größe":[1,null]}'.encode(), b'{"null":null}'])
OPERATIONS = st.lists(st.builds(Operation, st.text(max_size=5), st.integers(1, 2**40), DOCUMENTS), max_size=4)
POSITIONS = st.builds(Position, st.integers(0, 2**50), st.sampled_from(["", "00c0ffee"]))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@given(POSITIONS, OPERATIONS)
def test_a_line_says_what_was_written(before: Position, operations: list[Operation]) -> None:
    line, position = entry_line(before, operations)
    entry = entry_in(line)
    assert entry is not None
    assert (entry.before, entry.position, list(entry.operations)) == (before, position, operations)
    assert position.sequence == before.sequence + 1
    assert line.count(b"\n") == 1
    assert header_in(line) is None


@given(POSITIONS)
def test_a_header_says_where_the_journal_begins(begin: Position) -> None:
    assert header_in(header_line(begin)) == begin
    assert entry_in(header_line(begin)) is None


@given(st.binary(max_size=60))
def test_no_bytes_are_taken_for_a_line_that_was_not_written(content: bytes) -> None:
    assert entry_in(content) is None
    assert header_in(content) is None
    assert b"".join(lines_of(content)) == content
    assert isinstance(is_unfinished(content), bool)


LAST = entry_line(Position(3, "00c0ffee"), [Operation("readings", 7, b'{"id":"a"}'), Operation("people", 1, None)])[0]


@of_every(product(range(1, len(LAST)), ("as short", "as long, with zeros")))
def test_a_last_line_cut_anywhere_may_be_an_unfinished_one(size: int, as_it_is: str) -> None:
    tail = LAST[:size] if as_it_is == "as short" else LAST[:size].ljust(len(LAST), b"\0")
    assert entry_in(tail) is None
    assert is_unfinished(tail)


@of_every((at,) for at in range(len(LAST)))
def test_a_damaged_line_with_a_whole_one_behind_it_is_no_unfinished_one(at: int) -> None:
    damaged = LAST[:at] + bytes([LAST[at] ^ 4]) + LAST[at + 1 :]
    assert entry_in(damaged) is None
    assert not is_unfinished(damaged + LAST)


def written(home: Path) -> list[bytes]:
    """A home whose journal holds three transactions; its lines."""
    store = opened(home)
    for name in "abc":
        put(store, a_reading(id=name))
    return lines_of(files(home)[JOURNAL])


def names(home: Path) -> list[str]:
    return [reading.id for reading in opened(home).every(READINGS)]


APART = int(os.environ.get("OKRMATE_BYTES_APART", "17"))
"""Every so many bytes of a journal are damaged."""
DAMAGES: dict[str, Callable[[bytes, int], bytes]] = {
    "cut": lambda line, at: line[:at],
    "zeros from there on": lambda line, at: line[:at].ljust(len(line), b"\0"),
    "zero": lambda line, at: line[:at] + b"\0" + line[at + 1 :],
    **{
        f"bit {bit} flipped": lambda line, at, bit=bit: line[:at] + bytes([line[at] ^ 1 << bit]) + line[at + 1 :]  # type: ignore[misc]
        for bit in range(8)
    },
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_home_whose_last_line_is_unfinished_opens_without_it_and_keeps_its_bytes(home: Path, damage: str) -> None:
    *lines, last = written(home)
    for at in range(0, len(last), APART):
        found = DAMAGES[damage](last, at)
        (home / JOURNAL).write_bytes(b"".join(lines) + found)
        assert names(home) == ["a", "b"]
        assert (home / JOURNAL).read_bytes() == b"".join(lines) + found, "a reader mends nothing"
        put(opened(home, QuickDisk()), a_reading(id="d"))
        assert names(home) == ["a", "b", "d"]
        torn = home / f"{JOURNAL}.torn"
        assert (torn.read_bytes() if torn.exists() else b"\n") == found.rstrip(b"\0") + b"\n"
        torn.unlink(missing_ok=True)


@pytest.mark.parametrize("damage", ["zero", *(f"bit {bit} flipped" for bit in range(8))])
def test_a_damage_before_the_end_is_refused_and_left_untouched(home: Path, damage: str) -> None:
    lines = written(home)
    content = b"".join(lines)
    for at in range(0, len(content) - len(lines[-1]), APART):
        damaged = DAMAGES[damage](content, at)
        (home / JOURNAL).write_bytes(damaged)
        with pytest.raises(StoreError, match=r"okrmate\.json\.journal .*was left untouched"):
            opened(home)
        assert (home / JOURNAL).read_bytes() == damaged


def test_a_transaction_missing_from_the_middle_is_refused(home: Path) -> None:
    header, first, second, third = written(home)
    for lines in ((header, second, third), (header, first, third), (header, first, second, second)):
        (home / JOURNAL).write_bytes(b"".join(lines))
        with pytest.raises(StoreError, match="a transaction is missing"):
            opened(home)


@pytest.mark.parametrize("closed_before", [False, True])
def test_a_journal_of_another_home_is_refused(home: Path, *, closed_before: bool) -> None:
    written(home)
    store = open_store(home.with_name("other"), CountingTokens("o"), FixedClock())
    put(store, a_reading(5, id="x"))
    if closed_before:
        store.close()
    put(opened(home.with_name("other")), a_reading(6, id="y"))
    (home / JOURNAL).write_bytes((home.with_name("other") / JOURNAL).read_bytes())
    before = files(home)
    with pytest.raises(StoreError, match=r"does not go on from .*okrmate\.json.*okrmate restore FILE"):
        opened(home)
    assert files(home) == before


def test_a_file_put_back_over_one_that_was_closed_is_taken_as_it_is(home: Path) -> None:
    store = opened(home)
    put(store, a_reading(id="a"))
    store.close()
    backup = (home / FILE).read_bytes()
    store = opened(home)
    put(store, a_reading(id="b"))
    store.close()
    (home / FILE).write_bytes(backup)
    assert names(home) == ["a"]
    put(opened(home), a_reading(id="c"))
    assert names(home) == ["a", "c"]


def test_a_file_put_back_beside_a_journal_that_holds_more_is_refused(home: Path) -> None:
    store = opened(home)
    put(store, a_reading(id="a"))
    store.close()
    backup = (home / FILE).read_bytes()
    store = opened(home)
    put(store, a_reading(id="b"))
    store.close()
    put(opened(home), a_reading(id="c"))
    (home / FILE).write_bytes(backup)
    with pytest.raises(StoreError, match=r"move okrmate\.json\.journal away to go on with okrmate\.json alone"):
        opened(home)
    (home / JOURNAL).rename(home / "away")
    assert names(home) == ["a"]


def test_a_journal_without_its_file_is_refused(home: Path) -> None:
    written(home)
    (home / FILE).unlink()
    with pytest.raises(StoreError, match="vanished"):
        opened(home)
    assert not (home / FILE).exists()


def test_commits_that_follow_each_other_at_once_are_all_followed(home: Path) -> None:
    """Within one tick of the file system's clock, and without a change of the file's size."""
    store, follower = opened(home), opened(home)
    for number in range(300):
        put(store, a_reading(number, id="a"))
        assert follower.summary("kr1").value == number


def test_a_number_that_was_freed_and_given_again_is_followed_as_it_was_meant(home: Path) -> None:
    follower, one = opened(home), opened(home)
    put(one, a_reading(id="a"), a_reading(id="b"))
    assert len(follower.every(READINGS)) == 2
    with one.transaction() as work:
        work.delete(READINGS, "b")
    one.close()
    put(opened(home), a_reading(id="c"))
    for found in (follower, opened(home)):
        assert [reading.id for reading in found.every(READINGS)] == ["a", "c"]


def test_a_peers_checkpoint_is_followed_without_reading_the_file(home: Path) -> None:
    peer = opened(home)
    put(peer, a_reading(id="a"))
    file = CountingFile(home / FILE, Disk())
    follower = store_over(file, "h")
    before = file.reads
    put(peer, a_reading(id="b"))
    peer.close()
    again = opened(home)
    put(again, a_reading(id="c"))
    assert [reading.id for reading in follower.every(READINGS)] == ["a", "b", "c"]
    assert file.reads == before
    again.close()
    once_more = opened(home)
    put(once_more, a_reading(id="d"))
    once_more.close()
    put(opened(home), a_reading(id="e"))
    assert [reading.id for reading in follower.every(READINGS)] == ["a", "b", "c", "d", "e"], "two were slept through"
