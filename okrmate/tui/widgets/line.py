"""Rows of spans as a widget: what header, footer and sheets are drawn with."""

from collections.abc import Sequence
from functools import lru_cache

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from okrmate.tui.ink import Line, fitted, merged
from okrmate.tui.themes import background, style


@lru_cache(maxsize=1024)
def strip(line: Line, width: int, theme: str, *, chosen: bool = False, ground: str = "") -> Strip:
    """A line in exactly so many cells, styled; kept, since a strip keeps what Textual works out of it."""
    spans = merged(fitted(line, width))
    return Strip([Segment(span.text, style(theme, span, chosen=chosen, ground=ground)) for span in spans], width)


class Rows(Widget):
    """What draws its rows whole, with a ground behind every cell: they go to the screen as they are.

    Textual would style each line anew whenever it moves, and so lose what it has worked out of it already: a list
    that scrolls by one row then costs three times as much (`make bench`, row down).
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of this part; those of a widget with a border or padding by Textual's own way."""
        if self.styles.gutter:
            return super().render_lines(crop)
        rows = [self.render_line(y) for y in crop.line_range]
        below = background(self.app.theme, self.ground())
        for each in self.get_line_filters():
            rows = [row.apply_filter(each, below) for row in rows]
        return [row.crop(crop.x, crop.right) for row in rows]

    def ground(self) -> str:
        """The colour behind its text; the page's own where empty."""
        return ""


class Lines(Rows):
    """Some lines that are given to it, cut at its width; never wrapped, never read as markup."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        """No lines yet."""
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; where they stand there already, nothing is drawn."""
        if self._lines == tuple(lines) and len(lines) == self.size.height:
            return
        self._lines = tuple(lines)
        self.refresh(layout=len(lines) != self.size.height)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """As many rows as lines."""
        return len(self._lines)

    def render_line(self, y: int) -> Strip:
        """One row as Textual wants it."""
        line = self._lines[y] if y < len(self._lines) else ()
        return strip(line, self.size.width, self.app.theme, ground=self.ground())
