"""The list of every screen: panes drawn line by line, of which only what is in sight is drawn."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.strip import Strip

from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Frame, Ink, Line, Span, cut
from okrmate.tui.pages import Empty, Pane
from okrmate.tui.widgets.headings import empty_lines, heading
from okrmate.tui.widgets.line import Rows, strip
from okrmate.tui.widgets.scrollbar import ListBar
from okrmate.tui.widgets.stack import Stack

BAR = 1
"""The cell at the left of every line that shows what is chosen."""
NARROWEST = Frame(width=1, wide=False)


class LinesView(ScrollView, Rows, can_focus=True):
    """Panes one under another; one entry at most is chosen, and keeps being so by its key when they are shown anew.

    The heading of the pane at the top stays in sight. Arrow keys, home, end and page keys choose, tab goes to the
    next pane or view, a click chooses, a click on what is chosen opens, the wheel scrolls.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "step(-1)", "up"),
        ("down", "step(1)", "down"),
        ("pageup", "page(-1)", "page up"),
        ("pagedown", "page(1)", "page down"),
        ("home", "end(0)", "first"),
        ("end", "end(-1)", "last"),
        ("tab", "next_pane(1)", "next pane"),
        ("shift+tab", "next_pane(-1)", "previous pane"),
    ]
    ALLOW_MAXIMIZE = False

    class Chosen(Message):
        """Another entry was chosen by key or mouse."""

        def __init__(self, view: "LinesView", key: str) -> None:
            """In which view, and the entry's key."""
            super().__init__()
            self.view = view
            self.key = key

        @property
        def control(self) -> "LinesView":
            """The view, for Textual's `@on`."""
            return self.view

    class Opened(Chosen):
        """The chosen entry was clicked once more."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
        resting: bool = False,
    ) -> None:
        """An empty view; in a `resting` one nothing is chosen before it had the focus."""
        super().__init__(id=id, classes=classes)
        self._resting = resting
        self._shown: tuple[Pane, ...] | Empty = ()
        self._frame = NARROWEST
        self._words = ""
        self._stack = Stack((), NARROWEST)
        self._cells = 1
        self._scroll_wanted: float | None = None
        self._strips: dict[tuple[str, int, int], Strip] = {}

    @property
    def chosen(self) -> str:
        """The key of the chosen entry; empty where none is."""
        return self._stack.key

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the entries that can be chosen, from top to bottom."""
        entries = (self._stack.blocks[at].entry for at in self._stack.choosable)
        return tuple(entry.key for entry in entries if entry is not None)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scrollbar, made when it is first asked for."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = ListBar(self)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)  # noqa: SLF001 - as Textual starts its own
        return self._vertical_scrollbar

    def show(self, shown: Sequence[Pane] | Empty, frame: Frame) -> None:
        """Show these panes, or say why there are none; what was chosen and where it stood in sight stays."""
        self._shown = shown if isinstance(shown, Empty) else tuple(shown)
        self._frame = frame
        self._lay_out()

    def filter(self, words: str) -> None:
        """Show only the entries that hold all of these words; all of them without any."""
        self._words = words
        self._lay_out()

    def choose(self, key: str) -> bool:
        """Choose the entry with this key and bring it into sight; whether it is here. Posts no message."""
        at = self._stack.place_of(key)
        if at >= 0:
            self._take(at)
        return at >= 0

    def action_step(self, by: int) -> None:
        """Choose the entry so many before or behind; without any, scroll."""
        places = self._stack.choosable
        if not places:
            self.scroll_to(y=self.scroll_y + by, animate=False)
            return
        now = places.index(self._stack.chosen) if self._stack.chosen in places else -by
        after = now + by
        if 0 <= after < len(places):
            self._choose_by_hand(places[after])
        else:  # what stands beyond the last entry, or over the first, comes into sight
            self.scroll_to(y=0 if by < 0 else self.max_scroll_y, animate=False)

    def action_page(self, way: int) -> None:
        """Choose the entry about a screenful away; without any, scroll."""
        rows = max(1, self.size.height - 2)
        places = self._stack.choosable
        if not places:
            self.scroll_to(y=self.scroll_y + way * rows, animate=False)
            return
        wanted = self._stack.rows_of(max(self._stack.chosen, 0))[0] + way * rows
        self._choose_by_hand(min(places, key=lambda at: abs(self._stack.rows_of(at)[0] - wanted)))

    def action_end(self, which: int) -> None:
        """Choose the first (0) or the last (-1) entry."""
        if self._stack.choosable:
            self._choose_by_hand(self._stack.choosable[which])
        self.scroll_to(y=0 if which == 0 else self.max_scroll_y, animate=False)

    def action_next_pane(self, way: int) -> None:
        """Choose the first entry of the next pane that has any; behind the last pane go to the next view."""
        current = self._stack.blocks[self._stack.chosen].pane if self._stack.chosen >= 0 else -1
        firsts: dict[int, int] = {}
        for at in self._stack.choosable:
            firsts.setdefault(self._stack.blocks[at].pane, at)
        beyond = [pane for pane in firsts if (pane - current) * way > 0]
        if beyond and current >= 0:
            self._choose_by_hand(firsts[min(beyond) if way > 0 else max(beyond)])
        elif way > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()

    def render_lines(self, crop: Region) -> list[Strip]:
        """As all rows are; how wide they are is asked once, not for each of them."""
        self._cells = self.size.width
        if self._stack.frame.width != self._width():
            self._stack_anew()  # the first lines of a new width: the message that says so comes later
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row as Textual wants it."""
        width = self._stack.frame.width + BAR
        if isinstance(self._shown, Empty):
            return self._strip(self._empty_line(self._shown, y, width))
        row = y + round(self.scroll_y)
        at = self._stack.place_at(row)
        if at < 0:
            return self._strip(())
        if y == 0 and (head := self._stack.heading_of(at)) >= 0 and self._stack.rows_of(head)[0] < row:
            at = head
        block = self._stack.blocks[at]
        if block.heading:
            return self._strip(self._heading(block.pane, width))
        if at == self._stack.chosen:
            bar = sign(Glyph.CHOSEN, self._frame, Ink.ACCENT if self.has_focus else Ink.FAINT)
            return self._strip((bar, *self._stack.line(row)), chosen=True)
        return self._resting_strip(row)

    def on_resize(self) -> None:
        """Lay out anew where the width has changed."""
        if self._stack.frame.width != self._width():
            self._stack_anew()
        self._settle()

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; open what was chosen already."""
        at = self._stack.place_at(event.y + round(self.scroll_y))
        if at not in self._stack.choosable:
            return
        if at == self._stack.chosen:
            self.post_message(self.Opened(self, self.chosen))
        else:
            self._choose_by_hand(at)

    def on_focus(self) -> None:
        """The heading and the bar show where one is; something is chosen from now on."""
        if self._resting:
            self._resting = False
            self._lay_out()
        self.refresh()

    def on_blur(self) -> None:
        """And where one is no more."""
        self.refresh()

    def _resting_strip(self, row: int) -> Strip:
        """A row that is not chosen: styled once, so that scrolling only moves what is there."""
        place = (self.app.theme, self._cells, row)
        if place not in self._strips:
            self._strips[place] = self._strip((Span(" "), *self._stack.line(row)))
        return self._strips[place]

    def _strip(self, line: Line, *, chosen: bool = False) -> Strip:
        """A line over all cells, also those where a scrollbar may come to stand; its words end before."""
        words = cut(line, self._stack.frame.width + BAR)
        return strip(words, self._cells, self.app.theme, chosen=chosen, ground=self.ground())

    def _lay_out(self) -> None:
        before = self._stack.height
        self._stack_anew()
        self._settle()
        self.refresh(layout=self._grows and before != self._stack.height)

    def _stack_anew(self) -> None:
        """Put the panes one under another in the width of now; what was chosen is to stay where it stood."""
        panes = () if isinstance(self._shown, Empty) else self._shown
        before, key = self._stack, self.chosen
        place = before.choosable.index(before.chosen) if before.chosen in before.choosable else 0
        seen_at = before.rows_of(before.chosen)[0] - self.scroll_y if before.chosen >= 0 else None
        after = Stack(panes, Frame(width=self._width(), wide=self._frame.wide, ascii=self._frame.ascii), self._words)
        at = after.place_of(key)
        if at < 0 and after.choosable and not self._resting:
            at = after.choosable[min(place, len(after.choosable) - 1)]
        after.choose(at)
        self._stack = after
        self._strips.clear()
        if at >= 0 and seen_at is not None:
            self._scroll_wanted = after.rows_of(at)[0] - seen_at

    def _settle(self) -> None:
        """Tell Textual how many rows there are, and scroll to where the chosen entry stood."""
        size = Size(1, self._stack.height)  # nothing scrolls sideways: another width is no reason for another layout
        room = self.size.height
        if self._grows or not room or max(size.height, self.virtual_size.height) > room:
            self.virtual_size = size
        else:  # all of it fits, before and after: no scrollbar comes or goes, so that nothing has to be laid out anew
            self.set_reactive(LinesView.virtual_size, size)
        if self._scroll_wanted is not None and room:
            self.scroll_to(y=self._scroll_wanted, animate=False)
            self._scroll_wanted = None

    @property
    def _grows(self) -> bool:
        """Whether its own height follows what it shows."""
        return self.styles.height is not None and self.styles.height.is_auto

    def _width(self) -> int:
        """The cells of an entry; before there is any layout, those of the terminal."""
        return max(1, (self.scrollable_content_region.width or self._frame.width) - BAR)

    def _choose_by_hand(self, at: int) -> None:
        if at != self._stack.chosen:
            self._take(at)
            self.post_message(self.Chosen(self, self.chosen))

    def _take(self, at: int) -> None:
        before = self._stack.chosen
        if self._stack.choose(at):
            self._strips.clear()
            self._settle()
            self.refresh(layout=self._grows)
        elif self._pane_of(before) != self._pane_of(at):
            self.refresh()
        else:
            for each in (before, at):
                if each >= 0:
                    self.refresh_lines(*self._stack.rows_of(each))
        self._bring_into_sight(at)

    def _pane_of(self, at: int) -> int:
        return self._stack.blocks[at].pane if at >= 0 else -1

    def _bring_into_sight(self, at: int) -> None:
        top, height = self._stack.rows_of(at)
        room = self.scrollable_content_region.height
        above = self._stack.heading_of(at)
        first = at == min(self._stack.choosable)
        covered = 1 if above >= 0 else 0
        if first:
            self.scroll_to(y=max(0, top + height - room), animate=False)
        elif top - covered < self.scroll_y:
            self.scroll_to(y=top - covered, animate=False)
        elif top + height > self.scroll_y + room:
            self.scroll_to(y=top + height - room, animate=False)

    def _heading(self, number: int, width: int) -> Line:
        chosen = self._pane_of(self._stack.chosen)
        focused = self.has_focus and number == (chosen if chosen >= 0 else self._first_titled())
        frame = Frame(width=width, wide=self._frame.wide, ascii=self._frame.ascii)
        return heading(self._stack.panes[number], frame, focused=focused, words=self._words)

    def _first_titled(self) -> int:
        return next((number for number, pane in enumerate(self._stack.panes) if pane.title), -1)

    def _empty_line(self, empty: Empty, y: int, width: int) -> Line:
        lines = empty_lines(empty, width)
        at = y - max(0, (self.size.height - len(lines)) // 2)
        return lines[at] if 0 <= at < len(lines) else ()
