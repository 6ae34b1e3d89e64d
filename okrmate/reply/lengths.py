"""Key results in hours, days and the like, which are told in whatever language: "9 Stunden" of hours."""

from okrmate.reply.context import KeyResultContext
from okrmate.reply.folding import fold, skip
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.titles import skip_own_words

_LISTS = ("lengths.minutes", "lengths.hours", "lengths.days", "lengths.weeks", "lengths.months")


def is_length(kr: KeyResultContext, words: Lexicon) -> bool:
    """Whether the key result is measured in a length of time."""
    return _list(kr, words) != ""


def past_unit(low: str, at: int, kr: KeyResultContext, words: Lexicon) -> tuple[int, bool]:
    """Past the key result's own words, or its length of time in another language, and whether there were any."""
    end, counted = skip_own_words(low, at, kr, words)
    length = "" if counted else _list(kr, words)
    told = words.starts(length, low, skip(low, end)) if length else -1
    return (told, True) if told >= 0 else (end, counted)


def _list(kr: KeyResultContext, words: Lexicon) -> str:
    """The list of the words for the unit; empty where it is no length of time."""
    unit = fold(kr.unit).strip()
    return next((name for name in _LISTS if words.whole(name, unit)), "")
