"""Values and changes of a key result, with the note, blocker or doubt behind them."""

import re
from dataclasses import replace

from okrmate.reply.amounts import Amount, Scale, Unclear, read_amount
from okrmate.reply.body import Body
from okrmate.reply.body_words import BLANK, DECORATION, SEPARATOR
from okrmate.reply.confidence import read_confidence
from okrmate.reply.context import KeyResultContext
from okrmate.reply.measures import judge
from okrmate.reply.statuses import StatusReader
from okrmate.reply.titles import WORD, skip_own_words, stem, stems_of
from okrmate.reply.updates import Check, Outcome, Problem, ProblemReason

_APIECE = re.compile(r" (?:per|pro|par|por|je|each) ([^\W\d_]+)")
_DAY = re.compile(r"[0-9]{1,2}[./][0-9]{1,2}(?:[./][0-9]{2,4}|\.)?(?![0-9])")
_NUMBERED = re.compile(r"[~+-]?\s?[0-9]")


class ValueReader(StatusReader):
    """Reads what sets or adds."""

    def _achieved(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[Outcome, ...] | None:
        """Reached, hit, met: with a number it is that value, without one the target."""
        low = body.low[: body.end]
        for here in dict.fromkeys((at, self._lead(low, at, bare=body.bare))):
            end = self._words.starts("achieved", low, here)
            if end >= 0:
                value = self._amount(body, kr, self._gap(low, end), marked=marked)
                return value if value is not None else self._done(body, kr, here, end)
        return None

    def _amount(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[Outcome, ...] | None:
        """A value or a change, and what stands behind it."""
        words, low = self._words, body.low[: body.end]
        begin, at = at, self._lead(low, at, bare=body.bare)
        if low[at : at + 1].isdigit() and words.ends("movement", low[begin:at].rstrip()) >= 0:
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)  # "rose 3": by three, or to three
        past = words.starts("past", low, at)
        if (
            past >= 0
            and not body.bare
            and (_NUMBERED.match(low, self._gap(low, past)) or words.has("past_time", low, at))
        ):
            return (self._problem(body, kr, ProblemReason.PAST_TENSE),)
        if read_confidence(low, at, words):
            return None
        amount = read_amount(low, at, self.manner(kr))
        if amount is None:
            return None
        if isinstance(amount, Unclear):
            return self._unclear(body, kr, at, amount)
        price = _APIECE.match(low, amount.end)
        if price and stem(price[1]) in stems_of(kr) and not words.whole("duration", price[1]):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)  # "£280 per workshop"
        end, counted = skip_own_words(low, amount.end, kr, words)
        if not counted and words.starts("duration", low, self._gap(low, end)) >= 0:
            return None
        amount, end = self._behind(body, kr, amount, end)
        return self._with_rest(body, kr, at, amount, end, marked=marked, counted=counted)

    def _behind(self, body: Body, kr: KeyResultContext, amount: Amount, end: int) -> tuple[Amount, int]:
        """`amount` with a "more" or a portion's "done" that stands behind the unit's words."""
        low = body.low[: body.end]
        if not amount.change and amount.scale is Scale.PLAIN:
            more = self._words.starts("more", low, self._gap(low, end))
            if more >= 0:
                amount = Amount(
                    end=more, value=amount.value, change=1, currency=amount.currency, approximate=amount.approximate
                )
                end, _ = skip_own_words(low, more, kr, self._words)
        return amount, self._tail(low, end)

    def _unclear(self, body: Body, kr: KeyResultContext, at: int, amount: Unclear) -> tuple[Outcome, ...] | None:
        """A range or bound asks where it is the value, and is prose where it only begins some."""
        low = body.low[at : body.end]
        if self._held_back(low[: amount.end - at]) and self._says_status(low):
            return None
        numbered = re.search(r"[0-9]", low) or self._words.has("numbers", low) or self._words.has("more", low)
        brief = len(low.split()) <= 4  # noqa: PLR2004 -- "a couple of new ones" is an answer, a sentence is a remark
        if body.bare:
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),) if numbered and brief else ()
        return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),) if numbered or brief else None

    def _says_status(self, low: str) -> bool:
        return any(self._words.has(name, low) for name in ("done", "blocked", "finish", "tail"))

    def _with_rest(
        self, body: Body, kr: KeyResultContext, at: int, amount: Amount, end: int, *, marked: bool, counted: bool
    ) -> tuple[Outcome, ...] | None:
        """The amount's outcome with what follows it as a note, a blocker or a confidence."""
        words, rest = self._words, body.low[end : body.end]
        outcome = judge(kr, amount, marked=marked, counted=counted, words=body.words(at))
        outcome = self._marked_title(body, kr, amount, outcome)
        if words.starts("past_time", rest.lstrip()) >= 0:
            return (self._problem(body, kr, ProblemReason.PAST_TENSE),)
        if DECORATION.fullmatch(rest):
            return (outcome,)
        extras = self._extras(body, kr, end)
        if extras:
            return (outcome, *extras)
        separated = SEPARATOR.match(rest)
        if not separated and (body.bare or words.starts("joins", rest.lstrip()) < 0):
            return () if body.bare else (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if self._contradicted(kr, rest, separated.end() if separated else 0, open_end=not separated):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if isinstance(outcome, Problem):
            return (outcome,)
        return (replace(outcome, note=body.note(end)),)

    def _marked_title(self, body: Body, kr: KeyResultContext, amount: Amount, outcome: Outcome) -> Outcome:
        """By title alone a percentage needs its sign, and what is set is said."""
        if not body.by_title or isinstance(outcome, Problem):
            return outcome
        if (kr.on_scale or kr.unit.strip() == "%") and amount.scale is Scale.PLAIN:
            return self._problem(body, kr, ProblemReason.WHICH_SCALE)
        return replace(outcome, checks=outcome.checks | {Check.TITLE})

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
        for clause in re.split(r"[,;(]\s|\s[–—-]\s", after):
            low = clause.strip()
            join = words.starts("joins", low)
            at = self._lead(low, self._gap(low, join) if join >= 0 else 0)
            if join >= 0 and _DAY.match(low, at):
                continue
            amount = read_amount(low, at, self.manner(kr))
            if amount is None or words.starts("of_them", low, self._gap(low, amount.end)) >= 0:
                continue
            if isinstance(amount, Amount) and amount.growth:
                continue
            end, _ = skip_own_words(low, amount.end, kr, words)
            final = self._tail(low, end)
            known = isinstance(amount, Amount) and amount.value is not None and amount.value == kr.current
            if known and words.starts("past_time", low[final:].lstrip()) >= 0:
                continue
            if BLANK.fullmatch(low[final:]) or words.starts("when", low[final:].lstrip()) >= 0:
                return True
        return False
