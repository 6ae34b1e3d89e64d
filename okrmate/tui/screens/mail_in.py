"""What is done on Mail with a mail that came: her word on a line or on all of it, an answer, putting it away."""

from collections.abc import Callable
from functools import partial

from okrmate.domain.letters import NEEDS_MENTOR, IncomingState
from okrmate.reply.updates import Problem
from okrmate.services import history
from okrmate.services.incoming.review import accept, keep_note, leave_line, no_lines, reject, take_value
from okrmate.services.mailroom import MailRoom
from okrmate.tui.messages import Done, Failed
from okrmate.tui.screens.mail_out import LeavingPage
from okrmate.tui.screens.mail_sheets import ONLY_THE_LINE, answer_sheet, reason_form, refusal_asked, value_form
from okrmate.tui.screens.reading import ReadingPage
from okrmate.tui.shown import Shown
from okrmate.tui.views import decisions
from okrmate.tui.views.refusals import with_keys
from okrmate.tui.views.review import Review, chosen_problem
from okrmate.tui.views.whole import whole_mail

NO_LINE = "No line of this mail waits for a value or a note."
NAMES_NOTHING = "That line names no key result; r in 3 OKRs records a number by hand."
UNREAD = "Nothing of it was read yet: a has it read, x puts it away."


class ComingPage(LeavingPage):
    """The commands about mails; which one is in hand, the page says that shows the list of them."""

    def __init__(self, shown: Shown, room: MailRoom) -> None:
        """No mail has been read yet."""
        super().__init__(shown, room)
        self._review: Review | None = None
        self._wanted = ""

    def mail_in_hand(self) -> str:
        """The id of the mail that is chosen."""
        raise NotImplementedError

    def row_in_hand(self) -> str:
        """The row that is chosen in it."""
        raise NotImplementedError

    def following(self) -> str:
        """The id of the next mail that waits."""
        raise NotImplementedError

    def do_accept(self) -> None:
        """Her word on the line in hand, else on the mail."""
        found = self._waiting_review()
        if found is None:
            return
        problem = chosen_problem(found, self.row_in_hand())
        if problem is not None and not found.unsure and decisions.value_of(found, problem):
            self._decided(found, partial(take_value, self.room, found.mail.id, problem), "Taken as the value.")
        else:
            self._settled(partial(accept, self.room, found.mail.id), "Applied." if found.unsure else "Settled.")

    def do_settle_mail(self) -> None:
        """Her word on all of it: what is unclear stays so, and nobody waits for it any more."""
        found = self._waiting_review()
        if found is None:
            return
        if found.unsure or found.mail.state is IncomingState.FAILED:
            self.post_message(Failed(UNREAD))
        else:
            self._settled(partial(accept, self.room, found.mail.id), "Settled.")

    def do_edit_line(self) -> None:
        """Ask for the value of the line in hand."""
        found, problem = self._line_in_hand()
        if found is not None and problem is not None:
            self.app.push_screen(value_form(self.shown, self.room, found.mail.id, problem))

    def do_keep_as_note(self) -> None:
        """The line in hand becomes a note."""
        found, problem = self._line_in_hand()
        if found is not None and problem is not None:
            self._decided(found, partial(keep_note, self.room, found.mail.id, problem), "Kept as a note.")

    def do_reject(self) -> None:
        """Ask, then put it away or take back what it changed."""
        found = self._in_hand()
        if found is None:
            return
        last = decisions.last_change(self.shown.desk.store, found.mail.id)
        waits = found.mail.state in NEEDS_MENTOR and not found.unsure
        problem = chosen_problem(found, self.row_in_hand()) if waits else None
        asked = refusal_asked(found, last, problem)
        self.ask_first(asked, partial(self._refuse, found, last.id if last else "", problem))

    def do_reject_because(self) -> None:
        """Ask for her reason, which is kept with the mail, and put it away."""
        found = self._waiting_review()
        if found is not None:
            self.app.push_screen(reason_form(self.shown, found), partial(self._went, self.following()))

    def do_answer_mail(self) -> None:
        """Ask for her words, and show the letter they make before it leaves."""
        found = self._in_hand()
        if found is not None and found.answerable:
            following = self.following() if found.mail.state is IncomingState.HELD else ""
            self.app.push_screen(answer_sheet(self.shown, self.room, found), partial(self._sent, following))
        elif found is not None:
            self.post_message(Failed("Only a mail that is proven to be of somebody known is answered from here."))

    def _line_in_hand(self) -> tuple[Review | None, Problem | None]:
        """The line that waits for a value or a note, and its mail; else it is said why there is none."""
        found = self._waiting_review()
        if found is None:
            return None, None
        problem = chosen_problem(found, self.row_in_hand())
        why = no_lines(found.mail) or (NO_LINE if problem is None else "" if problem.kr else NAMES_NOTHING)
        if why:
            self.post_message(Failed(with_keys(why, here="5 Mail")))
        return found, None if why else problem

    def _decided(self, found: Review, action: Callable[[], object], done: str) -> None:
        """Decide on a line; the last one leads on to the next mail."""
        following = self.following() if len(found.side.open) == 1 else ""
        self._wanted = following if self.act(action, done) else ""

    def _settled(self, action: Callable[[], object], done: str) -> None:
        """Decide on a mail, and go on to the next."""
        following = self.following()
        self._wanted = following if self.act(action, done) else ""

    def _went(self, following: str, gone: bool | None) -> None:  # noqa: FBT001 - the result of a sheet
        if gone:
            self._wanted = following
            self.post_message(Done("Put away."))

    def _sent(self, following: str, sent: bool | None) -> None:  # noqa: FBT001 - the result of a sheet
        if sent:
            self._wanted = following
            self.post_message(Done("In the outbox."))

    def do_whole_mail(self) -> None:
        """The mail as it came."""
        found = self._in_hand()
        if found is not None:
            self.app.push_screen(ReadingPage(self.shown, partial(whole_mail, self.room, found.mail)))

    def _refuse(self, found: Review, change: str, problem: Problem | None, answer: str | None) -> None:
        if not answer:
            return
        if problem is not None and answer == ONLY_THE_LINE:
            self._decided(found, partial(leave_line, self.room, found.mail.id, problem), "Put aside.")
        elif found.mail.state not in NEEDS_MENTOR:
            self.act(partial(history.undo, self.shown.desk, change), "Taken back.")
        else:
            self._settled(partial(reject, self.shown.desk, found.mail.id), "Put away.")

    def _in_hand(self) -> Review | None:
        """The chosen mail, once it has been read: never the one that was chosen a moment ago."""
        if self._review is not None and self._review.mail.id == self.mail_in_hand():
            return self._review
        self.post_message(Failed("This mail is still being read."))
        return None

    def _waiting_review(self) -> Review | None:
        """The mail in hand, if it waits for her word."""
        found = self._in_hand()
        if found is not None and found.mail.state not in NEEDS_MENTOR:
            self.post_message(Failed("This mail waits for nothing; n goes to the next that does."))
            return None
        return found
