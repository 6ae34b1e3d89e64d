"""Whatever is pressed, clicked and resized, the screens stay: chance decides, from a seed that a failure names."""

import os
from random import Random

import pytest

from tests.tui.mentorships import four_people
from tests.tui.terminal import Terminal, played, terminal

STEPS = int(os.environ.get("OKRMATE_ANY_KEYS", "60"))
"""How many things happen in each run; `make stress` does far more."""
BURST = 8
"""Keys come faster than they are dealt with, as from a paste or a held key."""
KEYS = (
    *"abcdefghijklmnoprstuvwxyz123456RN/?[]<.,+-",
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "enter", "escape", "tab", "shift+tab"),
    *("space", "backspace", "delete", "ctrl+p", "ctrl+r", "ctrl+s", "ctrl+t", "ctrl+g", "f1", "f8"),
    *("down", "down", "down", "up", "enter", "escape", "escape", "tab"),
)
"""All but what leaves the program or leaves for another machine (`>` belongs to the demo)."""
SIZES = ((120, 40), (80, 24), (200, 60), (99, 30), (100, 10), (40, 12), (20, 5))


async def anything(shown: Terminal, chance: Random) -> None:
    """One thing that may happen to a terminal."""
    width, height = shown.app.size
    match chance.choices(("keys", "click", "size", "wheel"), (70, 15, 6, 9))[0]:
        case "keys":
            for key in chance.choices(KEYS, k=BURST):
                shown.app.simulate_key(key)
            await shown.pilot.pause()
        case "click":
            await shown.pilot.click(offset=(chance.randrange(width), chance.randrange(height)))
        case "wheel":
            lists = [*shown.app.screen.query("LinesView")]
            if lists:
                chance.choice(lists).scroll_relative(y=chance.choice((-3, 3)), animate=False)
        case _:
            await shown.pilot.resize_terminal(*chance.choice(SIZES))


@pytest.mark.parametrize("seed", range(4))
@played
async def test_no_keys_clicks_and_sizes_end_the_screens(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    async with terminal(four_people().room, chance.choice(SIZES)) as shown:
        for _ in range(STEPS):
            await anything(shown, chance)
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
