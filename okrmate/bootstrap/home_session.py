"""The open home behind the screens: desk, mail loop beside them, and each screen's parts when it is first shown."""

import threading
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

from okrmate.adapters.lease import Lease
from okrmate.adapters.new_file import write_new
from okrmate.adapters.resources import Resources
from okrmate.bootstrap.desk import OpenHome, open_home
from okrmate.bootstrap.evidence import write_evidence
from okrmate.config import home_dir
from okrmate.domain.errors import StoreError
from okrmate.services.loop_state import LoopKind, LoopState
from okrmate.services.mentoring.mentorships import Pair
from okrmate.tui.screens.page import Overlay, Page
from okrmate.tui.session import Session
from okrmate.tui.shown import Shown

BREATH = 1.0
"""Seconds between two looks whether another process still reads and sends mail."""


class HomeSession(Session):
    """The screens of a home, with the mail loop beside them once the first is painted."""

    def __init__(self, explicit: str | None, environ: Mapping[str, str]) -> None:
        """Open the home that was asked for, else the usual one; raises what `open_home` raises."""
        home = home_dir(explicit, environ)
        opened = open_home(home)
        self._store = opened.desk.store
        self._loop_beside = LaterLoop(opened)
        shown = Shown(
            desk=opened.desk,
            rules=opened.config.mail.rules,
            templates=Resources(home),
            loop=self._loop_beside.state,
            rouse=self._loop_beside.rouse,
            insist=self._loop_beside.insist,
            write=write_new,
            write_out=partial(write_evidence, opened),
            erase=partial(_erase, opened, home),
            leave=partial(_leave, opened),
        )
        super().__init__(shown, pages(shown, partial(_in_mail_room, opened, shown)), painted=self._loop_beside.start)

    def close(self) -> None:
        """End the mail loop, and close the home."""
        self._loop_beside.stop()
        self._store.close()


class Running(Protocol):
    """A mail loop at work."""

    def state(self) -> LoopState | None:
        """How it is."""

    def rouse(self) -> None:
        """Have it do everything now."""

    def insist(self) -> None:
        """The same, and try a login again that was refused."""

    def stop(self) -> None:
        """End it."""


def _erase(opened: OpenHome, home: Path, pair: Pair) -> tuple[str, ...]:
    from okrmate.bootstrap.erasing import erase

    return tuple(str(path) for path in erase(opened, home, pair).still)


def _leave(opened: OpenHome, first: date, last: date, line: str) -> tuple[str, ...]:
    from okrmate.bootstrap.mail import mail_room
    from okrmate.bootstrap.screens_mail import leave

    return leave(mail_room(opened), first, last, line)


class LaterLoop:
    """The mail loop beside the screens, begun once they are painted and no other process reads and sends mail.

    Its libraries take longer to load than the screens do, and while they load every key waits.
    """

    def __init__(self, opened: OpenHome) -> None:
        self._opened = opened
        self._ended = threading.Event()
        self._running: Running | None = None
        self._beginning = threading.Thread(target=self._begin, name="okrmate-loop-begins", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._beginning.start()

    def state(self) -> LoopState | None:
        """How the loop of this home is, here or in another process; None where none ever ran."""
        return self._running.state() if self._running else self._opened.loop.read()

    def rouse(self) -> None:
        """Have it do everything now; nothing while it begins, since it begins by that."""
        if self._running:
            self._running.rouse()

    def insist(self) -> None:
        """The same, and try a login again that was refused."""
        if self._running:
            self._running.insist()

    def stop(self) -> None:
        """End it."""
        self._ended.set()
        if self._beginning.ident is not None:
            self._beginning.join()
        if self._running:
            self._running.stop()

    def _begin(self) -> None:
        while not self._is_free():
            if self._ended.wait(BREATH):
                return
        from okrmate.bootstrap.screens_loop import ScreensLoop

        loop = ScreensLoop(self._opened)
        loop.start()
        self._running = loop

    def _is_free(self) -> bool:
        """Whether the loop would be given the lease; one that cannot be asked for is told of by the loop itself."""
        lease = Lease(self._opened.config.home, LoopKind.SCREENS, self._opened.desk.clock)
        try:
            if not lease.take():
                return False
        except StoreError:
            return True
        lease.let_go()
        return True


def pages(shown: Shown, in_mail_room: Callable[[str], Page]) -> Mapping[str, Callable[[], Page]]:
    """How each screen is made, by its name; its module is imported only then.

    `in_mail_room` makes those that need the mail room, by their names.
    """
    return {
        "today": lambda: _today(shown),
        "people": lambda: _people(shown),
        "okrs": lambda: _okrs(shown),
        "meeting": partial(in_mail_room, "meeting"),
        "mail": partial(in_mail_room, "mail"),
        "reports": lambda: _reports(shown),
    }


def _today(shown: Shown) -> Page:
    from okrmate.tui.screens.today import TodayPage

    return TodayPage(shown)


def _people(shown: Shown) -> Page:
    from okrmate.tui.screens.people import PeoplePage

    return PeoplePage(shown)


def _okrs(shown: Shown) -> Page:
    from okrmate.tui.screens.okrs import OkrsPage

    return OkrsPage(shown, partial(_editor, shown), partial(_refine, shown))


def _refine(shown: Shown, pair: Pair) -> Overlay:
    from okrmate.tui.screens.refine import RefineScreen

    return RefineScreen(shown, pair)


def _editor(shown: Shown, pair: Pair) -> Overlay:
    from okrmate.tui.screens.editor import EditorScreen

    return EditorScreen(shown, pair)


def _in_mail_room(opened: OpenHome, shown: Shown, name: str) -> Page:
    from okrmate.bootstrap.mail import mail_room
    from okrmate.bootstrap.screens_mail import page_in

    return page_in(mail_room(opened), shown, name)


def _reports(shown: Shown) -> Page:
    from okrmate.tui.screens.reports import ReportsPage

    return ReportsPage(shown)
