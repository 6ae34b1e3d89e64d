"""What is done on Mail with a letter that waits: let it go, hold it back, read it whole, let everything go."""

from collections.abc import Callable
from functools import partial

from okrmate.domain.letters import Outgoing
from okrmate.services.mailroom import MailRoom
from okrmate.services.outgoing.outbox import hold, release, release_all
from okrmate.services.pause import pause_reason
from okrmate.tui.messages import Failed
from okrmate.tui.screens.mail_sheets import everything_asked
from okrmate.tui.screens.page import Page
from okrmate.tui.screens.reading import ReadingPage
from okrmate.tui.shown import Shown
from okrmate.tui.views.mail import Lists
from okrmate.tui.views.whole import whole_letter
from okrmate.tui.widgets.sheet import Ask


class LeavingPage(Page):
    """The commands about letters; which one is in hand, the page says that shows the list of them."""

    def __init__(self, shown: Shown, room: MailRoom) -> None:
        """Nothing is listed yet."""
        super().__init__(shown)
        self.room = room
        self._lists: Lists | None = None

    def letter(self) -> Outgoing | None:
        """The letter in hand."""
        raise NotImplementedError

    def do_send_now(self) -> None:
        """Let the letter go; the loop takes it along at once."""
        letter = self.letter()
        if letter is not None and self.act(partial(release, self.shown.desk, letter.id), "Free to leave."):
            self.shown.rouse()

    def do_hold_back(self) -> None:
        """Hold the letter."""
        letter = self.letter()
        if letter is not None:
            self.act(partial(hold, self.shown.desk, letter.id), "Held.")

    def do_send_everything(self) -> None:
        """Ask, then let everything go."""
        held = self._lists.held if self._lists else 0
        self.ask_first(everything_asked(held, pause_reason(self.shown.desk.store)), self._let_everything_go)

    def do_read_letter(self) -> None:
        """The letter, whole."""
        letter = self.letter()
        if letter is not None:
            self.app.push_screen(ReadingPage(self.shown, lambda _frame: whole_letter(letter)))

    def ask_first(self, asked: Ask | str, then: Callable[[str | None], None]) -> None:
        """Ask before something is done; the sentence where there is nothing to ask."""
        if isinstance(asked, str):
            self.post_message(Failed(asked))
        else:
            self.app.push_screen(asked, then)

    def _let_everything_go(self, answer: str | None) -> None:
        if answer and self.act(partial(release_all, self.shown.desk), "Free to leave."):
            self.shown.rouse()
