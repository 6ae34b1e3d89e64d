"""Times behind a value that are not now: "in June", "from April on", "at Christmas", "in two weeks"."""

import re

from okrmate.reply.folding import skip
from okrmate.reply.lexicon import WEEKDAYS, Lexicon
from okrmate.reply.titles import WORD

_NUMBER = re.compile(r"[0-9]{1,3}(?:st|nd|rd|th|\.)?")
_DATED = re.compile(r"(?:(?:19|20)[0-9]{2}|q[1-4]|[0-9]{1,2}(?:st|nd|rd|th)|[0-9]{1,2}月)(?![^\W_])")
_OVER = re.compile(r"[\s.,;!:)\]]*")


def is_day(low: str, at: int, words: Lexicon) -> bool:
    """Whether a weekday or a month is named at `at`."""
    return _day_ends(low, at, words) >= 0


def of_another_time(low: str, words: Lexicon, *, whole: bool = False, weekdays: bool = True) -> bool:
    """Whether `low` begins with a time that is not now, or with `whole` is nothing else; "since May" and "today" are.

    A day alone, without a word such as "in" before it, has to be all there is; without `weekdays` they are no times.
    """
    begin = at = skip(low, 0)
    while (end := words.starts("at_time", low, at)) >= 0:
        at = skip(low, end)
    if not weekdays and _is_weekday(low, at, words):
        return False
    end = _ends(low, at, words, led=at > begin)
    while end >= 0 and (more := _ends(low, skip(low, end), words, led=False)) >= 0:
        end = more  # "May 2027", "Friday morning"
    return end >= 0 and ((at > begin and not whole) or _OVER.fullmatch(low, end) is not None)


def past_the_day(low: str, start: int, at: int, end: int, words: Lexicon) -> int:
    """Past the day behind a value, from `at` to `end`, on which it came to that: "went to 4 last week" is so now.

    The words that say so stand between `start` and the value; elsewhere it is `end`.
    """
    if not any(words.has(name, low[start:at]) for name in ("movement", "achieved")):
        return end
    begin = skip(low, end)
    led = words.starts("at_time", low, begin)
    past = max(words.starts("recently", low, begin), _day_ends(low, skip(low, led), words) if led >= 0 else -1)
    return past if past >= 0 else end


def _ends(low: str, at: int, words: Lexicon, *, led: bool) -> int:
    """Where the time ends that is named at `at`, or -1; seasons and lengths are times where a small word `led` on."""
    dated = _DATED.match(low, at)
    number = _NUMBER.match(low, at)
    counted = number.end() if number else words.starts("numbers", low, at)
    behind = skip(low, counted) if counted >= 0 else at
    return max(
        dated.end() if dated else -1,
        _day_ends(low, behind, words),
        *(words.starts(name, low, behind) for name in ("season", "duration") if led),
    )


def _day_ends(low: str, at: int, words: Lexicon) -> int:
    word = WORD.match(low, at)
    named = word.group() if word else ""
    return word.end() if word and (words.whole("month", named) or _is_weekday(low, at, words)) else -1


def _is_weekday(low: str, at: int, words: Lexicon) -> bool:
    word = WORD.match(low, at)
    named = word.group() if word else ""
    return any(words.whole(f"{table}.{day}", named) for table in ("weekdays", "weekdays_short") for day in WEEKDAYS)
