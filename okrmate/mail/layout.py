"""The lines of a letter, from its blocks: what the text part and the HTML part both show, in the same order."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import assert_never

from okrmate.domain.letters import (
    FIRST,
    AnswerLine,
    Block,
    Choice,
    Heading,
    Item,
    Items,
    KeyResultLine,
    Marker,
    Paragraph,
    ParagraphRole,
    Question,
)
from okrmate.frozen import Frozen


class LineKind(StrEnum):
    """What a line is, for whoever shows it."""

    QUESTION = "question"
    ASKED = "asked"
    """A question that is not the letter's first."""
    TEXT = "text"
    HINT = "hint"
    HEADING = "heading"
    MARKER = "marker"
    ANSWER = "answer"
    KEY_RESULT = "key_result"
    CHOICE = "choice"
    ITEM = "item"
    OWN = "own"
    SIGNATURE = "signature"
    FOOTER = "footer"
    DRAFT = "draft"


class Line(Frozen):
    """One line as it is read; `gap` says that it stands apart from the line before."""

    kind: LineKind
    text: str
    gap: bool = False


def text(blocks: Sequence[Block]) -> str:
    """The text part: a paragraph is one line however long, and an answer line ends in its colon."""
    return "".join(f"\n{line.text}\n" if line.gap else f"{line.text}\n" for line in lines(blocks))


def lines(blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The lines of a letter; the first of a block has a gap above where the block stands apart.

    None of a letter that expired before it was written.
    """
    gaps = (False, *(_stand_apart(before, block) for before, block in pairwise(blocks)))
    return tuple(
        Line(kind=kind, text=shown, gap=gap and position == 0)
        for block, gap in zip(blocks, gaps, strict=False)
        for position, (kind, shown) in enumerate(_lines_of(block))
    )


def _lines_of(block: Block) -> Iterator[tuple[LineKind, str]]:
    yield from _shown(block)
    match block:
        case AnswerLine(label=label) | KeyResultLine(label=label, shown=False) | Question(label=label) if label:
            yield LineKind.ANSWER, f"{label}:"
        case _:
            pass


def _shown(block: Block) -> Iterator[tuple[LineKind, str]]:
    """What a block says, without its answer line."""
    match block:
        case Paragraph():
            yield from ((LineKind(block.role.value), line) for line in block.text.split("\n"))
        case Question():
            kind = LineKind.QUESTION if block.id == FIRST else LineKind.ASKED
            yield from ((kind, line) for line in block.text.split("\n"))
        case Heading():
            yield LineKind.HEADING, block.text
        case Marker():
            yield LineKind.MARKER, block.text
        case KeyResultLine():
            yield LineKind.KEY_RESULT, block.display
        case Choice():
            yield LineKind.CHOICE, f"{block.letter}) {block.text}"
        case Items():
            yield from ((LineKind.ITEM, _item(item)) for item in block.items)
        case AnswerLine():
            pass
        case _:
            assert_never(block)


def _item(item: Item) -> str:
    minutes = "" if item.minutes is None else f" ({item.minutes} min)"
    return f"{item.number}. {item.text}{minutes}"


def _stand_apart(before: Block, block: Block) -> bool:
    """Whether a blank line parts two neighbours: not where one belongs to the other, and not inside a list."""
    match before, block:
        case Heading(), Heading():
            return True
        case Heading(), _:
            return False
        case _, Paragraph(role=ParagraphRole.HINT | ParagraphRole.DRAFT):
            return False
        case Paragraph(role=ParagraphRole.OWN), Paragraph(role=ParagraphRole.SIGNATURE):
            return False
        case Question(id="first"), _:
            return True
        case Paragraph(role=ParagraphRole.TEXT | ParagraphRole.HINT), AnswerLine() | KeyResultLine() | Question():
            return False
        case Paragraph(role=ParagraphRole.TEXT), Choice():
            return False
        case AnswerLine() | KeyResultLine() | Question() | Choice(), AnswerLine() | KeyResultLine():
            return False
        case AnswerLine() | KeyResultLine() | Question() | Choice(), Question() | Choice():
            return False
        case _:
            return True
