"""The coach's lists of words, one file a language, and the language in which a title is written."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from okrmate.domain.people import LANGUAGES
from okrmate.domain.vocabulary import Vocabulary, vocabulary

_WORD = re.compile(r"[^\W\d_]+")


def words_for(title: str, language: str = "en") -> Vocabulary:
    """The words of the language whose small words the title has most of; the person's own where that is undecided.

    Somebody who gets German letters may well write a goal in English.
    """
    written = {word.lower() for word in _WORD.findall(title)}
    languages = (known_language(language), *LANGUAGES)
    return _vocabulary(max(languages, key=lambda each: len(written & _small_words(each))))


def known_language(language: str) -> str:
    """The language itself, or English where the coach does not speak it."""
    return language if language in LANGUAGES else LANGUAGES[0]


@cache
def _lists(language: str) -> Mapping[str, list[str]]:
    source = files("okrmate.services.coaching").joinpath(f"words_{language}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _small_words(language: str) -> frozenset[str]:
    return frozenset(_lists(language)["small"])


@cache
def _vocabulary(language: str) -> Vocabulary:
    return vocabulary(_lists(language))
