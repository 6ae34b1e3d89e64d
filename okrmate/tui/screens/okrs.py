"""OKRs: a person's objectives, key results and how they move."""

from typing import ClassVar

from textual.app import ComposeResult

from okrmate.tui.commands.command import Command
from okrmate.tui.ink import Frame
from okrmate.tui.pages import Empty
from okrmate.tui.screens.page import Page
from okrmate.tui.widgets.lines_view import LinesView


class OkrsPage(Page):
    """The screen."""

    NAME = "okrs"
    OFFERS: ClassVar[tuple[type[Command], ...]] = ()

    def body(self) -> ComposeResult:
        """One column so far."""
        yield LinesView(id="main")

    def look(self, frame: Frame) -> None:
        """Show that nothing is here."""
        empty = Empty(fact="No OKRs yet.", following="Ask for a draft by mail, or paste a set.")
        self.query_one("#main", LinesView).show(empty, frame)
