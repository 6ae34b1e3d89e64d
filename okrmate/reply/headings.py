"""Headings people write over their numbers, and whether what stands below them is how things are."""

import re

from okrmate.reply.folding import fold
from okrmate.reply.lexicon import Lexicon

BRIEF = 6
"""Words of a heading at most; a longer line is a sentence that stands for itself."""
_DOUBTS = ("not_so", "negation", "conditional", "future", "past", "past_time", "almost")
_DECORATION = " \t*_#=-–—>~"
_WHOSE = re.compile(r"[^\W\d_]{2,}(?:'s|s') ", re.IGNORECASE)
_OWN = re.compile(r"(?:today|week|month|year|quarter|it|here|that|what|this|there|let)'s ", re.IGNORECASE)


def sets_apart(line: str, words: Lexicon) -> bool:
    """Whether a line is a heading over what was, may be, is wished for, or is somebody else's.

    It ends in a colon, or begins with such a word and is no sentence: "Next month:", "Goals for spring".
    """
    low = fold(line).strip(_DECORATION)
    if not 0 < len(low.split()) <= BRIEF:
        return False
    said = low.rstrip(" :")
    named = _WHOSE.match(said) is not None and _OWN.match(said) is None
    if low.endswith(":"):
        return named or any(words.has(name, said) for name in _DOUBTS)
    return low[-1] not in ".!?…" and words.starts("not_so", said) >= 0
