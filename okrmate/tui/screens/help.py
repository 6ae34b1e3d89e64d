"""The page behind `?`: the keys of the screen one came from, the method, what people can write back."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from okrmate.tui.commands.command import Command
from okrmate.tui.screens.reading import BACK
from okrmate.tui.shown import Shown
from okrmate.tui.views.help import panes
from okrmate.tui.widgets.line import Lines
from okrmate.tui.widgets.lines_view import LinesView
from okrmate.tui.widgets.over import Over


class HelpPage(Over[None]):
    """Shown over a screen; esc or `?` goes back to it."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,question_mark,q", "dismiss", "back")]

    def __init__(self, shown: Shown, title: str, offers: Sequence[type[Command]]) -> None:
        """The help of the screen with this title and these commands."""
        super().__init__()
        self._shown = shown
        self._title = title
        self._offers = tuple(offers)

    def compose(self) -> ComposeResult:
        """One column and the way back."""
        yield LinesView(id="help")
        yield Lines(id="footer")

    def on_mount(self) -> None:
        """Show it."""
        self.query_one("#footer", Lines).show(BACK)
        self._tell()

    def on_resize(self) -> None:
        """Show it anew, wide or narrow."""
        self._tell()

    def _tell(self) -> None:
        frame = self._shown.frame(self.app.size.width)
        keys = [(each.sign(), each.help) for each in self._offers if each.key]
        self.query_one(LinesView).show(panes(self._title, keys, frame), frame)
