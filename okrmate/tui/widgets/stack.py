"""Panes one under another as rows: where each heading, entry and blank row stands, and finding them again."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from okrmate.domain.errors import OkrmateError
from okrmate.frozen import Frozen
from okrmate.tui.ink import Frame, Line, plain
from okrmate.tui.pages import Entry, Pane


class Block(Frozen, kw_only=False):
    """Some rows of a stack: an entry, else the heading of the pane with this number, else a blank row."""

    pane: int
    entry: Entry | None = None
    heading: bool = False


class Stack:
    """The rows of some panes in a frame; of the entries only one, the chosen, shows what it has more to say."""

    def __init__(self, panes: Sequence[Pane], frame: Frame, words: str = "") -> None:
        """Lay them out; with `words` only the entries that hold all of them."""
        self.panes = panes
        self.frame = frame
        self.blocks = tuple(block for number, pane in enumerate(panes) for block in _blocks(number, pane, frame, words))
        self.chosen = -1
        self.choosable = [at for at, block in enumerate(self.blocks) if block.entry is not None and block.entry.key]
        self._heights = [self._height(block) for block in self.blocks]
        self._tops = list(accumulate(self._heights, initial=0))
        self._drawn: dict[int, Sequence[Line]] = {}

    @property
    def height(self) -> int:
        """All rows."""
        return self._tops[-1]

    @property
    def key(self) -> str:
        """The key of the chosen entry, empty where none is."""
        entry = self.blocks[self.chosen].entry if self.chosen >= 0 else None
        return entry.key if entry else ""

    def choose(self, at: int) -> bool:
        """Choose the block at this place (-1 for none); whether other blocks moved by it."""
        before, self.chosen = self.chosen, at
        moved = False
        for each in (before, at):
            entry = self.blocks[each].entry if each >= 0 else None
            if entry is not None and entry.more is not None:
                self._drawn.pop(each, None)
                self._heights[each] = self._height(self.blocks[each]) + (entry.more_height if each == at else 0)
                moved = True
        if moved:
            self._tops = list(accumulate(self._heights, initial=0))
        return moved

    def place_of(self, key: str) -> int:
        """Where the entry with this key stands, -1 if it is not here."""
        return next((at for at in self.choosable if key and self._key(at) == key), -1)

    def place_at(self, row: int) -> int:
        """Which block covers this row, -1 for none."""
        return bisect_right(self._tops, row) - 1 if 0 <= row < self.height else -1

    def rows_of(self, at: int) -> tuple[int, int]:
        """The first row of a block and how many it has."""
        return self._tops[at], self._heights[at]

    def heading_of(self, at: int) -> int:
        """The place of the heading over a block, -1 where its pane has none."""
        pane = self.blocks[at].pane
        return next((each for each, block in enumerate(self.blocks) if block.heading and block.pane == pane), -1)

    def line(self, row: int) -> Line:
        """What an entry shows in this row; nothing where a heading or a blank row stands."""
        at = self.place_at(row)
        entry = self.blocks[at].entry if at >= 0 else None
        if entry is None:
            return ()
        drawn = self._drawn.get(at)
        if drawn is None:
            drawn = self._drawn[at] = self._draw(entry, more=at == self.chosen)
        inside = row - self._tops[at]
        return drawn[inside] if inside < len(drawn) else ()

    def _draw(self, entry: Entry, *, more: bool) -> Sequence[Line]:
        """Its lines; of what is read when it comes into sight nothing where that cannot be read, as the header says."""
        try:
            return (*entry.draw(self.frame), *(entry.more(self.frame) if more and entry.more is not None else ()))
        except OkrmateError:
            return ()

    def _key(self, at: int) -> str:
        entry = self.blocks[at].entry
        return entry.key if entry else ""

    def _height(self, block: Block) -> int:
        if block.entry is None:
            return 1
        return len(block.entry.draw(self.frame)) if block.entry.height is None else block.entry.height


def _blocks(number: int, pane: Pane, frame: Frame, words: str) -> Iterable[Block]:
    """Wide: a blank row between panes, under a heading and in a spaced pane; narrow: one over each heading only."""
    blank = Block(number)
    if (number > 0) if frame.wide else bool(pane.title):
        yield blank
    if pane.title:
        yield Block(number, heading=True)
        if frame.wide:
            yield blank
    first = True
    for entry in pane.entries:
        if words and not _holds(entry, frame, words):
            continue
        if pane.spaced and frame.wide and not first:
            yield blank
        first = False
        yield Block(number, entry)


def _holds(entry: Entry, frame: Frame, words: str) -> bool:
    lines = (*entry.draw(frame), *(entry.more(frame) if entry.more is not None else ()))
    said = " ".join(plain(line) for line in lines).casefold()
    return all(word in said for word in words.casefold().split())
