"""Today: who needs the mentor, what moved, what leaves next."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal

from okrmate.domain.meetings import PromiseState
from okrmate.services.incoming.words_read import mark_read
from okrmate.services.mentoring import promises
from okrmate.services.reports.need import About, Verb
from okrmate.services.reports.today import Today, today
from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import Open
from okrmate.tui.commands.today import Prepare, PutAside
from okrmate.tui.ink import Frame
from okrmate.tui.messages import Failed
from okrmate.tui.screens.page import Page
from okrmate.tui.screens.preparing import PreparationPage
from okrmate.tui.views.preparation import talks_ahead
from okrmate.tui.views.today import empty, mentorship_of, need_of, panes, place_of
from okrmate.tui.widgets.lines_view import LinesView


class TodayPage(Page):
    """The first screen: two minutes, and the mentor knows."""

    NAME = "today"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (Open, Prepare, PutAside)

    today: Today | None = None
    """As it was seen last."""

    def body(self) -> ComposeResult:
        """What needs her and what moved; beside it what comes."""
        with Horizontal():
            yield LinesView(id="main")
            yield LinesView(id="side", classes="side wide-only", resting=True)

    def look(self, frame: Frame) -> None:
        """Work it out and show it."""
        shown, scene = self.shown, self.shown.scene()
        seen = self.today = today(shown.desk, shown.rules, shown.loop())
        nothing = empty(seen, scene, shown.rules.review)
        main, side = panes(seen, scene, frame)
        self.query_one("#main", LinesView).show(nothing or main, frame)
        beside = self.query_one("#side", LinesView)
        beside.show(side, frame)
        beside.display = nothing is None and frame.wide

    def do_open(self) -> None:
        """Where it is dealt with."""
        place = place_of(self.today, self._chosen()) if self.today is not None else None
        if place is not None:
            self.go(place.screen, place.record)

    def do_prepare(self) -> None:
        """The next talk with whoever the entry is about, else the next one at all."""
        if self.today is None:
            return
        whose = mentorship_of(self.today, self._chosen())
        talks = talks_ahead(self.shown.desk.store.reader(), self.shown.now)
        theirs = next((talk for talk in talks if talk.pair.mentorship.id == whose), None)
        talk = theirs if whose else next(iter(talks), None)
        if talk is not None:
            self.app.push_screen(PreparationPage(self.shown, talk.meeting.id), self._prepared)
        elif whose:
            self.go("meeting", whose)
        else:
            self.post_message(Failed("No talk is planned yet; 4 Meeting plans one."))

    def _prepared(self, wanted: str | None) -> None:
        if wanted:
            self.go("meeting", wanted)

    def do_put_aside(self) -> None:
        """Words that were read wait no longer, nor does a promise that was kept."""
        need = need_of(self.today, self._chosen()) if self.today is not None else None
        if need is not None and need.about is About.PROMISE:
            self.act(lambda: promises.become(self.shown.desk, need.record, PromiseState.KEPT), "Kept.")
        elif need is not None and need.about is About.MAIL and need.verb is Verb.READ:
            self.act(lambda: mark_read(self.shown.desk, need.record), "")
        else:
            sentence = "This is done where ↵ leads; only words written to you and promises kept are put aside here."
            self.post_message(Failed(sentence))

    def _chosen(self) -> str:
        focused = self.focused
        return focused.chosen if isinstance(focused, LinesView) else ""
