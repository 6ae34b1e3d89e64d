"""A sheet with lines to write in: what is understood stands under each while it is typed, what is wrong stays there."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from okrmate.domain.errors import OkrmateError
from okrmate.frozen import Frozen
from okrmate.tui.ink import Ink, Span, text, wrapped
from okrmate.tui.views.refusals import with_keys
from okrmate.tui.widgets.over import Sheet
from okrmate.tui.widgets.sheet import BACK, ROOM, Answer, Answers, SheetLines, said

SAVE = Answer(key="enter", word="save")


def no_hint(_words: str) -> str:
    """Says nothing about what is typed."""
    return ""


def nothing_more(_words: str) -> Mapping[str, str]:
    """What is typed belongs into its own line alone."""
    return {}


class Field(Frozen):
    """A line to write in; `hint` says while typing what it is taken for, such as the date of "thu 15:00".

    `wrong` says, when it is to be saved, why it cannot be taken; nothing where it can. `parted` gives what was pasted
    into this line alone, by the names of the lines it belongs into; nothing where it may stand as it is.
    """

    name: str
    label: str
    value: str = ""
    example: str = ""
    hint: Callable[[str], str] = no_hint
    wrong: Callable[[str], str] = no_hint
    parted: Callable[[str], Mapping[str, str]] = nothing_more


class Form(Sheet[bool]):
    """Asks for some lines and saves them; stays, and says why, where they cannot be taken.

    Enter goes to the next line, on the last one it saves; esc leaves without saving. Dismissed with True if saved.
    """

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(False)", "back"), ("ctrl+s", "save", "save")]

    def __init__(
        self,
        question: str,
        fields: Sequence[Field],
        save: Callable[[Mapping[str, str]], object],
        sentences: Sequence[str] = (),
    ) -> None:
        """`save` is given the lines by the names of their fields; an `OkrmateError` from it is shown in the sheet."""
        super().__init__()
        self._question = question
        self._fields = tuple(fields)
        self._save = save
        self._sentences = tuple(sentences)

    def compose(self) -> ComposeResult:
        """The sheet."""
        with VerticalScroll(id="sheet", can_focus=False):
            yield SheetLines(id="question")
            for field in self._fields:
                yield SheetLines(id=f"label-{field.name}", classes="label")
                yield Input(Span(field.value).text, placeholder=field.example, id=field.name, compact=True)
                yield SheetLines(id=f"hint-{field.name}")
            yield SheetLines(id="wrong")
            yield Answers((SAVE, BACK))

    def on_mount(self) -> None:
        """Say what is asked."""
        self.query_one("#question", SheetLines).show(said(self._question, self._sentences)[:-1])
        for field in self._fields:
            self.query_one(f"#label-{field.name}", SheetLines).show((text(field.label, Ink.MUTED),))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the line is taken for."""
        field = next(field for field in self._fields if field.name == event.input.id)
        hint = field.hint(event.value) if event.value.strip() else ""
        self.query_one(f"#hint-{field.name}", SheetLines).show(wrapped(hint, ROOM, Ink.ACCENT))
        for name, words in field.parted(event.value).items():
            self.query_one(f"#{name}", Input).value = words

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the next line, or save."""
        if event.input.id == self._fields[-1].name:
            self.action_save()
        else:
            self.focus_next(Input)

    def action_save(self) -> None:
        """Save and leave, or say what stands in the way and stay."""
        lines = {field.name: self.query_one(f"#{field.name}", Input).value.strip() for field in self._fields}
        self.query_one("#wrong", SheetLines).show(())
        if refused := [field for field in self._fields if self._refused(field, lines[field.name])]:
            self.query_one(f"#{refused[0].name}", Input).focus()
            return
        try:
            self._save(lines)
        except OkrmateError as error:
            wrong = [line for part in with_keys(str(error)).splitlines() for line in wrapped(part, ROOM, Ink.BAD)]
            self.query_one("#wrong", SheetLines).show(wrong)
        else:
            self.dismiss(True)  # noqa: FBT003 - the screen's result

    def _refused(self, field: Field, words: str) -> bool:
        """Whether a line cannot be taken; says so under it."""
        sentence = field.wrong(words)
        if sentence:
            self.query_one(f"#hint-{field.name}", SheetLines).show(wrapped(sentence, ROOM, Ink.BAD))
        return bool(sentence)
