"""A day of the year as people name it, with the month in words: "1 April", "April 1st", "1er avril"."""

import re
from calendar import monthrange

from okrmate.reply.folding import fold
from okrmate.reply.lexicon import Lexicon, table

_DAY = r"([0-9]{1,2})(?:st|nd|rd|th|er|º|\.)?"
_DAY_FIRST = re.compile(rf"(?:the |el |le |il )?{_DAY} (?:of |de )?([^\W\d_]+)\.?")
_MONTH_FIRST = re.compile(rf"([^\W\d_]+)\.? (?:the )?{_DAY}")
_SHORTEST = 3
"""Letters by which a month is known."""
MONTHS = 12
A_LEAP_YEAR = 2000


def day_named(low: str, words: Lexicon) -> tuple[int, int] | None:
    """The month and the day that folded words name, and nothing besides; None where they name none.

    "1.4" is none: it may be a key result.
    """
    if found := _DAY_FIRST.fullmatch(low):
        day, month = int(found[1]), _month(found[2], words)
    elif found := _MONTH_FIRST.fullmatch(low):
        day, month = int(found[2]), _month(found[1], words)
    else:
        return None
    there = 1 <= month <= MONTHS and 1 <= day <= monthrange(A_LEAP_YEAR, month)[1]
    return (month, day) if there else None


def _month(name: str, words: Lexicon) -> int:
    """Its number, by its name or the beginning of it in the first language that has one so; 0 for none."""
    if len(name) < _SHORTEST:
        return 0
    for language in words.order:
        names = table(language).get("month", ())
        months = [fold(str(each)) for each in names][:MONTHS] if isinstance(names, list) else []
        for number, month in enumerate(months, 1):
            if month.startswith(name):
                return number
    return 0
