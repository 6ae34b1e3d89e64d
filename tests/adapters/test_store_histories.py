"""Whatever is done to it, the file holds what the simplest store would hold, for every handle on it."""

import tempfile
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from okrmate.services.ports import Store
from okrmate.services.tables import READINGS, SETTINGS, Setting
from tests.adapters.homes import QuickDisk, opened
from tests.builders import a_reading
from tests.fakes import MemoryStore

NAMES = st.sampled_from("abcd")
PUT = st.tuples(st.just("put"), NAMES, st.sampled_from(["kr1", "kr2"]), st.integers(0, 3))
DELETE = st.tuples(st.just("delete"), NAMES, st.just(""), st.just(0))
SET = st.tuples(st.just("set"), NAMES, st.just(""), st.integers(0, 3))
STEPS = st.lists(PUT | DELETE | SET, min_size=1, max_size=5)
HISTORIES = st.lists(st.tuples(STEPS, st.booleans(), st.sampled_from([0, 0, 1, 2])), max_size=8)
"""Transactions: their steps, whether they go wrong at the end, and by which handle (2: one opened just then)."""

Step = tuple[str, str, str, int]


class WrongError(Exception):
    """What goes wrong at the end of a transaction."""


def do(store: Store, steps: list[Step], *, wrong: bool) -> None:
    with store.transaction() as work:
        for step, name, key_result, number in steps:
            match step:
                case "put":
                    work.put(READINGS, a_reading(number, id=name, key_result=key_result))
                case "delete":
                    work.delete(READINGS, name)
                case _:
                    work.put(SETTINGS, Setting(id=name, value=str(number)))
        if wrong:
            raise WrongError


def attempt(store: Store, steps: list[Step], *, wrong: bool) -> None:
    try:
        do(store, steps, wrong=wrong)
    except WrongError:
        assert wrong


def shown(store: Store) -> tuple[object, ...]:
    return (
        store.every(READINGS),
        store.every(SETTINGS),
        *(store.find(READINGS, "key_result", key_result) for key_result in ("kr1", "kr2")),
        *(store.summary(key_result) for key_result in ("kr1", "kr2")),
    )


TAKEN_OUT_AND_PUT_AGAIN = [
    ([("put", "b", "kr2", 0)], False, 0),
    ([("delete", "b", "", 0), ("put", "a", "kr1", 1), ("put", "b", "kr1", 0)], False, 0),
]


@settings(max_examples=2 * settings().max_examples)
@example(history=TAKEN_OUT_AND_PUT_AGAIN)
@given(history=HISTORIES)
def test_the_file_and_the_simplest_store_agree_after_each_step(history: list[tuple[list[Step], bool, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home, disk = Path(folder) / "home", QuickDisk()
        plain = MemoryStore()
        handles = [opened(home, disk), opened(home, disk)]
        for steps, wrong, by in history:
            attempt(plain, steps, wrong=wrong)
            attempt(handles[by] if by < len(handles) else opened(home, disk), steps, wrong=wrong)
            for handle in (*handles, opened(home, disk)):
                assert shown(handle) == shown(plain)
