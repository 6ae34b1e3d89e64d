"""A reading by hand in one line; under it stands, while it is typed, what it would do."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from okrmate.tui.ink import Ink, Line, Span
from okrmate.tui.widgets.line import Lines

EXAMPLE = "9, or +2, done, 45 %; with a note, or confidence 8"
Understanding = Callable[[str, int], Sequence[Line]]
"""What words would do, in lines of so many cells."""


def nothing(_words: str, _width: int) -> Sequence[Line]:
    """What is understood before anybody asked."""
    return ()


class CheckIn(Vertical):
    """Posts `Given` with what was typed; hides itself by esc and when it was taken."""

    class Given(Message):
        """The line is to be taken."""

        def __init__(self, key_result: str, words: str) -> None:
            """The id of the key result that was asked about, and the line as it was typed."""
            super().__init__()
            self.key_result = key_result
            self.words = words

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Hidden until it is asked."""
        super().__init__(id=id)
        self._understand: Understanding = nothing
        self.asked = ""
        """The id of the key result it asks about; empty while it is hidden."""
        self.display = False

    def compose(self) -> ComposeResult:
        """What it is about, the line, and what is understood."""
        yield Lines(id="asked")
        yield Input(placeholder=EXAMPLE, id="typed", compact=True)
        yield Lines(id="understood")

    def ask(self, key_result: str, about: str, understand: Understanding) -> None:
        """Ask for a reading of the key result with this id, in these words."""
        self.asked = key_result
        self._understand = understand
        keys = (Span("   ↵", Ink.ACCENT, bold=True), Span(" take", Ink.MUTED))
        leave = (Span("   esc", Ink.ACCENT, bold=True), Span(" leave", Ink.MUTED))
        self.query_one("#asked", Lines).show(((Span(about, bold=True), *keys, *leave),))
        self.query_one("#understood", Lines).show(((),))
        self.display = True
        field = self.query_one("#typed", Input)
        field.value = ""
        field.focus()

    def close(self) -> None:
        """Hide."""
        self.asked = ""
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what the words would do."""
        event.stop()
        lines = self.query_one("#understood", Lines)
        lines.show(self._understand(event.value, lines.size.width) if event.value.strip() else ((),))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give them."""
        event.stop()
        if event.value.strip():
            self.post_message(self.Given(self.asked, event.value))
