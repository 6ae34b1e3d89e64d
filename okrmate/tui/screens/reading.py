"""A page over a screen with something to read whole; esc goes back."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from okrmate.tui.ink import Frame, Ink, Span
from okrmate.tui.pages import Pane
from okrmate.tui.shown import Shown
from okrmate.tui.widgets.line import Lines
from okrmate.tui.widgets.lines_view import LinesView
from okrmate.tui.widgets.over import Over

BACK = ((Span(" esc", Ink.ACCENT, bold=True), Span(" back", Ink.MUTED)),)


class ReadingPage(Over[None]):
    """Shows what `panes` gives for a frame; drawn anew where the terminal's width changes."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,v,R", "dismiss", "back")]

    def __init__(self, shown: Shown, panes: Callable[[Frame], Sequence[Pane]]) -> None:
        """What to read."""
        super().__init__()
        self._shown = shown
        self._panes = panes
        self._width = 0

    def compose(self) -> ComposeResult:
        """One column and the way back."""
        yield LinesView(id="whole")
        yield Lines(id="footer")

    def on_mount(self) -> None:
        """Show it."""
        self.query_one("#footer", Lines).show(BACK)
        self.on_resize()

    def on_resize(self) -> None:
        """Wrap it for the room there is."""
        if self._width != self.app.size.width:
            self._width = self.app.size.width
            frame = self._shown.frame(self._width)
            self.query_one(LinesView).show(self._panes(frame), frame)
