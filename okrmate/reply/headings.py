"""Headings people write over their numbers, and whether what stands below them is how things are."""

import re
from collections.abc import Collection
from itertools import pairwise

from okrmate.reply.folding import fold
from okrmate.reply.lexicon import WEEKDAYS, Lexicon

LONG = 12
"""Words of a heading with a colon at most; a longer line is a sentence that stands for itself."""
BRIEF = 5
"""Words of a heading without one."""
_MOOD = 4
"""Words of a heading that is a condition: "If all goes well:"."""
_DECORATION = " \t*_#=-–—>~|"
_GENITIVE = re.compile(r"\b([A-ZÀ-Þ][^\W\d_]+)(?:['\u2019]s\b|s['\u2019](?=\s))")
_GENITIVE_ALONE = re.compile(r"\b([A-ZÀ-Þ][^\W\d_]+?)s (?:Zahlen|Werte|Stand|Ergebnisse|cijfers|siffror)\b")
"""As German, Dutch and Swedish have it."""
_OF_NAME = re.compile(r"\b(?:of|by|from|via|von|de|do|da|di|del|van|från|av|par) ([A-ZÀ-Þ][a-zà-ÿ]+)\b")
"""As the other languages have it: "Les chiffres de Berta"."""
_NAME_ALONE = re.compile(
    r"((?:[^\W\d_]+ )?[A-ZÀ-Þ][a-zà-ÿ]+(?: (?:(?:&|and|und|et|y|e|en|och) )?[A-ZÀ-Þ][a-zà-ÿ]+)?) ?:"
)
"""A first name, with or without a surname or another's name, as all of a heading; "for" may stand before it."""
_ONE_NAME = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+ ?:?")
"""A word with a capital as all of a heading."""
_CLOCK_LAST = re.compile(r"[A-ZÀ-Þ][^\W\d_]+\b.*\d{1,2}[:.]\d{2}(?: ?[AaPp][Mm])?\]?$")
"""Who wrote when, as a chat shows it."""


def sets_apart(line: str, words: Lexicon, known: Collection[str] = ()) -> bool:
    """Whether a line is a heading over what was, may be, is wished for, or is somebody else's.

    It is judged by what it names, and not by its mood: a time that is not now, a kind of number (target, plan, guess,
    example), a person who is not `known` (names, folded). "Here they are, finally:" sets nothing apart. A question
    does if it asks of what stands below it: "Should I write it like this?".
    """
    low = fold(line).strip(_DECORATION)
    length = len(low.split())
    if low.endswith("?"):
        return length <= LONG and words.has("asks_whether", low)
    titled = low.endswith(":")
    if not 0 < length <= (LONG if titled else BRIEF) or low[-1] in ".!…":
        return False
    said = low.rstrip(" :")
    if (words.starts("conditional", said) >= 0 and length <= _MOOD) or words.ends("conditional", said) >= 0:
        return True
    if any(words.whole(name, said) for name in ("past", "past_time", "past_heading")):
        return True
    return (
        any(words.has(name, said) for name in ("not_so", "void"))
        or _names_another_time(said, words)
        or _is_anothers(line, words, known)
    )


def _names_another_time(said: str, words: Lexicon) -> bool:
    """Whether a month stands behind a word such as "for", or any day or season behind "by" at the beginning."""
    parts = said.split()
    days = ("month", "season", *(f"weekdays.{day}" for day in WEEKDAYS))
    if words.starts("by_when", said) >= 0 and any(words.whole(day, one.strip(",.:)")) for one in parts for day in days):
        return True
    return any(
        words.whole("toward", before) and words.whole("month", month.strip(",.:)")) for before, month in pairwise(parts)
    )


def _is_anothers(line: str, words: Lexicon, known: Collection[str]) -> bool:
    """Whether it names somebody who is not known as whose the numbers are, or who wrote them."""
    if words.has("told_by", fold(line)) or words.ends("forms.reported", fold(line).rstrip(" :")) >= 0:
        return True
    heading = line.strip(_DECORATION)
    if _ONE_NAME.fullmatch(heading):
        return not (_is_word(heading, words) or fold(heading).rstrip(" :") in known)
    if names_another(line, words, known):
        return True
    named = [fold(name) for pattern in (_GENITIVE, _GENITIVE_ALONE) for name in pattern.findall(line)]
    if fold(heading).endswith(":"):
        named += [name for name in map(fold, _OF_NAME.findall(line)) if not words.knows(name)]
    chat = _CLOCK_LAST.match(line.strip())
    named += [fold(chat[0]).split()[0]] if chat else []
    return any(name not in known and not _is_a_time(name, words) for name in named)


def names_another(heading: str, words: Lexicon, known: Collection[str]) -> bool:
    """Whether a name that is not known, and a colon, are all of it: "Anna:" in front of a value."""
    alone = _NAME_ALONE.fullmatch(heading.strip(_DECORATION))
    if not alone:
        return False
    parts = fold(alone[1]).split()
    if len(parts) > 1 and any(words.whole(name, parts[0]) for name in ("toward", "preposition")):
        parts = parts[1:]
    if any(words.has(name, " ".join(parts)) for name in ("filler", "greeting", "cheer", "lead")):
        return False
    return not any(part in known or _is_a_time(part, words) or words.whole("toward", part) for part in parts)


def _is_word(heading: str, words: Lexicon) -> bool:
    """Whether a heading of one word is one that the tables have, and so hardly a name: "Zahlen:", "Thanks"."""
    return words.knows(fold(heading).rstrip(" :"))


def _is_a_time(name: str, words: Lexicon) -> bool:
    """Whether it is no person: "Monday's numbers", "This week's numbers"."""
    days = ("month", *(f"weekdays.{day}" for day in WEEKDAYS))
    return any(words.whole(each, name) for each in days) or words.whole("no_name", name)
