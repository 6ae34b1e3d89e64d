"""Reports: how each person's key results move, week by week."""

from typing import ClassVar

from textual.app import ComposeResult

from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import Open
from okrmate.tui.ink import Frame
from okrmate.tui.screens.page import Page
from okrmate.tui.views.reports import reports, shown
from okrmate.tui.widgets.lines_view import LinesView


class ReportsPage(Page):
    """The trends of everybody, by name."""

    NAME = "reports"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Open,)

    def body(self) -> ComposeResult:
        """One column."""
        yield LinesView(id="main")

    def look(self, frame: Frame) -> None:
        """Work it out and show it."""
        scene = self.shown.scene()
        self.query_one("#main", LinesView).show(shown(reports(self.shown.desk), scene, frame), frame)

    def do_open(self) -> None:
        """The key result where it is looked after."""
        if chosen := self.query_one("#main", LinesView).chosen:
            self.go("okrs", chosen)
