"""Reports: how each person's key results move, week by week."""

from typing import ClassVar

from textual.app import ComposeResult

from okrmate.tui.commands.command import Command
from okrmate.tui.ink import Frame
from okrmate.tui.pages import Empty
from okrmate.tui.screens.page import Page
from okrmate.tui.widgets.lines_view import LinesView


class ReportsPage(Page):
    """The screen."""

    NAME = "reports"
    OFFERS: ClassVar[tuple[type[Command], ...]] = ()

    def body(self) -> ComposeResult:
        """One column so far."""
        yield LinesView(id="main")

    def look(self, frame: Frame) -> None:
        """Show that nothing is here."""
        empty = Empty(fact="Two readings make a trend.", following="People give them by answering an agenda.")
        self.query_one("#main", LinesView).show(empty, frame)
