"""Closing a set of OKRs: learning first, a score for each key result, and the next set starts from what is carried."""

from collections.abc import Collection, Mapping
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from okrmate.domain.changes import Source
from okrmate.domain.closing import Closing, FinalScore, OwnScore, by_numbers
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.metrics import Metric, MetricKind, MomGrowth, Threshold
from okrmate.domain.okrs import OKR_SETS, OkrSet, OkrSetState
from okrmate.domain.people import Side
from okrmate.domain.scoring import ALL_OF_IT, NONE_OF_IT
from okrmate.domain.tactics import TACTICS as TACTIC_STEPS
from okrmate.frozen import Frozen, field, replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import (
    NewKeyResult,
    Outline,
    Standing,
    draft_of,
    outline,
    put_key_result,
    put_objective,
    set_in,
    try_metric,
)
from okrmate.services.mentoring.versions import keep_version
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import CLOSINGS, KEY_RESULTS, READINGS, TACTICS
from okrmate.services.tables import OKR_SETS as SETS


class ClosingAnswer(Frozen):
    """What somebody says at the end of a set, key results by id; what is empty stays as it was said before."""

    learned: str = ""
    scores: tuple[OwnScore, ...] = ()
    carry: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()

    @property
    def something(self) -> bool:
        """Whether anything is said."""
        return bool(self.learned or self.scores or self.carry or self.drop)


class ByHand(Frozen):
    """What the mentor says when she closes a set, key results by ref; `reason` closes it although something lacks."""

    learned: str = ""
    scores: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    carry: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    reason: str = ""


_UNSAID = ClosingAnswer()
_NOTHING = ByHand()


def closing_of(reader: Reader, okr_set: OkrSet) -> Closing:
    """What was said about the end of a set so far; nothing, where nobody has said anything."""
    return reader.get(CLOSINGS, okr_set.id) or Closing(id=okr_set.id, mentorship=okr_set.mentorship)


def scores_by_numbers(reader: Reader, found: Outline, now: datetime) -> Mapping[str, Decimal | None]:
    """What the numbers say of each key result of a set, by its id; None where they say nothing."""
    return {
        each.key_result.id: by_numbers(
            each.key_result.metric, each.summary, reader.find(READINGS, "key_result", each.key_result.id), now
        )
        for each in found.standings
    }


def say_in(tx: Transaction, okr_set: OkrSet, said: ClosingAnswer) -> Closing:
    """Keep what was said about the end of an active set; the caller writes the trail.

    A key result that is said to go on does not go any more, and the other way round.
    """
    before = closing_of(tx, okr_set)
    scored = {each.key_result: each for each in (*before.scores, *said.scores)}
    after = replace(
        before,
        learned=said.learned or before.learned,
        scores=tuple(scored.values()),
        carry=_without(before.carry, said.drop, said.carry),
        drop=_without(before.drop, said.carry, said.drop),
    )
    tx.put(CLOSINGS, after)
    return after


def _without(before: tuple[str, ...], gone: Collection[str], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(each for each in before if each not in gone), *more)))


def not_closed_for(reader: Reader, desk: Desk, pair: Pair, said: ClosingAnswer = _UNSAID) -> list[str]:
    """Everything the active set lacks to be closed, each as a sentence; `said` is said along with the closing."""
    active = set_in(reader, pair.mentorship.id, OkrSetState.ACTIVE)
    if active is None:
        return [f"{pair.protege.name} has no active OKRs to close."]
    known, found = closing_of(reader, active), outline(reader, active)
    missing = []
    if not (said.learned or known.learned):
        missing.append(f"Nobody has said what {pair.protege.first_name} learned; that comes before every score.")
    numbers = scores_by_numbers(reader, found, desk.clock.now())
    own = {each.key_result for each in (*known.scores, *said.scores)}
    missing += [
        f"KR {each.key_result.ref}, “{each.key_result.title}”, has neither a number nor a score."
        for each in found.standings
        if numbers[each.key_result.id] is None and each.key_result.id not in own and not each.key_result.health
    ]
    return missing


def close(desk: Desk, pair: Pair, said: ByHand = _NOTHING) -> OkrSet:
    """Close the active set with what was said of it and what the mentor adds; then it never changes again.

    What is carried over stands in the draft of the next set, beginning where it ended. `UsageError` names everything
    that is missing at once, unless a reason is given, which the record keeps.
    """
    with desk.store.transaction() as tx:
        active = set_in(tx, pair.mentorship.id, OkrSetState.ACTIVE)
        answer = _by_id(outline(tx, active), said) if active is not None else ClosingAnswer()
        missing = not_closed_for(tx, desk, pair, answer)
        if active is None or (missing and not said.reason):
            raise UsageError("\n".join(missing))
        if answer.something:
            say_in(tx, active, answer)
        reason = said.reason if missing else ""
        return close_in(tx, desk, pair, active, reason=reason, source=trail.by_command("okr close"))


def close_in(tx: Transaction, desk: Desk, pair: Pair, active: OkrSet, *, reason: str, source: Source) -> OkrSet:
    """Close an active set as it stands, inside a transaction; `reason` is why something may be missing."""
    found, known = outline(tx, active), closing_of(tx, active)
    numbers = scores_by_numbers(tx, found, desk.clock.now())
    scored = (each for each in found.standings if not each.key_result.health)
    final = tuple(_final(each, known, numbers[each.key_result.id]) for each in scored)
    tx.put(CLOSINGS, replace(known, final=final))
    closed = replace(
        active,
        state=OKR_SETS.step(active.state, OkrSetState.CLOSED),
        closed_at=desk.clock.now(),
        closed_without=reason,
    )
    tx.put(SETS, closed)
    carried = _carry(tx, desk, pair, found, known)
    _end_tactics(tx, desk, found)
    because = f": {reason}" if reason else ""
    on = f", {carried} carried over" if carried else ""
    trail.record(
        tx,
        desk,
        what=f"OKRs of {pair.protege.name} closed{because}{on}",
        source=source,
        mentorship=pair.mentorship.id,
    )
    return closed


def _final(standing: Standing, known: Closing, numbers: Decimal | None) -> FinalScore:
    key_result, own = standing.key_result, known.own(standing.key_result.id)
    return FinalScore(
        key_result=key_result.id,
        ref=key_result.ref,
        title=key_result.title,
        by_numbers=numbers,
        score=own.score if own else numbers,
        note=own.note if own else "",
        carried=key_result.id in known.carry,
    )


def _carry(tx: Transaction, desk: Desk, pair: Pair, found: Outline, known: Closing) -> int:
    """Put what goes on into the draft of the next set, under its objective; how many key results those are."""
    carried = 0
    for objective, standings in found.objectives:
        on = [each for each in standings if each.key_result.id in known.carry]
        if not on:
            continue
        draft = draft_of(tx, desk, pair, follows=found.okr_set.id)
        put = put_objective(tx, desk, draft, objective.title)
        for each in on:
            added = put_key_result(tx, desk, put, each.key_result.title, going_on(each))
            tx.put(KEY_RESULTS, added.described_as(each.key_result))
        carried += len(on)
    if carried:
        keep_version(tx, desk, draft_of(tx, desk, pair), Side.MENTOR)
    return carried


def _end_tactics(tx: Transaction, desk: Desk, found: Outline) -> None:
    """What was tried for a key result ends with it, so that its effect is what came of it by then."""
    for standing in found.standings:
        for tactic in tx.find(TACTICS, "key_result", standing.key_result.id):
            if not TACTIC_STEPS.is_final(tactic.state):
                tx.put(TACTICS, tactic.over(desk.clock.now()))


def going_on(standing: Standing) -> Metric:
    """The measure of a key result that goes on: it begins where it stands, unless there would be no way left to go."""
    metric, value = standing.key_result.metric, standing.summary.value
    if value is None or isinstance(metric, MomGrowth) or metric.kind is MetricKind.MILESTONE:
        return metric
    made = try_metric(
        NewKeyResult(
            title=standing.key_result.title,
            kind=metric.kind,
            target=metric.target,
            baseline=value,
            stretch=metric.stretch,
            unit=metric.unit,
            bound=metric.bound if isinstance(metric, Threshold) else None,
            upper=metric.upper if isinstance(metric, Threshold) else None,
        )
    )
    return metric if isinstance(made, Refusal) else made


def _by_id(found: Outline, said: ByHand) -> ClosingAnswer:
    """What the mentor says, with key results by their ids; `UsageError` names every ref and score that is none."""
    ids = {each.key_result.ref: each.key_result.id for each in found.standings}
    named = (*said.scores, *said.carry, *said.drop)
    wrong = [f"There is no KR {ref}; there are {', '.join(ids)}." for ref in dict.fromkeys(named) if ref not in ids]
    wrong += [
        f"The score of KR {ref} lies between 0 and 1, not at {score:f}."
        for ref, score in said.scores.items()
        if not NONE_OF_IT <= score <= ALL_OF_IT
    ]
    if both := [ref for ref in said.carry if ref in said.drop]:
        wrong.append(f"KR {', '.join(both)} cannot both go on and go.")
    if wrong:
        raise UsageError("\n".join(wrong))
    return ClosingAnswer(
        learned=said.learned.strip(),
        scores=tuple(OwnScore(key_result=ids[ref], score=score) for ref, score in said.scores.items()),
        carry=tuple(ids[ref] for ref in said.carry),
        drop=tuple(ids[ref] for ref in said.drop),
    )
