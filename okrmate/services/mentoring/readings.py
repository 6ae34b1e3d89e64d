"""Readings: turning an understood update, or a check-in by hand, into what a key result is known to be."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import assert_never

from okrmate.domain.changes import Source
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.metrics import Currency, Metric, MomGrowth, Threshold, check_value, reached
from okrmate.domain.okrs import Evidence, KeyResult, Reading
from okrmate.domain.summaries import Summary, summarise
from okrmate.frozen import Frozen, replace
from okrmate.reply.context import KeyResultContext, ReplyContext
from okrmate.reply.statements import read_updates
from okrmate.reply.updates import Op, Problem, Update
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import Standing, find_standing
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import READINGS


class Moved(Frozen):
    """A key result before and after one update was applied to it."""

    key_result: KeyResult
    before: Summary
    after: Summary
    reading: Reading

    @property
    def outdated(self) -> bool:
        """Whether a newer number was known already, so that this one is kept and replaces nothing."""
        return self.before.value_at is not None and self.reading.at < self.before.value_at


def context_of(standings: tuple[Standing, ...], locale: str, at: datetime, writer: str = "") -> ReplyContext:
    """The key results as the reading of a reply needs them that `writer` wrote `at` a moment."""
    known = tuple(_known(standing, at) for standing in standings)
    return ReplyContext(key_results=known, locale=locale, writer=writer)


def _known(standing: Standing, at: datetime) -> KeyResultContext:
    metric, summary = standing.key_result.metric, standing.summary
    return KeyResultContext(
        ref=standing.key_result.ref,
        title=standing.key_result.title,
        kind=metric.kind,
        baseline=metric.baseline if metric.baseline is not None else standing.summary.first,
        target=metric.target,
        current=standing.summary.value if standing.summary.value is not None else metric.baseline,
        unit=metric.unit,
        measure=metric.measure if isinstance(metric, MomGrowth) else "",
        previous=(summary.count_before(at) or metric.previous) if isinstance(metric, MomGrowth) else None,
        heard=standing.summary.value is not None,
        sources=standing.key_result.sources,
        parts=summary.parts,
        steps=standing.key_result.steps,
    )


def apply_update(
    tx: Transaction,
    desk: Desk,
    key_result: KeyResult,
    update: Update,
    *,
    source: Source,
    at: datetime,
    evidence: tuple[Evidence, ...] = (),
) -> Moved | Refusal:
    """Store what one update says about `key_result`, or the refusal of a value that its kind does not take.

    An older reading is kept but never replaces a newer current value (`domain.summaries`).
    """
    before = tx.summary(key_result.id)
    value = value_after(key_result.metric, _known_at(tx, key_result, before, at), update)
    if value is not None and (refusal := check_value(key_result.metric, value)):
        return refusal
    reading = Reading(
        id=desk.tokens.new_id(),
        mentorship=key_result.mentorship,
        key_result=key_result.id,
        at=at,
        source=source,
        value=value,
        approximate=update.approximate,
        confidence=_confidence(update),
        outlook=str(update.track) if update.track else "",
        note=update.note if update.op is not Op.BLOCKED else "",
        blocker=(update.note or "blocked") if update.op is Op.BLOCKED else "",
        counted=update.counted,
        parts=update.parts,
        evidence=evidence,
    )
    tx.put(READINGS, reading)
    return Moved(key_result=key_result, before=before, after=tx.summary(key_result.id), reading=reading)


def _known_at(reader: Reader, key_result: KeyResult, now: Summary, at: datetime) -> Summary:
    """What was known at a moment that may have passed: one more is one more than then."""
    if now.heard_at is None or at >= now.heard_at:
        return now
    return summarise(reading for reading in reader.find(READINGS, "key_result", key_result.id) if reading.at <= at)


def value_after(metric: Metric, before: Summary, update: Update) -> Decimal | None:
    """The value that an update makes of what was known before; None where it says nothing of one."""
    current = before.value if before.value is not None else metric.baseline
    match update.op:
        case Op.SET:
            return update.value
        case Op.ADD:
            return (current or Decimal(0)) + (update.value or Decimal(0))
        case Op.DONE:
            return current if current is not None and reached(metric, current) else metric.target
        case Op.NOCHANGE:
            return current
        case Op.NOTE | Op.BLOCKED | Op.CONFIDENCE:
            return None
        case _:
            assert_never(update.op)


def _confidence(update: Update) -> int | None:
    if update.op is Op.CONFIDENCE and update.value is not None:
        return int(update.value)
    return None


class CheckIn(Frozen):
    """A reading by hand, as the mentor typed it; `value` is a number, `60%`, `+2`, `done` or `no change`."""

    ref: str
    value: str
    note: str = ""
    confidence: int | None = None
    at: datetime | None = None


class Expected(Frozen):
    """What a check-in would make of a key result; `after` is None where it says no value."""

    key_result: KeyResult
    before: Decimal | None
    after: Decimal | None
    approximate: bool = False
    confidence: int | None = None
    said: tuple[str, ...] = ()
    """Notes, blockers and outlooks, in the words that would be kept."""


def expect(reader: Reader, pair: Pair, given: CheckIn, now: datetime) -> Expected | Refusal:
    """What `check_in` would do, or why it would not; `UsageError` where there is no such key result."""
    standing = find_standing(reader, pair, given.ref)
    updates = _given(standing, given, pair.protege.locale, now)
    if isinstance(updates, Refusal):
        return updates
    metric, summary = standing.key_result.metric, standing.summary
    expected = Expected(key_result=standing.key_result, before=summary.value, after=None)
    for update in updates:
        value = value_after(metric, summary, update)
        if value is not None:
            if refusal := check_value(metric, value):
                return refusal
            summary = replace(summary, value=value)
            expected = replace(expected, after=value, approximate=update.approximate)
        if (confidence := _confidence(update)) is not None:
            expected = replace(expected, confidence=confidence)
        expected = replace(expected, said=(*expected.said, *_said(update)))
    return expected


def _said(update: Update) -> Iterator[str]:
    if update.op is Op.BLOCKED:
        yield f"blocked: {update.note}" if update.note else "blocked"
    elif update.note:
        yield update.note
    if update.track:
        yield update.track.replace("_", " ")


def check_in(desk: Desk, pair: Pair, given: CheckIn) -> tuple[Moved, ...]:
    """Record a reading by hand; `UsageError` says why a value cannot be taken."""
    now = desk.clock.now()
    if given.at is not None and given.at > now:
        raise UsageError("A reading cannot lie in the future.")
    if given.confidence is not None and not 0 <= given.confidence <= 10:  # noqa: PLR2004 - the scale of confidence
        raise UsageError("Confidence is a whole number from 0 to 10.")
    with desk.store.transaction() as tx:
        standing = find_standing(tx, pair, given.ref)
        source = trail.by_command("check-in")
        updates = _given(standing, given, pair.protege.locale, now)
        if isinstance(updates, Refusal):
            raise UsageError(updates.sentence)
        moved = []
        for update in updates:
            applied = apply_update(tx, desk, standing.key_result, update, source=source, at=given.at or now)
            if isinstance(applied, Refusal):
                raise UsageError(applied.sentence)
            moved.append(applied)
        trail.record(
            tx, desk, what=f"check-in on KR {standing.key_result.ref}", source=source, mentorship=pair.mentorship.id
        )
    return tuple(moved)


def _given(standing: Standing, given: CheckIn, locale: str, now: datetime) -> tuple[Update, ...] | Refusal:
    updates = typed_updates(standing, given.value, locale, given.at or now)
    if isinstance(updates, Refusal):
        return updates
    ref, more = standing.key_result.ref, []
    if given.note:
        more.append(Update(kr=ref, op=Op.NOTE, note=given.note))
    if given.confidence is not None:
        more.append(Update(kr=ref, op=Op.CONFIDENCE, value=Decimal(given.confidence)))
    return (*updates, *more)


def typed_updates(standing: Standing, typed: str, locale: str, at: datetime) -> tuple[Update, ...] | Refusal:
    """What a value typed for a moment says of one key result, or the sentence of why it cannot be taken."""
    ref = standing.key_result.ref
    understood = read_updates(f"KR {ref}: {typed}", context_of((standing,), locale, at))
    updates = [found for found in understood if isinstance(found, Update)]
    problems = [found for found in understood if isinstance(found, Problem)]
    if problems or not updates or all(update.op is Op.NOTE and not update.parts for update in updates):
        reason = f" ({problems[0].reason.replace('_', ' ')})" if problems else ""
        scale, example = _scale(standing.key_result.metric), _example(standing.key_result.metric)
        sentence = f"“{typed}” is no clear value for KR {ref}, {scale}{reason}; type it like {example}."
        return Refusal(name="no_clear_value", sentence=sentence)
    return tuple(updates)


def _example(metric: Metric) -> str:
    return "60% or done" if metric.unit == "%" else "4 or +1"


def _scale(metric: Metric) -> str:
    if isinstance(metric, Currency | Threshold):
        return f"measured in {metric.unit or 'numbers'}"
    if isinstance(metric, MomGrowth):
        return "measured in % more a month"
    return "measured from 0 to 100 %" if metric.unit == "%" else f"counted in {metric.unit or 'numbers'}"
