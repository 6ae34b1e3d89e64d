"""Number words beyond a hundred, in words of their own or in one: "two hundred and ten", "zweitausendfünfhundert"."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from okrmate.reply.lexicon import Lexicon

HUNDRED = 100
THOUSAND = 1000
_TEN = 10
_TWENTY = 20

_TO_UNIT = re.compile(r"[- ](?:(?:y|e|et) )?")
_TO_REST = re.compile(r"[- ](?:(?:and|und|y|e|et|en|och) )?")
_LONGEST = 40
"""Characters in which the power of a number that is one word must stand."""


def spelled(low: str, at: int, words: Lexicon) -> tuple[Decimal | None, int] | None:
    """The number that the words from `at` of folded text on make, and where it ends; None where none begins there.

    Its value is None where hundreds and thousands stand in no order: "six thousand thousand".
    """
    found = _word(low, at, words)
    if found is None:
        return None
    (value, end), whole, group = found, Decimal(0), Decimal(0)
    while True:
        if value == THOUSAND:
            if whole:
                return None, end
            whole, group = max(group, Decimal(1)) * THOUSAND, Decimal(0)
        elif value == HUNDRED and group:
            group *= HUNDRED
        else:
            group += value
        further = _further(low, end, group if group or not whole else whole, words)
        if further is None:
            return whole + group, end
        value, end = further


def _further(low: str, end: int, known: Decimal, words: Lexicon) -> tuple[Decimal, int] | None:
    """The next word of the same number and where it ends, behind what makes `known` so far."""
    round_one = known >= HUNDRED and known % HUNDRED == 0
    joint = (_TO_REST if round_one else _TO_UNIT).match(low, end)
    found = _word(low, joint.end(), words) if joint else None
    if not found or not joint:
        return None
    value, _ = found
    tens = known % HUNDRED
    multiplies = value == THOUSAND or (value == HUNDRED and known < HUNDRED)
    adds = (round_one and value < known and value % THOUSAND < HUNDRED) or (
        tens >= _TWENTY and tens % _TEN == 0 and 0 < value < _TEN
    )
    hundreds = known >= THOUSAND and known % THOUSAND == 0 and value % HUNDRED == 0 and value < THOUSAND
    joined = joint.group().strip(" -")
    return found if adds or hundreds or (multiplies and known > 0 and not joined) else None


def _word(low: str, at: int, words: Lexicon) -> tuple[Decimal, int] | None:
    """The value of the number word that begins at `at`, and where it ends."""
    end = words.starts("numbers", low, at)
    if end >= 0:
        return words.numbers[low[at:end]], end
    near = low[at : at + _LONGEST]
    if not any(power in near for power in words.powers):
        return None
    found = next((word for word in words.powers if low.startswith(word, at) and _ends(low, at + len(word))), "")
    return (words.powers[found], at + len(found)) if found else _glued(low, at, words)


def _ends(low: str, at: int) -> bool:
    return not low[at : at + 1].isalnum()


def _glued(low: str, at: int, words: Lexicon) -> tuple[Decimal, int] | None:
    """A number beyond a hundred in one word."""
    found = _pattern(words).match(low, at)
    if not found or not (found["thousand"] or found["hundred"]):
        return None
    value = Decimal(0)
    if found["thousand"]:
        value += _times(found["thousands"], words) * THOUSAND
    if found["hundred"]:
        value += _times(found["hundreds"], words) * HUNDRED
    if found["rest"]:
        value += words.numbers[found["rest"]]
    return value, found.end()


def _times(word: str | None, words: Lexicon) -> Decimal:
    return words.numbers[word] if word else Decimal(1)


@lru_cache(maxsize=32)
def _pattern(words: Lexicon) -> re.Pattern[str]:
    """The numbers of the person's language that are written in one word: so many thousand, hundred, and the rest."""
    small = "|".join(sorted((re.escape(word) for word in _small(words)), key=len, reverse=True))
    hundred, thousand = (
        "|".join(re.escape(word) for word, value in words.powers.items() if value == power)
        for power in (HUNDRED, THOUSAND)
    )
    return re.compile(
        rf"(?:(?P<thousands>{small})?(?P<thousand>{thousand}))?(?:(?P<hundreds>{small})?(?P<hundred>{hundred}))?"
        rf"(?:(?:und|en|och|e)?(?P<rest>{small}))?(?!\w)"
    )


def _small(words: Lexicon) -> Iterator[str]:
    return (word for word, value in words.numbers.items() if 0 < value < HUNDRED and word.isalpha())
