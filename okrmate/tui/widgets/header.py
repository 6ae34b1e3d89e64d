"""The header of a screen: one row, under it the sentence of what went wrong, and a click on a tab goes there."""

from textual import events

from okrmate.tui.ink import Frame, length
from okrmate.tui.messages import Picked
from okrmate.tui.views.header import HeaderView, header
from okrmate.tui.views.places import BRAND, SCREENS, tab
from okrmate.tui.widgets.line import Lines


class Header(Lines):
    """Shows a `HeaderView`; posts `Picked` when a tab is clicked."""

    def __init__(self, active: str) -> None:
        """The header of the screen of this name."""
        super().__init__(id="header")
        self._active = active
        self._view: HeaderView | None = None
        self._frame = Frame(width=1)

    def tell(self, view: HeaderView, frame: Frame) -> None:
        """Show how things stand."""
        self._view, self._frame = view, frame
        self.show(header(view, self._active, frame))

    def on_click(self, event: events.Click) -> None:
        """Go to the screen whose tab is under the mouse."""
        if self._view is None or event.y:
            return
        edge = len(BRAND) if self._frame.wide else 0
        for name, title in SCREENS.items():
            start = edge
            edge += length(tab(name, title, self._view.waiting.get(name, 0), self._active, self._frame))
            if start <= event.x < edge:
                self.post_message(Picked(name))
