"""Today: who needs the mentor, what moved, what leaves next."""

from typing import ClassVar

from textual.app import ComposeResult

from okrmate.tui.commands.command import Command
from okrmate.tui.ink import Frame
from okrmate.tui.pages import Empty
from okrmate.tui.screens.page import Page
from okrmate.tui.widgets.lines_view import LinesView


class TodayPage(Page):
    """The screen."""

    NAME = "today"
    OFFERS: ClassVar[tuple[type[Command], ...]] = ()

    def body(self) -> ComposeResult:
        """One column so far."""
        yield LinesView(id="main")

    def look(self, frame: Frame) -> None:
        """Show that nothing is here."""
        empty = Empty(
            fact="Nothing needs you.", following="Add somebody you mentor: nothing is sent before you have seen it."
        )
        self.query_one("#main", LinesView).show(empty, frame)
