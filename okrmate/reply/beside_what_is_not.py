"""Values that stand beside what is not so: "not finished, 60%", "no longer blocked, 4", "not 5 but 4"."""

import re
from dataclasses import replace

from okrmate.reply.amounts import Amount, Scale, read_amount
from okrmate.reply.body import Body
from okrmate.reply.body_words import BLANK, DECORATION, PAUSE
from okrmate.reply.context import KeyResultContext
from okrmate.reply.measures import judge
from okrmate.reply.statuses import StatusReader
from okrmate.reply.titles import skip_own_words
from okrmate.reply.updates import Outcome, Update

_BUT = re.compile(
    r"[,;]?\s+(?:but|sondern|mais|sino|ma|mas|maar|utan|now|jetzt|nun|maintenant|ahora|adesso|ora|agora|nu)\s+"
)
"""What leads from the value that is not to the one that is."""


class NotSoReader(StatusReader):
    """Reads a value behind a status or another value that is denied, and what a percentage is of."""

    def _behind_status(self, body: Body, kr: KeyResultContext, at: int) -> Outcome | None:
        """The value, and nothing else, behind a status that is not so: "not finished, 60%", "no longer blocked, 4"."""
        low, words = body.low[: body.end], self._words
        pauses = ((found, self._lead(low, found.end())) for found in PAUSE.finditer(low, at))
        pause, value_at = next(((found, lead) for found, lead in pauses if low[lead : lead + 1].isdigit()), (None, 0))
        said = low[at : pause.start()] if pause else ""
        held = any(words.has(name, said) for name in ("negation", "almost", "unblocked"))
        status = any(words.has(name, said) for name in ("done", "finish", "blocked", "unblocked"))
        if not (pause and held and status) or any(words.has(name, said) for name in ("future", "conditional")):
            return None
        amount = read_amount(low, value_at, self.manner(kr))
        if not isinstance(amount, Amount) or amount.change:
            return None
        end, counted = skip_own_words(low, amount.end, kr, words)
        if not DECORATION.fullmatch(low[self._tail(low, end) :]):
            return None
        outcome = judge(kr, amount, marked=True, counted=counted, words=body.words(at))
        return replace(outcome, note=body.text[at : pause.start()].strip()) if isinstance(outcome, Update) else outcome

    def _instead(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[Outcome, ...] | None:
        """The value that stands there in place of another one: "not 5 but 4", "statt 1500 jetzt 1800"."""
        low = body.low[: body.end]
        end = self._words.starts("contrast", low, at)
        amount = read_amount(low, self._gap(low, end), self.manner(kr)) if end >= 0 else None
        if not isinstance(amount, Amount):
            return None
        end, _ = skip_own_words(low, amount.end, kr, self._words)
        but = _BUT.match(low, end)
        amount = read_amount(low, self._lead(low, but.end()), self.manner(kr)) if but else None
        if not isinstance(amount, Amount) or amount.change:
            return None
        end, counted = skip_own_words(low, amount.end, kr, self._words)
        if not BLANK.fullmatch(low[self._tail(low, end) :]):
            return None
        return (judge(kr, amount, marked=marked, counted=counted, words=body.words(at)),)

    def _past_the_whole(self, low: str, kr: KeyResultContext, end: int) -> int:
        """Past what a percentage is of: "72% of 25 listeners"."""
        of = self._words.starts("out_of", low, self._gap(low, end))
        whole = read_amount(low, self._gap(low, of), self.manner(kr)) if of >= 0 else None
        if not isinstance(whole, Amount) or whole.scale is not Scale.PLAIN:
            return end
        past, counted = skip_own_words(low, whole.end, kr, self._words)
        return past if counted else end

    @staticmethod
    def _counts_what_is_measured(kr: KeyResultContext, amount: Amount, *, counted: bool) -> bool:
        """Whether it is "4 conferences" of a key result that asks for a part of the conferences."""
        return counted and kr.on_scale and amount.scale is Scale.PLAIN and not amount.change
