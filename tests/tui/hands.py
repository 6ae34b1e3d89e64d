"""The hands at the terminal of a test: they go on as soon as what they did is done, not when time is up."""

import unicodedata
from time import monotonic

from textual.events import Key
from textual.keys import KEY_NAME_REPLACEMENTS, REPLACED_KEYS, key_to_character
from textual.pilot import Pilot

PATIENCE = 10.0
"""Seconds after which the hands go on, whatever may still be going on."""
BREATH = 0.002
"""Seconds between two looks at what takes longer."""
LOOKS = 3
"""So many times, one after another, nobody has anything to do: what is called after a repaint has been called, too."""


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
        looks = 0
        while looks < LOOKS:
            working = monotonic() < deadline and any(not worker.is_finished for worker in self.app.workers)
            await super().pause(BREATH if working else 0)
            looks = 0 if working or self._messages else looks + 1

    @property
    def _messages(self) -> int:
        """How many wait to be dealt with."""
        return sum(pump.message_queue_size for pump in (self.app, *self.app.screen.walk_children(with_self=True)))
