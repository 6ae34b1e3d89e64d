"""Work that may never end, such as asking a server that is not there, waited for only so long."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Begun(Generic[T]):
    """Work that has begun beside everything else; nobody waits for it at the end of the program."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._results: SimpleQueue[T | BaseException] = SimpleQueue()
        self._work = work
        threading.Thread(target=self._run, daemon=True).start()

    def within(self, seconds: float) -> T | None:
        """Its result, once; None where it takes longer. What it raised is raised here."""
        try:
            result = self._results.get(timeout=seconds)
        except Empty:
            return None
        if isinstance(result, BaseException):
            raise result
        return result

    def _run(self) -> None:
        try:
            self._results.put(self._work())
        except BaseException as error:  # noqa: BLE001 - the edge of the thread: it goes to whoever waits
            self._results.put(error)
