"""Choices named by their place among the others ("the first one", "neither"), and letters that are doubted beside."""

import re
from collections.abc import Sequence

from okrmate.reply.commands import without_manners
from okrmate.reply.context import Pending
from okrmate.reply.folding import MAX_LINE, fold
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.retractions import BRIEF, in_the_same_line

PLACES = ("first", "second", "third", "last")
_EDGES = " \t.,;:!\"'()–—-"
_ASIDE = re.compile(r"[,;:(]|\s[–—-]\s|\.\s")
_NUMBER = re.compile(r"[0-9]")
_PAIR = 2


def placed(line: str, pending: Sequence[Pending], words: Lexicon) -> tuple[str, str]:
    """The letter of the choice that a line names by its place, and the words behind it; both empty where none.

    Only among the choices of one question: with two "the first" may be a question.
    """
    offered = [one.choice for one in pending if one.choice]
    if not offered or len(line) > MAX_LINE or len({one.question for one in pending if one.choice}) > 1:
        return "", ""
    pause = _ASIDE.search(line)
    said = affirmed(without_manners(fold(line[: pause.start()] if pause else line), words), words)
    picked = words.starts("commands.pick", said)
    for bare in dict.fromkeys((said, said[max(picked, 0) :].strip(_EDGES))):
        for at, name in enumerate(PLACES):
            if words.whole(f"choosing.{name}", bare):
                place = len(offered) - 1 if name == "last" else at
                return (
                    (offered[place], line[pause.end() :].strip() if pause else "") if place < len(offered) else ("", "")
                )
    return "", ""


def affirmed(low: str, words: Lexicon) -> str:
    """Words without the "is right" or "it is" behind what they name."""
    low = low.strip(_EDGES)
    begin = words.ends("choosing.right", low)
    return low[:begin].strip(_EDGES) if begin > 0 else low


def behind_neither(line: str, words: Lexicon) -> str | None:
    """What follows "neither" in a line, empty where nothing does; None where the line does not begin so."""
    low = fold(line[:MAX_LINE])
    begin = len(low) - len(low.lstrip(_EDGES))
    end = words.starts("choosing.neither", low, begin)
    return None if end < 0 else line[end:].strip(_EDGES)


def says_both(line: str, words: Lexicon) -> bool:
    """Whether a line chooses all that is offered, which it cannot."""
    return words.whole("choosing.both", without_manners(fold(line[:MAX_LINE]), words).strip(_EDGES))


def doubts(words_beside: str, words: Lexicon) -> bool:
    """Whether the words beside a letter doubt it: another number, "I think", "if it counts"."""
    low = fold(words_beside[:MAX_LINE])
    if any(words.has(name, low) for name in ("conditional", "vague")) or in_the_same_line(low, words):
        return True
    numbered = _NUMBER.search(low) or words.has("numbers", low)
    return bool(numbered) and (len(low.split()) <= BRIEF or words.starts("hesitation", low) >= 0)
