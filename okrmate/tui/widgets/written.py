"""The mentor's own half of the feedback, written in its place: one positive and one suggestion."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from okrmate.tui.ink import Ink, Span
from okrmate.tui.widgets.line import Lines

FIELDS = {"positive": "One positive", "suggestion": "One suggestion for the next talk"}
EMPTY = ("", "")


class Written(Vertical):
    """Two lines to write in; enter goes on and, on the last one, posts `Given`."""

    class Given(Message):
        """Both lines, either of which may be empty."""

        def __init__(self, about: str, positive: str, suggestion: str) -> None:
            """As they were written, and the id of the talk they were written about."""
            super().__init__()
            self.about = about
            self.positive = positive
            self.suggestion = suggestion

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Nothing is written yet."""
        super().__init__(id=id)
        self._about = ""
        """The id of the talk whose lines stand here."""
        self._kept: dict[str, tuple[str, str]] = {}
        """What was written about other talks and not given, by their ids."""

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

    def write(self, about: str, given: tuple[str, str] = EMPTY) -> None:
        """Begin with the line that is missing about the talk with this id.

        What she wrote and did not give stands here as she left it; else what she has `given`, so that a half is made
        whole without being written anew, and nothing is replaced unseen.
        """
        if about != self._about:
            self._kept[self._about] = self._words
            self._put(self._kept.pop(about, EMPTY))
            self._about = about
        if self._words == EMPTY:
            self._put(given)
        missing = next((name for name, line in zip(FIELDS, self._words, strict=True) if not line), "positive")
        self.query_one(f"#{missing}", Input).focus()

    def clear(self, about: str) -> None:
        """Forget the lines about this talk, once they are taken."""
        self._kept.pop(about, None)
        if about == self._about:
            self._put(EMPTY)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the second line, or give both."""
        event.stop()
        if event.input.id == "positive":
            self.query_one("#suggestion", Input).focus()
            return
        self.post_message(self.Given(self._about, *self._words))

    def on_input_changed(self, event: Input.Changed) -> None:
        """It is no filter of a list."""
        event.stop()

    @property
    def _words(self) -> tuple[str, str]:
        positive, suggestion = (self.query_one(f"#{name}", Input).value for name in FIELDS)
        return positive, suggestion

    def _put(self, words: tuple[str, str]) -> None:
        for name, line in zip(FIELDS, words, strict=True):
            self.query_one(f"#{name}", Input).value = line
