"""Meeting: preparing a talk, what became of it, and the feedback after it."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from okrmate.domain.errors import OkrmateError, UsageError
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.people import Side
from okrmate.services import trail
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import feedback, meetings
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.outgoing.previews import let_go
from okrmate.services.tables import MEETINGS
from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import Open
from okrmate.tui.commands.meeting import AFTERWARDS, AHEAD, RUNNING, UNPLANNED
from okrmate.tui.ink import Frame
from okrmate.tui.messages import Done, Failed
from okrmate.tui.screens.reading import ReadingPage
from okrmate.tui.screens.talk_forms import move_form, plan_form, repeat_form
from okrmate.tui.screens.talk_points import TalkPage
from okrmate.tui.shown import Shown
from okrmate.tui.views.meeting import TOOK_PLACE, Stop, first_stop, meeting_view, stops
from okrmate.tui.views.refusals import with_keys
from okrmate.tui.views.talk import (
    NOBODY,
    agenda_pane,
    feedback_pane,
    gist_pane,
    letter_pane,
    no_talk,
    sent_pane,
    when_pane,
)
from okrmate.tui.views.talk_notes import notes_panes, private_pane
from okrmate.tui.views.whole import whole_letter
from okrmate.tui.widgets.lines_view import LinesView
from okrmate.tui.widgets.sheet import Answer, Ask
from okrmate.tui.widgets.written import Written


class MeetingPage(TalkPage):
    """One talk at a time: agenda at the left, the letter at the right; afterwards the letter and the feedback."""

    NAME = "meeting"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (*AHEAD, Open)
    AUTO_FOCUS = "#agenda"

    def __init__(self, shown: Shown, room: MailRoom) -> None:
        """Letters are composed in the mail room."""
        super().__init__(shown, room)
        self._stop = ""
        """The id of the stop that is shown."""

    def body(self) -> ComposeResult:
        """The first line, and two columns; the two lines of feedback open below the right one."""
        yield LinesView(id="when")
        with Horizontal():
            yield LinesView(id="agenda")
            with Vertical(id="beside", classes="half"):
                yield LinesView(id="letter")
                yield Written(id="written")

    def offers(self) -> tuple[type[Command], ...]:
        """By where the talk stands."""
        view = self._view
        if view is None or view.stop.meeting is None:
            return UNPLANNED
        return AFTERWARDS if view.over else RUNNING if view.runs else AHEAD

    def look(self, frame: Frame) -> None:
        """The talk that was shown, if it is still a stop; else the next one, but not while she writes about it."""
        found = stops(self.shown.desk.store, self.shown.now)
        number = next((at for at, stop in enumerate(found) if stop.id == self._stop), -1)
        if number < 0 and self._writes_here:
            self.tried(lambda: self._talk_over(self._stop))
            return
        if number < 0 or found[number].pair.mentorship.id != (
            self.shown.mentorship or found[number].pair.mentorship.id
        ):
            number = first_stop(found, self.shown.now, self.shown.mentorship)
        self._show(found, number, frame)

    def on_screen_resume(self) -> None:
        """Another screen may have gone on to another person."""
        if self._view is None or self._view.stop.pair.mentorship.id != self.shown.mentorship:
            self.see()

    def open_at(self, record: str) -> None:
        """The talk with this id, or the next one with this person."""
        found = stops(self.shown.desk.store, self.shown.now)
        for at, stop in enumerate(found):
            if record in (stop.id, stop.pair.protege.id, stop.pair.mentorship.id):
                self._show(found, at, self.frame())
                self.tell_footer()
                return

    def back(self) -> None:
        """Leave the lines of feedback."""
        if self.has_class("-writing"):
            self._write(writing=False)
            self.see()

    def do_next_talk(self) -> None:
        """One stop on."""
        self._step(1)

    def do_talk_before(self) -> None:
        """One stop back."""
        self._step(-1)

    def do_open(self) -> None:
        """The letter, whole."""
        self.do_read_agenda()

    def do_read_agenda(self) -> None:
        """The letter, whole."""
        agenda = self._view.agenda if self._view else None
        if agenda is None:
            self.post_message(Failed("There is no agenda to read."))
            return
        self.app.push_screen(ReadingPage(self.shown, lambda _frame: whole_letter(agenda.letter)))

    def do_approve_agenda(self) -> None:
        """Let the agenda go, and with it what waited for the same reason; or the list that was changed since."""
        view = self._view
        talk = view.stop.meeting if view else None
        if view is None or talk is None:
            self.post_message(Failed("No talk is planned here; P plans one."))
        elif self.act(partial(let_go, self.shown.desk, talk, view.agenda), "Free to leave."):
            self.shown.rouse()

    def do_plan_talk(self) -> None:
        """Ask when, how long and where."""
        if self._view is None:
            self.post_message(Failed("There is nobody to plan a talk with; 2 adds people."))
        else:
            self.app.push_screen(plan_form(self.shown, self._view.stop.pair, self._planned, unseen=self._view.unseen))

    def do_move_talk(self) -> None:
        """Ask when instead."""
        talk = self._talk(MeetingState.SCHEDULED, "moved")
        if talk is not None and self._view is not None:
            self.app.push_screen(move_form(self.shown, self._view.stop.pair, talk, self._planned))

    def do_repeat_talks(self) -> None:
        """Ask how often."""
        talk = self._talk(MeetingState.SCHEDULED, "repeated")
        if talk is not None and self._view is not None:
            self.app.push_screen(repeat_form(self.shown, self._view.stop.pair, talk, self._planned))

    def do_cancel_talk(self) -> None:
        """Ask, then cancel."""
        if (talk := self._talk(MeetingState.SCHEDULED, "cancelled")) is not None:
            told = "Whoever has the invitation is told; letters that wait are withdrawn."
            self._ask_step(
                talk, MeetingState.CANCELLED, f"Cancel talk {talk.number}?", told, Answer(key="C", word="cancel it")
            )

    def do_no_talk(self) -> None:
        """Ask, then note that it did not take place."""
        if (talk := self._talk(None, "missed")) is not None:
            told = "Forms that wait are withdrawn; nobody is asked about it any more."
            question = f"Did talk {talk.number} not take place?"
            self._ask_step(talk, MeetingState.MISSED, question, told, Answer(key="N", word="no meeting"))

    def do_talk_held(self) -> None:
        """Note that it has taken place."""
        if (talk := self._talk(MeetingState.SCHEDULED, "held")) is not None:
            self._become(talk, MeetingState.HELD)

    def do_give_feedback(self) -> None:
        """Open the two lines."""
        view = self._view
        if view is None or not view.over:
            self.post_message(Failed("Feedback is written after the talk; H says that it is over."))
        elif view.stop.meeting is not None and view.stop.meeting.state is MeetingState.REVIEWED:
            self.post_message(Failed("Both of you have written about this talk already; u takes yours back."))
        else:
            self._write(writing=True)

    def on_written_given(self, event: Written.Given) -> None:
        """Keep her half of the talk she wrote about."""
        try:
            kept = self._give(event)
        except OkrmateError as error:
            self.post_message(Failed(with_keys(str(error))))
            return
        self._write(writing=False)
        self.query_one(Written).clear(event.about)
        self.post_message(Done(kept))

    def _show(self, found: tuple[Stop, ...], number: int, frame: Frame) -> None:
        """One stop, or why there is none."""
        agenda, letter = self.query_one("#agenda", LinesView), self.query_one("#letter", LinesView)
        self.set_class(number < 0, "-nobody")
        if number < 0:
            self._view, self._stop = None, ""
            agenda.show(NOBODY, frame)
            return
        view = self._view = meeting_view(self.room, found, number)
        self.set_class(view.stop.meeting is None, "-unplanned")
        if self._stop != view.stop.id:
            self._write(writing=False)
        self._stop, self.shown.mentorship = view.stop.id, view.stop.pair.mentorship.id
        self.query_one("#when", LinesView).show((when_pane(view),), frame)
        if view.stop.meeting is None:
            agenda.show(no_talk(view), frame)
        elif view.over:
            left, right = (sent_pane(view),), (feedback_pane(view), *notes_panes(view))
            agenda.show(left if frame.wide else right, frame)
            letter.show(right, frame)
        else:
            beside = notes_panes(view) if view.runs else (letter_pane(view),)
            below = () if frame.wide else notes_panes(view) if view.runs else (gist_pane(view),)
            agenda.show((agenda_pane(view, frame), private_pane(view), *below), frame)
            letter.show(beside, frame)

    @property
    def _writes_here(self) -> bool:
        """Whether she writes about the talk that is shown, and has not gone on to another person."""
        view = self._view
        return view is not None and self.has_class("-writing") and view.stop.pair.mentorship.id == self.shown.mentorship

    @property
    def _given(self) -> tuple[str, str]:
        """Her positive and her suggestion as far as they are in."""
        hers = self._view.halves[Side.MENTOR].given if self._view else None
        return ("; ".join(hers.positive), "; ".join(hers.suggestion)) if hers else ("", "")

    def _step(self, by: int) -> None:
        found = stops(self.shown.desk.store, self.shown.now)
        if not found:
            return
        now = next((at for at, stop in enumerate(found) if stop.id == self._stop), 0)
        self._show(found, (now + by) % len(found), self.frame())
        self.tell_footer()

    def _write(self, *, writing: bool) -> None:
        """Open the two lines of feedback, or close them; what was typed stays."""
        if writing == self.has_class("-writing"):
            return
        self.set_class(writing, "-writing")
        if writing:
            self.query_one(Written).write(self._stop, self._given)
        else:
            self.query_one("#agenda", LinesView).focus()

    def _talk(self, state: MeetingState | None, what: str) -> Meeting | None:
        """The talk that is shown, if it stands where it can become `what`; else say why not."""
        talk = self._view.stop.meeting if self._view else None
        if talk is None:
            self.post_message(Failed("No talk is planned here; P plans one."))
        elif state is not None and talk.state is not state:
            self.post_message(Failed(f"Talk {talk.number} is {talk.state}; it cannot be {what} any more."))
            return None
        return talk

    def _planned(self, talk: Meeting, what: str) -> None:
        """Show it where it is now."""
        self._stop = talk.id
        self.shown.rouse()
        self.post_message(Done(f"Talk {talk.number} {what}."))

    def _ask_step(self, talk: Meeting, state: MeetingState, question: str, told: str, answer: Answer) -> None:
        def answered(key: str | None) -> None:
            if key:
                self._become(talk, state)

        self.app.push_screen(Ask(question, (told,), (answer,)), answered)

    def _become(self, talk: Meeting, state: MeetingState) -> None:
        step = partial(meetings.become, self.shown.desk, talk.id, state, source=trail.by_command(f"meeting {state}"))
        if self.act(step, f"Talk {talk.number} {state}."):
            self.shown.rouse()

    def _give(self, event: Written.Given) -> str:
        """What became of the lines; an `OkrmateError` where they cannot be kept."""
        talk = self._talk_over(event.about)
        whose = pair(self.shown.desk.store, talk.mentorship)
        words = (event.positive, event.suggestion)
        self.shown.did(lambda: feedback.give(self.shown.desk, whose, *words, talk.id))
        both = self._talk_over(talk.id).state is MeetingState.REVIEWED
        return "Kept; both are in." if both else "Kept, sealed until both are in."

    def _talk_over(self, talk_id: str) -> Meeting:
        """The talk with this id; `UsageError` where it did not take place after all."""
        talk = self.shown.desk.store.get(MEETINGS, talk_id)
        if talk is None:
            raise UsageError("This talk is gone, so no feedback is kept on it.")
        if talk.state not in TOOK_PLACE:
            whose = pair(self.shown.desk.store, talk.mentorship).protege.first_name
            raise UsageError(f"Talk {talk.number} with {whose} is {talk.state} now, so no feedback is kept on it.")
        return talk
