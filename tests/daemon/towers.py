"""A loop in memory whose time passes with its breaths, a second each, so that minutes of patience cost no waiting."""

import threading
import time
from collections.abc import Callable

from okrmate.daemon.calls import Calls
from okrmate.daemon.errands import Errand
from okrmate.daemon.loop import Loop
from okrmate.frozen import replace
from okrmate.services.ports import Doorbell
from tests.fakes import MemoryBoard
from tests.services.rooms import Office

RARELY = 3600
PATIENCE = 30.0
"""Seconds after which a loop that a test forgot ends by itself, and the test fails instead of hanging."""
TICK = 0.001
"""Seconds that a breath really lasts."""


class Tower:
    """The loop with everything around it; `called` are the errands in the order they ran, `at` when, in its time."""

    def __init__(self) -> None:
        self.office = Office()
        self.calls = Calls()
        self.board = MemoryBoard()
        self.called: list[str] = []
        self.at: list[float] = []
        self.seconds = 0.0
        self.chance = 1.0
        self._ends = float("inf")
        self._at_breath: dict[int, Callable[[], None]] = {}

    def errand(self, name: str, then: Callable[[], object] = int, *, every: int = RARELY, mail: bool = True) -> Errand:
        """An errand that does `then`, which brings something if that is true; `poll` is the one that is rung for."""

        def work() -> bool:
            self.called.append(name)
            self.at.append(self.seconds)
            return bool(then())

        return Errand(name=name, every=every, run=work, mail=mail, on_ring=name == "poll")

    def after(self, breaths: int, then: Callable[[], None]) -> None:
        """Do something when the loop has taken so many breaths."""
        self._at_breath[breaths] = then

    def loop(self, *errands: Errand, doorbell: Doorbell | None = None, ends_when_refused: bool = True) -> Loop:
        """The loop, not yet running."""
        return Loop(
            room=replace(self.office.room, doorbell=doorbell),
            errands=errands,
            calls=self.calls,
            board=self.board,
            chance=lambda: self.chance,
            ends_when_refused=ends_when_refused,
            breathed=self._breathe,
            steady=lambda: self.seconds,
            breath=TICK,
        )

    def run(self, loop: Loop, seconds: float = float("inf")) -> None:
        """Run it until it ends, or for so many seconds of its own time."""
        self._ends = seconds
        late = threading.Timer(PATIENCE, self.calls.stop)
        late.start()
        loop.run()
        assert late.is_alive(), "the loop would not have ended by itself"
        late.cancel()
        late.join()

    def _breathe(self) -> None:
        self.seconds += 1
        self.office.clock.move(seconds=1)
        self._at_breath.pop(int(self.seconds), int)()
        if self.seconds >= self._ends:
            self.calls.stop()


def raises(*errors: Exception | None) -> Callable[[], object]:
    """Raises one after the other, nothing for a None, then nothing for ever."""
    left = list(errors)

    def work() -> None:
        error = left.pop(0) if left else None
        if error is not None:
            raise error

    return work


def within(condition: Callable[[], object], seconds: float = PATIENCE) -> bool:
    """Whether it comes true in so many seconds."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        threading.Event().wait(0.01)
    return bool(condition())
