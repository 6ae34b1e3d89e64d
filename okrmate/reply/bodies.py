"""What is said about one key result: the words behind (or before) its reference → updates or a problem."""

import re
from dataclasses import replace
from decimal import Decimal

from okrmate.reply.amounts import Amount, Manner, Scale, Unclear, read_amount
from okrmate.reply.body import Body
from okrmate.reply.confidence import read_confidence
from okrmate.reply.context import KeyResultContext
from okrmate.reply.lexicon import Lexicon
from okrmate.reply.measures import judge
from okrmate.reply.titles import leading_title, skip_own_words
from okrmate.reply.typos import mistyped
from okrmate.reply.updates import Check, Op, Outcome, Problem, ProblemReason, Update

_MARK = re.compile(r"\s*(?:(?P<strong>[:=])|->|→|=>|[–—|]|-(?=\s)|,(?=\s))?\s*")
_BLANK = re.compile(r"[\s.,;!:…)\]\"'~–—-]*")
_DECORATION = re.compile(
    r"[\s.,;!:…)\]\"'–—\U0001F389\U0001F38A\U0001F44D\U0001F44F\U0001F4AA\U0001F60A\U0001F600-\U0001F64F\U0001F680\U0001F973\U0001F929☺❤-]*"
)
_SEPARATOR = re.compile(r"\s*(?:[,;:(\[!.|…]|[–—-](?=\s)|->)\s*")
_DONE_SIGN = re.compile(r"(?:✅|✔|☑|\[x\])\s*")
_BLOCKED_SIGN = re.compile(r"(?:🚧|⛔|🛑)\s*")
_EMPTY_REMARK = re.compile(r"[\s?!.👍👎🤷]*")
_NUMBERED = re.compile(r"[~+-]?\s?[0-9]")


class BodyReader:
    """Reads bodies in the words of one locale."""

    def __init__(self, words: Lexicon, mark: str) -> None:
        """Take the lexicon and the decimal sign of the person's locale."""
        self._words = words
        self._mark = mark

    def manner(self, kr: KeyResultContext) -> Manner:
        """How numbers are read for this key result: percentages may have decimals, counts and money group thousands."""
        percent = kr.on_scale or (kr.unit.strip() == "%" and not kr.measure)
        return Manner(words=self._words, mark=self._mark, whole=not percent)

    def read(self, body: Body, kr: KeyResultContext) -> tuple[Outcome, ...]:
        """Everything `body` says about `kr`; empty where it says nothing (or, being bare, nothing for sure)."""
        found = _MARK.match(body.low, body.start, body.end)
        at, marked = (found.end(), bool(found["strong"])) if found else (body.start, False)
        if not body.bare and not body.by_title:
            at, marked = self._past_title(body, kr, at, marked=marked)
        rest = body.low[at : body.end]
        if not rest.strip(" .,;:-–—"):
            return ()
        if _EMPTY_REMARK.fullmatch(rest):
            return () if body.bare else (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        for attempt in (self._status, self._amount, self._confidence, self._mistyped):
            outcomes = attempt(body, kr, at, marked=marked)
            if outcomes is not None:
                return outcomes
        return self._remark(body, kr, at)

    def _past_title(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[int, bool]:
        """Past a title that was copied behind the reference, if a value or verb follows it."""
        title = leading_title(body.low, at, (kr,), self._words)
        if not title or title.end >= body.end:
            return at, marked
        found = _MARK.match(body.low, title.end, body.end)
        if found and found.group().strip():
            return found.end(), bool(found["strong"])
        return at, marked

    def _lead(self, low: str, at: int, *, bare: bool = False) -> int:
        """Past the small words before a value or status, such as "is now at" or "moved to"."""
        while True:
            end = self._words.starts("lead", low, at)
            if end < 0 and not bare:
                end = self._words.starts("have", low, at)
            if end < 0:
                return at
            at = end + len(low[end:]) - len(low[end:].lstrip(" :"))

    def _status(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[Outcome, ...] | None:
        """Unblocked, unchanged, still, blocked, done; None where the body begins otherwise."""
        words, low = self._words, body.low[: body.end]
        del marked
        if words.starts("unblocked", low, at) >= 0:
            return self._remark(body, kr, at)
        lead = self._lead(low, at, bare=body.bare)
        for here in dict.fromkeys((at, lead)):
            unchanged = words.starts("unchanged", low, here)
            if unchanged >= 0:
                return self._unchanged(body, kr, here, unchanged)
            still = words.starts("still", low, here)
            if still >= 0:
                return self._still(body, kr, here, still)
            sign = _BLOCKED_SIGN.match(low, here)
            blocked = sign.end() if sign else words.starts("blocked", low, here)
            if blocked >= 0:
                return self._blocked(body, kr, here, blocked, signed=bool(sign))
            sign = _DONE_SIGN.match(low, here)
            done = sign.end() if sign else words.starts("done", low, here)
            if done >= 0:
                return self._done(body, kr, here, done)
            achieved = words.starts("achieved", low, here)
            if achieved >= 0:
                value = self._amount(body, kr, self._gap(low, achieved), marked=False)
                return value if value is not None else self._done(body, kr, here, achieved)
        return None

    @staticmethod
    def _gap(low: str, at: int) -> int:
        return at + len(low[at:]) - len(low[at:].lstrip(" "))

    def _update(self, body: Body, kr: KeyResultContext, op: Op, at: int, note: str = "") -> Update:
        checks = frozenset({Check.TITLE}) if body.by_title else frozenset()
        return Update(kr=kr.ref, op=op, note=note, words=body.words(at), checks=checks)

    def _problem(self, body: Body, kr: KeyResultContext, reason: ProblemReason) -> Problem:
        return Problem(reason=reason, kr=kr.ref, words=body.words(body.start))

    def _unchanged(self, body: Body, kr: KeyResultContext, at: int, end: int) -> tuple[Outcome, ...] | None:
        end = self._tail(body.low[: body.end], end)
        rest = body.low[end : body.end]
        if _DECORATION.fullmatch(rest):
            return (self._update(body, kr, Op.NOCHANGE, at),)
        if not _SEPARATOR.match(rest) and self._words.starts("joins", rest.lstrip()) < 0:
            return None
        if self._value_follows(body, kr, end):
            return (self._problem(body, kr, ProblemReason.CONFLICT),)
        return (self._update(body, kr, Op.NOCHANGE, at, body.note(end)),)

    def _still(self, body: Body, kr: KeyResultContext, at: int, end: int) -> tuple[Outcome, ...] | None:
        """Such as "still 50%" is no change if that is what it was; "still blocked" is blocked; else words."""
        low = body.low[: body.end]
        after = self._lead(low, self._gap(low, end), bare=body.bare)
        if self._words.starts("unchanged", low, after) >= 0:
            return self._unchanged(body, kr, at, self._words.starts("unchanged", low, after))
        blocked = self._words.starts("blocked", low, after)
        if blocked >= 0:
            return self._blocked(body, kr, at, blocked, signed=False)
        amount = read_amount(low, after, self.manner(kr))
        if not isinstance(amount, Amount) or amount.value is None:
            return None
        outcome = judge(kr, amount, marked=True, counted=True, words=body.words(at))
        same = isinstance(outcome, Update) and outcome.op is Op.SET and outcome.value == kr.current
        return (self._update(body, kr, Op.NOCHANGE, at) if same else self._problem(body, kr, ProblemReason.CONFLICT),)

    def _blocked(
        self, body: Body, kr: KeyResultContext, at: int, end: int, *, signed: bool
    ) -> tuple[Outcome, ...] | None:
        if body.bare and not _DECORATION.fullmatch(body.low[end : body.end]):
            return None
        if self._words.has("negation", body.low[body.start : at]):
            return None
        said = self._words.starts("blocked", body.low, end) if signed else end
        keep = end if signed or said < 0 or self._is_reason(body.low[at:end]) else said
        reason = body.note(at if self._is_reason(body.low[at:end]) else keep)
        return (self._update(body, kr, Op.BLOCKED, at, reason),)

    def _is_reason(self, low: str) -> bool:
        """Whether the blocking word itself says why: "waiting on HR" keeps its verb."""
        return low.strip().startswith(
            ("wait", "wart", "espera", "j'attends", "aspett", "sto ", "aguard", "wacht", "vänt")
        )

    def _done(self, body: Body, kr: KeyResultContext, at: int, end: int) -> tuple[Outcome, ...] | None:
        """Complete, unless something around it says otherwise."""
        words, low = self._words, body.low[: body.end]
        if self._held_back(low[body.start : at]):
            return None
        end = self._tail(low, end)
        rest = low[end:]
        if _DECORATION.fullmatch(rest):
            return (self._update(body, kr, Op.DONE, at),)
        past = words.starts("past_time", rest.lstrip())
        loose = past >= 0 and _DECORATION.fullmatch(rest.lstrip()[past:])
        separated = _SEPARATOR.match(rest)
        if not (separated or loose):
            doubtful = self._held_back(rest) or words.has("except", rest)
            return None if doubtful else (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if "?" in rest or words.has("except", rest) or self._doubted(rest[separated.end() if separated else 0 :]):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        value = self._value_follows(body, kr, end)
        if value:
            full = kr.target is not None and value.value is not None and value.op is Op.SET and value.value >= kr.target
            return (
                (self._update(body, kr, Op.DONE, at),) if full else (self._problem(body, kr, ProblemReason.CONFLICT),)
            )
        if body.bare:
            return (self._update(body, kr, Op.DONE, at, body.note(end)),) if separated else None
        extra = self._extras(body, kr, end)
        note = "" if extra else body.note(end)
        return (self._update(body, kr, Op.DONE, at, note), *extra)

    def _held_back(self, low: str) -> bool:
        return any(self._words.has(name, low) for name in ("negation", "almost", "future", "conditional"))

    def _doubted(self, low: str) -> bool:
        """Whether what follows begins by taking back what was said."""
        return any(self._words.starts(name, low) >= 0 for name in ("negation", "almost", "conditional", "past"))

    def _tail(self, low: str, at: int) -> int:
        """Past words that add nothing: so far, now, this month."""
        while True:
            gap = self._gap(low, at)
            end = self._words.starts("tail", low, gap)
            if end < 0:
                return at
            at = end

    def _value_follows(self, body: Body, kr: KeyResultContext, end: int) -> Update | None:
        """A value of its own right behind a separator."""
        found = _SEPARATOR.match(body.low, end, body.end)
        at = self._lead(body.low, found.end() if found else self._gap(body.low, end))
        amount = read_amount(body.low[: body.end], at, self.manner(kr))
        if not isinstance(amount, Amount):
            return None
        after, _ = skip_own_words(body.low[: body.end], amount.end, kr, self._words)
        if not _BLANK.fullmatch(body.low[self._tail(body.low, after) : body.end]):
            return None
        outcome = judge(kr, amount, marked=True, counted=True, words="")
        return outcome if isinstance(outcome, Update) else Update(kr=kr.ref, op=Op.ADD)

    def _amount(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[Outcome, ...] | None:
        """A value or a change, and what stands behind it."""
        words, low = self._words, body.low[: body.end]
        at = self._lead(low, at, bare=body.bare)
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
        if _DECORATION.fullmatch(rest):
            return (outcome,)
        extras = self._extras(body, kr, end)
        if extras:
            return (outcome, *extras)
        separated = _SEPARATOR.match(rest)
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

    def _contradicted(self, kr: KeyResultContext, rest: str, start: int, *, open_end: bool) -> bool:
        """Whether the words behind a value question it or give another one."""
        words, after = self._words, rest[start:]
        if "?" in rest or self._doubted(after) or words.starts("vague", after) >= 0:
            return True
        if open_end and self._held_back(rest):
            return True
        for clause in re.split(r"[,;(]\s|\s[–—-]\s", after):
            low = clause.strip()
            join = words.starts("joins", low)
            at = self._lead(low, self._gap(low, join) if join >= 0 else 0)
            amount = read_amount(low, at, self.manner(kr))
            if amount is None or words.starts("of_them", low, self._gap(low, amount.end)) >= 0:
                continue
            if isinstance(amount, Amount) and amount.growth:
                continue
            end, _ = skip_own_words(low, amount.end, kr, words)
            final = self._tail(low, end)
            if _BLANK.fullmatch(low[final:]) or words.starts("when", low[final:].lstrip()) >= 0:
                return True
        return False

    def _extras(self, body: Body, kr: KeyResultContext, end: int) -> tuple[Outcome, ...]:
        """A blocker or a confidence on the same line as a value."""
        low = body.low[: body.end]
        found = _SEPARATOR.match(low, end)
        at = self._lead(low, found.end() if found else self._gap(low, end))
        confidence = self._confidence(body, kr, at, marked=False)
        if confidence is not None and any(isinstance(each, Update) and each.op is Op.CONFIDENCE for each in confidence):
            return confidence
        sign = _BLOCKED_SIGN.match(low, at)
        blocked = sign.end() if sign else self._words.starts("blocked", low, at)
        if blocked < 0 or self._words.starts("unblocked", low, at) >= 0:
            return ()
        return self._blocked(body, kr, at, blocked, signed=bool(sign)) or ()

    def _confidence(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[Outcome, ...] | None:
        del marked
        low = body.low[: body.end]
        lead = self._lead(low, at, bare=body.bare)
        found = read_confidence(low, at, self._words) or read_confidence(low, lead, self._words)
        if not found:
            return None
        rest = low[found.end :]
        if not (
            _DECORATION.fullmatch(rest) or _SEPARATOR.match(rest) or self._words.starts("joins", rest.lstrip()) >= 0
        ):
            return None
        if "?" in rest:
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if found.value is not None and not Decimal(0) <= found.value <= Decimal(10):
            return (self._problem(body, kr, ProblemReason.OUT_OF_RANGE),)
        note = body.note(found.end) if not _DECORATION.fullmatch(rest) else ""
        return (
            Update(kr=kr.ref, op=Op.CONFIDENCE, value=found.value, track=found.track, note=note, words=body.words(at)),
        )

    def _mistyped(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[Outcome, ...] | None:
        """One slip of the finger in a done word or in "no change", and nothing else on the line."""
        del marked
        said = _DECORATION.sub("", body.low[at : body.end][::-1], count=1)[::-1] if not body.bare else ""
        for name, op in (("done", Op.DONE), ("unchanged", Op.NOCHANGE)):
            if said and mistyped(said.strip(" !.,"), self._words.words(name)):
                return (Update(kr=kr.ref, op=op, words=body.words(at), checks=frozenset({Check.TYPO})),)
        return None

    def _remark(self, body: Body, kr: KeyResultContext, at: int) -> tuple[Outcome, ...]:
        """Anything else behind a reference is a note; behind nothing, or a title, it is prose."""
        if body.bare:
            return ()
        if body.by_title:
            return self._of_title(body, kr, at)
        return (self._update(body, kr, Op.NOTE, at, body.words(at).rstrip(" ,;")),)

    def _of_title(self, body: Body, kr: KeyResultContext, at: int) -> tuple[Outcome, ...]:
        """By title alone only "almost done" and the like are a note, and "it is live" asks once."""
        low = body.low[: body.end]
        lead = self._lead(low, at)
        if self._words.starts("came_true", low, lead) >= 0:
            return (self._problem(body, kr, ProblemReason.VAGUE_CLAIM),)
        if self._doubted(low[lead:]) and self._words.has("done", low, lead):
            return (self._update(body, kr, Op.NOTE, at, body.text[: body.end].strip()),)
        return ()
