"""What is done on Meeting with the points of a talk: in or out, minutes, place, another question, notes, promises."""

from collections.abc import Callable
from functools import partial

from okrmate.domain.agenda import ItemKind
from okrmate.domain.meetings import Meeting, Promise, PromiseState
from okrmate.domain.people import Side
from okrmate.services.letters.agendas import Point
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import promises, questions
from okrmate.services.mentoring.agenda_choices import Wish, choose
from okrmate.tui.messages import Failed
from okrmate.tui.screens.page import Page
from okrmate.tui.screens.preparing import PreparationPage
from okrmate.tui.screens.talk_sheets import (
    line_form,
    minutes_form,
    note_form,
    pin_form,
    point_form,
    promise_form,
    question_form,
    reword_form,
)
from okrmate.tui.shown import Shown
from okrmate.tui.views.meeting import MeetingView
from okrmate.tui.views.talk_notes import promise_line
from okrmate.tui.widgets.form import Form
from okrmate.tui.widgets.lines_view import LinesView
from okrmate.tui.widgets.sheet import Answer, Ask

LETTERS = "abcdefgh"
NO_POINT = "No point is chosen; the list stands at the left before a talk."


class TalkPage(Page):
    """The commands about what a talk is about; which one is shown, the page says."""

    def __init__(self, shown: Shown, room: MailRoom) -> None:
        """Letters are composed in the mail room."""
        super().__init__(shown)
        self.room = room
        self._view: MeetingView | None = None

    def do_take_point(self) -> None:
        """In or out; while the talk runs, talked about or not."""
        if (found := self._point_in_hand()) is None:
            return
        view, meeting, point = found
        if view.runs:
            wish, told = Wish(talked=not point.talked), "not talked about" if point.talked else "talked about"
        elif point.kind is ItemKind.FEEDBACK:
            self.post_message(Failed("The last five minutes are always for feedback."))
            return
        else:
            wish, told = Wish(taken=not point.fits), "a point left out" if point.fits else "a point taken in"
        self.act(partial(choose, self.shown.desk, meeting, point.key, wish, told), "")

    def do_tick_point(self) -> None:
        """Talked about or not."""
        self.do_take_point()

    def do_swap_question(self) -> None:
        """The next question in the place of the chosen one, else of the first that is asked."""
        view, meeting = self._view, self._meeting()
        if view is None or meeting is None:
            return
        chosen = self._chosen()
        asked = [point for point in view.points if point.question]
        point = next((each for each in asked if each.key == chosen), asked[0] if asked else None)
        if point is None:
            self.post_message(Failed("This talk asks no question of the bank."))
        else:
            swap = partial(questions.swap, self.shown.desk, view.stop.pair, meeting, point.question)
            self.act(swap, "Another question.")

    def do_pin_question(self) -> None:
        """Ask which one."""
        self._ask(lambda view, _meeting: pin_form(self.shown, view.stop.pair))

    def do_point_up(self) -> None:
        """One place up."""
        self._move(-1)

    def do_point_down(self) -> None:
        """One place down."""
        self._move(1)

    def do_point_minutes(self) -> None:
        """Ask how long."""
        if (found := self._point_in_hand()) is not None:
            _, meeting, point = found
            self.app.push_screen(minutes_form(self.shown, meeting, point))

    def do_add_point(self) -> None:
        """Ask for the point."""
        self._ask(lambda view, meeting: point_form(self.shown, meeting, view.stop.pair))

    def do_edit_point(self) -> None:
        """Ask for other words."""
        found = self._point_in_hand()
        if found is None:
            return
        point = found[2]
        if point.question:
            self.app.push_screen(question_form(self.shown, point.question))
        elif point.own is not None and point.own.by is Side.MENTOR:
            self.app.push_screen(reword_form(self.shown, point.own))
        else:
            self.post_message(Failed("Questions and points of your own have words of yours; this one is proposed."))

    def do_promise_kept(self) -> None:
        """Ask which one, then what became of it."""
        if self._view is not None and self._view.promises:
            known = dict(zip(LETTERS, self._view.promises, strict=False))
            said = [f"{key}  {promise_line(each, self._view)}" for key, each in known.items()]
            answers = [Answer(key=key, word="") for key in known]
            self.app.push_screen(Ask("Which promise?", said, answers), lambda key: self._settle(known.get(key or "")))
        else:
            self.post_message(Failed("No promise is open."))

    def _settle(self, promise: Promise | None) -> None:
        if promise is None:
            return
        answers = (Answer(key="k", word="kept"), Answer(key="x", word="dropped"))

        def settled(key: str | None) -> None:
            if key:
                state = PromiseState.KEPT if key == "k" else PromiseState.DROPPED
                self.act(partial(promises.become, self.shown.desk, promise.id, state), f"{state.title()}.")

        self.app.push_screen(Ask("Kept, or dropped?", (promise.text,), answers), settled)

    def do_own_line(self) -> None:
        """Ask for the line."""
        self._ask(lambda view, meeting: line_form(self.shown, meeting, view))

    def do_take_note(self) -> None:
        """Ask for the note."""
        self._ask(lambda view, meeting: note_form(self.shown, meeting, view.stop.pair))

    def do_take_promise(self) -> None:
        """Ask what was promised."""
        self._ask(lambda view, meeting: promise_form(self.shown, meeting, view.stop.pair))

    def do_prepare_this(self) -> None:
        """This talk on one page."""
        if (meeting := self._meeting()) is not None:
            self.app.push_screen(PreparationPage(self.shown, meeting.id), self._prepared)

    def _prepared(self, wanted: str | None) -> None:
        if wanted:
            self.open_at(wanted)

    def _ask(self, form: Callable[[MeetingView, Meeting], Form]) -> None:
        view, meeting = self._view, self._meeting()
        if view is not None and meeting is not None:
            self.app.push_screen(form(view, meeting))

    def _move(self, by: int) -> None:
        if (found := self._point_in_hand()) is None:
            return
        view, meeting, point = found
        keys = [each.key for each in view.points if each.kind is not ItemKind.FEEDBACK]
        place = keys.index(point.key) + by if point.key in keys else -1
        if 0 <= place < len(keys):
            wish = Wish(place=place + 1)
            self.act(partial(choose, self.shown.desk, meeting, point.key, wish, "a point moved"), "")

    def _meeting(self) -> Meeting | None:
        """The talk that is shown; else say that there is none."""
        meeting = self._view.stop.meeting if self._view else None
        if meeting is None:
            self.post_message(Failed("No talk is planned here; P plans one."))
        return meeting

    def _point_in_hand(self) -> tuple[MeetingView, Meeting, Point] | None:
        """The chosen point of the talk that is shown; else say that there is none."""
        view, meeting = self._view, self._meeting()
        if view is None or meeting is None:
            return None
        chosen = self._chosen()
        point = next((each for each in view.points if each.key == chosen), None)
        if point is None:
            self.post_message(Failed(NO_POINT))
            return None
        return view, meeting, point

    def _chosen(self) -> str:
        return self.query_one("#agenda", LinesView).chosen
