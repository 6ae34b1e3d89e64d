"""Reports: how each person's key results move, how early agendas left, how fast answers came, and what was tried."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal

from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import Open
from okrmate.tui.commands.reports import CloseCycle, ExportReport
from okrmate.tui.ink import Frame
from okrmate.tui.messages import Done, Failed
from okrmate.tui.pages import Empty
from okrmate.tui.screens.closing_sheet import close_form
from okrmate.tui.screens.page import Page
from okrmate.tui.screens.report_sheet import report_form
from okrmate.tui.views.report_figures import figures, place
from okrmate.tui.views.reports import owner, reports, trends
from okrmate.tui.widgets.lines_view import LinesView


class ReportsPage(Page):
    """The trends of everybody, by name; beside them the figures, which narrow stand below."""

    NAME = "reports"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Open, CloseCycle, ExportReport)

    def body(self) -> ComposeResult:
        """Two columns."""
        with Horizontal():
            yield LinesView(id="main")
            yield LinesView(id="figures", classes="half wide-only", resting=True)

    def look(self, frame: Frame) -> None:
        """Work it out and show it."""
        scene, found = self.shown.scene(), reports(self.shown.desk)
        main, beside = trends(found, scene, frame), figures(found, scene)
        wide = frame.wide and not isinstance(main, Empty)
        self.query_one("#main", LinesView).show(main if wide or isinstance(main, Empty) else (*main, *beside), frame)
        column = self.query_one("#figures", LinesView)
        column.show(beside, frame)
        column.display = wide and bool(beside)

    def do_open(self) -> None:
        """The key result where it is looked after, or the person."""
        focused = self.focused
        if isinstance(focused, LinesView) and (chosen := focused.chosen):
            self.go(*(place(chosen) if ":" in chosen else ("okrs", chosen)))

    def do_close_cycle(self) -> None:
        """Ask what was learned, of the person whose line is chosen."""
        focused = self.focused
        chosen = focused.chosen if isinstance(focused, LinesView) else ""
        pair = owner(reports(self.shown.desk), chosen)
        if pair is None:
            self.post_message(Failed("Choose a line of somebody whose OKRs run."))
        else:
            self.app.push_screen(close_form(self.shown, pair, lambda told: self.post_message(Done(told))))

    def do_export_report(self) -> None:
        """Ask whose and where to, and say that it was written."""
        self.app.push_screen(report_form(self.shown), self._exported)

    def _exported(self, saved: bool | None) -> None:  # noqa: FBT001 - the result of a sheet
        if saved:
            self.post_message(Done("The report is written."))
