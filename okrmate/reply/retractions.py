"""Words that take back what stands before them: "not really", "just kidding", "no wait, 9"."""

import re
from collections.abc import Sequence

from okrmate.reply.folding import skip
from okrmate.reply.lexicon import Lexicon

BRIEF = 6
"""A sentence of more words than this stands for itself."""

LONG = 10
"""So many words at most has a line that takes back everything above it."""

A_DAY = 2
"""Words that a day takes: "next Friday"."""

_BETWEEN = " .,!:…–—-😅🙈😂🤣😉🙂😊"
_VALUE_ALONE = re.compile(r"[€$£]?[0-9][0-9.,']*\s?[%k€$£]?[\s.!]*")
_EDGES = " .,!:…–—-()[]"
_GOING_ON = ("conditional", "by_when", "except", "not_so", "past", "almost")
_CAUTIOUS = ("negation", "almost", "except", "conditional")


def in_the_same_line(low: str, words: Lexicon) -> bool:
    """Whether a short sentence doubts those before it in its line; there any doubting word will do."""
    brief = len(low.split()) <= BRIEF
    return (brief and any(words.has(name, low) for name in _CAUTIOUS)) or on_the_next_line(low, words)


def on_the_next_line(low: str, words: Lexicon) -> bool:
    """Whether a line begins by taking back the line above: "not really", "no, 6", "well, 9".

    A line of its own is rather a new thought ("No meeting on Monday"), so only such words and a pause
    or a number behind them will do.
    """
    return (
        _begins(("retraction", "joke", "correction"), low, words)
        or _hesitates(low, words)
        or _goes_on(low, words)
        or of_everything(low, words)
    )


def _hesitates(low: str, words: Lexicon) -> bool:
    """Whether a hesitation and a number are all of the line: "Actually 5"."""
    end = words.starts("hesitation", low)
    return end >= 0 and len(low.split()) <= A_DAY and _number_follows(low, end, words)


def _goes_on(low: str, words: Lexicon) -> bool:
    """Whether a short line goes on with the one above by a condition or another time: "if Berlin says yes".

    What is said to the reader, or of a number, is a thought of its own: "if you have time".
    """
    said = low.strip(_EDGES)
    if not said or said.endswith("?") or len(said.split()) > BRIEF:
        return False
    if words.has("you", said) or any(map(str.isdigit, said)):
        return False
    return any(words.starts(name, said) >= 0 for name in _GOING_ON)


def of_everything(low: str, words: Lexicon) -> bool:
    """Whether a line says that all above it was a joke, is not so now, or was for somebody else."""
    if _begins(("joke",), low, words):
        return True
    if len(low.split()) > LONG or low.rstrip(_EDGES).endswith("?"):
        return False
    return words.has("void", low) or (words.has("pointing", low) and words.has("not_so", low))


def corrects(low: str, words: Lexicon) -> bool:
    """Whether a clause behind a value gives another number: "correction: 5", "sorry, 5", "no, 5"."""
    end = max(words.starts(name, low) for name in ("correction", "commands.reject"))
    return end >= 0 and _number_follows(low, end, words)


def _begins(names: Sequence[str], low: str, words: Lexicon) -> bool:
    """Whether a phrase of these lists, and then a pause, a number or the end, begins the line, small words aside."""
    if len(low.split()) > BRIEF:
        return False
    begin = at = skip(low, 0, _BETWEEN)
    while True:
        for name in names:
            end = words.starts(name, low, at)
            if end >= 0 and (_number_follows(low, end, words) or (name != "correction" and _pauses(low, end, words))):
                return True
        end = max(words.starts(small, low, at) for small in ("filler", "correction", "hesitation"))
        if end < 0:
            return at > begin and _VALUE_ALONE.fullmatch(low, at) is not None
        at = skip(low, end, _BETWEEN)


def _pauses(low: str, end: int, words: Lexicon) -> bool:
    """Whether the thought ends at `end`, or goes on with a day: "hopefully by Friday"."""
    behind = low[end:].lstrip(" ")
    rest = behind.lstrip(_BETWEEN)
    if rest and words.whole("commands.reject", low[:end].strip(_BETWEEN)):  # a mere no may begin any other thought
        return any(words.starts(name, rest) >= 0 for name in ("retraction", "joke", "not_so"))
    day = words.starts("by_when", behind)
    return not behind or behind[0] in _BETWEEN.strip() or (day >= 0 and len(behind[day:].split()) <= A_DAY)


def _number_follows(low: str, end: int, words: Lexicon) -> bool:
    at = skip(low, end, _BETWEEN)
    return low[at : at + 1].isdigit() or words.starts("numbers", low, at) >= 0
