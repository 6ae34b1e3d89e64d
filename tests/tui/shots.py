"""Pictures of the screens for looking at, at a telling moment of the demo's story: `python -m tests.tui.shots DIR`."""

import asyncio
import re
import shutil
import subprocess
import sys
from pathlib import Path

from okrmate.demo.events import EventKind
from okrmate.demo.home import throw_away_world
from okrmate.demo.played import Player
from okrmate.demo.story import Story
from okrmate.tui.app import OkrmateApp
from okrmate.tui.screens.page import Page
from okrmate.tui.themes import INK, PAPER
from tests.tui.terminal import NARROW, WIDE

SCREENS = {
    "today": ("1",),
    "people": ("2",),
    "okrs": ("2", "end", "o", "down"),
    "meeting": ("4",),
    "mail": ("5", "n"),
    "reports": ("6",),
    "help": ("1", "question_mark"),
}
"""The keys that lead to each picture, from any screen."""
THEMES = {"dark": INK.name, "light": PAPER.name}
SIZES = (WIDE, NARROW, (120, 32))
"""Those in the README have the last size."""
FONT = "DejaVu Sans Mono"
_WEB_FONT = re.compile(r"url\([^)]*\) format\([^)]*\)")
_EDGES = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def main(folder: Path) -> None:
    """Draw every screen, in both themes and some sizes: as SVG, and as PNG where Chromium is there."""
    folder.mkdir(parents=True, exist_ok=True)
    with throw_away_world() as story:
        player = Player(story)
        until_a_line_is_unclear(story)
        for width, height in SIZES:
            asyncio.run(_draw(player, (width, height), folder))
    if chromium := shutil.which("chromium"):
        for svg in folder.glob("*.svg"):
            as_png(svg, chromium)


def until_a_line_is_unclear(story: Story) -> None:
    """Agendas have left, numbers have moved, people wait, and one line of an answer is the mentor's to decide."""
    while all(event.kind is not EventKind.QUESTION_ASKED for event in story.step()):
        pass


async def _draw(player: Player, size: tuple[int, int], folder: Path) -> None:
    app = OkrmateApp(player.session)
    async with app.run_test(size=size) as pilot:
        while not isinstance(app.screen, Page):
            await pilot.pause(0.01)
        for look, theme in THEMES.items():
            app.theme = theme
            for name, keys in SCREENS.items():
                await pilot.press(*keys)
                await pilot.pause()
                svg = folder / f"{name}-{look}-{size[0]}x{size[1]}.svg"
                svg.write_text(_with_a_font_of_this_machine(app.export_screenshot(title="okrmate")), encoding="utf-8")
                await pilot.press("escape")


def _with_a_font_of_this_machine(picture: str) -> str:
    """The export names one from the network."""
    return _WEB_FONT.sub(f'local("{FONT}")', picture).replace("font-family: Fira Code", f"font-family: {FONT}")


def as_png(svg: Path, chromium: str) -> None:
    """Beside the SVG; other programs that draw one do not keep signs in their cells."""
    edges = _EDGES.search(svg.read_text(encoding="utf-8"))
    assert edges, svg
    width, height = (round(float(edge)) for edge in edges.groups())
    subprocess.run(
        [
            *(chromium, "--headless", "--no-sandbox", "--hide-scrollbars", "--default-background-color=00000000"),
            *(f"--window-size={width},{height}", f"--screenshot={svg.with_suffix('.png')}", svg.absolute().as_uri()),
        ],
        check=True,
        capture_output=True,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
