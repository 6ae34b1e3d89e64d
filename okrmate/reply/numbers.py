"""Reading numbers as people of any locale write them, exactly, or not at all (design "What people write", rule 8)."""

import re
from decimal import Decimal

from okrmate.frozen import Frozen
from okrmate.reply.lexicon import Lexicon, language_of
from okrmate.reply.spelled import THOUSAND, spelled

GROUP = 3

_DIGITS = re.compile(r"(?<![0-9])(?:[0-9]{1,3}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,'][0-9]+)*)")
_MAGNITUDES = {
    **dict.fromkeys(("k", "tsd", "tausend", "thousand", "grand", "mille", "mil", "mila", "tusen", "duizend"), THOUSAND),
    **dict.fromkeys(("mio", "mn", "million", "millions", "millionen", "millones", "milioni", "miljoner"), 1_000_000),
    **dict.fromkeys(("lakh", "lakhs"), 100_000),
    "crore": 10_000_000,
    "万": 10_000,
}
_MAGNITUDE = re.compile(rf" ?(?:(万)|({'|'.join(sorted(_MAGNITUDES, key=len, reverse=True))})\.?(?!\w))")
_MIL_LANGUAGES = frozenset({"es", "pt"})
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")
_COMMA_LANGUAGES = frozenset({"de", "fr", "es", "it", "pt", "nl", "sv"})
_POINT_REGIONS = frozenset({"ch", "li", "mx", "gt", "hn", "ni", "sv", "pa", "do", "pr", "us"})


class Number(Frozen):
    """A number in folded text, from `start` to `end`; `value` is None where it could be read in two ways."""

    value: Decimal | None
    start: int
    end: int
    spelled: bool = False


def decimal_mark(locale: str) -> str:
    """The decimal sign of a locale: `,` or `.`; empty where it is not known, so that three digits are asked about."""
    language = language_of(locale)
    if not language:
        return ""
    region = locale.replace("_", "-").lower().rpartition("-")[2]
    return "," if language in _COMMA_LANGUAGES and region not in _POINT_REGIONS - {language} else "."


def value_of(digits: str, *, mark: str, whole: bool) -> Decimal | None:
    """The value of digits and separators; None where it is unclear.

    Two kinds of separator: the last is the decimal one. The same one twice groups thousands. A single one with
    three digits behind it groups thousands where the unit is whole or money, else the locale's `mark` decides.
    """
    plain = digits.replace(" ", "")
    if _INDIAN.fullmatch(plain):
        return Decimal(plain.replace(",", ""))
    if "'" in plain:
        head, *groups = re.split(r"[.,]", plain)[0].split("'")
        if not head or any(len(group) != GROUP for group in groups):
            return None
        plain = plain.replace("'", "")
        return Decimal(plain.replace(",", ".")) if sum(plain.count(sign) for sign in ".,") <= 1 else None
    signs = [char for char in plain if char in ".,"]
    if not signs:
        return Decimal(plain)
    last = signs[-1]
    groups = re.split(r"[.,]", plain)
    if len(set(signs)) > 1:
        grouped = signs.count(last) == 1 and all(len(group) == GROUP for group in groups[1:-1])
        return Decimal("".join(groups[:-1]) + "." + groups[-1]) if grouped and _heads(groups[0]) else None
    if len(signs) > 1:
        return Decimal("".join(groups)) if all(len(group) == GROUP for group in groups[1:]) else None
    if " " in digits or len(groups[1]) != GROUP or not _heads(groups[0]):
        return Decimal(".".join(groups))
    if whole or (mark and mark != last):
        return Decimal("".join(groups))
    return Decimal(".".join(groups)) if mark else None


def _heads(group: str) -> bool:
    """Whether these digits can stand before a thousands separator."""
    return len(group) <= GROUP and not group.startswith("0")


def read_number(low: str, at: int, words: Lexicon, *, mark: str, whole: bool) -> Number | None:
    """The number that begins at `at` of folded text, in digits or in words."""
    found = _DIGITS.match(low, at)
    if found:
        value = value_of(found.group(), mark=mark, whole=whole)
        magnitude = _MAGNITUDE.match(low, found.end())
        if magnitude:
            # behind "1.650k" stands no thousands group: the sign is decimal
            value = value_of(found.group(), mark=mark, whole=False)
            name = magnitude[1] or magnitude[2]
            if name == "mil" and words.order[0] not in _MIL_LANGUAGES:
                value = None  # elsewhere short for a million, to some
            times = _MAGNITUDES[name]
            return Number(value=value and value * times, start=at, end=magnitude.end())
        return Number(value=value, start=at, end=found.end())
    return _spelled(low, at, words)


def _spelled(low: str, at: int, words: Lexicon) -> Number | None:
    """A number in words: "six", "twenty-five", "two hundred and fifty", "six thousand"."""
    found = spelled(low, at, words)
    if not found or low[found[1] : found[1] + 1] == "-":
        return None  # "one-off" is no number
    value, end = found
    return Number(value=value, start=at, end=end, spelled=True)
