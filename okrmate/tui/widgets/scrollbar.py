"""The scrollbar of a list: Textual's own, drawn from cells that are kept."""

from functools import lru_cache

from rich.segment import Segment
from textual.geometry import Region
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget


class ListBar(ScrollBar):
    """A vertical scrollbar that costs little to move.

    Textual draws and styles every cell of its own anew for each row scrolled, which takes as long as all else that
    a key does (`make bench`, row down).
    """

    def __init__(self, view: Widget) -> None:
        """The bar of this view, which gives it its colours."""
        super().__init__(name="vertical")
        self._view = view

    def render_lines(self, crop: Region) -> list[Strip]:
        """One cell a row."""
        of_view = self._view.styles
        colour, ground = of_view.scrollbar_color, of_view.scrollbar_background
        if self.grabbed:
            colour, ground = of_view.scrollbar_color_active, of_view.scrollbar_background_active
        elif self.mouse_over:
            colour, ground = of_view.scrollbar_color_hover, of_view.scrollbar_background_hover
        bar = ScrollBarRender.render_bar(
            size=self.size.height,
            virtual_size=self.window_virtual_size,
            window_size=self.window_size,
            position=self.position,
            back_color=ground.rich_color,
            bar_color=(ground + colour).rich_color,
        )
        rows = [_cell(segment) for segment in bar.segments]
        for each in self.get_line_filters():
            rows = [row.apply_filter(each, ground) for row in rows]
        return rows[crop.y : crop.bottom]


@lru_cache
def _cell(segment: Segment) -> Strip:
    return Strip([segment], 1)
