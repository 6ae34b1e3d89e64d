"""Help: the keys of a screen, the method in five steps, and what people can write back."""

from collections.abc import Sequence

from okrmate.reply.orders import ORDERS
from okrmate.tui.ink import Frame, Ink, Line, Span, wrapped
from okrmate.tui.pages import Drawing, Entry, Pane

Keys = Sequence[tuple[str, str]]
"""Keys as they are shown, each with what it does."""

LISTS: Keys = (
    ("↑ ↓", "choose an entry; home, end and page keys go further"),
    ("tab", "the next pane"),
    ("1 – 6", "the screens"),
    ("^p", "everything that can be done here, by name"),
    ("esc", "back"),
    ("^q", "leave okrmate"),
)
METHOD: Keys = (
    ("Read", "The welcome explains OKRs in a few minutes. It is answered by “read”, or by writing."),
    ("Write", "They draft objectives and key results by answering, as O: and KR: lines or in plain sentences."),
    ("Refine", "You both look at the draft; when both agree, or you say so, it becomes active."),
    ("Reference", "Every agenda shows the goals beside where they began, and asks for the numbers."),
    ("Revise", "Targets may change with a reason; at the end comes what was learned, then the score."),
)
GRAMMAR: Keys = (
    ("KR 1.1: 3", "the value is 3 now; also “1.1 is at 3”, or the title in place of the number"),
    ("KR 1.2: 60%", "sixty per cent"),
    ("1.1: +2", "two more than before"),
    ("1.1: done", "reached"),
    ("1.1: no change", "the same as before, heard today"),
    ("1.1: confidence 7", "how sure they are, 0 to 10"),
    ("1.1 blocked by …", "what stands in the way, for the next agenda"),
    ("add: …", "in answer to an agenda: a point for the talk"),
    ("+ …   - …", "in the form after a talk: what was good, what to change"),
    ("anything else", "is never guessed: it is asked about, or reaches you as it stands"),
)
EXAMPLE = 20
KEY = 14
STEP = 12


def panes(title: str, keys: Keys, frame: Frame) -> tuple[Pane, ...]:
    """The page for a screen of this title with these keys."""
    return (
        Pane(name="keys", title=f"Keys of {title}", entries=_listed((*keys, *LISTS), KEY)),
        Pane(name="method", title="The method", note="five steps", entries=_listed(METHOD, STEP)),
        Pane(
            name="grammar",
            title="What people can write back" if frame.wide else "What people can write",
            note="in their own words",
            entries=_listed(GRAMMAR, EXAMPLE),
        ),
        Pane(
            name="orders",
            title="Words okrmate obeys" if frame.wide else "Words it obeys",
            note="alone on the first line of their answer",
            entries=_listed(ORDERS, KEY),
        ),
    )


def _listed(keys: Keys, width: int) -> tuple[Entry, ...]:
    return tuple(Entry(draw=_line(key, words, width), height=None) for key, words in keys)


def _line(key: str, words: str, width: int) -> Drawing:
    def draw(frame: Frame) -> Sequence[Line]:
        lines = wrapped(words, max(1, frame.width - width - 1), Ink.MUTED)
        left = (Span(key.ljust(width), Ink.ACCENT, bold=True), *(Span(" " * width) for _ in lines[1:]))
        return tuple((side, *line) for side, line in zip(left, lines, strict=True))

    return draw
