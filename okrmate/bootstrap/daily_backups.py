"""A backup each day, made beside the loop so that no mail waits for it, and the old ones thinned out."""

import shutil
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from okrmate.adapters.backups.contents import FOLDER
from okrmate.adapters.backups.rotation import backups_in, daily, outdated
from okrmate.adapters.patience import Begun
from okrmate.adapters.store import TinyStore
from okrmate.domain.errors import OkrmateError, StoreError
from okrmate.services.ports import Clock
from okrmate.services.tables import PEOPLE

SETTLED = 30.0
"""Seconds after the start before which none is begun: whoever opens okrmate wants to see mail first."""
AGAIN = 3600.0
"""Seconds until one that failed is tried again."""
ROOM = 200_000_000
"""Bytes that a backup leaves free on the disk: mail needs them more."""


class DailyBackups:
    """The backup of each day, in the mentor's time zone; `look` never takes long."""

    def __init__(self, home: Path, store: TinyStore, zone: str, clock: Clock, steady: Callable[[], float]) -> None:
        self._folder = home / FOLDER
        self._home = home
        self._store = store
        self._zone = ZoneInfo(zone)
        self._clock = clock
        self._steady = steady
        self._next_try = steady() + SETTLED
        self._work: Begun[Path] | None = None
        self._failure: Exception | None = None

    def look(self) -> bool:
        """Begin the backup of this day where it is missing, or see how it went; nothing else waits for it (False).

        Raises what the last one met, until one goes well: a home without backups is told of as long as it is one.
        """
        if self._work is not None:
            self._see()
        elif self._steady() >= self._next_try and self._is_missing():
            self._work = Begun(self._make)
        if self._failure is not None:
            raise self._failure
        return False

    def _see(self) -> None:
        """Take the result of the work, if there is one by now."""
        assert self._work is not None  # noqa: S101 - asked only while there is some
        try:
            if self._work.within(0) is None:
                return
            self._failure = None
        except OkrmateError as error:
            self._failure = StoreError(f"Today's backup was not made: {error}")
        except Exception as bug:  # noqa: BLE001 - told by the errand, as any bug in it
            self._failure = bug
        self._work = None
        self._next_try = self._steady() + (AGAIN if self._failure else 0)

    def _is_missing(self) -> bool:
        return not self._today().exists() and bool(self._store.every(PEOPLE))

    def _today(self) -> Path:
        return daily(self._folder, self._clock.now().astimezone(self._zone).date())

    def _make(self) -> Path:
        from okrmate.bootstrap.backups import back_up

        last = backups_in(self._folder)[-1:]
        needed = ROOM + sum(2 * path.stat().st_size for path in last)
        free = shutil.disk_usage(self._home).free
        if free < needed:
            raise StoreError(f"the disk has {free // 1_000_000} MB left and it wants {needed // 1_000_000}; make room.")
        made = back_up(self._home, self._store, self._today(), self._clock)
        for path in outdated(self._folder):
            path.unlink(missing_ok=True)
        return made.path
