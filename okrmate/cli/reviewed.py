"""A mail in review as text and as JSON: its words with those marked that something rests on, and what they mean."""

from collections.abc import Iterator

from okrmate.cli.printing import safe
from okrmate.domain.errors import UsageError
from okrmate.reply.updates import Problem
from okrmate.services.incoming.meanings import Mark, Meaning
from okrmate.services.incoming.side_by_side import Row, Script, SideBySide

MARKED = (Script.UNDERSTOOD, Script.UNCLEAR)
SAID = {Mark.ASKED: "unclear", Mark.KEPT: "kept", Mark.PROPOSED: "would be taken"}
"""What became of words, where that is said in other words than the mark's own."""


def open_line(side: SideBySide, number: int) -> Problem:
    """The open line under this number, which counts from 1; `UsageError` where there is none."""
    if not 1 <= number <= len(side.open):
        raise UsageError(f"That mail has no open line {number}; `okrmate inbox show` numbers those that wait.")
    return side.open[number - 1]


def review_lines(side: SideBySide) -> Iterator[str]:
    """The mail line by line, words that something rests on between « and », and below each line what it means."""
    for row in side.rows:
        if row.folded:
            yield f"  {safe(row.words)} ({row.folded} quoted)"
            continue
        if row.pieces:
            yield "  " + "".join(f"«{safe(said)}»" if script in MARKED else safe(said) for said, script in row.pieces)
        yield from (f"      {safe(_sentence(side, meaning))}" for meaning in row.meanings)
    if side.more:
        yield f"  and {side.more} more lines"


def _sentence(side: SideBySide, meaning: Meaning) -> str:
    name = f"{meaning.title} (KR {meaning.ref})" if meaning.ref else meaning.title
    number, told = _number(side, meaning), _told(meaning)
    head = f"{number}. " if number else ""
    return f"{head}{SAID.get(meaning.mark, str(meaning.mark))}: {name}{f': {told}' if told else ''}"


def _told(meaning: Meaning) -> str:
    """Old and new value, or what is asked and what was read so far."""
    if meaning.mark is Mark.ASKED:
        return f"{meaning.about} (read as {meaning.new})" if meaning.new else meaning.about
    arrow = f"{meaning.old} → " if meaning.old and meaning.old != meaning.new else ""
    apart = "" if not meaning.new or meaning.about.startswith(",") else " "
    return f"{arrow}{meaning.new}{apart}{meaning.about}".strip()


def _number(side: SideBySide, meaning: Meaning) -> int | None:
    """The number of an open line, from 1; None for what is not open."""
    return side.open.index(meaning.problem) + 1 if meaning.problem in side.open else None


def operations(side: SideBySide) -> list[dict[str, object]]:
    """Each thing some words mean: the line, where in it the words stand (`[start, end]` in characters), old and new."""
    return [
        {
            "line": row.words,
            "marks": _spans(row),
            "mark": str(meaning.mark),
            "title": meaning.title,
            "kr": meaning.ref or None,
            "old": meaning.old or None,
            "new": meaning.new or None,
            "about": meaning.about or None,
            "open": _number(side, meaning),
        }
        for row in side.rows
        for meaning in row.meanings
    ]


def _spans(row: Row) -> list[list[int]]:
    """Where marked words begin and end in the line."""
    spans, at = [], 0
    for piece, script in row.pieces:
        if script in MARKED:
            spans.append([at, at + len(piece)])
        at += len(piece)
    return spans
