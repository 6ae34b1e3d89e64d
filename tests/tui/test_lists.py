"""The list of every screen: choosing by key and mouse, keeping one's place when everything is shown anew."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from okrmate.tui.ink import Frame, Line, text, wrapped
from okrmate.tui.pages import Empty, Entry, Pane, still
from okrmate.tui.themes import INK
from okrmate.tui.widgets.lines_view import LinesView
from tests.tui.terminal import played, text_of

WIDE = Frame(width=60, wide=True)
NARROW = Frame(width=60, wide=False)
HEIGHT = 10


class Lister(App[None]):
    """Two lists, of which the first has the focus, and what they say."""

    CSS = "LinesView { height: 10; scrollbar-size-vertical: 1; overflow-x: hidden; }"

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.register_theme(INK.theme())
        self.theme = INK.name

    def compose(self) -> ComposeResult:
        yield LinesView(id="main")
        yield LinesView(id="other", resting=True)

    def on_lines_view_chosen(self, message: LinesView.Chosen) -> None:
        self.said.append(f"chosen {message.key}")

    def on_lines_view_opened(self, message: LinesView.Opened) -> None:
        self.said.append(f"opened {message.key}")


@asynccontextmanager
async def listed(panes: Sequence[Pane] | Empty, frame: Frame = WIDE) -> AsyncIterator[tuple[LinesView, Pilot[None]]]:
    """A list with these panes, ten rows high."""
    app = Lister()
    async with app.run_test(size=(60, 20)) as pilot:
        view = app.query_one("#main", LinesView)
        view.show(panes, frame)
        view.focus()
        await pilot.pause()
        yield view, pilot


def pane(*keys: str, title: str = "Needs you", name: str = "needs") -> Pane:
    return Pane(name=name, title=title, entries=tuple(Entry(key=key, draw=still(text(f"about {key}"))) for key in keys))


def shown(view: LinesView) -> list[str]:
    return text_of(view.app).splitlines()[:HEIGHT]


def numbered(count: int) -> list[str]:
    return [f"n{number:03}" for number in range(count)]


@played
async def test_the_first_entry_is_chosen_and_arrows_go_on_from_there() -> None:
    async with listed([pane("a", "b", "c")]) as (view, pilot):
        assert view.chosen == "a"
        await pilot.press("down", "down", "down")
        assert view.chosen == "c"
        await pilot.press("up")
        assert view.chosen == "b"
        assert isinstance(pilot.app, Lister)
        assert pilot.app.said == ["chosen b", "chosen c", "chosen b"]


@played
async def test_the_chosen_entry_keeps_its_place_when_others_come_above_it() -> None:
    async with listed([pane(*numbered(50))]) as (view, pilot):
        await pilot.press("end")
        view.choose("n020")
        await pilot.pause()
        row = next(number for number, line in enumerate(shown(view)) if "about n020" in line)
        view.show([pane("new", "newer", *numbered(50))], WIDE)
        await pilot.pause()

        assert view.chosen == "n020"
        assert "about n020" in shown(view)[row]


@played
async def test_where_the_chosen_entry_is_gone_the_next_one_is_chosen() -> None:
    async with listed([pane("a", "b", "c")]) as (view, pilot):
        await pilot.press("down")
        view.show([pane("a", "c")], WIDE)

        assert view.chosen == "c"


@played
async def test_the_heading_stays_in_sight_while_its_pane_scrolls() -> None:
    async with listed([pane(*numbered(50))]) as (view, pilot):
        await pilot.press("end")

        assert shown(view)[0].startswith(" Needs you")
        assert "about n049" in shown(view)[-1]


@played
async def test_going_up_to_the_first_entry_shows_the_heading_above_it() -> None:
    async with listed([pane(*numbered(50))]) as (view, pilot):
        await pilot.press("end", "home")

        assert view.scroll_y == 0
        assert view.chosen == "n000"


@played
async def test_only_the_chosen_entry_shows_what_more_it_has_to_say() -> None:
    entries = tuple(
        Entry(key=key, draw=still(text(f"about {key}")), more=still(text(f"why {key}")), more_height=1) for key in "ab"
    )
    async with listed([Pane(name="p", title="P", entries=entries)], NARROW) as (view, pilot):
        assert [line.strip("▌ ") for line in shown(view) if "y " in line or "about" in line] == [
            "about a",
            "why a",
            "about b",
        ]
        await pilot.press("down")
        assert [line.strip("▌ ") for line in shown(view) if "y " in line or "about" in line] == [
            "about a",
            "about b",
            "why b",
        ]


@played
async def test_a_click_chooses_and_a_click_on_what_is_chosen_opens_it() -> None:
    async with listed([pane("a", "b", "c")]) as (view, pilot):
        await pilot.click(view, offset=(5, 3))
        await pilot.click(view, offset=(5, 3))

        assert isinstance(pilot.app, Lister)
        assert pilot.app.said == ["chosen b", "opened b"]


@played
async def test_tab_goes_to_the_next_pane_and_then_to_the_next_list() -> None:
    async with listed([pane("a", "b"), pane("c", title="Moved", name="moved")]) as (view, pilot):
        other = pilot.app.query_one("#other", LinesView)
        other.show([pane("z")], WIDE)
        assert other.chosen == ""
        await pilot.press("tab")
        assert view.chosen == "c"
        await pilot.press("tab")
        assert other.has_focus
        assert other.chosen == "z"


@played
async def test_a_filter_keeps_the_entries_that_hold_all_its_words() -> None:
    async with listed([pane("leo agenda", "leo form", "maya agenda")]) as (view, pilot):
        view.filter("AGENDA leo")
        await pilot.pause()

        assert view.keys == ("leo agenda",)
        assert "/AGENDA leo" in shown(view)[0]
        view.filter("")
        assert len(view.keys) == 3


@played
async def test_wrapped_entries_are_as_high_as_their_words_need() -> None:
    long = Entry(key="a", height=None, draw=lambda frame: wrapped("word " * 30, frame.width))
    async with listed([Pane(name="p", entries=(long, Entry(key="b", draw=still(text("behind")))))]) as (view, _):
        words = [line for line in shown(view) if "word" in line]
        assert sum(line.count("word") for line in words) == 30
        assert "behind" in shown(view)[len(words)]


@pytest.mark.parametrize("keys", [("down", "up", "home", "end", "pagedown", "pageup", "tab")])
@played
async def test_keys_do_no_harm_where_there_is_nothing(keys: tuple[str, ...]) -> None:
    empty = Empty(fact="Nothing needs you.", following="Next: the agenda.", key="p", action="prepare")
    async with listed(empty) as (view, pilot):
        await pilot.press(*keys)
        await pilot.click(view, offset=(5, 3))

        assert view.chosen == ""
        assert any(line.strip() == "Nothing needs you." for line in shown(view))


@played
async def test_a_list_of_thousands_draws_what_is_in_sight_alone() -> None:
    drawn: list[str] = []

    def entry(key: str) -> Entry:
        def draw(_: Frame) -> tuple[Line, ...]:
            drawn.append(key)
            return (text(key),)

        return Entry(key=key, draw=draw)

    async with listed([Pane(name="p", entries=tuple(entry(key) for key in numbered(5000)))]) as (_, pilot):
        await pilot.press("down", "pagedown")

        assert len(set(drawn)) < 50
