"""How the lease changes hands: who waits for it, for how long, and how its holder learns that a daemon wants it.

A daemon that waits holds a second lock, which the screens look at with each breath, to give way. The kernel frees
that one as well, so that nobody ever gives way to a process that is gone.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from okrmate.adapters.lease import NAME, Lease, LeaseFile, lock
from okrmate.domain.errors import StoreError
from okrmate.services.loop_state import LoopKind

WANTED = f"{NAME}.wanted"
PATIENCE = 2.0
"""Seconds to wait for a holder that may be about to end."""
LONG_PATIENCE = 60.0
"""Seconds that a daemon waits for one that gives way, or ends by itself.

The screens let go between two mails: a server that does not answer keeps them for its timeout. One that goes on
talking may keep them for longer; then the daemon says so and ends, and is to be started again.
"""
TURN = 0.05
"""Seconds between two attempts."""
BUSY = "Another okrmate is reading and sending mail for this home; stop it, or let it do the work."

T = TypeVar("T")
Pause = Callable[[float], bool]
"""Waits so many seconds; whether to give up."""


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False


@contextmanager
def held(lease: Lease, patience: float = PATIENCE) -> Iterator[Lease]:
    """Hold the lease meanwhile; `StoreError` where another process does so for longer than `patience` seconds."""
    _until(lambda: lease.take() or None, lambda: patience, _sleep)
    try:
        yield lease
    finally:
        lease.let_go()


def take_over(home: Path, lease: Lease, pause: Pause = _sleep, patience: float = LONG_PATIENCE) -> bool:
    """Take the lease for the daemon, which screens make way for; False where `pause` said to give up before.

    `StoreError` where another daemon holds it or waits for it too, or where its holder does not make way in time.
    """

    def enough() -> float:
        holder = LeaseFile(home).read()
        return PATIENCE if holder is None or holder.kind is LoopKind.DAEMON else patience

    # The screens' look holds this lock for an instant too, so it is asked for more than once.
    waiting = _until(lambda: lock(home / WANTED, fcntl.LOCK_EX), lambda: PATIENCE, pause)
    if waiting is None:
        return False
    try:
        return _until(lambda: lease.take() or None, enough, pause) is not None
    finally:
        os.close(waiting)


def wanted(home: Path) -> bool:
    """Whether a daemon waits for the lease."""
    free = lock(home / WANTED, fcntl.LOCK_SH)
    if free is not None:
        os.close(free)
    return free is None


def _until(attempt: Callable[[], T | None], patience: Callable[[], float], pause: Pause) -> T | None:
    """What the attempt gives in the end; None where `pause` said to give up."""
    waited = 0.0
    while (got := attempt()) is None:
        if waited >= patience():
            raise StoreError(BUSY)
        waited += TURN
        if pause(TURN):
            return None
    return got
