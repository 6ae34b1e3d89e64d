"""Meeting: preparing a talk, what is said in it, and the feedback after it."""

from typing import ClassVar

from textual.app import ComposeResult

from okrmate.services.mailroom import MailRoom
from okrmate.tui.commands.command import Command
from okrmate.tui.ink import Frame
from okrmate.tui.pages import Empty
from okrmate.tui.screens.page import Page
from okrmate.tui.shown import Shown
from okrmate.tui.widgets.lines_view import LinesView


class MeetingPage(Page):
    """The screen."""

    NAME = "meeting"
    OFFERS: ClassVar[tuple[type[Command], ...]] = ()

    def __init__(self, shown: Shown, room: MailRoom) -> None:
        """Letters are composed in the mail room."""
        super().__init__(shown)
        self.room = room

    def body(self) -> ComposeResult:
        """One column so far."""
        yield LinesView(id="main")

    def look(self, frame: Frame) -> None:
        """Show that nothing is here."""
        empty = Empty(fact="No talk is planned.", following="Plan one, and an agenda leaves three days before it.")
        self.query_one("#main", LinesView).show(empty, frame)
