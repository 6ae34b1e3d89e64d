"""A program that is broken off, by Ctrl-C say, at whatever line of a commit: all of that is stored, or nothing."""

import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import okrmate.adapters
from okrmate.services.tables import READINGS, SETTINGS, Setting
from tests.adapters.homes import QuickDisk, opened, put
from tests.builders import a_reading

ADAPTERS = str(Path(okrmate.adapters.__file__).parent)
Trace = Callable[[FrameType, str, Any], Any]


def breaking_off(after: int) -> Trace:
    """A tracing function of Python that raises `KeyboardInterrupt` after so many lines of the adapters."""
    left = iter(range(after))

    def trace(frame: FrameType, event: str, _: object) -> Trace | None:
        if not frame.f_code.co_filename.startswith(ADAPTERS):
            return None
        if event == "line" and next(left, None) is None:
            sys.settrace(None)
            raise KeyboardInterrupt
        return trace

    return trace


def commit(home: Path, number: int, after: int = 1_000_000) -> bool:
    """Store this number in two tables; whether it was broken off after so many lines."""
    store = opened(home, QuickDisk())
    put(store, a_reading(number, id="b"))  # then closing it leaves a checkpoint of what it holds
    before = sys.gettrace()
    try:
        sys.settrace(breaking_off(after))
        with store.transaction() as work:
            work.put(READINGS, a_reading(number, id="a"))
            work.put(SETTINGS, Setting(id="a", value=str(number)))
    except KeyboardInterrupt:
        return True
    else:
        return False
    finally:
        sys.settrace(before)
        with suppress(RuntimeError):  # it takes itself for amid the transaction
            store.close()


@pytest.mark.long
def test_a_commit_that_is_broken_off_at_any_line_is_stored_whole_or_not_at_all(tmp_path: Path) -> None:
    home = tmp_path / "home"
    commit(home, 0)
    number = after = 0
    while commit(home, number := number + 1, after):
        store = opened(home)
        reading, setting = store.get(READINGS, "a"), store.get(SETTINGS, "a")
        assert reading is not None
        assert setting is not None
        assert int(setting.value) == reading.value
        assert reading.value in (number - 1, number)
        number = int(reading.value)
        after += 1
    assert after > 100
