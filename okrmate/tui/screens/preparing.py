"""A talk prepared on one screen, one after the other: over the page one came from, and back to it by esc."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from okrmate.tui.ink import Ink, Span
from okrmate.tui.shown import Shown
from okrmate.tui.views.preparation import Talk, preparation_panes, talks_ahead
from okrmate.tui.widgets.line import Lines
from okrmate.tui.widgets.lines_view import LinesView
from okrmate.tui.widgets.over import Over

KEYS = (("]", "next talk"), ("[", "talk before"), ("↵", "to its agenda"), ("esc", "back"))


class PreparationPage(Over[str]):
    """The talks ahead, each on one screen; dismissed with the id of the talk whose agenda is wanted, or nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,p", "dismiss('')", "back"),
        ("right_square_bracket,n,space", "step(1)", "next talk"),
        ("left_square_bracket", "step(-1)", "talk before"),
        ("enter", "open", "to its agenda"),
    ]

    def __init__(self, shown: Shown, meeting: str) -> None:
        """Begins with the talk of this id."""
        super().__init__()
        self._shown = shown
        self._talks = talks_ahead(shown.desk.store.reader(), shown.now)
        self._at = next((at for at, talk in enumerate(self._talks) if talk.meeting.id == meeting), 0)

    @property
    def talk(self) -> Talk:
        """The one that is shown."""
        return self._talks[self._at]

    def compose(self) -> ComposeResult:
        """One column and the keys."""
        yield LinesView(id="whole")
        yield Lines(id="footer")

    def on_mount(self) -> None:
        """Say the keys."""
        shown = KEYS if len(self._talks) > 1 else KEYS[2:]
        spans = [(Span(f" {key}", Ink.ACCENT, bold=True), Span(f" {word} ", Ink.MUTED)) for key, word in shown]
        self.query_one("#footer", Lines).show((tuple(span for pair in spans for span in pair),))

    def on_resize(self) -> None:
        """Draw it for the room there is."""
        self._tell()

    def action_step(self, by: int) -> None:
        """Another talk."""
        self._at = (self._at + by) % len(self._talks)
        self._tell()

    def action_open(self) -> None:
        """To its agenda."""
        self.dismiss(self.talk.meeting.id)

    def on_lines_view_opened(self) -> None:
        """As enter."""
        self.action_open()

    def _tell(self) -> None:
        frame = self._shown.frame(self.app.size.width)
        place = f"{self._at + 1} of {len(self._talks)}" if len(self._talks) > 1 else ""
        panes = preparation_panes(self._shown.desk, self._shown.scene(), self.talk, place, frame)
        self.query_one(LinesView).show(panes, frame)
