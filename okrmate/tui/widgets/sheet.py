"""The sheet: a question over the page, what would happen, and the answers as keys; esc is always the safe one."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from okrmate.frozen import Frozen
from okrmate.tui.ink import Ink, Line, Span, length, wrapped
from okrmate.tui.themes import palette
from okrmate.tui.widgets.line import Lines
from okrmate.tui.widgets.over import Sheet

ROOM = 50
"""Cells of text in a sheet."""
GAP, SMALL_GAP = "     ", "  "
"""Between two answers; the small one where they would not fit into a row."""
SIGNS = {"escape": "esc", "enter": "↵", "ctrl+s": "^s"}
"""How these keys are shown."""


class Answer(Frozen):
    """One way to answer a sheet: the key and what it does, in one or two words."""

    key: str
    word: str


BACK = Answer(key="escape", word="back")


class SheetLines(Lines):
    """Lines on the sheet's own ground."""

    def ground(self) -> str:
        """A sheet lies a little lower than the page."""
        return palette(self.app.theme).sunk


class Answers(SheetLines):
    """The answers in a row; a click gives one."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        """These, in this order."""
        super().__init__(id="answers")
        self._answers = tuple(answers)
        whole = sum(length(_words(answer, GAP)) for answer in self._answers) - len(GAP)
        self._gap = GAP if whole <= ROOM else SMALL_GAP

    def on_mount(self) -> None:
        """Show them."""
        self.show((tuple(span for answer in self._answers for span in _words(answer, self._gap)),))

    def on_click(self, event: events.Click) -> None:
        """Give the answer under the mouse."""
        edge = 0
        for answer in self._answers:
            start, edge = edge, edge + length(_words(answer, self._gap))
            if start <= event.x < edge and isinstance(self.screen, Ask):
                self.screen.answer(answer.key)


class Ask(Sheet[str]):
    """Asks one question; dismissed with the key of the answer, with nothing where it was left by esc."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss('')", "back")]

    def __init__(self, question: str, sentences: Sequence[str], answers: Sequence[Answer]) -> None:
        """The question, what each answer means for the people concerned, and the answers but esc."""
        super().__init__()
        self._question = question
        self._sentences = tuple(sentences)
        self._answers = (*answers, BACK)

    def compose(self) -> ComposeResult:
        """The sheet."""
        with Vertical(id="sheet"):
            yield SheetLines(id="question")
            yield Answers(self._answers)

    def on_mount(self) -> None:
        """Say it."""
        self.query_one("#question", SheetLines).show(said(self._question, self._sentences)[:-1])

    def on_key(self, event: events.Key) -> None:
        """An answer's key answers; every other one does nothing."""
        if event.key in {answer.key for answer in self._answers}:
            event.stop()
            event.prevent_default()
            self.answer(event.key)

    def answer(self, key: str) -> None:
        """Leave with the answer of this key."""
        self.dismiss("" if key == BACK.key else key)


def said(question: str, sentences: Sequence[str]) -> tuple[Line, ...]:
    """The question in bold and what is to know, in the width of a sheet; an empty sentence is a blank row."""
    lines: list[Line] = [*wrapped(question, ROOM, bold=True), ()]
    for sentence in sentences:
        lines += wrapped(sentence, ROOM, Ink.MUTED) or ((),)
    return (*lines, ()) if sentences else tuple(lines)


def _words(answer: Answer, gap: str) -> Line:
    return (Span(SIGNS.get(answer.key, answer.key), Ink.ACCENT, bold=True), Span(f" {answer.word}{gap}"))
