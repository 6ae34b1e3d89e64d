"""The screens in the terminal of a test: keys pressed, what stands there as plain text, waiting for what is to come."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import partial, wraps
from pathlib import Path
from time import monotonic
from typing import ParamSpec

import pytest
from textual._compositor import LayoutUpdate
from textual.app import App

from okrmate.adapters.new_file import write_new
from okrmate.adapters.resources import Resources
from okrmate.bootstrap.home_session import pages
from okrmate.bootstrap.screens_mail import leave, page_in
from okrmate.services.loop_state import LoopState
from okrmate.services.mailroom import MailRoom
from okrmate.tui.app import OkrmateApp
from okrmate.tui.screens.page import Page
from okrmate.tui.session import Session
from okrmate.tui.shown import Shown, no_loop, nothing
from okrmate.tui.widgets.lines_view import LinesView
from tests.tui.hands import Hands

P = ParamSpec("P")
GOLDENS = Path(__file__).parent / "goldens"
UPDATE = "OKRMATE_UPDATE_GOLDENS"
WIDE, NARROW = (120, 40), (80, 24)
both_sizes = pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
SHIPPED = Resources(Path("a-home-without-templates"))
PATIENCE = 30.0
"""Seconds that something may take to come to the screen before a test fails."""


def played(journey: Callable[P, Coroutine[object, object, None]]) -> Callable[P, None]:
    """A test that is a coroutine, as a function that pytest runs."""

    @wraps(journey)
    def test(*arguments: P.args, **named: P.kwargs) -> None:
        asyncio.run(journey(*arguments, **named))

    return test


def text_of(app: App[None]) -> str:
    """What an application shows, painted anew."""
    screen = app.screen
    painted = screen._compositor.render_update(full=True, screen_stack=app._background_screens)  # noqa: SLF001
    assert isinstance(painted, LayoutUpdate)
    rows = ("".join(strip.text for strip in row).replace("\N{NO-BREAK SPACE}", " ") for row in painted.strips)
    return "\n".join(row.rstrip() for row in rows)


class Terminal:
    """One running application."""

    def __init__(self, app: OkrmateApp, pilot: Hands, shown: Shown) -> None:
        self.app = app
        self.pilot = pilot
        self.shown = shown

    async def press(self, *keys: str) -> None:
        """Press keys one after another; each has done what it does when the next is pressed."""
        await self.pilot.press(*keys)

    async def type(self, words: str) -> None:
        """Type words."""
        await self.press(*("space" if sign == " " else sign for sign in words))

    async def resize(self, width: int, height: int) -> None:
        """Give the terminal another size."""
        await self.pilot.resize_terminal(width, height)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so, with all that comes with it; fail with what is shown where it does not come."""
        deadline = monotonic() + PATIENCE
        while monotonic() < deadline:
            if condition():
                await self.pilot.pause()
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"It does not come:\n{self.text}")

    async def until_shown(self, words: str) -> None:
        """Wait until these words stand on the screen."""
        await self.until(lambda: words in self.text)

    @property
    def text(self) -> str:
        """What stands on the screen, without colours and without blanks at the ends of lines."""
        return text_of(self.app)

    def line(self, words: str) -> str:
        """The one line that holds these words."""
        (found,) = [line for line in self.text.splitlines() if words in line]
        return found

    def view(self, name: str = "main") -> LinesView:
        """A list of the screen that is shown, by its id."""
        return self.app.screen.query_one(f"#{name}", LinesView)


@asynccontextmanager
async def terminal(
    room: MailRoom,
    size: tuple[int, int] = WIDE,
    *,
    loop: Callable[[], LoopState | None] = no_loop,
    rouse: Callable[[], None] = nothing,
    insist: Callable[[], None] = nothing,
    ascii_only: bool = False,
) -> AsyncIterator[Terminal]:
    """The screens of a mail room, in a terminal of so many columns and rows."""
    shown = Shown(
        desk=room.desk,
        rules=room.rules,
        templates=SHIPPED,
        loop=loop,
        rouse=rouse,
        insist=insist,
        write=write_new,
        leave=partial(leave, room),
        ascii=ascii_only,
    )
    app = OkrmateApp(lambda: Session(shown, pages(shown, partial(page_in, room, shown))))
    async with app.run_test(size=size, notifications=True):
        opened = Terminal(app, Hands(app), shown)
        await opened.until(lambda: isinstance(app.screen, Page))
        yield opened


def assert_golden(name: str, text: str) -> None:
    """The text is the golden file's; with OKRMATE_UPDATE_GOLDENS=1 that is written anew, to be read in the diff."""
    golden = GOLDENS / f"{name}.txt"
    if os.environ.get(UPDATE):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(f"{text}\n", encoding="utf-8")
    assert f"{text}\n" == golden.read_text(encoding="utf-8")
