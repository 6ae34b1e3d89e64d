"""The daemon: `schedule` drives guarded ticks of the three errands until SIGTERM, losing nothing.

What is due is computed from stored data, never from a job table: `schedule` uses naive local time, so it only
decides how often to look (design "`schedule`, and what it cannot do"). Each errand is guarded, so that one which
raises starves no other, and all run at start and at once after a jump of the clock.
"""

import logging
import signal
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from types import FrameType

from schedule import Scheduler

from okrmate.domain.errors import MailLoginError, OkrmateError
from okrmate.services import outbox
from okrmate.services.mailroom import MailRoom
from okrmate.services.ports import Clock

LOG = logging.getLogger("okrmate.daemon")
BREATH = 1.0
"""Seconds between two looks at the clock; a stop is seen at once, not after it."""
JUMP = timedelta(minutes=2)
"""A difference between the two clocks larger than this was no slow minute: the wall clock was set, or we slept."""
LEAP = timedelta(days=1)
"""A clock that was *set* by more than this is not believed (product: promise 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One kind of work and how often it is looked after, in seconds."""

    name: str
    every: int
    run: Callable[[], object]


@dataclass(slots=True)
class Watch:
    """Compares the wall clock with one that nobody can set."""

    clock: Clock
    wall_start: float = field(init=False)
    steady_start: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin now."""
        self.begin()

    def begin(self) -> None:
        """Take both clocks as right from now on."""
        self.wall_start = self.clock.now().timestamp()
        self.steady_start = monotonic()

    def drift(self) -> timedelta:
        """By how much the wall clock ran ahead of the steady one since the beginning."""
        return timedelta(seconds=self.clock.now().timestamp() - self.wall_start - (monotonic() - self.steady_start))


def run(room: MailRoom, errands: tuple[Errand, ...], stop: threading.Event) -> None:
    """Run the errands until `stop` is set; every one at start, then in its rhythm, then once more after a jump."""
    scheduler = Scheduler()
    for errand in errands:
        scheduler.every(errand.every).seconds.do(guarded, errand)
    watch = Watch(room.desk.clock)
    LOG.info("started")
    scheduler.run_all()
    while not stop.wait(BREATH):
        drift = watch.drift()
        if abs(drift) > JUMP:
            _after_jump(room, scheduler, drift)
            watch.begin()
        else:
            scheduler.run_pending()
    LOG.info("stopped")


def _after_jump(room: MailRoom, scheduler: Scheduler, drift: timedelta) -> None:
    LOG.warning("the clock jumped", extra={"seconds": int(drift.total_seconds())})
    if drift < -LEAP:
        outbox.pause(room.desk, f"the clock was set back by {-drift.days} days; look at it, then release")
    scheduler.run_all()


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
    """Let SIGTERM and SIGINT end the loop after the letter or mail at hand; returns the handlers before."""

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        stop.set()

    return {each: signal.signal(each, ask_to_stop) for each in (signal.SIGTERM, signal.SIGINT)}
