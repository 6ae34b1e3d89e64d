"""What behind a value doubts it or gives another one: "7, or 8", "12 by Friday", "6 (correction: 5)"."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from okrmate.domain.metrics import MetricKind
from okrmate.reply.amounts import Amount, Scale, Unclear, read_amount
from okrmate.reply.beside_what_is_not import NotSoReader
from okrmate.reply.body_words import BLANK
from okrmate.reply.context import KeyResultContext
from okrmate.reply.folding import fold
from okrmate.reply.retractions import corrects
from okrmate.reply.times import is_day, of_another_time
from okrmate.reply.titles import skip_own_words

_CLAUSES = re.compile(r"[,;(]\s|\s[–—-]\s")
_CLOSING = " .,!)"
_DAY = re.compile(r"[0-9]{1,2}[./][0-9]{1,2}(?:[./][0-9]{2,4}|\.)?(?![0-9])")


class ContradictionReader(NotSoReader):
    """Reads what stands behind values."""

    def _is_current(self, kr: KeyResultContext, low: str, at: int) -> bool:
        """Whether the amount at `at` is what the key result stood at."""
        amount = read_amount(low, at, self.manner(kr))
        return isinstance(amount, Amount) and amount.value is not None and amount.value == kr.current

    def _names_a_day_to_come(self, rest: str) -> bool:
        """Whether "by Friday" or "bis Juni" follows: what is said is hoped for."""
        low = rest.lstrip()
        end = self._words.starts("by_when", low)
        at = self._gap(low, end)
        return end >= 0 and (is_day(low, at, self._words) or self._words.starts("season", low, at) >= 0)

    def _names_a_time(self, rest: str) -> bool:
        """Whether "last week" or "in May" follows, but not "in the drawer"."""
        end = self._words.starts("when", rest)
        at = self._gap(rest, end)
        dated = (
            rest[at : at + 1].isdigit()
            or is_day(rest, at, self._words)
            or self._words.starts("duration", rest, at) >= 0
        )
        return end >= 0 and (
            dated
            or any(self._words.whole(name, rest[:end]) for name in ("present", "by_when"))
            or end == len(rest.rstrip(_CLOSING))
        )

    def _contradicted(
        self, kr: KeyResultContext, stands: Decimal | None, rest: str, start: int, *, open_end: bool, dated: bool
    ) -> bool:
        """Whether the words behind a value, after which it `stands` at so much, question it or give another one.

        `dated` says that a time belongs to the value: "460 readers in April" of what is counted each month.
        """
        words, after = self._words, rest[start:]
        was = words.starts("past", after)
        if was >= 0 and self._is_current(kr, after, self._gap(after, was)):
            return False  # "12 (was 9)" tells again what is known
        if self._tells_apart(kr, after.lstrip()):
            return False  # "5, not 6"
        doubted = (self._doubted(after) and words.starts("no_doubt", after) < 0) or self._hedged(rest)
        if (
            "?" in rest
            or doubted
            or self._hedged(rest)
            or any(words.starts(name, after) >= 0 for name in ("vague", "except"))
        ):
            return True
        if open_end and (self._held_back(rest) or self._names_a_day_to_come(rest)):
            return True
        if not dated and self._of_another_time(kr, after, whole=not open_end and "(" not in rest[:start]):
            return True
        clauses = [(rest[: start + at].rstrip()[-1:], after[at:end].strip()) for at, end in _spans(after)]
        if any(words.starts("unsure", low) >= 0 for _, low in clauses):
            return True
        if kr.kind is MetricKind.CURRENCY and words.has("spent", after):
            return True
        if open_end and self._of_a_part(kr, [low for _, low in clauses]):
            return True
        return any(self._gives_another(kr, stands, low, aside=sign == "(") for sign, low in clauses)

    def _of_another_time(self, kr: KeyResultContext, after: str, *, whole: bool) -> bool:
        """Whether a time follows; takings of each week are those of a Saturday, and that is no other time."""
        each = self._words.has("span", fold(kr.title))
        return of_another_time(after, self._words, whole=whole, weekdays=not each)

    def _of_a_part(self, kr: KeyResultContext, clauses: Sequence[str]) -> bool:
        """Whether the value is of a part: "9 hours on Monday alone", "75% on mobile, 60% on desktop"."""
        if self._words.has("alone", clauses[0]):
            return True
        if self._words.starts("joins", clauses[0]) >= 0 and any(
            self._is_one_more(clauses[0], low) for low in clauses[1:]
        ):
            return True
        if kr.kind not in {MetricKind.PERCENT, MetricKind.THRESHOLD}:
            return False
        return self._words.starts("part_of", clauses[0]) >= 0 or any(self._is_a_part_too(kr, low) for low in clauses)

    @staticmethod
    def _is_one_more(first: str, low: str) -> bool:
        """Whether a number and the word behind the value before tell of another part: "30 from here, 2 from there"."""
        said, (join, *_) = low.split(), first.split()
        return len(said) > 1 and said[0].isdigit() and said[1] == join

    def _is_a_part_too(self, kr: KeyResultContext, low: str) -> bool:
        amount = read_amount(low, 0, self.manner(kr))
        if not isinstance(amount, Amount) or amount.change or not low[:1].isdigit():
            return False
        end, _ = skip_own_words(low, amount.end, kr, self._words)
        return self._words.starts("joins", low, self._gap(low, end)) >= 0

    def _tells_apart(self, kr: KeyResultContext, low: str) -> bool:
        """Whether nothing but another value follows that it is not: "rather than 6"."""
        end = self._words.starts("contrast", low)
        amount = read_amount(low, self._gap(low, end), self.manner(kr)) if end >= 0 else None
        if not isinstance(amount, Amount):
            return False
        end, _ = skip_own_words(low, amount.end, kr, self._words)
        was = self._words.starts("past_time", low, self._gap(low, self._tail(low, end)))
        return BLANK.fullmatch(low[max(was, end) :]) is not None

    def _says_the_sum(self, kr: KeyResultContext, stands: Decimal | None, after: str) -> bool:
        """Whether a clause behind a change says where it `stands` now: "lost one, so 2"."""
        for at, end in _spans(after):
            low = after[at:end].strip()
            join = self._words.starts("joins", low)
            amount = read_amount(low, self._lead(low, self._gap(low, join) if join >= 0 else 0), self.manner(kr))
            if isinstance(amount, Amount) and not amount.change and amount.value is not None and amount.value == stands:
                return True
        return False

    def _gives_another(self, kr: KeyResultContext, stands: Decimal | None, low: str, *, aside: bool) -> bool:
        """Whether a clause behind a value is a value too: "7, 8", "6 (correction: 5)"."""
        words = self._words
        if corrects(low, words):
            return True
        join = max(words.starts(name, low) for name in ("joins", "hesitation"))
        at = self._lead(low, self._gap(low, join) if join >= 0 else 0)
        if join >= 0 and _DAY.match(low, at):
            return False
        amount = read_amount(low, at, self.manner(kr))
        if amount is None or words.starts("of_them", low, self._gap(low, amount.end)) >= 0:
            return False
        if isinstance(amount, Amount) and (
            amount.growth or _is_part(kr, amount) or _agrees(kr, stands, amount, aside=aside)
        ):
            return False
        end, counted = skip_own_words(low, amount.end, kr, words)
        if aside and self._tail(low, end) > end:
            return False  # "12 (3 this week)"
        if kr.on_scale and counted and isinstance(amount, Amount) and amount.scale is Scale.PLAIN:
            return False  # "72% (11 listeners)"
        rest = low[self._tail(low, end) :]
        known = isinstance(amount, Amount) and amount.value is not None and amount.value == kr.current
        if self._names_a_day_to_come(rest) or (known and words.starts("past_time", rest.lstrip()) >= 0):
            return False
        if words.starts("including", rest.lstrip()) >= 0 and low[at : at + 1].isdigit():
            return _is_more(amount, stands)  # "4, 5 with the one in Oslo"
        return BLANK.fullmatch(rest) is not None or (low[at : at + 1].isdigit() and self._names_a_time(rest.lstrip()))


def _is_more(amount: Amount | Unclear, stands: Decimal | None) -> bool:
    """Whether an amount is more than where a key result `stands`."""
    if not isinstance(amount, Amount) or amount.value is None or stands is None:
        return False
    return amount.value > stands


def _spans(low: str) -> Iterator[tuple[int, int]]:
    """Where the clauses begin and end."""
    at = 0
    for mark in _CLAUSES.finditer(low):
        yield at, mark.start()
        at = mark.end()
    yield at, len(low)


def _agrees(kr: KeyResultContext, stands: Decimal | None, amount: Amount, *, aside: bool) -> bool:
    """Whether a number says again where it `stands`: the sum, the difference, the share, in an aside what it was."""
    if stands is None or amount.value is None:
        return False
    if amount.scale is Scale.SHARE and amount.total and kr.on_scale:
        return abs(amount.value / amount.total * 100 - stands) < 1
    if amount.change:
        return kr.current is not None and kr.current + amount.change * amount.value == stands
    return amount.value == stands or (aside and amount.value == kr.current)


def _is_part(kr: KeyResultContext, amount: Amount) -> bool:
    """Whether it is the percentage of something that is counted: "24 (40%)"."""
    measured = kr.on_scale or kr.kind in {MetricKind.MOM_GROWTH, MetricKind.PERCENT_INCREASE}
    return amount.scale is Scale.PERCENT and not measured
