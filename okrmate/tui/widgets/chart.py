"""The chart: a plot in all the room it is given."""

from collections.abc import Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from okrmate.tui.ink import Frame, Line
from okrmate.tui.plot import Plot, plot
from okrmate.tui.widgets.line import strip


class Chart(Widget):
    """Draws one plot, anew where its room changes."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        """Nothing to draw yet."""
        super().__init__(id=id, classes=classes)
        self._plot: Plot | None = None
        self._frame = Frame(width=1)
        self._lines: Sequence[Line] | None = None

    def show(self, plot: Plot | None, frame: Frame) -> None:
        """Draw this one; without any the chart takes no room."""
        self._plot, self._frame, self._lines = plot, frame, None
        self.display = plot is not None
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """Draw anew in the new room."""
        self._lines = None

    def render_line(self, y: int) -> Strip:
        """One row as Textual wants it."""
        if self._lines is None:
            frame = Frame(width=self.size.width, wide=self._frame.wide, ascii=self._frame.ascii)
            self._lines = plot(self._plot, frame, self.size.height) if self._plot is not None else ()
        line = self._lines[y] if y < len(self._lines) else ()
        return strip(line, self.size.width, self.app.theme)
