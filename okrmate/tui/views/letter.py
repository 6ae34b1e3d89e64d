"""A letter as its reader sees it: to whom, subject, and its text, wrapped as a mail program would."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.mail.layout import LineKind, lines
from okrmate.tui.ink import Frame, Ink, Line, Span, plain
from okrmate.tui.pages import Entry, Pane
from okrmate.tui.wrapping import folded_text

HEAD = 9
"""Cells of the labels over the text."""
WIDEST = 76
"""Cells of a line of text; a longer one tires the eye."""
INKS: Mapping[LineKind, Ink] = MappingProxyType(
    {LineKind.FOOTER: Ink.MUTED, LineKind.MARKER: Ink.MUTED, LineKind.HINT: Ink.MUTED, LineKind.OWN: Ink.ACCENT}
)
DOTS = "· "
"""Round the line behind which an answer begins; left away where it would take two lines with them."""
_NUMBER = re.compile(r"(\d+\.|[-•]) +")
"""What stands before an item; its further lines stand under its words."""
STRONG = frozenset({LineKind.QUESTION, LineKind.HEADING})
KINDS: Mapping[LetterKind, str] = MappingProxyType(
    {
        LetterKind.WELCOME: "welcome",
        LetterKind.INVITATION: "invitation",
        LetterKind.AGENDA: "agenda",
        LetterKind.CHECK_IN: "check-in",
        LetterKind.FEEDBACK: "feedback form",
        LetterKind.EXCHANGE: "feedback of both",
        LetterKind.DIGEST: "your week",
        LetterKind.ACKNOWLEDGEMENT: "answer",
        LetterKind.REPLY: "your reply",
        LetterKind.COACH: "answer to a draft",
        LetterKind.REFINE_SUMMARY: "goals to agree to",
        LetterKind.MID_CYCLE: "half-time",
        LetterKind.CLOSING: "closing",
        LetterKind.CLOSED: "goals closed",
    }
)
"""What a letter is called on the screens."""
NEVER_LEFT = frozenset({OutgoingState.WITHDRAWN, OutgoingState.EXPIRED, OutgoingState.FAILED})


def letter_pane(letter: Outgoing) -> Pane:
    """The letter under a heading that says whether it was read yet."""
    return Pane(name="letter", title=reading_title(letter), entries=letter_entries(letter))


def letter_entries(letter: Outgoing) -> tuple[Entry, ...]:
    """The letter, whole, as entries that nobody chooses."""
    return (
        Entry(draw=lambda frame: tuple(_head(letter, frame)), height=None),
        Entry(draw=lambda frame: tuple(_body(letter, frame)), height=None),
    )


def _head(letter: Outgoing, frame: Frame) -> Iterator[Line]:
    for label, words in (("To", f"{letter.name} <{letter.address}>"), ("Subject", letter.subject)):
        for number, line in enumerate(folded_text(words, frame.width - HEAD - 1)):
            yield (Span(("" if number else label).ljust(HEAD), Ink.FAINT), *line)
    yield ()


def _body(letter: Outgoing, frame: Frame) -> Iterator[Line]:
    for line in lines(letter.blocks):
        if line.gap:
            yield ()
        width, ink = min(WIDEST, frame.width - 1), INKS.get(line.kind, Ink.TEXT)
        words = line.text.strip(DOTS) if line.kind is LineKind.MARKER and len(line.text) > width else line.text
        hangs = len(found.group()) if (found := _NUMBER.match(words)) else 0
        first, *others = folded_text(words, width, ink, bold=line.kind in STRONG)
        rest = " ".join(plain(other) for other in others)
        yield first
        for other in folded_text(rest, width - hangs, ink, bold=line.kind in STRONG) if others else ():
            yield (Span(" " * hangs), *other)


def reading_title(letter: Outgoing) -> str:
    """Whether its reader has it before them yet."""
    first = letter.name.split()[0] if letter.name.split() else letter.address
    if letter.state in NEVER_LEFT:
        return f"As {first} would have read it"
    return f"As {first} read it" if letter.sent_at else f"As {first} will read it"
