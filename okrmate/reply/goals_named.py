"""Which key results a sentence would carry over or drop: by reference, by "all", by a title and nothing else."""

import re
from collections.abc import Iterator, Sequence

from okrmate.reply.context import KeyResultContext
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.titles import WORD, leading_title

_REF = re.compile(r"(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}(?![0-9])")
_SPAN = re.compile(r"[0-9]\.[0-9]{1,2}\s*(?:-|–|to|bis)\s*(?:kr ?)?[0-9]{1,2}\.[0-9]")
_AND = re.compile(r"\s*(?:[,;&+]|\band\b|\bund\b)\s*")
_EDGES = " \t.,;:!?\"'()–—-"
_UNSURE = ("negation", "except", "conditional", "forms.tentative")
VERBS = (("forms.drops", "drop"), ("forms.carries", "carry"))


class GoalsNamed:
    """Reads sentences against the key results of one letter; without any only references count."""

    def __init__(self, key_results: Sequence[KeyResultContext], words: Lexicon) -> None:
        """Take the key results in their order."""
        self.key_results = tuple(key_results)
        self.words = words

    def named(self, low: str) -> tuple[str, ...]:
        """The refs that folded words name; none where they are unsure or name anything else."""
        if _SPAN.search(low) or any(self.words.has(name, low) for name in _UNSURE):
            return ()
        refs = _REF.findall(low)
        return tuple(refs) or self._all(low) or self._titles(low)

    def decided(self, low: str) -> dict[str, tuple[str, ...]] | None:
        """What a sentence would drop and carry over, by `drop` and `carry`; empty refs are asked about.

        None where it speaks of nothing that could be a goal: "let go of perfect slides" was learned.
        """
        if low.rstrip().endswith("?"):
            return None
        spans = sorted(self._verbs(low))
        if not spans:
            return None
        ends = [*(start for start, _, _ in spans[1:]), len(low)]
        said: dict[str, tuple[str, ...]] = {}
        for (_, at, name), end in zip(spans, ends, strict=True):
            unsure = any(self.words.has(each, low) for each in _UNSURE)
            about = low if len(spans) == 1 and _REF.search(low) else low[at:end]
            refs = () if unsure else self.named(about)
            if refs or _REF.search(low) or any(self.words.has(each, low, at) for each in ("forms.goals", "all")):
                said[name] = (*said.get(name, ()), *refs)
        return said or None

    def _verbs(self, low: str) -> Iterator[tuple[int, int, str]]:
        """Where each verb begins and ends, and what it does."""
        for name, half in VERBS:
            found = self.words.find(name, low)
            if found:
                yield (*found, half)

    def _all(self, low: str) -> tuple[str, ...]:
        """All of them, where that is what the words say and the number said fits."""
        bare = low.strip(_EDGES)
        count = len(self.key_results)
        for number in (word for word in WORD.findall(bare) if word in self.words.numbers or word.isdigit()):
            said = int(number) if number.isdigit() else self.words.numbers[number]
            if said != count:
                return ()
            bare = bare.replace(number, " ")
        found = self.words.find("all", bare)
        rest = (bare[: found[0]] + " " + bare[found[1] :]) if found else bare
        if not found or any(not self._fills(word) for word in WORD.findall(rest)):
            return ()
        pair = self.words.whole("forms.pair", bare[found[0] : found[1]].split()[0])
        return () if pair and count != len("ab") else tuple(kr.ref for kr in self.key_results)

    def _fills(self, word: str) -> bool:
        return any(self.words.whole(name, word) for name in ("all", "all_of", "stop_words", "forms.goals"))

    def _titles(self, low: str) -> tuple[str, ...]:
        """Titles and nothing beside them, each of exactly one key result."""
        refs: list[str] = []
        for part in _AND.split(low.strip(_EDGES)):
            found = leading_title(part, 0, self.key_results, self.words)
            if not found or part[found.end :].strip(_EDGES):
                return ()
            refs.append(found.kr.ref)
        return tuple(refs)
