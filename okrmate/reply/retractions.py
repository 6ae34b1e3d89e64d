"""Words that take back what stands before them: "not really", "just kidding", "no wait, 9"."""

import re
from collections.abc import Sequence

from okrmate.reply.lexicon import Lexicon

BRIEF = 6
"""A sentence of more words than this stands for itself."""

A_DAY = 2
"""Words that a day takes: "next Friday"."""

_BETWEEN = " .,!:…–—-😅🙈😂🤣😉🙂😊"
_VALUE_ALONE = re.compile(r"[€$£]?[0-9][0-9.,']*\s?[%k€$£]?[\s.!]*")
_CAUTIOUS = ("negation", "almost", "except", "conditional")


def in_the_same_line(low: str, words: Lexicon) -> bool:
    """Whether a short sentence doubts the one before it in its line; there any doubting word will do."""
    return len(low.split()) <= BRIEF and any(words.has(name, low) for name in _CAUTIOUS)


def on_the_next_line(low: str, words: Lexicon) -> bool:
    """Whether a line begins by taking back the line above: "not really", "no, 6", "well, 9".

    A line of its own is rather a new thought ("No meeting on Monday"), so only such words and a pause
    or a number behind them will do.
    """
    return _begins(("retraction", "joke", "correction"), low, words) or _hesitates(low, words)


def _hesitates(low: str, words: Lexicon) -> bool:
    """Whether a hesitation and a number are all of the line: "Actually 5"."""
    end = words.starts("hesitation", low)
    return end >= 0 and len(low.split()) <= A_DAY and _number_follows(low, end, words)


def of_everything(low: str, words: Lexicon) -> bool:
    """Whether a line says that all above it was a joke."""
    return _begins(("joke",), low, words)


def corrects(low: str, words: Lexicon) -> bool:
    """Whether a clause behind a value gives another number: "correction: 5", "sorry, 5"."""
    end = words.starts("correction", low)
    return end >= 0 and _number_follows(low, end, words)


def _begins(names: Sequence[str], low: str, words: Lexicon) -> bool:
    """Whether a phrase of these lists, and then a pause, a number or the end, begins the line, small words aside."""
    if len(low.split()) > BRIEF:
        return False
    begin = at = _past(_BETWEEN, low, 0)
    while True:
        for name in names:
            end = words.starts(name, low, at)
            if end >= 0 and (_number_follows(low, end, words) or (name != "correction" and _pauses(low, end, words))):
                return True
        end = max(words.starts(small, low, at) for small in ("filler", "correction", "hesitation"))
        if end < 0:
            return at > begin and _VALUE_ALONE.fullmatch(low, at) is not None
        at = _past(_BETWEEN, low, end)


def _pauses(low: str, end: int, words: Lexicon) -> bool:
    """Whether the thought ends at `end`, or goes on with a day: "hopefully by Friday"."""
    behind = low[end:].lstrip(" ")
    day = words.starts("by_when", behind)
    return not behind or behind[0] in _BETWEEN.strip() or (day >= 0 and len(behind[day:].split()) <= A_DAY)


def _number_follows(low: str, end: int, words: Lexicon) -> bool:
    at = _past(_BETWEEN, low, end)
    return low[at : at + 1].isdigit() or words.starts("numbers", low, at) >= 0


def _past(signs: str, low: str, at: int) -> int:
    return at + len(low[at:]) - len(low[at:].lstrip(signs))
