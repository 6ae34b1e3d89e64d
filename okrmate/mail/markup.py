"""The source of a letter, small Markdown with one mark a line, read into blocks; and values kept from becoming marks.

A blank line ends a paragraph; every other line break is kept. The first paragraph of a letter with a marker is its
question. Marks, one a line (what is written in capitals is replaced):

    ## TEXT                            heading
    ::marker NAME                      where to write; the words of NAME stand in the language's words.toml
    ::answer ID | LABEL                answer line
    ::kr REF [shown]                   a key result, with its answer line unless only shown
    ::question ID [kr REF] | TEXT      a question; it has an answer line where the letter has a marker, unless it is
                                       "first" or has choices under it
    ::choice ID | TEXT                 a lettered answer; the letters run on through the letter
    ::items NAME                       a numbered list
    ::hint TEXT                        how to answer what stands directly above
    ::own TEXT                         her own line; without text it leaves no trace
    ::signature TEXT  ::footer TEXT    the end
"""

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from types import MappingProxyType
from typing import TypeVar

from okrmate.domain.letters import (
    FIRST,
    AnswerLine,
    Block,
    Choice,
    Heading,
    Items,
    KeyResultLine,
    Marker,
    Paragraph,
    ParagraphRole,
    Question,
)
from okrmate.frozen import Frozen, field, replace

CHOICE_WIDTH = 56
"""Characters of a choice's text: with its letter a line of at most 60 (design "Form")."""

_BREAKS = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSEEN = re.compile(r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_ESCAPES = str.maketrans(
    {
        # What stays as it is is named too: each character that a table lacks costs an exception inside `translate`.
        **{chr(code): chr(code) for code in range(256)},
        **{sign: f"\\{sign}" for sign in string.punctuation},
    }
)
_QUESTION = re.compile(r"(?P<id>\S+)(?: kr (?P<about>\S+))?")
Found = TypeVar("Found")

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_ROLES = MappingProxyType({role.value: role for role in ParagraphRole if role is not ParagraphRole.TEXT})


class MarkupError(ValueError):
    """A source that cannot be read; the message names the line."""


class References(Frozen):
    """What the marks of one letter refer to: marker lines, key results and lists by name, and `Answer {number}`.

    `plain` turns a piece of inline Markdown into the text a person reads.
    """

    plain: Callable[[str], str]
    markers: Mapping[str, str] = field(default_factory=dict)
    answer: str = "{number}"
    key_results: Mapping[str, KeyResultLine] = field(default_factory=dict)
    lists: Mapping[str, Items] = field(default_factory=dict)


class _Piece(Frozen):
    """A mark with what stands behind it, or a paragraph (`mark` empty)."""

    mark: str
    text: str


def clean(value: str) -> str:
    """A value as one line: line breaks and controls become a space, what turns or hides text goes."""
    return _one_line(value).strip()


def escape(value: str) -> str:
    """A value as Markdown that reads as exactly this text, on one line (CommonMark 2.4, backslash escapes)."""
    return _one_line(value).translate(_ESCAPES)


def _one_line(value: str) -> str:
    if value.isprintable() and "  " not in value:  # nothing of what follows is in it
        return value
    return _SURROGATES.sub("\ufffd", _UNSEEN.sub("", _BREAKS.sub(" ", value)))


def shorten(value: str, width: int) -> str:
    """A value of at most `width` characters, cut between words where it can be, with an ellipsis where it was cut."""
    shown = clean(value)
    if len(shown) <= width:
        return shown
    head = shown[: width - 1]
    words, gap, _ = head.rpartition(" ")
    return f"{(words if gap and len(words) * 2 > width else head).rstrip(' ,;:.-')}…"


def letter(position: int) -> str:
    """The letter of the choice at `position`, counted from 0: a to z, then aa, ab and so on."""
    rounds, place = divmod(position, len(_ALPHABET))
    return (letter(rounds - 1) if rounds else "") + _ALPHABET[place]


def parse(source: str, references: References) -> tuple[Block, ...]:
    """The blocks of a letter, or `MarkupError` naming the line that is no mark, or refers to nothing."""
    pieces = tuple(_pieces(source))
    if not pieces:
        raise MarkupError("it is empty.")
    following = (*(piece.mark for piece in pieces[1:]), "")
    answers, choices = count(1), count()
    written_in = any(piece.mark == "marker" for piece in pieces)
    blocks: list[Block] = []
    for piece, after in zip(pieces, following, strict=True):
        block = _block(piece, references)
        match block:
            case Question(id=question_id) if written_in and question_id != FIRST and after != "choice":
                block = replace(block, label=references.answer.format(number=next(answers)))
            case Choice():
                block = replace(block, letter=letter(next(choices)))
            case _:
                pass
        if block is not None:
            blocks.append(block)
    return _with_question(blocks)


def _with_question(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same, the first paragraph as the letter's question where a marker says that something is asked."""
    match blocks:
        case [Paragraph(text=text, role=ParagraphRole.TEXT), *rest] if any(isinstance(block, Marker) for block in rest):
            return (Question(id=FIRST, text=text), *rest)
        case _:
            return tuple(blocks)


def _pieces(source: str) -> Iterator[_Piece]:
    """Marks, headings and paragraphs in their order."""
    paragraph: list[str] = []
    for raw in (*source.split("\n"), ""):
        line = raw.strip(" \t\r")
        is_mark = line.startswith(("::", "## "))
        if paragraph and (is_mark or not line):
            yield _Piece(mark="", text="\n".join(paragraph))
            paragraph.clear()
        if is_mark:
            mark, _, text = line.partition(" ")
            yield _Piece(mark=mark.removeprefix("::"), text=text.strip())
        elif line:
            paragraph.append(line)


def _block(piece: _Piece, references: References) -> Block | None:
    """The block of one piece, without its number or letter; None where it has nothing to say."""
    plain = references.plain
    match piece.mark:
        case "":
            return Paragraph(text="\n".join(plain(line) for line in piece.text.split("\n")))
        case "##":
            return Heading(text=plain(piece.text))
        case "marker":
            return Marker(text=_found(references.markers, piece, piece.text))
        case "kr":
            return _key_result(piece, references)
        case "items":
            found = _found(references.lists, piece, plain(piece.text))
            return Items(items=tuple(replace(item, text=clean(item.text)) for item in found.items))
        case "answer":
            answer_id, label = _split(piece)
            return AnswerLine(id=plain(answer_id), label=plain(label))
        case "choice":
            choice_id, text = _split(piece)
            return Choice(id=plain(choice_id), letter="", text=shorten(plain(text), CHOICE_WIDTH))
        case "question":
            return _question(piece, references)
        case mark if mark in _ROLES:
            return Paragraph(text=plain(piece.text), role=_ROLES[mark]) if piece.text else None
        case mark:
            message = f"“::{mark}” is no mark of a letter."
            raise MarkupError(message)


def _key_result(piece: _Piece, references: References) -> KeyResultLine:
    ref, _, rest = piece.text.partition(" ")
    found = _found(references.key_results, piece, references.plain(ref))
    return replace(found, display=clean(found.display), shown=found.shown or rest.strip() == "shown")


def _question(piece: _Piece, references: References) -> Question:
    head, text = _split(piece)
    read = _QUESTION.fullmatch(head)
    if read is None:
        message = f"“::question {piece.text}” needs an id, and may name a key result: “::question ID kr 1.1 | text”."
        raise MarkupError(message)
    plain = references.plain
    return Question(id=plain(read["id"]), text=plain(text), about=plain(read["about"] or ""))


def _split(piece: _Piece) -> tuple[str, str]:
    """What stands before and behind the bar; a bar inside a value is escaped and does not count."""
    head, bar, text = piece.text.partition(" | ")
    if not bar or not head.strip() or not text.strip():
        message = f"“::{piece.mark} {piece.text}” needs a name, a bar and a text: “::{piece.mark} NAME | text”."
        raise MarkupError(message)
    return head.strip(), text.strip()


def _found(known: Mapping[str, Found], piece: _Piece, name: str) -> Found:
    if name not in known:
        message = f"“::{piece.mark} {piece.text}” names nothing that this letter has."
        raise MarkupError(message)
    return known[name]
