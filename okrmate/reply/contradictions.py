"""What behind a value doubts it or gives another one: "7, or 8", "12 by Friday", "6 (correction: 5)"."""

import re
from collections.abc import Iterator

from okrmate.domain.metrics import MetricKind
from okrmate.reply.amounts import Amount, Scale, read_amount
from okrmate.reply.body_words import BLANK
from okrmate.reply.context import KeyResultContext
from okrmate.reply.retractions import corrects
from okrmate.reply.statuses import StatusReader
from okrmate.reply.titles import WORD, skip_own_words

_CLAUSES = re.compile(r"[,;(]\s|\s[–—-]\s")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOSING = " .,!)"
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
        return end >= 0 and self._is_day(low, self._gap(low, end))

    def _names_a_time(self, rest: str) -> bool:
        """Whether "last week" or "in May" follows, but not "in the drawer"."""
        end = self._words.starts("when", rest)
        at = self._gap(rest, end)
        dated = rest[at : at + 1].isdigit() or self._is_day(rest, at) or self._words.starts("duration", rest, at) >= 0
        return end >= 0 and (
            dated
            or any(self._words.whole(name, rest[:end]) for name in ("present", "by_when"))
            or end == len(rest.rstrip(_CLOSING))
        )

    def _is_day(self, low: str, at: int) -> bool:
        """Whether a weekday or a month is named there."""
        word = WORD.match(low, at)
        named = word.group() if word else ""
        return self._words.whole("month", named) or any(
            self._words.whole(f"{table}.{day}", named) for table in ("weekdays", "weekdays_short") for day in _DAYS
        )

    def _contradicted(self, kr: KeyResultContext, rest: str, start: int, *, open_end: bool) -> bool:
        """Whether the words behind a value question it or give another one."""
        words, after = self._words, rest[start:]
        was = words.starts("past", after)
        if was >= 0 and self._is_current(kr, after, self._gap(after, was)):
            return False  # "12 (was 9)" tells again what is known
        if self._tells_apart(kr, after.lstrip()):
            return False  # "5, not 6"
        if "?" in rest or self._doubted(after) or any(words.starts(name, after) >= 0 for name in ("vague", "except")):
            return True
        if open_end and (self._held_back(rest) or self._names_a_day_to_come(rest)):
            return True
        clauses = [(after[max(0, at - 1) : at], after[at:end].strip()) for at, end in _spans(after)]
        return any(self._gives_another(kr, low, aside=sign == "(") for sign, low in clauses)

    def _tells_apart(self, kr: KeyResultContext, low: str) -> bool:
        """Whether nothing but another value follows that it is not: "rather than 6"."""
        end = self._words.starts("contrast", low)
        amount = read_amount(low, self._gap(low, end), self.manner(kr)) if end >= 0 else None
        if not isinstance(amount, Amount):
            return False
        return BLANK.fullmatch(low[skip_own_words(low, amount.end, kr, self._words)[0] :]) is not None

    def _gives_another(self, kr: KeyResultContext, low: str, *, aside: bool) -> bool:
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
        if isinstance(amount, Amount) and (amount.growth or _is_part(kr, amount)):
            return False
        end, _ = skip_own_words(low, amount.end, kr, words)
        if aside and self._tail(low, end) > end:
            return False  # "12 (3 this week)"
        rest = low[self._tail(low, end) :]
        known = isinstance(amount, Amount) and amount.value is not None and amount.value == kr.current
        if self._names_a_day_to_come(rest) or (known and words.starts("past_time", rest.lstrip()) >= 0):
            return False
        return BLANK.fullmatch(rest) is not None or (low[at : at + 1].isdigit() and self._names_a_time(rest.lstrip()))


def _spans(low: str) -> Iterator[tuple[int, int]]:
    """Where the clauses begin and end."""
    at = 0
    for mark in _CLAUSES.finditer(low):
        yield at, mark.start()
        at = mark.end()
    yield at, len(low)


def _is_part(kr: KeyResultContext, amount: Amount) -> bool:
    """Whether it is the percentage of something that is counted: "24 (40%)"."""
    measured = kr.on_scale or kr.kind in {MetricKind.MOM_GROWTH, MetricKind.PERCENT_INCREASE}
    return amount.scale is Scale.PERCENT and not measured
