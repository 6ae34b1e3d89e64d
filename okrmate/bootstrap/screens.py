"""Starting the screens: the frame first, the home behind it once that is painted."""

import gc
from collections.abc import Mapping
from typing import Protocol

from okrmate.tui.app import OkrmateApp, Opened


class Closing(Opened, Protocol):
    """An open home that is closed in the end."""

    def close(self) -> None:
        """Let go of it."""


def run_screens(home: str | None, environ: Mapping[str, str]) -> None:
    """Show the screens of a home until the mentor leaves them; raises what opening it raises."""
    opened: list[Closing] = []

    def open_now() -> Closing:
        from okrmate.bootstrap.home_session import HomeSession

        opened.append(HomeSession(home, environ))
        # What is loaded by now stays: looking through it for what could be thrown away would only make keys wait.
        gc.freeze()
        gc.enable()
        return opened[0]

    gc.disable()
    app = OkrmateApp(open_now)
    try:
        app.run()
    finally:
        for each in opened:
            each.close()
    if app.failure is not None:
        raise app.failure
