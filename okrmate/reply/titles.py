"""Knowing a key result by the words of its title: singular or plural, in any order, and only if exactly one fits."""

import re
from collections.abc import Iterable
from functools import lru_cache

from okrmate.domain.metrics import MetricKind
from okrmate.frozen import Frozen
from okrmate.reply.context import KeyResultContext
from okrmate.reply.folding import fold, skip
from okrmate.reply.lexicon import Lexicon

STUMP = 3
"""Letters of a word that is short for another."""

_VOWELS = re.compile("[aeiou]")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
LONG = 5
"""Words no longer than this keep their ending, but for an s: it is part of the word."""
SHORT = 3


def stem(word: str) -> str:
    """A word without the endings of its plural; a stem is its own stem."""
    if word.endswith("ies") and len(word) > LONG:
        return stem(word[:-3] + "y")
    if len(word) > LONG:
        ending = next((each for each in ("en", "er", "es", "s", "n", "e") if word.endswith(each)), "")
        return stem(word.removesuffix(ending)) if ending else word
    return word[:-1] if word.endswith("s") and len(word) > SHORT else word


@lru_cache(maxsize=512)
def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in WORD.findall(fold(text)) if not word.isdigit())


@lru_cache(maxsize=512)
def title_words(title: str) -> frozenset[str]:
    """The words of a title, folded."""
    return frozenset(WORD.findall(fold(title)))


def stems_of(kr: KeyResultContext) -> frozenset[str]:
    """The stems of a key result's title, unit and measure."""
    return _stems(kr.title) | _stems(kr.unit) | _stems(kr.measure)


class TitleMatch(Frozen):
    """The words from `start` to `end` of a sentence name this key result alone; `content` counts those that matter."""

    kr: KeyResultContext
    start: int
    end: int
    content: int


def leading_title(low: str, start: int, key_results: Iterable[KeyResultContext], words: Lexicon) -> TitleMatch | None:
    """The key result that the words at `start` name; every word up to the first foreign one must be in its title."""
    candidates = [(kr, _stems(kr.title)) for kr in key_results]
    content, end, seen = 0, start, start
    for found in WORD.finditer(low, start):
        word, between = found.group(), low[seen : found.start()]
        if between.strip(" \"'/,") not in {"", "-"} or (between.strip() == "-" and between != "-"):
            break
        seen = found.end()
        if words.whole("stop_words", word):
            continue
        left = [(kr, stems) for kr, stems in candidates if stem(word) in stems and not word.isdigit()]
        if not left:
            break
        candidates, content, end = left, content + 1, found.end()
    if not content or len(candidates) != 1:
        return None
    return TitleMatch(kr=candidates[0][0], start=start, end=end, content=content)


def skip_own_words(low: str, at: int, kr: KeyResultContext, words: Lexicon) -> tuple[int, bool]:
    """Past the words behind an amount that only repeat unit, title or "people", and whether there were any."""
    own, end, counted = stems_of(kr), at, False
    while True:
        gap = skip(low, end, " -" if counted else " ")
        people = words.starts("people", low, gap)
        if people >= 0:
            end, counted = people, True
            continue
        found = WORD.match(low, gap)
        if found and not counted and abbreviates(found.group(), kr.unit.lower()):
            end, counted = found.end(), True
            continue
        while found and words.whole("stop_words", found.group()):
            found = WORD.match(low, found.end() + 1)
        if not found or stem(found.group()) not in own or found.group().isdigit():
            return end, counted
        if not counted and _is_of_others(found.group(), kr, words):
            return end, counted
        end, counted = found.end(), True


def _is_of_others(word: str, kr: KeyResultContext, words: Lexicon) -> bool:
    """Whether a plural is that of others than who is counted: "readers" of "Chapters rewritten after reader feedback".

    What is counted has a unit, and they stand in the title only behind "after", "who" and the like.
    """
    if kr.kind is not MetricKind.COUNT or not kr.unit or not word.endswith("s"):
        return False
    title = fold(kr.title)
    turn = words.find("behind_the_counted", title)
    head = title[: turn[0]] if turn else title
    return turn is not None and stem(word) not in _stems(head) | _stems(kr.unit)


def abbreviates(word: str, unit: str) -> bool:
    """Whether a word is short for the unit: `h`, `min` and `mins`, `hrs`."""
    stump = word.removesuffix("s")
    begins = len(stump) >= STUMP and unit.startswith(stump)
    return word == unit[:1] or begins or word == unit[:1] + _VOWELS.sub("", unit[1:])
