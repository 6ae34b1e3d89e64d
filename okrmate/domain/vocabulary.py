"""Lists of words in one language, given as data, and where they stand in a title."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from okrmate.frozen import Frozen

_NOWHERE = re.compile(r"(?!)")
_HYPHENED = re.compile(r"-\w")
_ANY_DATE = (
    r"(?:19|20)\d\d-\d\d-\d\d",
    r"\d{1,2}\.\s?\d{1,2}\.(?:\s?(?:20)?\d\d)?",
    r"\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?",
    r"[qh][1-4]",
    r"kw ?\d{1,2}",
    r"(?:19|20)\d\d",
)
"""Dates that are written alike in every language; `q3` is a quarter, `h1` half a year, `kw 12` a week."""


class Passage(Frozen):
    """Words as they stand in a title, and the place of their first character."""

    text: str
    begin: int


def lowered(title: str) -> str:
    """The title in small letters, each in its place."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in title)


class Vocabulary(Frozen):
    """Patterns by the name of their list; a list that a language lacks finds nothing.

    A word of a list is whole words in small letters; `*` stands for any letters: `improv*`, `*anfragen`.
    """

    patterns: Mapping[str, re.Pattern[str]]

    def find(self, name: str, low: str, at: int = 0) -> tuple[int, int] | None:
        """Where the first words of the list from `at` on begin and end; what stands in `not_NAME` is none of them."""
        return next(self.each(name, low, at), None)

    def each(self, name: str, low: str, at: int = 0) -> Iterator[tuple[int, int]]:
        """Where all words of the list stand."""
        for found in self._pattern(name).finditer(low, at):
            if not self._excluded(name, found):
                yield found.span()

    def starts(self, name: str, low: str, at: int = 0) -> int:
        """Where the words of the list that begin at `at` end, or -1; the first half of "write-up" is none of them."""
        found = self._pattern(name).match(low, at)
        if not found or _HYPHENED.match(low, found.end()) or self._excluded(name, found):
            return -1
        return found.end()

    def _excluded(self, name: str, found: re.Match[str]) -> bool:
        return bool(self._pattern(f"not_{name}").fullmatch(found[0]))

    def _pattern(self, name: str) -> re.Pattern[str]:
        return self.patterns.get(name, _NOWHERE)

    def without(self, name: str, low: str) -> str:
        """The text with blanks where words of the list stand, so that all else keeps its place."""
        return self._pattern(name).sub(lambda found: " " * len(found[0]), low)


def vocabulary(lists: Mapping[str, Sequence[str]]) -> Vocabulary:
    """The patterns of these lists.

    A date is made of `date` (whole phrases), `month` (and `unclear_month`, which only a number beside it tells from a
    verb), `before_date` (by the end of, im), and `within` with a number and a `span` (in three months).
    """
    patterns = {name: re.compile(_whole(_any(words))) for name, words in lists.items() if words}
    days = [_any(lists.get("date", ())), *_ANY_DATE]
    month = _any(lists.get("month", ()))
    days.append(rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s)?(?:of\s)?{month}(?:\s\d{{1,2}}(?:st|nd|rd|th)?\b(?!%))?")
    unclear = _any(lists.get("unclear_month", ()))
    days.append(rf"\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:of\s)?{unclear}|{unclear}\s\d+(?:st|nd|rd|th)?")
    number = rf"(?:\d+|an?|eine[mnrs]?|{_any(lists.get('number', ()))})"
    days.append(rf"{_any(lists.get('within', ()))}\s{number}\s{_any(lists.get('span', ()))}")
    day = f"(?:{'|'.join(days)})"
    before = _any(lists.get("before_date", ()))
    patterns["date"] = re.compile(_whole(rf"(?:{before}[\s-]){{0,3}}{day}(?:,?\s(?:{before}[\s-]){{0,3}}{day}){{0,2}}"))
    return Vocabulary(patterns=MappingProxyType(patterns))


def _any(words: Sequence[str]) -> str:
    """Any of the words, the longest first; nothing where there are none."""
    ordered = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(_one(word) for word in ordered)})" if ordered else "(?!)"


def _one(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


def _whole(pattern: str) -> str:
    return rf"(?:(?<!\w)|(?=,)){pattern}(?!\w)"
