"""Reading a confidence: a number of 0 to 10 in any of its spellings, or on track, at risk, off track."""

import re
from decimal import Decimal

from okrmate.frozen import Frozen
from okrmate.reply.folding import skip
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.updates import Track

_NUMBER = re.compile(
    r"(?P<n>[0-9]{1,3}(?:[.,][0-9]{1,2})?)"
    r"(?: ?(?P<percent>%|percent|prozent)| ?(?:/|out of|von|of) ?(?P<of>[0-9]{1,3}))?"
)
_BETWEEN = re.compile(r"\s*(?:[:=]|is|at|ist|now)?\s*")
_LIGHTS = {"🟢": Track.ON_TRACK, "🟡": Track.AT_RISK, "🟠": Track.AT_RISK, "🔴": Track.OFF_TRACK}
_TEN = Decimal(10)


class Confidence(Frozen):
    """A confidence in folded text up to `end`: a value of 0 to 10, possibly beyond, or words for it."""

    end: int
    value: Decimal | None = None
    track: Track | None = None


def read_confidence(low: str, at: int, words: Lexicon) -> Confidence | None:
    """The confidence that begins at `at`: "confidence 7", "8/10 confident", "at risk", a light."""
    if low[at : at + 1] in _LIGHTS:
        return Confidence(end=at + 1, track=_LIGHTS[low[at]])
    for name, track in (("off_track", Track.OFF_TRACK), ("on_track", Track.ON_TRACK), ("at_risk", Track.AT_RISK)):
        end = words.starts(name, low, at)
        if end >= 0:
            return Confidence(end=end, track=track)
    named = words.starts("confidence", low, at)
    if named >= 0:
        between = _BETWEEN.match(low, named)
        begin = between.end() if between else named
        while (lead := words.starts("lead", low, begin)) >= 0:
            begin = skip(low, lead)
        found = _NUMBER.match(low, begin)
        return Confidence(end=found.end(), value=_value(found)) if found else None
    found = _NUMBER.match(low, at)
    if not found:
        return None
    gap = found.end() + len(low[found.end() :]) - len(low[found.end() :].lstrip(" "))
    end = words.starts("confidence", low, gap)
    between = _BETWEEN.match(low, end) if end >= 0 else None
    if between is None or _NUMBER.match(low, between.end()):
        return None  # in "340 confidence 7" the number behind is the confidence
    return Confidence(end=end, value=_value(found))


def _value(found: re.Match[str]) -> Decimal:
    """7, 7/10, 70 % and 0.7 are the same; a bare 1 is 1, `1.0` is 10."""
    written = found["n"].replace(",", ".")
    value = Decimal(written)
    if found["percent"]:
        return value / _TEN
    if found["of"]:
        return value * _TEN / Decimal(found["of"]) if Decimal(found["of"]) else Decimal(-1)
    return value * _TEN if "." in written and value <= 1 else value
