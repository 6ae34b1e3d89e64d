"""A sheet with room for some lines of prose, which are shown once more as they will be before anything is done."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from okrmate.domain.errors import OkrmateError
from okrmate.tui.ink import Ink, wrapped
from okrmate.tui.views.refusals import with_keys
from okrmate.tui.widgets.long_text import LongText
from okrmate.tui.widgets.over import Sheet
from okrmate.tui.widgets.sheet import BACK, ROOM, Answer, Answers, Ask, SheetLines, said

SEE = Answer(key="ctrl+s", word="see it first")


class Writing(Sheet[bool]):
    """Asks for words; what they make is asked about once more, and esc there leads back to the words.

    Dismissed with True once they were taken. An `OkrmateError` from either step is shown in the sheet, which stays.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(False)", "back"), ("ctrl+s", "see", "see")]

    def __init__(
        self,
        question: str,
        sentences: Sequence[str],
        shown_first: Callable[[str], Ask],
        take: Callable[[str], object],
    ) -> None:
        """`shown_first` gives the sheet that shows what the words make, any answer of which has `take` take them."""
        super().__init__()
        self._question = question
        self._sentences = tuple(sentences)
        self._shown_first = shown_first
        self._take = take

    def compose(self) -> ComposeResult:
        """The sheet."""
        with Vertical(id="sheet"):
            yield SheetLines(id="question")
            yield LongText(soft_wrap=True)
            yield SheetLines(id="wrong")
            yield Answers((SEE, BACK))

    def on_mount(self) -> None:
        """Say what is asked."""
        self.query_one("#question", SheetLines).show(said(self._question, self._sentences))
        area = self.query_one(LongText)
        area.cursor_blink = False
        area.highlight_cursor_line = False
        area.focus()

    def action_see(self) -> None:
        """Show what the words make."""
        self._or_why_not(lambda: self.app.push_screen(self._shown_first(self._words), self._answered))

    def _answered(self, answer: str | None) -> None:
        if answer and self._or_why_not(lambda: self._take(self._words)):
            self.dismiss(True)  # noqa: FBT003 - the screen's result

    def _or_why_not(self, action: Callable[[], object]) -> bool:
        wrong = self.query_one("#wrong", SheetLines)
        try:
            action()
        except OkrmateError as error:
            wrong.show(wrapped(with_keys(str(error)), ROOM, Ink.BAD))
            return False
        wrong.show(())
        return True

    @property
    def _words(self) -> str:
        return self.query_one(LongText).text
