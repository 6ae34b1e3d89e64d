"""What is told of the named sources of a sum ("LinkedIn 120, Twitter 40"), or which step of a milestone is done."""

import re
from collections.abc import Sequence
from dataclasses import replace

from okrmate.domain.parts import Part, at_step, known_parts, total
from okrmate.reply.body import Body
from okrmate.reply.body_words import DECORATION
from okrmate.reply.context import KeyResultContext
from okrmate.reply.folding import fold
from okrmate.reply.numbers import read_number
from okrmate.reply.updates import Check, Op, Outcome
from okrmate.reply.values import ValueReader

_BETWEEN = re.compile(r"[\s,;.+&]*(?:(?:and|und|et|y|e|en|och)\s+)?")
_MARK = re.compile(r"\s*[:=]?\s*")
_STEP = re.compile(r"(?:step|schritt)\s*#?\s*([0-9]{1,2})(?![0-9.,])")


class PartReader(ValueReader):
    """Reads sources and steps, of the key results that have any."""

    def _parts(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[Outcome, ...] | None:
        """None where it is something else, such as the sum itself or a percentage."""
        del marked
        return self._step(body, kr, at) if kr.steps else self._sum(body, kr, at) if kr.sources else None

    def _step(self, body: Body, kr: KeyResultContext, at: int) -> tuple[Outcome, ...] | None:
        """The step by its name or number, and nothing behind it but that it is done."""
        low = body.low[: body.end]
        by_number = _STEP.match(low, at)
        if by_number:
            number, end = int(by_number[1]), by_number.end()
        else:
            index, end = _named(low, at, kr.steps)
            number = index + 1
        gap = DECORATION.match(low, max(end, 0))
        done = self._words.starts("done", low, gap.end()) if gap else -1
        if not 1 <= number <= len(kr.steps) or not DECORATION.fullmatch(low[max(end, done) :]):
            return None
        update = self._update(body, kr, Op.SET, at)
        return (replace(update, value=at_step(kr.steps, number), checks=update.checks | {Check.DERIVED}),)

    def _sum(self, body: Body, kr: KeyResultContext, at: int) -> tuple[Outcome, ...] | None:
        """Each source with its number; while one was never told there is no sum yet, and what was told is kept."""
        low, here = body.low[: body.end], at
        told: list[Part] = []
        while not told or not DECORATION.fullmatch(low[here:]):
            index, end = _named(low, here, kr.sources)
            mark = _MARK.match(low, end) if end >= 0 else None
            number = read_number(low, mark.end(), self._words, mark=self._mark, whole=True) if mark else None
            if number is None or number.value is None:
                return None
            told.append(Part(source=kr.sources[index], value=number.value))
            between = _BETWEEN.match(low, number.end)
            here = between.end() if between else number.end
        value = total(kr.sources, known_parts(kr.parts, told))
        if value is None:
            return (replace(self._update(body, kr, Op.NOTE, at), note=body.words(at), parts=tuple(told)),)
        update = self._update(body, kr, Op.SET, at)
        return (replace(update, value=value, parts=tuple(told), checks=update.checks | {Check.DERIVED}),)


def _named(low: str, at: int, names: Sequence[str]) -> tuple[int, int]:
    """Which of the names stands there and where it ends, the longest of those that do; -1 where none does."""
    found = [
        (at + len(name), index)
        for index, name in enumerate(map(fold, names))
        if low.startswith(name, at) and not low[at + len(name) : at + len(name) + 1].isalnum()
    ]
    end, index = max(found, default=(-1, -1))
    return index, end
