"""Advice that was put to use, and what it changed, in the words of who tried it."""

import re

from okrmate.frozen import Frozen, replace
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.lexicon import Lexicon, lexicon


class Advice(Frozen):
    """A piece of advice put to use, and what it changed; an empty impact is not known yet."""

    did: str
    impact: str = ""


_LISTED = re.compile(r"\s*(?:[0-9]{1,2}[.)]|[-*•])\s+")
_ARROW = re.compile(r"\s*(?:->|→|=>|➔)\s*")


def advice(text: str, locale: str = "") -> tuple[Advice, ...]:
    """Advice line by line: list signs off; what follows an arrow or an impact label is the impact."""
    words = lexicon(locale)
    given: list[Advice] = []
    for raw in composed(text).splitlines():
        line = _LISTED.sub("", raw.strip(), count=1)
        if not line or len(line) > MAX_LINE:
            continue
        impact = _labelled(line, words, "forms.impact")
        if impact is not None and impact[0] == 0 and given and not given[-1].impact:
            given[-1] = replace(given[-1], impact=impact[1])
            continue
        arrow = _ARROW.search(line)
        did, result = (line[: arrow.start()], line[arrow.end() :]) if arrow else (line, "")
        if impact is not None and not arrow:
            did, result = line[: impact[0]], impact[1]
        tried = _labelled(did, words, "forms.tried")
        given.append(Advice(did=(tried[1] if tried and tried[0] == 0 else did).strip(), impact=result.strip()))
    return tuple(given)


def _labelled(line: str, words: Lexicon, name: str) -> tuple[int, str] | None:
    """Where a label of the list begins, and what stands behind its colon."""
    low = fold(line)
    found = words.find(name, low)
    while found:
        start, end = found
        if low[end:].lstrip().startswith(":"):
            return start, line[low.index(":", end) + 1 :].strip()
        found = words.find(name, low, end)
    return None
