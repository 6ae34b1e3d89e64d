"""The palette: everything that can be done here and every screen, by name, found by its words."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input

from okrmate.frozen import Frozen
from okrmate.tui.ink import Frame, Ink, Line, column, row
from okrmate.tui.pages import Entry, Pane, one
from okrmate.tui.themes import palette
from okrmate.tui.widgets.lines_view import LinesView
from okrmate.tui.widgets.over import Sheet

KEY = 6


class Offer(Frozen):
    """Something that can be done: what it is called, its key if it has one, and doing it."""

    words: str
    sign: str
    do: Callable[[], object]


class OfferList(LinesView):
    """The offers, on the ground of a sheet."""

    def ground(self) -> str:
        """A sheet lies a little lower than the page."""
        return palette(self.app.theme).sunk


class Palette(Sheet[Callable[[], object]]):
    """Shows the offers that hold the words typed so far; dismissed with doing the chosen one, None where it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss", "back"),
        ("up", "step(-1)", "up"),
        ("down", "step(1)", "down"),
        ("pageup", "page(-1)", "page up"),
        ("pagedown", "page(1)", "page down"),
    ]
    AUTO_FOCUS = "Input"

    def __init__(self, offers: Sequence[Offer], frame: Frame) -> None:
        """These, in this order."""
        super().__init__()
        self._offers = tuple(offers)
        self._frame = frame

    def compose(self) -> ComposeResult:
        """A line to type in, the offers below."""
        with Vertical(id="palette"):
            yield Input(placeholder="what to do", compact=True)
            yield OfferList(id="offers")

    def on_mount(self) -> None:
        """Show all of them."""
        entries = tuple(
            Entry(key=str(number), draw=one(partial(_line, offer))) for number, offer in enumerate(self._offers)
        )
        self._list.show((Pane(name="offers", entries=entries),), self._frame)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show those the words fit."""
        self._list.filter(event.value)

    def on_input_submitted(self) -> None:
        """Do the chosen one."""
        self._take()

    def on_lines_view_opened(self) -> None:
        """A click on the chosen one does it."""
        self._take()

    def action_step(self, by: int) -> None:
        """Choose the next or the last one."""
        self._list.action_step(by)

    def action_page(self, way: int) -> None:
        """Choose one about a screenful away."""
        self._list.action_page(way)

    @property
    def _list(self) -> OfferList:
        return self.query_one(OfferList)

    def _take(self) -> None:
        if self._list.chosen:
            self.dismiss(self._offers[int(self._list.chosen)].do)


def _line(offer: Offer, frame: Frame) -> Line:
    sign = column(offer.sign, KEY, Ink.ACCENT, bold=True, right=True)
    return row(frame, column(offer.words), sign, column("", 1))
