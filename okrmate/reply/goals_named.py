"""Which key results a sentence would carry over or drop: by reference, by "all", by a title and nothing else."""

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise

from okrmate.frozen import Frozen
from okrmate.reply.context import KeyResultContext
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.titles import WORD, leading_title, stem, stems_of

_REF = re.compile(r"(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}(?![0-9])")
_SPAN = re.compile(r"[0-9]\.[0-9]{1,2}\s*(?:-|–|to|bis)\s*(?:kr ?)?[0-9]{1,2}\.[0-9]")
_LIST = re.compile(
    r"\s*(?:kr ?)?[0-9]{1,2}\.[0-9]{1,2}(?:\s*(?:[,;&+]|\band\b|\bund\b)\s*(?:kr ?)?[0-9]{1,2}\.[0-9]{1,2})*"
    r"(?=\s*(?:[,;:(–—.]|-\s|because\b|as\b|weil\b|da\b))"
)
_AND = re.compile(r"\s*(?:[,;&+]|\band\b|\bund\b)\s*")
_EDGES = " \t.,;:!?\"'()–—-"
_UNSURE = ("negation", "except", "conditional", "forms.tentative")
SMALL = ("all", "all_of", "stop_words", "and", "filler", "commands.polite", "forms.goals")
VERBS = (("forms.drops", "drop"), ("forms.carries", "carry"))


class _Verb(Frozen):
    """A verb of a sentence, and whether it carries a goal over or drops it."""

    start: int
    end: int
    half: str

    def holds(self, other: "_Verb") -> bool:
        """Whether the other stands within it."""
        return self.start <= other.start and other.end <= self.end


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

    def listed(self, low: str) -> tuple[str, ...]:
        """The refs behind a label: what the words name, or a list of refs with a comment behind it."""
        found = _LIST.match(low)
        comment = low[found.end() :] if found else ""
        doubted = _REF.search(comment) or any(self.words.has(name, comment) for name in ("except", "forms.tentative"))
        if found and comment.strip(_EDGES) and not doubted and "?" not in comment:
            return tuple(_REF.findall(low[: found.end()]))
        return self.named(low) if "?" not in low else ()

    def says_more(self, low: str) -> bool:
        """Whether there are words in it beside verbs, references, titles and small words: a reason, a comment."""
        for verb in reversed(self._verbs(low)):
            low = f"{low[: verb.start]} {low[verb.end :]}"
        titled = {word for kr in self.key_results for word in stems_of(kr)}
        words = (word for word in WORD.findall(low) if not word.isdigit() and stem(word) not in titled)
        return any(not self._fills(word) for word in words)

    def decided(self, low: str) -> dict[str, tuple[str, ...]] | None:
        """What a sentence would drop and carry over, by `drop` and `carry`; empty refs are asked about.

        None where it speaks of nothing that could be a goal: "let go of perfect slides" was learned.
        """
        verbs = [] if low.rstrip().endswith("?") else self._verbs(low)
        if not verbs:
            return None
        refs = [(found.start(), found.group()) for found in _REF.finditer(low)]
        asked: dict[str, tuple[str, ...]] = {verb.half: () for verb in verbs}
        crossing = any(first.end > second.start for first, second in pairwise(verbs))
        if crossing or _SPAN.search(low) or any(self.words.has(name, low) for name in _UNSURE):
            return asked if refs or self._speaks_of_goals(low) else None
        if refs:
            return _shared_out(verbs, refs) or self._with_the_rest(low, verbs, refs) or asked
        if len(verbs) == 1 and self.words.whole("forms.nothing", self._beside(low, verbs, 0).strip(_EDGES)):
            return {}
        said = {verb.half: self.named(self._beside(low, verbs, at)) for at, verb in enumerate(verbs)}
        return (said if all(said.values()) else asked) if self._speaks_of_goals(low) or any(said.values()) else None

    def _with_the_rest(
        self, low: str, verbs: Sequence["_Verb"], refs: Sequence[tuple[int, str]]
    ) -> dict[str, tuple[str, ...]]:
        """What one verb says of the goals named and the other of "the rest": "keep 2.1, drop the others"."""
        if len({verb.half for verb in verbs}) != len(verbs) or len(verbs) == 1:
            return {}
        of_rest = [
            at for at in range(len(verbs)) if self.words.whole("rest", self._beside(low, verbs, at).strip(_EDGES))
        ]
        named = tuple(ref for _, ref in refs)
        rest = tuple(kr.ref for kr in self.key_results if kr.ref not in named)
        known = {kr.ref for kr in self.key_results}
        if len(of_rest) != 1 or not rest or not known.issuperset(named):
            return {}
        return {verb.half: rest if at in of_rest else named for at, verb in enumerate(verbs)}

    def _speaks_of_goals(self, low: str) -> bool:
        return any(self.words.has(name, low) for name in ("forms.goals", "all", "rest"))

    def _beside(self, low: str, verbs: Sequence["_Verb"], at: int) -> str:
        """What stands behind a verb, up to the next; of the only verb with nothing behind it what stands before."""
        behind = low[verbs[at].end : verbs[at + 1].start if at + 1 < len(verbs) else len(low)]
        return behind if behind.strip(_EDGES) or len(verbs) > 1 else low[: verbs[at].start]

    def _verbs(self, low: str) -> list["_Verb"]:
        """The verbs that end a goal or carry it over, in order; none of them inside a longer one ("can go on")."""
        found = [verb for name, half in VERBS for verb in self._each(name, half, low)]
        whole = [one for one in found if not any(one is not other and other.holds(one) for other in found)]
        return sorted(whole, key=lambda verb: verb.start)

    def _each(self, name: str, half: str, low: str) -> Iterator["_Verb"]:
        at = 0
        while span := self.words.find(name, low, at):
            yield _Verb(start=span[0], end=span[1], half=half)
            at = span[1]

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
        return any(self.words.whole(name, word) for name in SMALL)

    def _titles(self, low: str) -> tuple[str, ...]:
        """Titles and nothing beside them, each of exactly one key result."""
        refs: list[str] = []
        for part in _AND.split(low.strip(_EDGES)):
            found = leading_title(part, 0, self.key_results, self.words)
            if not found or part[found.end :].strip(_EDGES):
                return ()
            refs.append(found.kr.ref)
        return tuple(refs)


def _shared_out(verbs: Sequence[_Verb], refs: Sequence[tuple[int, str]]) -> dict[str, tuple[str, ...]]:
    """The refs of each verb: those behind it where a verb comes first, else those before it; empty where one has none.

    So "drop 1.1 and 1.2, keep 2.1" and "1.1 can go, 2.1 goes on" are clear, and a mixture of both is not.
    """
    leading = verbs[0].start < refs[0][0]
    said: dict[str, tuple[str, ...]] = {}
    taken = 0
    for at, verb in enumerate(verbs):
        first = verb.start if leading else (verbs[at - 1].start if at else -1)
        last = (verbs[at + 1].start if at + 1 < len(verbs) else sys.maxsize) if leading else verb.start
        own = tuple(ref for position, ref in refs if first < position < last)
        if not own:
            return {}
        taken += len(own)
        said[verb.half] = (*said.get(verb.half, ()), *own)
    return said if taken == len(refs) else {}
