"""The mentor's own half of the feedback, written in its place: one positive and one suggestion."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from okrmate.tui.ink import Ink, Span
from okrmate.tui.widgets.line import Lines

FIELDS = {"positive": "One positive", "suggestion": "One suggestion for the next talk"}


class Written(Vertical):
    """Two lines to write in; enter goes on and, on the last one, posts `Given`."""

    class Given(Message):
        """Both lines, either of which may be empty."""

        def __init__(self, positive: str, suggestion: str) -> None:
            """As they were written."""
            super().__init__()
            self.positive = positive
            self.suggestion = suggestion

    def compose(self) -> ComposeResult:
        """A label over each line, and what the keys do."""
        for name in FIELDS:
            yield Lines(id=f"{name}-label")
            yield Input(id=name, compact=True)
        yield Lines(id="written-keys")

    def on_mount(self) -> None:
        """Say what is asked."""
        for name, label in FIELDS.items():
            self.query_one(f"#{name}-label", Lines).show(((), (Span(f" {label}", Ink.MUTED),)))
        keys = (Span(" ↵", Ink.ACCENT, bold=True), Span(" save     ", Ink.MUTED))
        back = (Span("esc", Ink.ACCENT, bold=True), Span(" back", Ink.MUTED))
        self.query_one("#written-keys", Lines).show(((), (*keys, *back)))

    def write(self) -> None:
        """Begin with the first line."""
        self.query_one("#positive", Input).focus()

    def clear(self) -> None:
        """Empty both lines, once they are kept."""
        for name in FIELDS:
            self.query_one(f"#{name}", Input).value = ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the second line, or give both."""
        event.stop()
        if event.input.id == "positive":
            self.query_one("#suggestion", Input).focus()
            return
        positive, suggestion = (self.query_one(f"#{name}", Input).value for name in FIELDS)
        self.post_message(self.Given(positive, suggestion))

    def on_input_changed(self, event: Input.Changed) -> None:
        """It is no filter of a list."""
        event.stop()
