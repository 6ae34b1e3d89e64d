"""The clock under watch: what was set or slept since the last look, and letters held where it is not believed."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from okrmate.services.desk import Desk
from okrmate.services.outgoing.outbox import last_written
from okrmate.services.pause import pause
from okrmate.services.ports import Clock

LOG = logging.getLogger("okrmate.daemon")
JUMP = timedelta(minutes=2)
"""More than this was no slow minute: the wall clock was set, or the machine slept."""
LEAP = timedelta(days=1)
"""A clock that was *set* by more than this is not believed (product: promise 6)."""
DAY = timedelta(days=1)

_SINCE_BOOT: int | None = getattr(time, "CLOCK_BOOTTIME", None)


def since_boot() -> float:
    """Seconds on a clock that nobody can set; where the system has one, on that which goes on while it sleeps."""
    return time.monotonic() if _SINCE_BOOT is None else time.clock_gettime(_SINCE_BOOT)


@dataclass(slots=True)
class Watch:
    """Compares the wall clock with a steady one; `counts_sleep` says whether that goes on while the machine sleeps."""

    clock: Clock
    steady: Callable[[], float] = since_boot
    counts_sleep: bool = _SINCE_BOOT is not None
    _offset: float = field(init=False)
    _rested: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin now."""
        self.begin()

    def begin(self) -> None:
        """Take both clocks as right from now on."""
        self._offset = self._difference()
        self.rest()

    def rest(self) -> None:
        """Note that nothing is done from now until the next look."""
        self._rested = self.steady()

    def drift(self) -> timedelta:
        """By how much the wall clock was set since the beginning; without `counts_sleep` also how long we slept."""
        return timedelta(seconds=self._difference() - self._offset)

    def jumped(self) -> bool:
        """Whether the wall clock was set, or far more time than a breath has passed since `rest`."""
        return abs(self.drift()) > JUMP or timedelta(seconds=self.steady() - self._rested) > JUMP

    def believable(self) -> bool:
        """Whether the time may be acted on; a forward leap that may have been sleep is believed."""
        return self.drift() >= -LEAP and (self.drift() <= LEAP or not self.counts_sleep)

    def _difference(self) -> float:
        return self.clock.now().timestamp() - self.steady()


def after_jump(desk: Desk, watch: Watch) -> None:
    """Begin anew after a jump; one that is not believed holds the whole outbox."""
    drift = watch.drift()
    LOG.warning("the clock jumped", extra={"seconds": int(drift.total_seconds())})
    if not watch.believable():
        where = "back" if drift < timedelta() else "forward"
        pause(desk, f"the clock was set {where} by {round(abs(drift) / DAY)} days; look at it, then release")
    watch.begin()


def doubt_a_past_ahead(desk: Desk) -> None:
    """What was written long after now tells that the clock was set back while nobody was watching it."""
    written = last_written(desk.store)
    if written is not None and written > desk.clock.now() + LEAP:
        LOG.warning("letters were written in the future", extra={"last": written.isoformat()})
        pause(desk, f"the clock says it is before {written:%Y-%m-%d}, when a letter was written; look at it")
