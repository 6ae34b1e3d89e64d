"""The pulse: how helpful the mentoring is, from 1 to 5, and why in the person's own words."""

import re

from okrmate.frozen import Frozen
from okrmate.reply.folding import MAX_LINE, composed, fold, skip
from okrmate.reply.lexicon import Lexicon, lexicon
from okrmate.reply.retractions import corrects

_OF_FIVE = re.compile(r"\s*/\s*5(?![0-9])")
_FIVE = re.compile(r"\s*(?:5|five|fünf)(?!\w)")
_GOES_ON = re.compile(r"\s*(?:[.,;:!(\n–—-](?!\s*[0-9])|$)")
_EDGES = " \t.,;:!–—-"
MOST = 5


class PulseWords(Frozen):
    """An answer to the pulse; `helpful` is None where no number from 1 to 5 leads it, and then all of it is words.

    `one_higher` is what would make it one higher, where that was asked.
    """

    helpful: int | None = None
    because: str = ""
    one_higher: str = ""


def pulse(text: str, locale: str = "") -> PulseWords:
    """The number that leads an answer and the reason behind it: `4 because you ask`, `5/5`, `I'd say three`.

    A number counts where a sign, a reason or nothing follows it; `3 things` and `3 or 4` are no answer yet.
    """
    words = lexicon(locale)
    said = composed(text).strip()
    low = fold(said[:MAX_LINE])
    label = low.partition(":")[0].strip()
    helpful = ":" in low and (words.labels.get(label) == "helpful" or words.whole("forms.helpful", label))
    start = low.index(":") + 1 if helpful else 0
    start = skip(low, start, None)
    number, end = _number(low, _past_lead(low, start, words), words)
    if not 1 <= number <= MOST:
        return PulseWords(because=said[start:])
    end = _past_five(low, end, words)
    behind = skip(low, end, _EDGES)
    reason = words.starts("forms.because", low, behind)
    if corrects(low[behind:], words) or (reason < 0 and not _GOES_ON.match(low, end)):
        return PulseWords(because=said[start:])
    return PulseWords(helpful=number, because=said[max(reason, behind) :].strip().lstrip(_EDGES).strip())


def _past_lead(low: str, at: int, words: Lexicon) -> int:
    """Past the small words before a number: "I'd say a"."""
    while (end := words.starts("forms.number_lead", low, at)) >= 0:
        at = skip(low, end, " ,")
    return at


def _number(low: str, at: int, words: Lexicon) -> tuple[int, int]:
    """The whole number that begins at `at`, as a digit or a word, and where it ends; 0 where there is none."""
    if low[at : at + 1].isdecimal() and not low[at + 1 : at + 2].isdecimal():
        return int(low[at]), at + 1
    end = words.starts("numbers", low, at)
    value = words.numbers.get(low[at:end]) if end >= 0 else None
    return (int(value), end) if value is not None and value == int(value) else (0, at)


def _past_five(low: str, at: int, words: Lexicon) -> int:
    """Past `/5`, `of 5` and `out of five`."""
    slash = _OF_FIVE.match(low, at)
    if slash:
        return slash.end()
    blank = skip(low, at)
    of = words.starts("out_of", low, blank)
    five = _FIVE.match(low, of) if of >= 0 else None
    return five.end() if five else at
