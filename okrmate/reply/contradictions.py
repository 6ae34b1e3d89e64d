"""What behind a value doubts it or gives another one: "7, or 8", "12 by Friday", "6 (correction: 5)"."""

import re

from okrmate.reply.amounts import Amount, read_amount
from okrmate.reply.body_words import BLANK
from okrmate.reply.context import KeyResultContext
from okrmate.reply.retractions import corrects
from okrmate.reply.statuses import StatusReader
from okrmate.reply.titles import WORD, skip_own_words

_CLAUSES = re.compile(r"[,;(]\s|\s[–—-]\s")
_DAY = re.compile(r"[0-9]{1,2}[./][0-9]{1,2}(?:[./][0-9]{2,4}|\.)?(?![0-9])")


class ContradictionReader(StatusReader):
    """Reads what stands behind values."""

    def _is_current(self, kr: KeyResultContext, low: str, at: int) -> bool:
        """Whether the amount at `at` is what the key result stood at."""
        amount = read_amount(low, at, self.manner(kr))
        return isinstance(amount, Amount) and amount.value is not None and amount.value == kr.current

    def _names_a_day_to_come(self, rest: str) -> bool:
        """Whether "by Friday" or "bis Juni" follows: what is said is hoped for."""
        low = rest.lstrip()
        end = self._words.starts("by_when", low)
        word = WORD.match(low, self._gap(low, end)) if end >= 0 else None
        named = word.group() if word else ""
        days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        return self._words.whole("month", named) or any(
            self._words.whole(f"{table}.{day}", named) for table in ("weekdays", "weekdays_short") for day in days
        )

    def _contradicted(self, kr: KeyResultContext, rest: str, start: int, *, open_end: bool) -> bool:
        """Whether the words behind a value question it or give another one."""
        words, after = self._words, rest[start:]
        was = words.starts("past", after)
        if was >= 0 and self._is_current(kr, after, self._gap(after, was)):
            return False  # "12 (was 9)" tells again what is known
        if "?" in rest or self._doubted(after) or any(words.starts(name, after) >= 0 for name in ("vague", "except")):
            return True
        if open_end and (self._held_back(rest) or self._names_a_day_to_come(rest)):
            return True
        return any(self._gives_another(kr, clause.strip()) for clause in _CLAUSES.split(after))

    def _gives_another(self, kr: KeyResultContext, low: str) -> bool:
        """Whether a clause behind a value is a value too: "7, 8", "6 (correction: 5)"."""
        words = self._words
        if corrects(low, words):
            return True
        join = words.starts("joins", low)
        at = self._lead(low, self._gap(low, join) if join >= 0 else 0)
        if join >= 0 and _DAY.match(low, at):
            return False
        amount = read_amount(low, at, self.manner(kr))
        if amount is None or words.starts("of_them", low, self._gap(low, amount.end)) >= 0:
            return False
        if isinstance(amount, Amount) and amount.growth:
            return False
        end, _ = skip_own_words(low, amount.end, kr, words)
        rest = low[self._tail(low, end) :]
        known = isinstance(amount, Amount) and amount.value is not None and amount.value == kr.current
        if known and words.starts("past_time", rest.lstrip()) >= 0:
            return False
        dated = low[at : at + 1].isdigit() and words.starts("when", rest.lstrip()) >= 0
        return dated or BLANK.fullmatch(rest) is not None
