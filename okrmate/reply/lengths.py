"""Key results in hours, days and the like, which are told in whatever language: "9 Stunden" of hours."""

from okrmate.reply.context import KeyResultContext
from okrmate.reply.folding import fold, skip
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.titles import abbreviates, skip_own_words, stem

_LISTS = ("lengths.minutes", "lengths.hours", "lengths.days", "lengths.weeks", "lengths.months")


def is_length(kr: KeyResultContext, words: Lexicon) -> bool:
    """Whether the key result is measured in a length of time."""
    return _list(kr, words) != ""


def past_unit(low: str, at: int, kr: KeyResultContext, words: Lexicon) -> tuple[int, bool]:
    """Past the key result's own words, or its length of time in another language, and whether there were any."""
    end, counted = skip_own_words(low, at, kr, words)
    length = _list(kr, words)
    if counted and length and _is_another(low, at, kr, words):
        return at, False
    length = "" if counted else length
    told = words.starts(length, low, skip(low, end)) if length else -1
    return (told, True) if told >= 0 else (end, counted)


def _is_another(low: str, at: int, kr: KeyResultContext, words: Lexicon) -> bool:
    """Whether another length than the unit stands there, be it in the title: "7 nights" of "hours of sleep a night"."""
    begin = skip(low, at)
    end = words.starts("duration", low, begin)
    units = fold(kr.unit).split()
    own = any(stem(low[begin:end]) == stem(unit) or abbreviates(low[begin:end], unit) for unit in units)
    return end >= 0 and not own


def _list(kr: KeyResultContext, words: Lexicon) -> str:
    """The list of the words for the unit; empty where it is no length of time."""
    unit = fold(kr.unit).strip()
    return next((name for name in _LISTS if words.whole(name, unit)), "")
