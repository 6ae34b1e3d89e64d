"""The daemon: `schedule` drives guarded ticks of the three errands until SIGTERM, losing nothing.

What is due is computed from stored data, never from a job table: `schedule` uses naive local time, so it only
decides how often to look (design "`schedule`, and what it cannot do"). Each errand is guarded, so that one which
raises starves no other, and all run at start and at once after a jump of the clock.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from types import FrameType

from schedule import Scheduler

from okrmate.domain.errors import MailLoginError, OkrmateError
from okrmate.services.desk import Desk
from okrmate.services.mailroom import MailRoom
from okrmate.services.outgoing import outbox
from okrmate.services.ports import Clock

LOG = logging.getLogger("okrmate.daemon")
BREATH = 1.0
"""Seconds between two looks at the clock; a stop is seen at once, not after it."""
JUMP = timedelta(minutes=2)
"""More than this was no slow minute: the wall clock was set, or the machine slept."""
LEAP = timedelta(days=1)
"""A clock that was *set* by more than this is not believed (product: promise 6)."""
DAY = timedelta(days=1)

_SINCE_BOOT: int | None = getattr(time, "CLOCK_BOOTTIME", None)


def since_boot() -> float:
    """Seconds on a clock that nobody can set; where the system has one, on that which goes on while it sleeps."""
    return time.monotonic() if _SINCE_BOOT is None else time.clock_gettime(_SINCE_BOOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One kind of work and how often it is looked after, in seconds."""

    name: str
    every: int
    run: Callable[[], object]


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


def run(room: MailRoom, errands: tuple[Errand, ...], stop: threading.Event, breath: float = BREATH) -> None:
    """Run the errands until `stop` is set; every one at start, then in its rhythm, then once more after a jump.

    `breath` is the seconds between two looks at the clock. Raises `MailLoginError` where the server refuses us.
    """
    scheduler = Scheduler()
    for errand in errands:
        scheduler.every(errand.every).seconds.do(partial(_unless_stopped, stop, errand))
    longest = max(errand.every for errand in errands)
    watch = Watch(room.desk.clock)
    LOG.info("started")
    _doubt_a_past_ahead(room.desk)
    scheduler.run_all()
    watch.rest()
    while not stop.wait(breath):
        jumped = watch.jumped()
        if jumped:
            _after_jump(room.desk, watch)
        if jumped or _fell_silent(scheduler, longest):
            scheduler.run_all()
        else:
            scheduler.run_pending()
        watch.rest()
    LOG.info("stopped")


def _unless_stopped(stop: threading.Event, errand: Errand) -> None:
    if not stop.is_set():
        guarded(errand)


def _fell_silent(scheduler: Scheduler, longest: int) -> bool:
    """Whether an errand is further off than its rhythm: `schedule` counts in local time, which autumn turns back."""
    following = [job.next_run for job in scheduler.jobs if job.next_run is not None]
    spread = max(following) - min(following)
    return spread.total_seconds() + (scheduler.idle_seconds or 0) > longest + BREATH


def _after_jump(desk: Desk, watch: Watch) -> None:
    drift = watch.drift()
    LOG.warning("the clock jumped", extra={"seconds": int(drift.total_seconds())})
    if not watch.believable():
        where = "back" if drift < timedelta() else "forward"
        outbox.pause(desk, f"the clock was set {where} by {round(abs(drift) / DAY)} days; look at it, then release")
    watch.begin()


def _doubt_a_past_ahead(desk: Desk) -> None:
    """What was written long after now tells that the clock was set back while nobody was watching it."""
    written = outbox.last_written(desk.store)
    if written is not None and written > desk.clock.now() + LEAP:
        LOG.warning("letters were written in the future", extra={"last": written.isoformat()})
        outbox.pause(desk, f"the clock says it is before {written:%Y-%m-%d}, when a letter was written; look at it")


def guarded(errand: Errand) -> None:
    """Run one errand; what goes wrong is logged by name and the next rhythm tries again.

    A refused login is not hammered: it ends the daemon with its own exit code.
    """
    try:
        errand.run()
    except MailLoginError:
        raise
    except OkrmateError as error:
        LOG.error("could not finish", extra={"errand": errand.name, "sentence": str(error)})  # noqa: TRY400 - a sentence
    except Exception:
        LOG.exception("a bug", extra={"errand": errand.name})


def stop_on_signals(stop: threading.Event) -> Mapping[int, object]:
    """Let SIGTERM and SIGINT end the loop after the errand at hand; returns the handlers before."""

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        # A signal may come while this very thread holds the event's lock, and would then wait for itself for ever.
        threading.Thread(target=stop.set, daemon=True).start()

    return {each: signal.signal(each, ask_to_stop) for each in (signal.SIGTERM, signal.SIGINT)}
