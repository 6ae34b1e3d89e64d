"""Starting the screens: the frame first, the home behind it once that is painted; and ending them."""

import gc
import select
import signal
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType
from typing import Protocol

from okrmate.tui.app import OkrmateApp, Opened

GARBAGE = 10_000
"""So many new objects are looked through at once; by Python's own 700 that is done several times a key."""
TURN = 0.001
"""Seconds that the mail loop may go on once a key is pressed, a few times a key; Python's own are 0.005."""


TERMINAL = 0
"""Standard input: what the screens are shown in is what keys come from."""
BREATH = 0.5
"""Seconds between two looks whether the terminal is still there."""


class Closing(Opened, Protocol):
    """An open home that is closed in the end."""

    def close(self) -> None:
        """Let go of it."""


def run_screens(home: str | None, environ: Mapping[str, str]) -> None:
    """Show the screens of a home until the mentor leaves them, or their terminal is closed.

    Raises what opening the home raises, and a bug that has ended them.
    """
    opened: list[Closing] = []

    def open_now() -> Closing:
        from okrmate.bootstrap.home_session import HomeSession

        opened.append(HomeSession(home, environ))
        # What is loaded by now stays: looking through it for what could be thrown away would only make keys wait.
        gc.freeze()
        gc.set_threshold(GARBAGE)
        gc.enable()
        return opened[0]

    sys.setswitchinterval(TURN)
    app = OkrmateApp(open_now)
    with left_by_signals(app):
        try:
            app.run()
        finally:
            for each in opened:
                each.close()
    if app.failure is not None:
        raise app.failure


@contextmanager
def left_by_signals(app: OkrmateApp) -> Iterator[None]:
    """Leave the screens by SIGTERM, and by SIGHUP when their terminal is closed, as the mentor would.

    A program that waits for them, as make does, may keep SIGHUP from them: a terminal that is gone is seen as well.
    Until the end of this nothing else comes of these signals, however often they come: a letter on its way is waited
    for, and nobody has to find out later whether it has left.
    """

    def leave(number: int, frame: FrameType | None) -> None:
        del number, frame
        # A signal may come while this very thread holds a lock of the application's.
        threading.Thread(target=app.exit, daemon=True).start()

    before = {each: signal.signal(each, leave) for each in (signal.SIGTERM, signal.SIGHUP)}
    left = threading.Event()
    threading.Thread(target=_leave_with_terminal, args=(app, left), name="okrmate-terminal", daemon=True).start()
    try:
        yield
    finally:
        left.set()
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave_with_terminal(app: OkrmateApp, left: threading.Event) -> None:
    terminal = select.poll()
    terminal.register(TERMINAL, 0)
    while not left.wait(BREATH):
        if any(event & select.POLLHUP for _, event in terminal.poll(0)):
            app.exit()
            return
