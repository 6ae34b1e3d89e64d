"""What every store promises, held by the fake and by the TinyDB file alike."""

import threading
from itertools import chain
from pathlib import Path

import pytest

from okrmate.adapters.documents import to_document
from okrmate.adapters.store import TinyStore, open_store
from okrmate.domain.letters import Outgoing, OutgoingState
from okrmate.domain.okrs import Reading
from okrmate.domain.summaries import NOTHING_HEARD
from okrmate.frozen import replace
from okrmate.services.tables import CHANGES, KEY_RESULTS, OBJECTIVES, OUTGOING, PEOPLE, READINGS
from tests.builders import NOW, a_change, a_key_result, a_protege, a_reading, an_edit, an_objective, an_outgoing
from tests.fakes import CountingTokens, FixedClock, MemoryStore

AnyStore = MemoryStore | TinyStore


@pytest.fixture(params=["memory", "tinydb"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> AnyStore:
    if request.param == "memory":
        return MemoryStore()
    return open_store(tmp_path / "home", CountingTokens(), FixedClock())


def put(store: AnyStore, *readings: Reading) -> None:
    with store.transaction() as work:
        for reading in readings:
            work.put(READINGS, reading)


class BlankError(Exception):
    """What goes wrong inside a transaction."""


def spoil(store: AnyStore) -> None:
    """A transaction that inserts and deletes in two tables, and then goes wrong."""
    with store.transaction() as work:
        work.put(READINGS, a_reading(id="b"))
        work.delete(READINGS, "a")
        work.put(PEOPLE, a_protege())
        raise BlankError


def ids(records: tuple[Reading, ...]) -> list[str]:
    return [record.id for record in records]


def test_a_home_has_an_id_and_a_beginning(store: AnyStore) -> None:
    assert store.home.id
    assert store.home.created_at == NOW


def test_what_was_put_is_got_and_what_was_not_is_none(store: AnyStore) -> None:
    put(store, a_reading())
    assert store.get(READINGS, "reading1") == a_reading()
    assert store.get(READINGS, "other") is None
    assert store.get(KEY_RESULTS, "reading1") is None


def test_records_are_found_by_each_declared_index(store: AnyStore) -> None:
    put(store, a_reading(id="a"), a_reading(id="b", key_result="kr2"), a_reading(id="c"))
    assert ids(store.find(READINGS, "key_result", "kr1")) == ["a", "c"]
    assert ids(store.find(READINGS, "mentorship", "pair1")) == ["a", "b", "c"]
    assert store.find(READINGS, "key_result", "kr3") == ()


def test_a_state_is_found_by_its_text(store: AnyStore) -> None:
    with store.transaction() as work:
        work.put(OUTGOING, an_outgoing())
    assert store.find(OUTGOING, "state", "queued") == (an_outgoing(),)


def test_an_index_that_is_not_declared_is_a_bug(store: AnyStore) -> None:
    with pytest.raises(ValueError, match="note"):
        store.find(READINGS, "note", "")
    with store.transaction() as work, pytest.raises(ValueError, match="note"):
        work.find(READINGS, "note", "")


def test_order_is_by_first_put_also_after_a_change_of_the_index_field(store: AnyStore) -> None:
    put(store, *(a_reading(id=name, key_result="kr2") for name in "zam"))
    put(store, a_reading(id="a", key_result="kr1"))
    put(store, a_reading(id="a", key_result="kr2", note="back again"))
    assert ids(store.every(READINGS)) == ["z", "a", "m"]
    assert ids(store.find(READINGS, "key_result", "kr2")) == ["z", "a", "m"]


def test_a_record_that_moved_is_found_where_it_is_now_only(store: AnyStore) -> None:
    put(store, a_reading())
    put(store, a_reading(key_result="kr2"))
    assert store.find(READINGS, "key_result", "kr1") == ()
    assert store.find(READINGS, "key_result", "kr2") == (a_reading(key_result="kr2"),)


def test_what_was_deleted_is_gone_and_put_again_comes_last(store: AnyStore) -> None:
    put(store, *(a_reading(id=name) for name in "abc"))
    with store.transaction() as work:
        work.delete(READINGS, "a")
        work.delete(READINGS, "never there")
    assert ids(store.every(READINGS)) == ["b", "c"]
    assert ids(store.find(READINGS, "key_result", "kr1")) == ["b", "c"]
    with store.transaction() as work:
        work.delete(READINGS, "b")
        work.put(READINGS, a_reading(id="a"))
        work.put(READINGS, a_reading(id="b"))
    assert ids(store.every(READINGS)) == ["c", "a", "b"]


def test_a_transaction_reads_its_own_writes_and_nobody_else_does(store: AnyStore) -> None:
    put(store, a_reading(id="a"), a_reading(id="b"))
    with store.transaction() as work:
        work.put(READINGS, a_reading(7, id="c"))
        work.put(READINGS, a_reading(id="a", key_result="kr2"))
        work.delete(READINGS, "b")
        assert work.get(READINGS, "b") is None
        assert ids(work.find(READINGS, "key_result", "kr1")) == ["c"]
        assert ids(work.every(READINGS)) == ["a", "c"]
        assert ids(store.every(READINGS)) == ["a", "b"]
    assert ids(store.every(READINGS)) == ["a", "c"]


def test_an_exception_inside_leaves_nothing_behind(store: AnyStore) -> None:
    put(store, a_reading(id="a"))
    with pytest.raises(BlankError):
        spoil(store)
    assert ids(store.every(READINGS)) == ["a"]
    assert store.every(PEOPLE) == ()
    put(store, a_reading(id="c"))
    assert ids(store.every(READINGS)) == ["a", "c"]


def test_a_transaction_inside_another_is_a_bug_and_the_outer_one_goes_on(store: AnyStore) -> None:
    with store.transaction() as outer:
        outer.put(READINGS, a_reading())
        with pytest.raises(RuntimeError), store.transaction():
            pytest.fail("a second transaction began inside the first")
    assert store.get(READINGS, "reading1") == a_reading()


def test_of_many_claimers_each_record_goes_to_one(store: AnyStore) -> None:
    with store.transaction() as work:
        for number in range(20):
            work.put(OUTGOING, an_outgoing(id=f"letter{number:02}"))
    claimed: dict[str, list[str]] = {}

    def claimer(name: str) -> None:
        mine = claimed.setdefault(name, [])
        while (letter := claimed_one(store)) is not None:
            mine.append(letter.id)

    threads = [threading.Thread(target=claimer, args=(name,)) for name in ("one", "two", "three")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(chain(*claimed.values())) == [f"letter{number:02}" for number in range(20)]
    assert len(store.find(OUTGOING, "state", "sending")) == 20


def claimed_one(store: AnyStore) -> Outgoing | None:
    """The first letter that is queued, which is not so any more."""
    with store.transaction() as work:
        for letter in work.find(OUTGOING, "state", "queued"):
            taken = letter.becoming(OutgoingState.SENDING, copies=letter.copies + 1)
            work.put(OUTGOING, taken)
            return taken
    return None


def test_listeners_are_told_which_tables_a_commit_touched_until_they_leave(store: AnyStore) -> None:
    told: list[frozenset[str]] = []
    leave = store.subscribe(told.append)
    with store.transaction() as work:
        work.put(READINGS, a_reading())
        work.put(CHANGES, a_change())
        assert told == []
    put(store, a_reading())  # as it was: nothing touched
    with pytest.raises(BlankError):
        spoil(store)
    assert told == [frozenset({"readings", "changes"})]
    leave()
    put(store, a_reading(9))
    assert len(told) == 1


def test_a_listener_may_read_and_write(store: AnyStore) -> None:
    def on_commit(touched: frozenset[str]) -> None:
        if "readings" in touched:
            with store.transaction() as work:
                work.put(PEOPLE, a_protege(name=str(len(store.every(READINGS)))))

    store.subscribe(on_commit)
    put(store, a_reading())
    assert [person.name for person in store.every(PEOPLE)] == ["1"]


def test_edits_are_one_a_record_from_first_before_to_last_after(store: AnyStore) -> None:
    put(store, a_reading(1, id="a"), a_reading(1, id="gone"), a_reading(1, id="same"))
    with store.transaction() as work:
        assert work.edits() == ()
        work.put(READINGS, a_reading(2, id="a"))
        work.put(READINGS, a_reading(3, id="a"))
        work.delete(READINGS, "gone")
        work.put(READINGS, a_reading(2, id="same"))
        work.put(READINGS, a_reading(1, id="same"))
        work.put(OBJECTIVES, an_objective())
        work.put(READINGS, a_reading(id="here and gone"))
        work.delete(READINGS, "here and gone")
        work.put(OUTGOING, an_outgoing())  # not of the trail
        assert work.edits() == (
            an_edit(id="a", before=to_document(a_reading(1, id="a")), after=to_document(a_reading(3, id="a"))),
            an_edit(id="gone", before=to_document(a_reading(1, id="gone"))),
            an_edit(table="objectives", id="obj1", after=to_document(an_objective())),
        )


def test_edits_kept_in_the_trail_can_be_taken_back(store: AnyStore) -> None:
    put(store, a_reading(1, id="changed"), a_reading(1, id="deleted"))
    before = store.every(READINGS)
    with store.transaction() as work:
        work.put(READINGS, a_reading(2, id="changed"))
        work.put(READINGS, a_reading(id="new"))
        work.delete(READINGS, "deleted")
        work.put(CHANGES, a_change(edits=work.edits()))
    change = store.get(CHANGES, "change1")
    assert change is not None
    with store.transaction() as work:
        assert all(work.restore(edit) for edit in change.edits)
        assert {edit.id for edit in work.edits()} == {"changed", "new", "deleted"}
    assert set(store.every(READINGS)) == set(before)


def test_an_edit_is_not_taken_back_over_a_younger_change(store: AnyStore) -> None:
    edit = an_edit(before=to_document(a_reading(1)), after=to_document(a_reading(2)))
    put(store, a_reading(3))
    with store.transaction() as work:
        assert work.restore(edit) is False
        assert work.edits() == ()
    assert store.get(READINGS, "reading1") == a_reading(3)


def test_a_summary_follows_the_readings(store: AnyStore) -> None:
    assert store.summary("kr1") == NOTHING_HEARD
    put(store, a_reading(1, id="a"))
    assert store.summary("kr1").value == 1
    with store.transaction() as work:
        work.put(READINGS, a_reading(4, id="b"))
        assert work.summary("kr1").value == 4
        assert work.summary("kr2") == NOTHING_HEARD
        assert store.summary("kr1").value == 1
    assert store.summary("kr1").value == 4
    assert store.summary("kr1").previous == 1


def test_a_summary_forgets_a_reading_that_was_taken_back_moved_or_deleted(store: AnyStore) -> None:
    put(store, a_reading(1, id="a"), a_reading(2, id="b"), a_reading(3, id="c"), a_reading(4, id="d"))
    put(store, a_reading(4, id="d", undone_by="change1"))
    assert store.summary("kr1").value == 3
    put(store, a_reading(3, id="c", key_result="kr2"))
    assert store.summary("kr1").value == 2
    assert store.summary("kr2").value == 3
    with store.transaction() as work:
        work.delete(READINGS, "b")
        assert work.summary("kr1").value == 1
    assert store.summary("kr1").value == 1


def test_a_reader_answers_as_the_store_does(store: AnyStore) -> None:
    put(store, a_reading(1, id="a"), a_reading(2, id="b"))
    reader = store.reader()
    assert reader.every(READINGS) == store.every(READINGS)
    assert reader.get(READINGS, "a") == a_reading(1, id="a")
    assert reader.get(READINGS, "c") is None
    assert reader.find(READINGS, "key_result", "kr1") == (a_reading(1, id="a"), a_reading(2, id="b"))
    assert reader.summary("kr1") == store.summary("kr1")
    with pytest.raises(ValueError, match="declares no index"):
        reader.find(READINGS, "note", "")


def test_a_summary_is_of_one_key_result(store: AnyStore) -> None:
    with store.transaction() as work:
        work.put(KEY_RESULTS, a_key_result(id="kr2"))
        work.put(READINGS, a_reading(5, key_result="kr2"))
        assert work.summary("kr1") == NOTHING_HEARD
    assert store.summary("kr1") == NOTHING_HEARD


def test_records_come_back_as_they_were_put(store: AnyStore) -> None:
    letter = replace(an_outgoing(), references=("<a@example.org>",), error="Größe: 10 €\n“later”")
    with store.transaction() as work:
        work.put(OUTGOING, letter)
    assert store.get(OUTGOING, "letter1") == letter


def test_an_entry_of_the_trail_is_neither_deleted_nor_replaced(store: AnyStore) -> None:
    with store.transaction() as work:
        work.put(CHANGES, a_change())
        with pytest.raises(ValueError, match="only ever grows"):
            work.delete(CHANGES, a_change().id)
    with store.transaction() as work:
        with pytest.raises(ValueError, match="only ever grows"):
            work.put(CHANGES, replace(a_change(), what="something else"))
        with pytest.raises(ValueError, match="only ever grows"):
            work.delete(CHANGES, a_change().id)
    assert store.every(CHANGES) == (a_change(),)


def test_only_erasing_takes_an_entry_of_the_trail_out(store: AnyStore) -> None:
    with store.transaction() as work:
        work.put(CHANGES, a_change())

    with store.transaction() as work:
        work.erase(CHANGES, a_change().id)

    assert store.every(CHANGES) == ()
