"""Whatever is pressed, clicked and resized, the screens stay: chance decides, from a seed that a failure names."""

import os
from random import Random

import pytest

from tests.tui.hands import key_event
from tests.tui.mentorships import four_people
from tests.tui.terminal import Terminal, played, terminal

pytestmark = pytest.mark.long

RUNS = 4
THINGS = int(os.environ.get("OKRMATE_ANY_KEYS", "5000"))
"""How many keys, clicks and sizes there are in all runs together, at the least; `make stress` has far more."""
BURSTS = (1, 8, 60)
"""Keys come one by one, and faster than they are dealt with, as from a held key or a paste."""
KEYS = (
    *"abcdefghijklmnoprstuvwxyz123456RN/?[]<.,+-",
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "escape", "tab", "shift+tab"),
    *("space", "backspace", "delete", "ctrl+p", "ctrl+r", "ctrl+s", "ctrl+t", "ctrl+g", "f1", "f8"),
    *("down", "down", "down", "up", "enter", "escape", "escape", "tab"),
)
"""All but what leaves the program or leaves for another machine (`>` belongs to the demo)."""
SIZES = ((120, 40), (80, 24), (200, 60), (99, 30), (100, 10), (40, 12), (20, 5))


async def anything(shown: Terminal, chance: Random) -> int:
    """Something that may happen to a terminal; how many keys, clicks and sizes that was."""
    width, height = shown.app.size
    match chance.choices(("keys", "click", "size", "wheel"), (70, 15, 6, 9))[0]:
        case "keys":
            keys = chance.choices(KEYS, k=chance.choice(BURSTS))
            for key in keys:
                shown.app.post_message(key_event(key))
            await shown.pilot.pause()
            return len(keys)
        case "click":
            await shown.pilot.click(offset=(chance.randrange(width), chance.randrange(height)))
            return 1
        case "wheel":
            lists = [*shown.app.screen.query("LinesView")]
            if lists:
                chance.choice(lists).scroll_relative(y=chance.choice((-3, 3)), animate=False)
            return 0
        case _:
            await shown.pilot.resize_terminal(*chance.choice(SIZES))
            return 1


@pytest.mark.parametrize("seed", range(RUNS))
@played
async def test_no_keys_clicks_and_sizes_end_the_screens(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    happened = 0
    async with terminal(four_people().room, chance.choice(SIZES)) as shown:
        while happened < THINGS / RUNS:
            happened += await anything(shown, chance)
        await shown.pilot.pause()

        assert shown.app.is_running
        assert shown.text.strip()


@pytest.mark.parametrize("size", SIZES)
@played
async def test_every_screen_is_drawn_in_every_size(size: tuple[int, int]) -> None:
    async with terminal(four_people().room, size) as shown:
        for digit in "234561":
            await shown.press(digit)

        assert shown.text.splitlines()[0].strip()
