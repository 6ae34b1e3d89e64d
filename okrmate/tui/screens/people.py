"""People: the mentorships, and inside one of them."""

from typing import ClassVar

from textual.app import ComposeResult

from okrmate.tui.commands.command import Command
from okrmate.tui.ink import Frame
from okrmate.tui.pages import Empty
from okrmate.tui.screens.page import Page
from okrmate.tui.widgets.lines_view import LinesView


class PeoplePage(Page):
    """The screen."""

    NAME = "people"
    OFFERS: ClassVar[tuple[type[Command], ...]] = ()

    def body(self) -> ComposeResult:
        """One column so far."""
        yield LinesView(id="main")

    def look(self, frame: Frame) -> None:
        """Show that nothing is here."""
        empty = Empty(
            fact="Nobody here yet.",
            following="Add somebody you mentor: a welcome is written, and nothing is sent before you have seen it.",
        )
        self.query_one("#main", LinesView).show(empty, frame)
