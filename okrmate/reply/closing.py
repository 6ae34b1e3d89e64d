"""What people write at the end of a cycle and about advice: scores, learning, what goes on, what they tried."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.lexicon import Lexicon, lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A piece of advice put to use, and what it changed; an empty impact is not known yet."""

    did: str
    impact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A key result's score of 0 to 1 as its owner sees it."""

    kr: str
    score: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingWords:
    """What a closing form was answered with."""

    scores: tuple[Score, ...] = ()
    learned: str = ""
    carry: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


_LISTED = re.compile(r"\s*(?:[0-9]{1,2}[.)]|[-*•])\s+")
_ARROW = re.compile(r"\s*(?:->|→|=>|➔)\s*")
_SCORE = re.compile(
    r"\s*(?:score |kr )?\s*([0-9]{1,2}\.[0-9]{1,2})\s*[:=]?\s+([0-9]{1,3}(?:[.,][0-9]{1,2})?)\s*(%?)(?![\w%.])"
)
_REF = re.compile(r"(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}(?![0-9])")
_PARTS = re.compile(r"(?<=[.;!])\s+")
_EDGES = " \t-–—:,;"
FULL = Decimal(100)


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


def closing(text: str, locale: str = "") -> ClosingWords:
    """Scores and the lines about learning, carrying over and dropping."""
    words = lexicon(locale)
    given = ClosingWords()
    for raw in composed(text).splitlines():
        line = raw.strip()
        if not line:
            continue
        if len(line) > MAX_LINE:
            given = replace(given, left=(*given.left, line))
            continue
        for part in _PARTS.split(line):
            given = _closing_part(part, given, words)
    return given


def _closing_part(part: str, given: ClosingWords, words: Lexicon) -> ClosingWords:
    low = fold(part)
    label, colon, _ = low.partition(":")
    said = part[len(label) + 1 :].strip() if colon else ""
    known = dict(words.labels())
    match known.get(label.strip()):
        case "learned":
            return replace(given, learned=f"{given.learned}\n{said}".strip())
        case "carry":
            return replace(given, carry=(*given.carry, *_REF.findall(said)))
        case "drop":
            return replace(given, drop=(*given.drop, *_REF.findall(said)))
        case _:
            scored = _SCORE.match(low)
    if not scored:
        return replace(given, left=(*given.left, part))
    value = Decimal(scored[2].replace(",", "."))
    value = value / FULL if scored[3] else value
    if value > 1:
        return replace(given, left=(*given.left, part))
    note = part[scored.end() :].strip(_EDGES)
    return replace(given, scores=(*given.scores, Score(kr=scored[1], score=value, note=note)))
