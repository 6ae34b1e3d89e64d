"""Statuses of a key result: unchanged, blocked, done, a confidence; and what around them says otherwise."""

import re
from dataclasses import replace
from decimal import Decimal

from okrmate.reply.amounts import Amount, read_amount
from okrmate.reply.body import Body
from okrmate.reply.body_words import DECORATION, HOURS, SEPARATOR, BodyWords
from okrmate.reply.confidence import read_confidence
from okrmate.reply.context import KeyResultContext
from okrmate.reply.measures import judge
from okrmate.reply.titles import skip_own_words
from okrmate.reply.typos import mistyped
from okrmate.reply.updates import Check, Op, Outcome, ProblemReason, Update

_DONE_SIGN = re.compile(r"(?:✅|✔|☑|\[x\])\s*")
_TICKED = re.compile(r"[\s!.]*(?:✅|✔|☑)")
_CODE = re.compile(r"(?<![0-9.])[0-9]{1,2}\.[0-9]{1,2}(?![0-9.%])")
_ON_A_DAY = re.compile(
    r" ?(?:(?:on|at|around|about|am|um|gegen|le|el|il|den|à) )?"
    r"[0-9]{1,2}(?:[:.][0-9]{2}(?: ?uhr)?|/[0-9]{1,2}(?:/[0-9]{2,4})?|\.[0-9]{1,2}\.(?:[0-9]{2,4})?)(?![0-9%])"
)
"""The day, or the hour of it, when something was done."""

_PART_OF_A_DAY = re.compile(rf"\s?(?:{'|'.join(sorted(HOURS))}|min(?:s|ut[a-z]*)?)(?!\w)")
_BLOCKED_SIGN = re.compile(r"(?:🚧|⛔|🛑)\s*")


class StatusReader(BodyWords):
    """Reads what is no value."""

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
            if done >= max(0, lead):  # "terminé" completes, "terminé à 80 %" leads to a value
                return self._done(body, kr, here, done)
        return None

    def _unchanged(self, body: Body, kr: KeyResultContext, at: int, end: int) -> tuple[Outcome, ...] | None:
        end = self._tail(body.low[: body.end], end)
        rest = body.low[end : body.end]
        if DECORATION.fullmatch(rest):
            return (self._update(body, kr, Op.NOCHANGE, at),)
        if self._at_the_current(body, kr, end):
            update = self._update(body, kr, Op.NOCHANGE, at)
            return (update if kr.heard else replace(update, op=Op.SET, value=kr.current),)
        if _CODE.search(rest):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)  # "same as 1.2"
        if not SEPARATOR.match(rest) and self._words.starts("joins", rest.lstrip()) < 0:
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
        if not same:
            return (self._problem(body, kr, ProblemReason.CONFLICT),)
        return (self._update(body, kr, Op.NOCHANGE, at) if kr.heard else outcome,)

    def _blocked(
        self, body: Body, kr: KeyResultContext, at: int, end: int, *, signed: bool
    ) -> tuple[Outcome, ...] | None:
        alone = DECORATION.fullmatch(body.low[end : body.end]) or self._words.starts("blocked_by", body.low, at) >= 0
        if body.bare and not (alone or self._at_the_current(body, kr, end)):
            return None
        if self._words.has("negation", body.low[body.start : at]):
            return None
        before = body.low[end : body.end].lstrip()
        if not signed and self._sets_time_aside(kr, before):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if not signed and max(self._words.starts(name, before) for name in ("past_time", "recently")) >= 0:
            return (self._problem(body, kr, ProblemReason.PAST_TENSE),)
        said = self._words.starts("blocked", body.low, end) if signed else end
        keep = end if signed or said < 0 or self._is_reason(body.low[at:end]) else said
        reason = body.note(at if self._is_reason(body.low[at:end]) else keep)
        return (self._update(body, kr, Op.BLOCKED, at, reason),)

    def _sets_time_aside(self, kr: KeyResultContext, low: str) -> bool:
        """Whether part of a day follows right behind the blocking word: "blocked two hours in my calendar"."""
        amount = read_amount(low, 0, self.manner(kr))
        return isinstance(amount, Amount) and _PART_OF_A_DAY.match(low, amount.end) is not None

    def _at_the_current(self, body: Body, kr: KeyResultContext, end: int) -> bool:
        """Whether only the value that is known follows: "stuck at 4"."""
        low = body.low[: body.end]
        amount = read_amount(low, self._lead(low, self._gap(low, end), bare=True), self.manner(kr))
        if not isinstance(amount, Amount) or amount.value is None or amount.value != kr.current:
            return False
        return (
            DECORATION.fullmatch(low[self._tail(low, skip_own_words(low, amount.end, kr, self._words)[0]) :])
            is not None
        )

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
        ticked = _TICKED.match(low, end)
        end = ticked.end() if ticked else end
        rest = low[end:]
        if DECORATION.fullmatch(rest):
            return (self._update(body, kr, Op.DONE, at),)
        past = max(words.starts(name, rest.lstrip()) for name in ("past_time", "recently"))
        dated = _ON_A_DAY.match(rest.lstrip(), max(past, 0))
        past = dated.end() if dated else past
        loose = past >= 0 and DECORATION.fullmatch(rest.lstrip()[past:])
        separated = SEPARATOR.match(rest)
        if not (separated or loose):
            if body.bare:
                return None  # "finished my coffee"
            doubtful = self._held_back(rest) or words.has("except", rest)
            return None if doubtful else (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if dated and loose:
            return (self._update(body, kr, Op.DONE, at),)
        if self._takes_back(rest, separated.end() if separated else 0):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if separated and separated.group().strip() == ":" and not any(map(str.isdigit, rest)):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)  # "done: the draft" tells which part
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

    def _takes_back(self, rest: str, start: int) -> bool:
        """Whether what stands behind a status questions, excepts, weakens or doubts it."""
        doubted = self._hedged(rest) or self._doubted(rest[start:])
        return "?" in rest or doubted or self._words.has("except", rest)

    def _extras(self, body: Body, kr: KeyResultContext, end: int) -> tuple[Outcome, ...]:
        """A blocker or a confidence on the same line as a value."""
        low = body.low[: body.end]
        found = SEPARATOR.match(low, end)
        at = found.end() if found else self._gap(low, end)
        at = self._lead(
            low, self._gap(low, max(at, *(self._words.starts(name, low, at) for name in ("forms.but", "and"))))
        )
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
        if not (DECORATION.fullmatch(rest) or SEPARATOR.match(rest) or self._words.starts("joins", rest.lstrip()) >= 0):
            return None
        if "?" in rest or self._value_follows(body, kr, found.end):
            return (self._problem(body, kr, ProblemReason.UNCLEAR_VALUE),)
        if found.value is not None and not Decimal(0) <= found.value <= Decimal(10):
            return (self._problem(body, kr, ProblemReason.OUT_OF_RANGE),)
        note = body.note(found.end) if not DECORATION.fullmatch(rest) else ""
        return (
            Update(kr=kr.ref, op=Op.CONFIDENCE, value=found.value, track=found.track, note=note, words=body.words(at)),
        )

    def _mistyped(self, body: Body, kr: KeyResultContext, at: int, *, marked: bool) -> tuple[Outcome, ...] | None:
        """One slip of the finger in a done word or in "no change", and nothing else on the line."""
        del marked
        said = DECORATION.sub("", body.low[at : body.end][::-1], count=1)[::-1] if not body.bare else ""
        for name, op in (("done", Op.DONE), ("unchanged", Op.NOCHANGE)):
            if said and mistyped(said.strip(" !.,"), self._words.words(name)):
                return (Update(kr=kr.ref, op=op, words=body.words(at), checks=frozenset({Check.TYPO})),)
        return None
