"""Mail: what came and what was understood, what leaves and what is held."""

from typing import ClassVar

from textual.app import ComposeResult

from okrmate.tui.commands.command import Command
from okrmate.tui.ink import Frame
from okrmate.tui.pages import Empty
from okrmate.tui.screens.page import Page
from okrmate.tui.widgets.lines_view import LinesView


class MailPage(Page):
    """The screen."""

    NAME = "mail"
    OFFERS: ClassVar[tuple[type[Command], ...]] = ()

    def body(self) -> ComposeResult:
        """One column so far."""
        yield LinesView(id="main")

    def look(self, frame: Frame) -> None:
        """Show that nothing is here."""
        empty = Empty(fact="All understood.", following="What people answer shows here.")
        self.query_one("#main", LinesView).show(empty, frame)
