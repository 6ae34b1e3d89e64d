"""What people write at the end of a cycle: scores, what was learned, what goes on and what may go."""

import re
from collections.abc import Sequence
from decimal import Decimal

from okrmate.frozen import Frozen
from okrmate.reply.context import KeyResultContext
from okrmate.reply.folding import MAX_LINE, composed, fold
from okrmate.reply.goals_named import GoalsNamed
from okrmate.reply.lexicon import lexicon


class Score(Frozen):
    """A key result's score of 0 to 1 as its owner sees it."""

    kr: str
    score: Decimal
    note: str = ""


class Doubt(Frozen):
    """A part that is asked about, by the name of the reason; `kr` is empty where it names no key result."""

    reason: str
    words: str = ""
    kr: str = ""


class ClosingWords(Frozen):
    """What a closing form was answered with.

    `helpful` are the words behind the label of the pulse. `unclear` are the parts that are asked about, for the
    reasons in `asks`, both once more in `doubts`; `beside` are parts with a comment on what they decide; `left` are
    parts that are none of it.
    """

    scores: tuple[Score, ...] = ()
    learned: str = ""
    carry: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    helpful: str = ""
    left: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


_NUMBER = r"([0-9]{1,3}(?:[.,][0-9]{1,2})?|[.,][0-9]{1,2})\s*(%?)(?![\w%/]|[.,][0-9])"
_REF = r"(?:score |kr )?\s*([0-9]{1,2}\.[0-9]{1,2})(?:\s*[:=]\s*|\s+(?:[–-]\s+)?)"
_SCORE = re.compile(rf"\s*(?:[-*•]\s+)?{_REF}{_NUMBER}")
_WHOSE = re.compile(rf"\s*(?:[-*•]\s+)?score\s*[:=]?\s*{_NUMBER}(?:/\s*10|\s+(?:of|out of)\s+(?:10|ten))?[\s.!]*")
"""A score that says of nothing what it is for."""
_NEXT = re.compile(rf"\s*(?:[,;&]|\band\b|\bund\b)\s*(?={_REF}{_NUMBER})")
BEGINS = re.compile(r"\s*(?:[-*•]\s+)?(?:score |kr )?[0-9]{1,2}\.[0-9]{1,2}(?![0-9.])")
"""A line that begins with a reference speaks of that key result."""
_PARTS = re.compile(r"(?<=[.;!])\s+")
_LABEL = re.compile(r"\s*(?:[-*•]\s+)?([^:]{1,40}?)\s*:\s*")
_SCORE_ID = re.compile(r"score [0-9]{1,2}\.[0-9]{1,2}")
_EDGES = " \t-–—:,;"
_BARE = " \t.,;:!?-–—"
LABELS = ("learned", "carry", "drop", "helpful")
"""The ids of a closing letter's answer lines, apart from the scores."""
FULL = Decimal(100)


def closing(
    text: str,
    locale: str = "",
    key_results: Sequence[KeyResultContext] = (),
    answers: Sequence[tuple[str, str]] = (),
) -> ClosingWords:
    """What free lines say, and the `answers` behind a label, each with its block's id (`learned`, `Score 1.1`).

    With `key_results` a reference to any other is asked about, and "all" and titles stand for theirs.
    """
    reader = _ClosingReader(locale, key_results)
    for block, said in answers:
        reader.answer(block, said)
    for line in composed(text).splitlines():
        reader.line(line.strip())
    return reader.result()


class _ClosingReader:
    """Gathers the parts of a closing form; `label` is the one that further words in the line belong to."""

    def __init__(self, locale: str, key_results: Sequence[KeyResultContext]) -> None:
        self.words = lexicon(locale)
        self.known = {kr.ref for kr in key_results}
        self.goals = GoalsNamed(key_results, self.words)
        self.label = ""
        self.scores: list[Score] = []
        self.learned: list[str] = []
        self.named: dict[str, list[str]] = {"carry": [], "drop": []}
        self.helpful: list[str] = []
        self.left: list[str] = []
        self.beside: list[str] = []
        self.unclear: list[Doubt] = []

    def answer(self, block: str, said: str) -> None:
        """Words behind a label of the letter."""
        if _SCORE_ID.fullmatch(fold(block)):
            self._behind_score(f"{block}: {said}", said)
            return
        self._begin(block, "")
        for line in composed(said).splitlines():
            for part in _PARTS.split(line.strip()):
                self._part(part)
        self.label = ""

    def line(self, line: str) -> None:
        """A line of its own, sentence by sentence."""
        for part in _PARTS.split(line) if line else ():
            self._part(part)
        self.label = ""

    def result(self) -> ClosingWords:
        """Everything, without what contradicts itself or names no key result of the letter."""
        self._ask_contradictions()
        return ClosingWords(
            scores=tuple(self.scores),
            learned=" ".join(self.learned),
            carry=tuple(dict.fromkeys(self.named["carry"])),
            drop=tuple(dict.fromkeys(self.named["drop"])),
            helpful=" ".join(self.helpful),
            left=tuple(self.left),
            beside=tuple(self.beside),
            unclear=tuple(dict.fromkeys(doubt.words for doubt in self.unclear if doubt.words)),
            asks=tuple(dict.fromkeys(doubt.reason for doubt in self.unclear)),
            doubts=tuple(dict.fromkeys(self.unclear)),
        )

    def _part(self, part: str) -> None:
        if len(part) > MAX_LINE:
            (self.learned if self.label == "learned" else self.left).append(part)
            return
        low = fold(part)
        found = _LABEL.match(low)
        name = next((each for each in LABELS if found and self._labels(each, found[1])), "")
        if found and name:
            self._begin(name, part[found.end() :].strip())
        elif _SCORE.match(low):
            self._scores(part, low)
        elif BEGINS.match(low) and (following := _NEXT.search(low)):
            self.left.append(part[: following.start()])  # "1.2 I don't know, 2.1 0.1"
            self._scores(part[following.end() :], low[following.end() :])
        elif _WHOSE.fullmatch(low):
            self.unclear.append(Doubt(reason="which_kr", words=part))
        elif self.label:
            self._into(self.label, part)
        elif (lead := self.words.starts("forms.learned_that", low)) >= 0:
            self.learned.append(part[lead:].strip(_EDGES))
        elif (said := self.goals.decided(low)) is not None:
            self._decide(said, part)
        else:
            self.left.append(part)

    def _labels(self, name: str, label: str) -> bool:
        """Whether a label is the one of a block, as the letter has it or as people write it."""
        return self.words.labels.get(label) == name or self.words.whole(f"forms.{name}", label)

    def _begin(self, name: str, said: str) -> None:
        self.label = name
        if said:
            self._into(name, said)

    def _into(self, name: str, said: str) -> None:
        """More words behind a label; "nothing" and "?" are none."""
        if not said.strip(_BARE) or self.words.whole("forms.nothing", fold(said).strip(_BARE)):
            return
        match name:
            case "learned":
                self.learned.append(said)
            case "helpful":
                self.helpful.append(said)
            case _:
                self._decide({name: self.goals.listed(fold(said))}, said)

    def _decide(self, said: dict[str, tuple[str, ...]], part: str) -> None:
        """Key results that go on or may go; a part that names none clearly is asked about, a comment is kept beside."""
        if not said or (any(said.values()) and self.goals.says_more(fold(part))):
            self.beside.append(part)
        for name, refs in said.items():
            if not refs:
                self.unclear.append(Doubt(reason="which_kr", words=part))
            for ref in refs:
                if self._is_known(ref, part):
                    self.named[name].append(ref)

    def _is_known(self, ref: str, part: str) -> bool:
        known = not self.known or ref in self.known
        if not known:
            self.unclear.append(Doubt(reason="unknown_kr", words=part))
        return known

    def _behind_score(self, part: str, said: str) -> None:
        """What stands behind a score's label; words without a number are left, and a "?" is nothing."""
        if len(part) <= MAX_LINE and _SCORE.match(fold(part)):
            self._scores(part, fold(part))
        elif said.strip(_BARE):
            self.left.append(said)

    def _scores(self, part: str, low: str) -> None:
        """One score or several in a row, each with the note behind it."""
        at = 0
        while found := _SCORE.match(low, at):
            following = _NEXT.search(low, found.end())
            end = following.start() if following else len(part)
            self._score(found, part[found.end() : end], part[found.start() : end])
            at = following.end() if following else len(part)

    def _score(self, found: re.Match[str], note: str, part: str) -> None:
        """The score of one key result; above 1 without a % it is asked about."""
        value = Decimal(found[2].replace(",", ".").rjust(2, "0")) / (FULL if found[3] else 1)
        if value > 1:
            self.unclear.append(Doubt(reason="out_of_range", words=part, kr=found[1]))
        elif self._is_known(found[1], part):
            self.scores.append(Score(kr=found[1], score=value, note=note.strip(_EDGES)))

    def _ask_contradictions(self) -> None:
        """Two scores of one key result, or one that goes on and may go, count for nothing and are asked about."""
        values: dict[str, set[Decimal]] = {}
        for each in self.scores:
            values.setdefault(each.kr, set()).add(each.score)
        twice = {ref for ref, said in values.items() if len(said) > 1}
        both = set(self.named["carry"]) & set(self.named["drop"])
        self.scores = [each for each in self.scores if each.kr not in twice]
        for refs in self.named.values():
            refs[:] = [ref for ref in refs if ref not in both]
        self.unclear += [Doubt(reason="conflict")] * bool(twice or both)
