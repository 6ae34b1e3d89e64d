"""The word tables: one TOML file a language, read once, and for each locale the words in the order they count.

The person's own language decides first, then English, then the others: a word that an earlier language knows
keeps that meaning. Words that hold a change back (not, almost, if, more than …) always count in every language.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from types import MappingProxyType

from okrmate.frozen import Frozen

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "ja")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The lists of `weekdays` and `weekdays_short`."""
PROGRAMS = "programs"
"""The table of what mail programs write in further languages; no person's words are in it."""

CAUTIOUS = frozenset(
    {
        "negation",
        "almost",
        "future",
        "conditional",
        "past_time",
        "vague",
        "unblocked",
        "except",
        "retraction",
        "joke",
        "hesitation",
        "hedge",
        "not_so",
        "span",
        "told_by",
        "spent",
        "asks_whether",
        "toward",
        "void",
        "at_time",
        "season",
        "unsure",
        "part_of",
    }
)
"""Lists whose words count whatever the language: reading one too many asks, reading one too few guesses."""

ESSENTIAL = [
    "done",
    "achieved",
    "negation",
    "almost",
    "future",
    "conditional",
    "past",
    "past_time",
    "blocked",
    "unblocked",
    "unchanged",
    "still",
    "rest",
    "all",
    "confidence",
    "more",
    "another",
    "plus",
    "minus",
    "approximately",
    "vague",
    "or",
    "percent",
    "points",
    "half",
    "and_half",
    "lead",
    "tail",
    "retraction",
    "joke",
    "hesitation",
    "not_so",
    "span",
    "told_by",
    "toward",
    "void",
    "pointing",
    "you",
    "season",
    "unsure",
]
"""The lists without which a language cannot be read safely; a test holds every language to them."""

BEGINNING = 2
"""Characters by which the phrases that a text may begin with are found."""

ENDING = 3
"""Characters by which the phrases that a text may end with are found; of "wrote:" the last alone says nothing."""

TEN = 10
TENS = range(20, 100, TEN)
"""What units are added to in one word: "siebenundvierzig"."""

_NOT_SPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


class _Phrase(Frozen, kw_only=False):
    """A phrase and whether it must be whole words; languages without blanks match anywhere."""

    text: str
    bound_left: bool
    bound_right: bool

    def first_in(self, low: str, at: int, end: int) -> int:
        """Where from `at` on the phrase stands first as whole words and begins before `end`; -1 where nowhere."""
        place = low.find(self.text, at)
        while 0 <= place < end and not self.is_whole(low, place):
            place = low.find(self.text, place + 1)
        return place if place < end else -1

    def is_whole(self, low: str, at: int) -> bool:
        """Whether the phrase, which stands at `at`, stands there as whole words."""
        if self.bound_left and at and low[at - 1].isalpha():
            return False
        end = at + len(self.text)
        return not (self.bound_right and end < len(low) and (low[end].isalnum() or low[end] == "_"))


def _phrase(words: str) -> _Phrase:
    spaced = not _NOT_SPACED.search(words)
    return _Phrase(words, spaced and words[0].isalnum(), spaced and words[-1].isalnum())


class _List:
    """The phrases of a list, longest first, where a look for them needs them: by first and by last characters."""

    def __init__(self, words: Iterable[str]) -> None:
        self.phrases = [_phrase(text) for text in sorted(words, key=len, reverse=True)]
        self.texts = frozenset(phrase.text for phrase in self.phrases)
        self.by_first: dict[str, list[_Phrase]] = {}
        self.by_last: dict[str, list[_Phrase]] = {}
        for phrase in self.phrases:
            self.by_first.setdefault(phrase.text[:BEGINNING], []).append(phrase)
            self.by_last.setdefault(phrase.text[-ENDING:], []).append(phrase)
        for first in [key for key in self.by_first if len(key) == BEGINNING]:
            self.by_first[first] += self.by_first.get(first[0], [])  # where none of these stands one character may


@cache
def table(language: str) -> Mapping[str, object]:
    """The word table of one language as its file has it."""
    source = files("okrmate.reply.languages").joinpath(f"{language}.toml")
    return MappingProxyType(tomllib.loads(source.read_text(encoding="utf-8")))


def _lists(language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every list of a language under its name; those of a section as `section.name`."""
    for name, content in table(language).items():
        match content:
            case list():
                yield name, tuple(str(word) for word in content)
            case dict() if name not in {"numbers", "labels"}:
                for inner, words in content.items():
                    if isinstance(words, list):
                        yield f"{name}.{inner}", tuple(str(word) for word in words)
            case _:
                pass


def _numbers(language: str) -> Iterator[tuple[str, object]]:
    """The number words of a language, and those from 21 to 99 that it makes of two in one word."""
    known = _section(language, "numbers")
    yield from known.items()
    patterns = table(language).get("compounds", ())
    units = [(word, value) for word, value in known.items() if isinstance(value, int) and 0 < value < TEN]
    tens = [(word, value) for word, value in known.items() if isinstance(value, int) and value in TENS]
    for pattern in patterns if isinstance(patterns, list) else ():
        yield from (
            (str(pattern).format(unit=unit, ten=ten), more + many) for unit, more in units for ten, many in tens
        )


def _section(language: str, name: str) -> dict[str, object]:
    """A section of a language's table, empty where it has none."""
    content = table(language).get(name)
    return content if isinstance(content, dict) else {}


class _Lists(dict[str, _List]):
    """The lists of a lexicon by name, each made ready when it is first asked for."""

    def __init__(self, words: "Lexicon") -> None:
        super().__init__()
        self._of = words

    def __missing__(self, name: str) -> _List:
        self[name] = _List(self._of.numbers if name == "numbers" else self._of.words(name))
        return self[name]


class Lexicon:
    """The words of all languages in the order of one locale; every look-up is by the name of a list."""

    def __init__(self, order: tuple[str, ...]) -> None:
        """Collect the lists; each is indexed when it is first asked for."""
        self.order = order
        self._words: dict[str, tuple[str, ...]] = {}
        self._lists = _Lists(self)
        self.numbers: Mapping[str, Decimal] = MappingProxyType(self._collect())

    def _collect(self) -> dict[str, Decimal]:
        """Merge the languages; returns the number words."""
        owner: dict[str, str] = {}
        merged: dict[str, list[str]] = {}
        numbers: dict[str, Decimal] = {}
        for language in (*self.order, PROGRAMS):
            for name, words in _lists(language):
                free = [
                    word for word in words if "." in name or name in CAUTIOUS or owner.get(word, language) == language
                ]
                merged.setdefault(name, []).extend(free)
            for word, value in _numbers(language):
                if owner.get(word, language) == language:
                    numbers.setdefault(word, Decimal(str(value)))
                    owner[word] = language
            for name, words in _lists(language):
                if "." not in name:
                    owner.update({word: language for word in words if word not in owner})
        self._words = {name: tuple(dict.fromkeys(words)) for name, words in merged.items()}
        return numbers

    def words(self, name: str) -> tuple[str, ...]:
        """The phrases of a list."""
        return self._words.get(name, ())

    def starts(self, name: str, low: str, at: int = 0) -> int:
        """Where the longest phrase of the list that begins at `at` ends, or -1."""
        by_first = self._lists[name].by_first
        for phrase in by_first.get(low[at : at + BEGINNING]) or by_first.get(low[at : at + 1]) or ():
            if low.startswith(phrase.text, at) and phrase.is_whole(low, at):
                return at + len(phrase.text)
        return -1

    def find(self, name: str, low: str, at: int = 0) -> tuple[int, int] | None:
        """Where the first phrase of the list from `at` on begins and ends; of those that begin there the longest."""
        found: tuple[int, int] | None = None
        for phrase in self._lists[name].phrases:
            place = phrase.first_in(low, at, found[0] if found else len(low)) if phrase.text in low else -1
            found = (place, place + len(phrase.text)) if place >= 0 else found
        return found

    def ends(self, name: str, low: str) -> int:
        """Where the longest phrase of the list with which `low` ends begins, or -1."""
        by_last = self._lists[name].by_last
        for length in range(ENDING, 0, -1):  # the shortest phrases stand under all they have
            for phrase in by_last.get(low[-length:], ()):
                begin = len(low) - len(phrase.text)
                if low.endswith(phrase.text) and phrase.is_whole(low, begin):
                    return begin
        return -1

    def may_have(self, name: str, low: str) -> bool:
        """Whether the characters of a phrase of the list stand anywhere, be it in the middle of a word."""
        return any(text in low for text in self._lists[name].texts)

    def has(self, name: str, low: str, at: int = 0) -> bool:
        """Whether a phrase of the list stands anywhere from `at` on."""
        for phrase in self._lists[name].phrases:  # most often none does: a loop is faster than a generator
            if phrase.text in low and phrase.first_in(low, at, len(low)) >= 0:
                return True
        return False

    def count(self, name: str, low: str) -> int:
        """How many different phrases of the list stand in it."""
        there = [phrase for phrase in self._lists[name].phrases if phrase.text in low]
        return sum(phrase.first_in(low, 0, len(low)) >= 0 for phrase in there)

    def whole(self, name: str, low: str) -> bool:
        """Whether `low` is a phrase of the list and nothing else."""
        return low in self._lists[name].texts

    def knows(self, word: str) -> bool:
        """Whether a word stands in any phrase of any list."""
        return word in self._vocabulary

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(word for phrases in self._words.values() for phrase in phrases for word in phrase.split())

    @cached_property
    def powers(self) -> Mapping[str, Decimal]:
        """The words for hundreds and thousands of the person's language, longest first, and the English ones."""
        found = _section("en", "powers") | _section(self.order[0], "powers")
        longest_first = sorted(found, key=len, reverse=True)
        return MappingProxyType({word: Decimal(str(found[word])) for word in longest_first})

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The labels of our letters' answer lines, folded, each with its block's id, in every language."""
        return {
            str(label).lower(): block
            for language in self.order
            for block, label in _section(language, "labels").items()
        }


@lru_cache(maxsize=256)
def language_of(locale: str) -> str:
    """The language of a locale such as `de-CH`; empty where the tables do not have it."""
    language = locale.replace("_", "-").split("-")[0].lower()
    return language if language in LANGUAGES else ""


@cache
def _lexicon(language: str) -> Lexicon:
    return Lexicon(tuple(dict.fromkeys(name for name in (language, *LANGUAGES) if name)))


def lexicon(locale: str) -> Lexicon:
    """The words in the order they count for somebody of this locale; an unknown one reads as English first."""
    return _lexicon(language_of(locale))
