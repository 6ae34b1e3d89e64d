"""What the coach says of each finding and of what is good, from one file a language."""

import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files

from okrmate.domain.coach import FindingName
from okrmate.domain.praise import Good
from okrmate.frozen import Frozen
from okrmate.services.coaching.words import known_language


class Further(StrEnum):
    """The questions that belong to no finding."""

    STRETCH = "stretch"
    NO_KEY_RESULTS = "no_key_results"
    PROSE = "prose"


class FindingText(Frozen):
    """A finding in words: its name, the principle, why it matters, one question, and a weak line made strong."""

    name: str
    principle: str
    why: str
    question: str
    weak: str
    strong: str


def text_of(name: FindingName, language: str = "en") -> FindingText:
    """The words of a finding in the language; in English where the coach does not speak it."""
    return FindingText(**_texts(known_language(language))[name])


def good_text(good: Good, language: str = "en") -> str:
    """The good thing as the rest of a sentence that begins with "Good:"."""
    return _texts(known_language(language))["good"][good.name].format(words=good.words)


def further_question(which: Further, language: str = "en") -> str:
    """A question that belongs to no finding."""
    return _texts(known_language(language))["further"][which]


@cache
def _texts(language: str) -> Mapping[str, Mapping[str, str]]:
    source = files("okrmate.services.coaching").joinpath(f"texts_{language}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
