"""Mail: what came and what was understood, what leaves and what is held."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.worker import Worker, WorkerState

from okrmate.domain.letters import Outgoing
from okrmate.services.mailroom import MailRoom
from okrmate.services.tables import OUTGOING
from okrmate.tui.commands.command import Command
from okrmate.tui.commands.everywhere import EVERYWHERE, Open
from okrmate.tui.commands.mail import ANYTIME, INCOMING, LEAVING
from okrmate.tui.ink import Frame
from okrmate.tui.messages import Failed
from okrmate.tui.screens.mail_in import ComingPage
from okrmate.tui.shown import Shown
from okrmate.tui.views import decisions
from okrmate.tui.views.letter import letter_pane
from okrmate.tui.views.mail import empty_in, empty_out, in_pane, lists, out_pane
from okrmate.tui.views.review import Review, chosen_problem, review_or_why_not, review_pane
from okrmate.tui.widgets.lines_view import LinesView
from okrmate.tui.widgets.stacked import Stacked

FIRST = "first"
"""Wanted where nothing was chosen on a side before: its first entry."""


class MailPage(ComingPage):
    """The screen: a list over what is chosen in it, over what each key would make of that.

    A mail is read in a thread of its own, since a long one takes longer than a key may.
    """

    NAME = "mail"
    OFFERS: ClassVar[tuple[type[Command], ...]] = (*dict.fromkeys((*INCOMING, *LEAVING)), Open)

    def __init__(self, shown: Shown, room: MailRoom) -> None:
        """Mails are read in the mail room."""
        super().__init__(shown, room)
        self._out = False
        self._keys: frozenset[str] = frozenset()
        """What can be done with what is chosen."""
        self._places: dict[bool, str] = {}
        """What was chosen on each side."""

    def body(self) -> ComposeResult:
        """The list, what is chosen in it, what can be done with that."""
        yield LinesView(id="mails")
        with Stacked(id="reading"):
            yield LinesView(id="review")
            yield LinesView(id="decision")

    def offers(self) -> tuple[type[Command], ...]:
        """Those of the side one is on, and of them only what can be done with what is chosen there."""
        side = LEAVING if self._out else INCOMING
        return tuple(each for each in side if each.key in self._keys or each in ANYTIME)

    def explained(self) -> tuple[type[Command], ...]:
        """Everything of the side one is on, whatever is chosen."""
        return (*(LEAVING if self._out else INCOMING), *EVERYWHERE)

    def look(self, frame: Frame) -> None:
        """Both lists anew, and what is chosen read again."""
        loop = self.shown.loop()
        looked_at, trouble = (loop.looked_at, loop.trouble) if loop else (None, "")
        self._lists = lists(self.shown.desk, looked_at=looked_at, trouble=trouble)
        self._show_list(frame)

    def open_at(self, record: str) -> None:
        """The mail, or the letter, with this id."""
        self._turn(out=self.shown.desk.store.get(OUTGOING, record) is not None)
        if self._mails.choose(record):
            self._read()
            self._reading(reading=True)

    def back(self) -> None:
        """From the mail to the list, where there is room for one only."""
        self._reading(reading=False)

    def on_lines_view_chosen(self, event: LinesView.Chosen) -> None:
        """Read what was chosen; another open line is another question."""
        if event.view.id == "mails":
            self._read()
        elif event.view.id == "review":
            self._ask()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The mail has been read."""
        if event.worker.group == "read" and event.state is WorkerState.SUCCESS:
            self._show_review(event.worker.result)

    def do_open(self) -> None:
        """Into the mail; a letter is read whole."""
        if self._out:
            self.do_read_letter()
        else:
            self._reading(reading=True)

    def do_other_side(self) -> None:
        """Turn from in to out or back."""
        self._turn(out=not self._out)

    def do_next_mail(self) -> None:
        """The next that waits, behind the last the first again."""
        if following := self.following():
            self._mails.choose(following)
            self._read()

    def _turn(self, *, out: bool) -> None:
        if out is self._out:
            return
        self._places[self._out] = self._mails.chosen
        self._out = out
        self._wanted = self._places.get(out) or FIRST
        self._reading(reading=False)
        self.see()

    def _show_list(self, frame: Frame) -> None:
        found = self._lists
        if found is None:
            return
        view = self._mails
        lines, pane = (found.letters, out_pane) if self._out else (found.mails, in_pane)
        self.set_class(not lines, "-empty")
        first = not view.keys or self._wanted == FIRST
        view.show((pane(found),) if lines else empty_out() if self._out else empty_in(found), frame)
        if self._wanted or first:
            view.choose(self._wanted) or view.choose(lines[0].id if lines else "")
            self._wanted = ""
        self._read()

    def _read(self) -> None:
        """Show what is chosen: a letter at once, a mail when it has been read."""
        key = self._mails.chosen
        if not key:
            self._keys = frozenset()
        if self._out:
            self._review = None
            self._show_letter()
        elif key:
            self.run_worker(partial(self._reviewed, key), thread=True, exclusive=True, group="read")

    def _reviewed(self, key: str) -> Review | str | None:
        return review_or_why_not(self.room, key, self._lists.to_review if self._lists else ())

    def _show_review(self, found: Review | str | None) -> None:
        if isinstance(found, str):
            self.post_message(Failed(found))
            return
        if found is None or self._out or found.mail.id != self._mails.chosen:
            return
        view = self.query_one("#review", LinesView)
        other = self._review is None or self._review.mail.id != found.mail.id
        self._review = found
        view.show((review_pane(found, self.frame()),), self.frame())
        if other:
            view.scroll_to(y=0, animate=False)
            view.choose(view.keys[0] if view.keys else "")
        self._ask()

    def _ask(self) -> None:
        """What each key would make of the line in hand."""
        if (found := self._review) is not None:
            last = decisions.last_change(self.shown.desk.store, found.mail.id)
            self._decide(decisions.mail_decision(found, chosen_problem(found, self.row_in_hand()), last))

    def _show_letter(self) -> None:
        if (letter := self.letter()) is not None:
            self.query_one("#review", LinesView).show((letter_pane(letter),), self.frame())
            self._decide(decisions.letter_decision(self.shown.desk.store, letter, self.shown.now, self.shown.zone))

    def _decide(self, asked: decisions.Decision) -> None:
        self.query_one("#decision", LinesView).show((decisions.decision_pane(asked),), self.frame())
        self.query_one(Stacked).fit()
        if self._keys != asked.keys:
            self._keys = asked.keys
            self.tell_footer()

    def _reading(self, *, reading: bool) -> None:
        """In a narrow terminal: the mail in place of the list, or the list again."""
        self.set_class(reading, "-reading")
        (self.query_one("#review", LinesView) if reading else self._mails).focus()

    @property
    def _mails(self) -> LinesView:
        return self.query_one("#mails", LinesView)

    def row_in_hand(self) -> str:
        """The row chosen in the mail."""
        return self.query_one("#review", LinesView).chosen

    def letter(self) -> Outgoing | None:
        """What is chosen among what leaves."""
        return self.shown.desk.store.get(OUTGOING, self._mails.chosen) if self._out else None

    def following(self) -> str:
        """The next mail that waits."""
        return self._lists.after(self._mails.chosen) if self._lists else ""

    def mail_in_hand(self) -> str:
        """The mail chosen in the list, which may not have been read yet."""
        return self._mails.chosen
