"""Altering a set of OKRs: lines reworded, measured otherwise, added, dropped; freely in a draft, later for a reason."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import assert_never

from okrmate.domain.changes import Source
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.metrics import (
    Bound,
    Count,
    Metric,
    MetricKind,
    MomGrowth,
    PercentIncrease,
    Threshold,
    falling,
)
from okrmate.domain.okrs import KeyResult, Objective, OkrSet, OkrSetState
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import (
    NewKeyResult,
    checked_metric,
    checked_title,
    drafted_again,
    next_ref,
    objective_of,
    outline,
    put_key_result,
    put_objective,
    set_in,
    try_metric,
)
from okrmate.services.mentoring.steps import worked_on
from okrmate.services.mentoring.versions import keep_beginning, keep_version
from okrmate.services.ports import Transaction
from okrmate.services.tables import KEY_RESULTS, OBJECTIVES
from okrmate.services.tables import OKR_SETS as SETS


class Reword(Frozen):
    """Other words for an objective (`ref` is `1`) or a key result (`1.2`)."""

    ref: str
    title: str


class Remeasure(Frozen):
    """Other numbers for a key result; what is None stays as it is.

    Of an active set neither `kind` nor `unit` can change: what was read before could not be compared any more.
    """

    ref: str
    kind: MetricKind | None = None
    target: Decimal | None = None
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    unit: str | None = None
    bound: Bound | None = None
    upper: Decimal | None = None
    """The higher end of what is held between two; named anew wherever the bound is."""
    without_stretch: bool = False


class Rewrite(Frozen):
    """A key result as it is written anew, words and numbers; it keeps its code, and of an active set kind and unit."""

    ref: str
    new: NewKeyResult


class Move(Frozen):
    """A key result goes to another objective, under the next code there; its numbers and tactics go with it."""

    ref: str
    objective: int


class Drop(Frozen):
    """An objective with all its key results, or one key result, is given up; what was read of it stays."""

    ref: str


class AddObjective(Frozen):
    """A further objective."""

    title: str


class AddKeyResult(Frozen):
    """A further key result under objective `objective`."""

    objective: int
    new: NewKeyResult


class Until(Frozen):
    """Another last day of the cycle."""

    ends: date


Besides = Callable[[Transaction], Sequence[str]]
"""What is done along with alterations and taken back with them; returns what it did, in a few words each."""

Alteration = Reword | Remeasure | Rewrite | Move | Drop | AddObjective | AddKeyResult | Until


def edit(desk: Desk, pair: Pair, alterations: Sequence[Alteration], reason: str = "") -> OkrSet:
    """Alter the draft; a set that was refined is a draft again, as whoever agreed did so to other words.

    A `reason` stands in the summary that both agree to. All alterations are made or none; `UsageError` says why.
    """
    with desk.store.transaction() as tx:
        return edit_in(tx, desk, pair, alterations, reason=reason, source=trail.by_command("okr edit"))


def edit_in(
    tx: Transaction,
    desk: Desk,
    pair: Pair,
    alterations: Sequence[Alteration],
    *,
    reason: str,
    source: Source,
    besides: Besides | None = None,
) -> OkrSet:
    """The same inside a transaction."""
    found = worked_on(tx, pair.mentorship.id)
    if found is None:
        raise UsageError(f"{pair.protege.name} has no draft; `okrmate okr revise` changes OKRs that are active.")
    if found.state is OkrSetState.REFINED:
        found = drafted_again(found)
        tx.put(SETS, found)
    return _alter(tx, desk, pair, found, alterations, reason=reason.strip(), source=source, besides=besides)


def revise(desk: Desk, pair: Pair, alterations: Sequence[Alteration], reason: str) -> OkrSet:
    """A new revision of the active set, for a reason; what was read before is judged by what held then."""
    with desk.store.transaction() as tx:
        return revise_in(tx, desk, pair, alterations, reason=reason, source=trail.by_command("okr revise"))


def revise_in(
    tx: Transaction,
    desk: Desk,
    pair: Pair,
    alterations: Sequence[Alteration],
    *,
    reason: str,
    source: Source,
    besides: Besides | None = None,
) -> OkrSet:
    """The same inside a transaction; `UsageError` names everything that is missing at once."""
    active = set_in(tx, pair.mentorship.id, OkrSetState.ACTIVE)
    missing = []
    if active is None:
        missing.append(f"{pair.protege.name} has no active OKRs; `okrmate okr edit` changes a draft.")
    if not reason.strip():
        missing.append("A revision needs a reason, so that both know later why it was made.")
    if active is None or missing:
        raise UsageError("\n".join(missing))
    return _alter(tx, desk, pair, active, alterations, reason=reason.strip(), source=source, besides=besides)


def _alter(
    tx: Transaction,
    desk: Desk,
    pair: Pair,
    okr_set: OkrSet,
    alterations: Iterable[Alteration],
    *,
    reason: str,
    source: Source,
    besides: Besides | None,
) -> OkrSet:
    keep_beginning(tx, desk, okr_set)
    altered: list[str] = []
    told: list[str] = []
    for each in alterations:
        okr_set, what, ids = _made(tx, desk, pair, okr_set, each)
        altered += ids
        told.append(what)
    if not told:
        raise UsageError("Nothing to change: say what is to be otherwise.")
    active = okr_set.state is OkrSetState.ACTIVE
    after = replace(okr_set, revision=okr_set.revision + 1) if active else okr_set
    if active and (empty := [each.number for each, standings in outline(tx, after).objectives if not standings]):
        raise UsageError(f"Objective {empty[0]} would have no key result left: drop it with them, or add one first.")
    tx.put(SETS, after)
    keep_version(tx, desk, after, Side.MENTOR, reason=reason, altered=tuple(altered))
    told += besides(tx) if besides is not None else ()
    name = f"revision {after.revision}" if active else "draft"
    because = f": {reason}" if reason else ""
    trail.record(tx, desk, what=f"{name}, {', '.join(told)}{because}", source=source, mentorship=pair.mentorship.id)
    return after


def _made(
    tx: Transaction, desk: Desk, pair: Pair, okr_set: OkrSet, alteration: Alteration
) -> tuple[OkrSet, str, tuple[str, ...]]:
    """The set after one alteration, what was done in a few words, and the lines it is about."""
    match alteration:
        case Reword():
            line = _line(tx, pair, okr_set, alteration.ref)
            title = checked_title(alteration.title)
            _put(tx, replace(line, title=title))
            return okr_set, f"{_name(line)} reworded", (line.id,)
        case Remeasure():
            key_result = _key_result(tx, pair, okr_set, alteration.ref)
            _put(tx, replace(key_result, metric=_measured(okr_set, key_result, alteration)))
            return okr_set, f"KR {key_result.ref} measured otherwise", (key_result.id,)
        case Rewrite():
            key_result = _key_result(tx, pair, okr_set, alteration.ref)
            metric = _with_unsaid(checked_metric(alteration.new), key_result.metric)
            _refuse_other_numbers(okr_set, key_result, metric.kind, _unit(metric))
            _put(tx, replace(key_result, title=checked_title(alteration.new.title), metric=metric))
            return okr_set, f"KR {key_result.ref} written anew", (key_result.id,)
        case Move():
            return okr_set, *_moved(tx, pair, okr_set, alteration)
        case Drop():
            line = _line(tx, pair, okr_set, alteration.ref)
            return okr_set, f"{_name(line)} dropped", _dropped(tx, desk, okr_set, line)
        case AddObjective():
            objective = put_objective(tx, desk, okr_set, alteration.title)
            return okr_set, f"{_name(objective)} added", (objective.id,)
        case AddKeyResult():
            above = objective_of(tx, pair, okr_set, alteration.objective)
            added = put_key_result(tx, desk, above, alteration.new.title, checked_metric(alteration.new))
            return okr_set, f"{_name(added)} added", (added.id,)
        case Until():
            if alteration.ends <= desk.mentor.local(desk.clock.now()).date():
                raise UsageError(f"The cycle cannot end on {alteration.ends}: that day has come.")
            return replace(okr_set, ends=alteration.ends), f"until {alteration.ends}", ()
        case _:
            assert_never(alteration)


def _line(tx: Transaction, pair: Pair, okr_set: OkrSet, ref: str) -> Objective | KeyResult:
    """The objective or key result with this ref, or `UsageError` naming those there are."""
    wanted = ref.casefold().removeprefix("kr").strip()
    found = outline(tx, okr_set)
    lines: dict[str, Objective | KeyResult] = {str(each.number): each for each, _ in found.objectives}
    lines |= {each.key_result.ref: each.key_result for each in found.standings}
    if wanted not in lines:
        known = ", ".join(sorted(lines)) or "none"
        raise UsageError(f"{pair.protege.name} has no objective or key result “{ref}”; there are {known}.")
    return lines[wanted]


def _key_result(tx: Transaction, pair: Pair, okr_set: OkrSet, ref: str) -> KeyResult:
    line = _line(tx, pair, okr_set, ref)
    if isinstance(line, Objective):
        raise UsageError(f"{ref} is an objective, which has no numbers; name a key result, such as {ref}.1.")
    return line


def _name(line: Objective | KeyResult) -> str:
    return f"objective {line.number}" if isinstance(line, Objective) else f"KR {line.ref}"


def _put(tx: Transaction, line: Objective | KeyResult) -> None:
    if isinstance(line, Objective):
        tx.put(OBJECTIVES, line)
    else:
        tx.put(KEY_RESULTS, line)


def _delete(tx: Transaction, line: Objective | KeyResult) -> None:
    if isinstance(line, Objective):
        tx.delete(OBJECTIVES, line.id)
    else:
        tx.delete(KEY_RESULTS, line.id)


def _dropped(tx: Transaction, desk: Desk, okr_set: OkrSet, line: Objective | KeyResult) -> tuple[str, ...]:
    """Mark a line as given up, an objective with its key results; a draft's tells nothing and goes altogether."""
    several: list[Objective | KeyResult] = [line]
    if isinstance(line, Objective):
        several += [each for each in tx.find(KEY_RESULTS, "objective", line.id) if each.dropped_at is None]
    for each in several:
        if okr_set.state is OkrSetState.ACTIVE:
            _put(tx, replace(each, dropped_at=desk.clock.now()))
        else:
            _delete(tx, each)
    return tuple(each.id for each in several)


def _moved(tx: Transaction, pair: Pair, okr_set: OkrSet, wanted: Move) -> tuple[str, tuple[str, ...]]:
    """What was done with a key result that goes to another objective, and its id."""
    key_result = _key_result(tx, pair, okr_set, wanted.ref)
    above = objective_of(tx, pair, okr_set, wanted.objective)
    if key_result.objective == above.id:
        raise UsageError(f"KR {key_result.ref} stands under objective {above.number} already.")
    moved = replace(key_result, objective=above.id, ref=next_ref(tx, above))
    tx.put(KEY_RESULTS, moved)
    return f"KR {key_result.ref} moved to objective {above.number} as KR {moved.ref}", (moved.id,)


def _measured(okr_set: OkrSet, key_result: KeyResult, wanted: Remeasure) -> Metric:
    """The measure with other numbers, or `UsageError` saying why it makes no sense."""
    metric = key_result.metric
    kind = wanted.kind or metric.kind
    unit = _unit(metric) if wanted.unit is None else wanted.unit
    _refuse_other_numbers(okr_set, key_result, kind, unit)
    stretch = None if wanted.without_stretch else _or(wanted.stretch, metric.stretch)
    held = metric if isinstance(metric, Threshold) and kind is metric.kind else None
    made = try_metric(
        NewKeyResult(
            title=key_result.title,
            kind=kind,
            target=_or(wanted.target, metric.target),
            baseline=_or(wanted.baseline, metric.baseline),
            stretch=stretch,
            unit=unit,
            bound=wanted.bound or (held.bound if held else None),
            upper=wanted.upper if wanted.bound else held.upper if held else None,
        )
    )
    if isinstance(made, Refusal):
        raise UsageError(made.sentence)
    if isinstance(made, MomGrowth) and isinstance(metric, MomGrowth):
        return replace(made, previous=metric.previous)
    return made


def _with_unsaid(metric: Metric, before: Metric) -> Metric:
    """With what a line of the same kind does not say and had: the stretch beyond the target, and what is counted."""
    if metric.kind is not before.kind:
        return metric
    if isinstance(metric, MomGrowth) and isinstance(before, MomGrowth):
        metric = replace(metric, measure=metric.measure or before.measure, previous=metric.previous or before.previous)
    elif isinstance(metric, Count | PercentIncrease | Threshold) and not metric.unit:
        metric = replace(metric, unit=before.unit)
    stretch = before.stretch
    beyond = stretch is not None and stretch != metric.target and falling(metric) is (stretch < metric.target)
    return replace(metric, stretch=stretch) if beyond and metric.stretch is None else metric


def _unit(metric: Metric) -> str:
    """What is counted, also of what grows from month to month."""
    return metric.measure if isinstance(metric, MomGrowth) else metric.unit


def _refuse_other_numbers(okr_set: OkrSet, key_result: KeyResult, kind: MetricKind, unit: str) -> None:
    """What was read of an active key result could not be compared with numbers of another kind."""
    known = key_result.metric
    if okr_set.state is OkrSetState.ACTIVE and (kind is not known.kind or unit != _unit(known)):
        raise UsageError(
            f"KR {key_result.ref} has numbers in {_unit(known) or known.kind}: drop it and add another to measure "
            "something else."
        )


def _or(wanted: Decimal | None, known: Decimal | None) -> Decimal | None:
    return known if wanted is None else wanted
