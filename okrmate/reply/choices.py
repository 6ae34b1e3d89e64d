"""Lettered choices: what those of an acknowledgement would do, and which one somebody's words choose."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from okrmate.domain.letters import Block, Choice, Paragraph, Question
from okrmate.frozen import Frozen, replace
from okrmate.reply.commands import without_manners
from okrmate.reply.context import Pending, ReplyContext
from okrmate.reply.folding import MAX_LINE, fold, squeezed
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.statements import Statement, StatementReader
from okrmate.reply.updates import Op, Update

_KR = re.compile(r"\s*\(KR ([0-9]{1,2}\.[0-9]{1,2})\)")
_QUOTED = re.compile(r"[\"“„«]([^\"”“»]{1,200})[\"”“»]")
_NUMBER_ALONE = re.compile(r"^\s*(?:kr ?)?[0-9]{1,2}(?=[\s:])", re.IGNORECASE)
_PARTS = re.compile(r"\s*(?:[,;&+/]|\band\b|\bund\b|(?<=\s)[–—-](?=\s))\s*")
_LETTER = re.compile(r"\s*\(?([a-zA-Z])\)?[.!]?\s*")
_LEAD = re.compile(r"\s*\(?([a-zA-Z])(?:[).:;,]|\s+[–—-])\s+(?=\S)")
_TICKS = frozenset({"x", "✓", "✔", "✅", "☑", "[x]", "👍", "<-", "<--", "<---", "←", "⬅"})
NAMING = 2
"""So many words of one choice, in its order, choose it."""
_CHOOSABLE = frozenset({Op.SET, Op.ADD, Op.DONE, Op.BLOCKED, Op.NOCHANGE})
_EFFECT = re.compile(r"(set|done|blocked|nochange):([0-9]{1,2}\.[0-9]{1,2}):(-?[0-9]{1,30}(?:\.[0-9]{1,30})?)?")
NOTHING = "nothing"
"""The id of a choice that leaves everything as it is."""


def choice_id(update: Update) -> str:
    """The id of the choice that makes `update`, so that it is known whatever words stand beside its letter."""
    return f"{update.op}:{update.kr}:{'' if update.value is None else format(update.value, 'f')}"


def effect_of(identifier: str) -> Update | None:
    """What a choice of ours makes, by its id; None for one of which only the words are known."""
    found = _EFFECT.fullmatch(identifier)
    if found is None:
        return None
    return Update(kr=found[2], op=Op(found[1]), value=Decimal(found[3]) if found[3] else None)


def pending_of(blocks: Sequence[Block], context: ReplyContext) -> tuple[Pending, ...]:
    """What the lettered choices of a letter would do, as far as their own words or the words asked about say it."""
    return tuple(_pending(blocks, StatementReader(context)))


def _pending(blocks: Sequence[Block], reader: StatementReader) -> Iterator[Pending]:
    asked, words, number = "", "", 0
    for block in blocks:
        match block:
            case Question(text=text) | Paragraph(text=text):
                line = next((each for each in reversed(text.splitlines()) if each.startswith("? ")), "")
                number += bool(line)
                found, quoted = _KR.search(line), _QUOTED.search(line)
                asked = found[1] if found else ""
                words = _NUMBER_ALONE.sub("", quoted[1]) if quoted else ""
            case Choice(letter=letter, text=text):
                named = _KR.search(text)
                kr = named[1] if named else asked
                update = effect_of(block.id)
                if update is None and block.id != NOTHING:
                    said = _KR.sub("", text).removeprefix("yes, ").removeprefix("ja, ")
                    update = _first(reader, said, kr) or (_first(reader, words, kr) if named else None)
                yield Pending(
                    kr=update.kr if update else kr,
                    choice=letter,
                    op=update.op if update else None,
                    value=update.value if update else None,
                    question=number,
                )
            case _:
                pass


def _first(reader: StatementReader, text: str, kr: str) -> Update | None:
    """What `text` says of `kr`, if it is one thing that can be chosen."""
    if not kr or not text.strip():
        return None
    said = [one for each in reader.read([Statement(text=text, about=kr)]) for one in each.outcomes]
    found = [one for one in said if isinstance(one, Update) and one.op in _CHOOSABLE and not one.note]
    return found[0] if len(found) == 1 == len(said) else None


def meant(context: ReplyContext, text: str, kr: str) -> Update | None:
    """What words say of a key result that they may not have named, where that is one thing that can be chosen."""
    said = _NUMBER_ALONE.sub("", text).strip(" \t:=;,")
    return _first(StatementReader(context), f"KR {kr}: {said}", kr) if said else None


def chosen(letters: Iterable[str], pending: Sequence[Pending]) -> tuple[Update, ...]:
    """The updates that the chosen letters make; a letter that says "not quite" makes none."""
    wanted = set(letters)
    return tuple(
        Update(kr=one.kr, op=one.op, value=one.value, words=one.choice)
        for one in pending
        if one.choice in wanted and one.op is not None
    )


def open_questions(context: ReplyContext, pending: Sequence[Pending], blocks: Sequence[Block]) -> ReplyContext:
    """`context` with these questions open; if all are about one key result, a bare value is about that."""
    refs = set(_asked_about(blocks)) or {one.kr for one in pending}
    return replace(context, pending=tuple(pending), asked=context.asked or (refs.pop() if len(refs) == 1 else ""))


def _asked_about(blocks: Sequence[Block]) -> Iterator[str]:
    """The key result of each open question of a letter, empty for one that names none."""
    for block in blocks:
        match block:
            case Question(text=text, about=about) if text.startswith("? "):
                yield about
            case Paragraph(text=text):
                for line in text.splitlines():
                    if line.startswith("? "):
                        found = _KR.search(line)
                        yield found[1] if found else ""
            case _:
                pass


class Chosen(Frozen):
    """The letters that a line chooses, and what else it says."""

    letters: tuple[str, ...] = ()
    rest: str = ""


def chosen_by(line: str, choices: Sequence[Choice], words: Lexicon) -> Chosen:
    """What a line chooses: letters beside one other part (`2, b`), a letter with its words, words of one choice only.

    A letter counts where a comma, a bracket or the like divides it from the words: "a 4" has an article.
    """
    known = {choice.letter for choice in choices}
    if not known or len(line) > MAX_LINE:
        return Chosen(rest=line)
    parts = _PARTS.split(line)
    others = [part for part in parts if not _LETTER.fullmatch(part)]
    letters = tuple(found[1].lower() for part in parts if (found := _LETTER.fullmatch(part)))
    if letters and set(letters) <= known and len(others) <= 1:
        rest = "".join(others)
        return Chosen(letters=letters, rest="" if words.whole("commands.polite", fold(rest).strip(" .!")) else rest)
    lead = _LEAD.match(line)
    if lead and lead[1].lower() in known:
        rest = line[lead.end() :].strip()
        whole = any(choice.letter == lead[1].lower() and squeezed(choice.text) == squeezed(rest) for choice in choices)
        return Chosen(letters=(lead[1].lower(),), rest="" if whole else rest)
    bare = squeezed(without_manners(fold(line), words))
    named = [choice.letter for choice in choices if f" {bare} " in f" {squeezed(choice.text)} "]
    if len(named) == 1 and len(bare.split()) >= NAMING:
        return Chosen(letters=(named[0],))
    return Chosen(rest=line)


def affirms(text: str, words: Lexicon) -> bool:
    """Whether words under a choice choose it: "yes", "yes please", a tick."""
    bare = without_manners(fold(text[:MAX_LINE]), words)
    said = bare in _TICKS or words.whole("commands.confirm", bare) or words.whole("commands.polite", bare)
    return len(text) <= MAX_LINE and said


def ticks(text: str, words: Lexicon) -> bool:
    """Whether it is a tick, such as "x" or "✓"."""
    return without_manners(fold(text[:MAX_LINE]), words) in _TICKS
