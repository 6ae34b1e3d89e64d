"""What a screen is made of: panes with a heading and entries, of which one may be chosen."""

from collections.abc import Callable, Sequence

from okrmate.frozen import Frozen
from okrmate.tui.ink import Frame, Line

Drawing = Callable[[Frame], Sequence[Line]]


class Entry(Frozen):
    """Some lines that belong together; with a `key` it can be chosen, and is found again after a commit.

    `height` lines are drawn, when they come into sight; without one it is as high as what it draws in the width it
    has (for wrapped text). `more_height` more stand below them only while it is chosen.
    """

    draw: Drawing
    height: int | None = 1
    key: str = ""
    more: Drawing | None = None
    more_height: int = 0


class Pane(Frozen):
    """A heading and what stands under it; `note` is muted beside the title, `right` at the end of its rule.

    A pane without a title has no heading row. In a `spaced` one a blank row parts the entries where there is room.
    """

    name: str
    title: str = ""
    note: str = ""
    right: str = ""
    private: bool = False
    spaced: bool = False
    entries: tuple[Entry, ...] = ()


class Empty(Frozen):
    """What a screen says where there is nothing yet: a fact, what comes next, and one key."""

    fact: str
    following: str
    key: str = ""
    action: str = ""


def still(*lines: Line) -> Drawing:
    """A drawing that is the same in every frame; what is too long is cut by whoever puts it on the screen."""
    return lambda _frame: lines


def one(draw: Callable[[Frame], Line]) -> Drawing:
    """A drawing of one line."""
    return lambda frame: (draw(frame),)
