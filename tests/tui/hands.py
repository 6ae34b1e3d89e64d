"""The hands at the terminal of a test: they go on as soon as what they did is done, not when time is up."""

import asyncio
import unicodedata
from time import monotonic

from textual.events import Key
from textual.keys import KEY_NAME_REPLACEMENTS, REPLACED_KEYS, key_to_character
from textual.pilot import Pilot

PATIENCE = 30.0
"""Seconds after which the hands go on, whatever may still be going on."""
BREATH = 0.002
"""Seconds between two looks at what takes longer."""


def key_event(key: str) -> Key:
    """A key as a terminal sends it: by its name, and with its sign where it has one."""
    if len(key) == 1 and not key.isalnum():
        name = unicodedata.name(key).lower().replace(" ", "_").replace("-", "_")
        return Key(KEY_NAME_REPLACEMENTS.get(name, name), key)
    return Key(key, key_to_character(REPLACED_KEYS.get(key, key)))


class Hands(Pilot[None]):
    """A pilot; Textual's own sleeps three times after each key, each time until the process hardly works."""

    async def press(self, *keys: str) -> None:
        """Press keys one after another; each has done what it does when the next is pressed."""
        for key in keys:
            self.app.post_message(key_event(key))
            await self.pause()

    async def resize_terminal(self, width: int, height: int) -> None:
        """Give the terminal another size; Textual lets the screen know a moment later."""
        await super().resize_terminal(width, height)
        deadline = monotonic() + PATIENCE
        while self.app.screen.outer_size != (width, height) and monotonic() < deadline:
            await super().pause(BREATH)
        await self.pause()

    async def pause(self, delay: float | None = None) -> None:
        """Wait until everything on the screen has done what it has to, or for so many seconds."""
        if delay is not None:
            await super().pause(delay)
            return
        deadline = monotonic() + PATIENCE
        working = True
        while working and monotonic() < deadline:
            await self._settle(deadline)
            await super().pause(BREATH if self._working else 0)
            await self._settle(deadline)
            working = self._working

    async def _settle(self, deadline: float) -> None:
        """Let everybody do what can be done at once, until not even a repaint gives anybody anything to do."""
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined] # noqa: SLF001 - asyncio tells it nowhere else
        while monotonic() < deadline:
            await asyncio.sleep(0)
            if not ready:
                self.app.screen._on_timer_update()  # noqa: SLF001 - what Textual's own hands do after each pause
                if not ready:
                    return

    @property
    def _working(self) -> bool:
        """Whether something takes longer: a worker, or who deals with a message while others wait."""
        pumps = (self.app, *self.app.screen.walk_children(with_self=True))
        return any(not worker.is_finished for worker in self.app.workers) or any(
            pump.message_queue_size for pump in pumps
        )
