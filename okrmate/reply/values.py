"""Values and changes of a key result, with the note, blocker or doubt behind them."""

import dataclasses
import re
from decimal import Decimal

from okrmate.domain.metrics import MetricKind
from okrmate.frozen import replace
from okrmate.reply.amounts import Amount, Scale, Unclear, read_amount
from okrmate.reply.body import Body
from okrmate.reply.body_words import DECORATION, SEPARATOR
from okrmate.reply.confidence import read_confidence
from okrmate.reply.context import KeyResultContext
from okrmate.reply.contradictions import ContradictionReader
from okrmate.reply.folding import fold, skip
from okrmate.reply.lengths import is_length, past_unit
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.measures import judge
from okrmate.reply.times import past_the_day
from okrmate.reply.titles import skip_own_words, stem, stems_of
from okrmate.reply.updates import Check, Op, Outcome, Problem, ProblemReason, Update

_APIECE = re.compile(r" (?:per|pro|par|por|je|each) ([^\W\d_]+)")
_TURN = re.compile(
    r"[,;(]\s*|\s[–—-]\s|\s(?=(?:now|jetzt|nun|maintenant|ahora|ora|adesso|agora|nu|and|but|und|aber|et|mais|y|pero|e|ma|mas|en|maar|och|men)\s)"
)
"""Where a clause begins that may say what is, behind one that says what was."""

_NUMBERED = re.compile(r"[~+-]?\s?[0-9]")


def _stands(kr: KeyResultContext, outcome: Outcome) -> Decimal | None:
    """Where the key result stands after `outcome`; None where that is not known."""
    match outcome:
        case Update(op=Op.SET, value=value):
            return value
        case Update(op=Op.ADD, value=Decimal() as change) if kr.current is not None:
            return kr.current + change
        case _:
            return None


def _rises(kr: KeyResultContext) -> bool:
    """Whether what is aimed at is more than there is."""
    return kr.target is None or kr.current is None or kr.target >= kr.current


def _is_to_come(words: Lexicon, kr: KeyResultContext, amount: Amount, low: str, end: int) -> bool:
    """Whether a number is of what is still wanted, or waits: "two more and I'm done", "2 waiting"."""
    rest = low[end:].lstrip(" ,")
    if amount.change and words.starts("then_done", rest) >= 0:
        return True
    waits = words.starts("blocked", low, skip(low, end)) >= 0 and not words.has("tail", low[amount.end : end])
    return waits and kr.kind in {MetricKind.COUNT, MetricKind.CURRENCY, MetricKind.PERCENT_INCREASE}


def _past_the_verb(words: Lexicon, low: str, at: int, amount: Amount, end: int) -> tuple[Amount, int]:
    """`amount` with the verb that some languages put last: "auf 15 gestiegen", "um 3 gesunken"."""
    behind = skip(low, end)
    fresh = words.starts("fresh", low, behind) if amount.change else -1
    if fresh >= 0:
        return amount, fresh  # "plus three new ones"
    to = words.ends("range_to", low[:at].rstrip()) >= 0 or words.starts("range_from", low, at) >= 0
    for name, way in (("risen", 1), ("fallen", -1)):
        past = words.starts(name, low, behind)
        if past >= 0 and amount.change == 1 and not amount.signed:
            return replace(amount, change=way), past
        if past >= 0 and to and not amount.change:
            return amount, past
    return amount, end


class ValueReader(ContradictionReader):
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
        past = max(words.starts(name, low, at) for name in ("past", "past_time", "past_heading"))
        if past >= 0 and (
            _NUMBERED.match(low, self._lead(low, self._gap(low, past))) or words.has("past_time", low, at)
        ):
            return self._was_and_is(body, kr, past)
        if read_confidence(low, at, words):
            return None
        amount = read_amount(low, at, self.manner(kr))
        if self._moves(low[begin:at].rstrip(), amount) and low[at : at + 1].isdigit():
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if amount is None:
            return None
        if isinstance(amount, Unclear):
            return self._unclear(body, kr, at, amount)
        price = _APIECE.match(low, amount.end)
        named = price is not None and price.group().strip() in fold(kr.title)
        if price and not named and stem(price[1]) in stems_of(kr) and not words.whole("duration", price[1]):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)  # "£280 per workshop"
        end, counted = past_unit(low, amount.end, kr, words)
        if not counted and words.starts("duration", low, self._gap(low, end)) >= 0:
            return self._in_another_length(body, kr, amount)
        if self._adds_perhaps(kr, amount, low) or self._counts_what_is_measured(kr, amount, counted=counted):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if counted:
            amount, end = self._of_all(body, kr, amount, end)
        amount, end = self._behind(body, kr, at, amount, end)
        return self._with_rest(body, kr, at, amount, end, marked=marked, counted=counted)

    def _in_another_length(self, body: Body, kr: KeyResultContext, amount: Amount) -> tuple[Outcome, ...] | None:
        """Days ask of a key result in hours, and so does "5 em duas semanas"; of one that counts they are words."""
        asks = (is_length(kr, self._words) or amount.scale is Scale.SHARE) and not body.bare
        return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),) if asks else None

    def _was_and_is(self, body: Body, kr: KeyResultContext, past: int) -> tuple[Outcome, ...] | None:
        """A value of the past asks, but "was 5 last week, 9 now" and "was 45, now 28" say what it is."""
        low = body.low[: body.end]
        for turn in _TURN.finditer(low, past):
            at = self._lead(low, turn.end(), bare=body.bare)
            amount = read_amount(low, at, self.manner(kr))
            if not isinstance(amount, Amount) or amount.change:
                continue
            end, counted = skip_own_words(low, amount.end, kr, self._words)
            now = (
                self._words.has("present", low[turn.end() : at])
                or self._words.starts("present", low[end:].lstrip()) >= 0
            )
            if now and DECORATION.fullmatch(low[self._tail(low, end) :]):
                return self._with_rest(body, kr, at, amount, self._tail(low, end), marked=True, counted=counted)
        return () if body.bare else (self._problem(body, kr, ProblemReason.PAST_TENSE),)

    def _moves(self, low: str, amount: Amount | Unclear | None) -> bool:
        """Whether "rose 3" stands there, by three or to three; "grew 6% on last month" is as clear as can be."""
        if self._words.ends("movement", low) < 0:
            return False
        measured = isinstance(amount, Amount) and (amount.on_last or amount.since_start)
        return not (measured and self._words.ends("rising", low) >= 0)

    def _adds_perhaps(self, kr: KeyResultContext, amount: Amount, low: str) -> bool:
        """Whether it is "two new" of a key result that has more than two: two more, or only two that are new.

        A "none" is as unclear of what is to grow and has begun to: none at all, or none that is new.
        """
        if self._words.ends("none_new", low[: amount.end]) >= 0:
            return _rises(kr) and bool(kr.current)
        new = self._words.starts("fresh", low, self._gap(low, amount.end)) >= 0 and not amount.change
        return new and amount.value is not None and kr.current is not None and amount.value < kr.current

    def _of_all(self, body: Body, kr: KeyResultContext, amount: Amount, end: int) -> tuple[Amount, int]:
        """`amount` with a total that stands behind the unit: "12 beds out of 24"."""
        low = body.low[: body.end]
        of = self._words.starts("out_of", low, self._gap(low, end))
        total = read_amount(low, self._gap(low, of), self.manner(kr)) if of >= 0 else None
        plain = amount.scale is Scale.PLAIN and not amount.change
        if not plain or not isinstance(total, Amount) or total.value is None or total.value != kr.target:
            return amount, end
        return replace(amount, scale=Scale.SHARE, total=total.value), skip_own_words(low, total.end, kr, self._words)[0]

    def _behind(self, body: Body, kr: KeyResultContext, at: int, amount: Amount, end: int) -> tuple[Amount, int]:
        """`amount` with a "more" or a portion's "done" that stands behind the unit's words."""
        low = body.low[: body.end]
        if not amount.change and amount.scale is Scale.PLAIN:
            more = self._words.starts("more", low, self._gap(low, end))
            if more >= 0:
                amount = Amount(
                    end=more, value=amount.value, change=1, currency=amount.currency, approximate=amount.approximate
                )
                end, _ = skip_own_words(low, more, kr, self._words)
        elif amount.scale is Scale.PERCENT and not amount.change:
            end = self._past_the_whole(low, kr, end)
        amount, end = _past_the_verb(self._words, low, at, amount, end)
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
        words, low = self._words, body.low[: body.end]
        end = past_the_day(low, body.start, at, end, words)
        rest = low[end:]
        outcome = judge(kr, amount, marked=marked, counted=counted, words=body.words(at))
        outcome = self._marked_title(body, kr, amount, outcome)
        if self._of_a_span(body, kr, at, outcome):
            return (Problem(reason=ProblemReason.SPAN, kr=kr.ref, words=body.words(body.start), value=amount.value),)
        if words.starts("past_time", rest.lstrip()) >= 0:
            return (self._problem(body, kr, ProblemReason.PAST_TENSE),)
        if _is_to_come(words, kr, amount, low, end):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if DECORATION.fullmatch(rest):
            return (outcome,)
        extras = self._extras(body, kr, end)
        if extras:
            return (outcome, *extras)
        separated = SEPARATOR.match(rest)
        contrasts = words.starts("contrast", rest.lstrip()) >= 0
        if not separated and not contrasts and (body.bare or words.starts("joins", rest.lstrip()) < 0):
            unsure = any(words.starts(name, rest.lstrip()) >= 0 for name in ("unsure", "vague"))
            sure = body.bare and not unsure
            return () if sure else (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        stands, start = _stands(kr, outcome), separated.end() if separated else 0
        dated = kr.kind is MetricKind.MOM_GROWTH and counted
        if self._contradicted(kr, stands, rest, start, open_end=not separated, dated=dated):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if isinstance(outcome, Problem):
            return (outcome,)
        if self._is_of_a_share(kr, outcome, rest.lstrip(), marked=marked):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        return (dataclasses.replace(self._as_summed(kr, stands, outcome, rest[start:]), note=body.note(end)),)

    def _as_summed(self, kr: KeyResultContext, stands: Decimal | None, outcome: Update, after: str) -> Update:
        """A change whose sum is told behind it sets that: "two more, so 5"."""
        summed = outcome.op is Op.ADD and self._says_the_sum(kr, stands, after)
        return dataclasses.replace(outcome, op=Op.SET, value=stands) if summed else outcome

    def _is_of_a_share(self, kr: KeyResultContext, outcome: Update, rest: str, *, marked: bool) -> bool:
        """Whether less of what grows than there was stands there with where it came from, a day or "alone".

        That is so of "240 € from the last course", and unless it was `marked` as the value of "250 on Sunday".
        """
        if kr.kind not in {MetricKind.COUNT, MetricKind.CURRENCY} or Check.DECREASE not in outcome.checks:
            return False
        if self._words.starts("part_from", rest) >= 0:
            return True
        return not marked and (self._words.has("alone", rest) or self._names_a_time(rest))

    def _of_a_span(self, body: Body, kr: KeyResultContext, at: int, outcome: Outcome) -> bool:
        """Whether less than is known is said of this week or month alone, and what comes is added to what there is."""
        adds_up = kr.kind in (MetricKind.COUNT, MetricKind.CURRENCY, MetricKind.PERCENT_INCREASE)
        falls = isinstance(outcome, Update) and outcome.op is Op.SET and Check.DECREASE in outcome.checks
        return adds_up and falls and _rises(kr) and self._words.has("span", body.low[at : body.end])

    def _marked_title(self, body: Body, kr: KeyResultContext, amount: Amount, outcome: Outcome) -> Outcome:
        """By title alone a percentage needs its sign, and what is set is said."""
        if not body.by_title or isinstance(outcome, Problem):
            return outcome
        if (kr.on_scale or kr.unit.strip() == "%") and amount.scale is Scale.PLAIN:
            return self._problem(body, kr, ProblemReason.WHICH_SCALE)
        return dataclasses.replace(outcome, checks=outcome.checks | {Check.TITLE})
