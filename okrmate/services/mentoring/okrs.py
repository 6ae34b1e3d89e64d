"""Sets of OKRs: adding to a draft, pasting a whole one, making it active, and finding a key result by its ref."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from okrmate.domain.cycle import proposed_end
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.metrics import Bound, Metric, MetricKind, grown, make_metric
from okrmate.domain.okrs import OKR_SETS, KeyResult, Objective, OkrSet, OkrSetState
from okrmate.domain.summaries import Summary
from okrmate.reply.amounts import currency_code
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import KEY_RESULTS, OBJECTIVES
from okrmate.services.tables import OKR_SETS as SETS


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKeyResult:
    """A key result as it is given; `kind` is one of the public ids."""

    title: str
    kind: MetricKind
    target: Decimal | None = None
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    unit: str = ""
    bound: Bound | None = None
    growth: bool = False
    """Whether target and stretch are growth in % since the baseline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewObjective:
    """An objective with its key results, as they are given."""

    title: str
    key_results: tuple[NewKeyResult, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A key result and how it stands now."""

    key_result: KeyResult
    summary: Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A set with its objectives and their key results, in the order of their refs."""

    okr_set: OkrSet
    objectives: tuple[tuple[Objective, tuple[Standing, ...]], ...]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """All key results of the set."""
        return tuple(standing for _, standings in self.objectives for standing in standings)


def set_in(reader: Reader, mentorship: str, state: OkrSetState) -> OkrSet | None:
    """The mentorship's newest set in this state, if there is one."""
    found = [okr_set for okr_set in reader.find(SETS, "mentorship", mentorship) if okr_set.state is state]
    return found[-1] if found else None


def outline(reader: Reader, okr_set: OkrSet) -> Outline:
    """The set, whole."""
    objectives = sorted(reader.find(OBJECTIVES, "okr_set", okr_set.id), key=lambda objective: objective.number)
    return Outline(
        okr_set=okr_set,
        objectives=tuple((objective, _standings(reader, objective)) for objective in objectives),
    )


def _standings(reader: Reader, objective: Objective) -> tuple[Standing, ...]:
    key_results = sorted(reader.find(KEY_RESULTS, "objective", objective.id), key=_number)
    return tuple(Standing(key_result=found, summary=reader.summary(found.id)) for found in key_results)


def _number(key_result: KeyResult) -> int:
    """Which key result of its objective it is."""
    return int(key_result.ref.rpartition(".")[2])


def active_standings(reader: Reader, mentorship: str) -> tuple[Standing, ...]:
    """The key results of the mentorship's active set; empty where none is active."""
    active = set_in(reader, mentorship, OkrSetState.ACTIVE)
    return outline(reader, active).standings if active else ()


def current_outline(reader: Reader, mentorship: str) -> Outline | None:
    """The active set, else the refined or drafted one, else nothing."""
    for state in (OkrSetState.ACTIVE, OkrSetState.REFINED, OkrSetState.DRAFT):
        if found := set_in(reader, mentorship, state):
            return outline(reader, found)
    return None


def find_standing(reader: Reader, pair: Pair, ref: str) -> Standing:
    """The active key result with this ref (`1.2`, `KR 1.2`), or `UsageError` naming those there are."""
    wanted = ref.casefold().removeprefix("kr").strip()
    standings = active_standings(reader, pair.mentorship.id)
    for standing in standings:
        if standing.key_result.ref == wanted:
            return standing
    if not standings:
        raise UsageError(
            f"{pair.protege.name} has no active OKRs; draft them with `okrmate okr add` and start them with "
            "`okrmate okr activate`."
        )
    known = ", ".join(standing.key_result.ref for standing in standings)
    raise UsageError(f"{pair.protege.name} has no key result “{ref}”; there are {known}.")


def add_objective(desk: Desk, pair: Pair, title: str) -> Objective:
    """Add an objective to the mentorship's draft, opening one where there is none."""
    with desk.store.transaction() as tx:
        objective = _put_objective(tx, desk, _draft(tx, desk, pair), title)
        trail.record(
            tx,
            desk,
            what=f"objective {objective.number} drafted",
            source=trail.by_command("okr add"),
            mentorship=pair.mentorship.id,
        )
    return objective


def add_key_result(desk: Desk, pair: Pair, number: int, new: NewKeyResult) -> KeyResult:
    """Add a key result to objective `number` of the draft; `UsageError` where it cannot be taken."""
    metric = _metric(new)
    with desk.store.transaction() as tx:
        draft = _draft(tx, desk, pair)
        found = [each for each in tx.find(OBJECTIVES, "okr_set", draft.id) if each.number == number]
        if not found:
            raise UsageError(f"The draft of {pair.protege.name} has no objective {number}; add it first.")
        key_result = _put_key_result(tx, desk, found[0], new.title, metric)
        trail.record(
            tx,
            desk,
            what=f"KR {key_result.ref} drafted",
            source=trail.by_command("okr add"),
            mentorship=pair.mentorship.id,
        )
    return key_result


def import_objectives(desk: Desk, pair: Pair, objectives: tuple[NewObjective, ...]) -> OkrSet:
    """Add a pasted set to the draft: all of it, or nothing and a `UsageError` naming every line that is not taken."""
    tried = [try_metric(new) for objective in objectives for new in objective.key_results]
    refusals = [refusal.sentence for refusal in tried if isinstance(refusal, Refusal)]
    if refusals:
        raise UsageError("\n".join(refusals))
    if not objectives:
        raise UsageError("Nothing to take: no line begins with “O:” or “KR:”.")
    if not objectives[0].title.strip() and objectives[0].key_results:
        raise UsageError(
            f"“{objectives[0].key_results[0].title}” stands before any objective: begin with a line such as "
            "“O: Be heard, by the end of June”."
        )
    with desk.store.transaction() as tx:
        draft = _draft(tx, desk, pair)
        there = {each.title.casefold() for each in tx.find(OBJECTIVES, "okr_set", draft.id)}
        if twice := [each.title for each in objectives if _title(each.title).casefold() in there]:
            raise UsageError("\n".join(f"“{title}” is in the draft already; nothing was added." for title in twice))
        for objective in objectives:
            put = _put_objective(tx, desk, draft, objective.title)
            for new in objective.key_results:
                _put_key_result(tx, desk, put, new.title, _metric(new))
        trail.record(
            tx,
            desk,
            what=f"{counted(len(objectives))} imported",
            source=trail.by_command("okr import"),
            mentorship=pair.mentorship.id,
        )
    return draft


def activate(desk: Desk, pair: Pair, reason: str = "", ends: date | None = None) -> OkrSet:
    """Take the draft through refined to active; the record says that the mentor did so without both agreeing.

    Without `ends` the cycle runs to the end of the quarter (`domain.cycle`). `UsageError` names everything that is
    missing at once.
    """
    now = desk.clock.now()
    today = desk.mentor.local(now).date()
    if ends is not None and ends <= today:
        raise UsageError(f"A cycle that begins today cannot end on {ends}.")
    with desk.store.transaction() as tx:
        draft = set_in(tx, pair.mentorship.id, OkrSetState.REFINED) or set_in(tx, pair.mentorship.id, OkrSetState.DRAFT)
        missing = _missing(tx, pair, draft)
        if draft is None or missing:
            raise UsageError("\n".join(missing))
        refined = (
            draft
            if draft.state is OkrSetState.REFINED
            else replace(draft, state=OKR_SETS.step(draft.state, OkrSetState.REFINED))
        )
        active = replace(
            refined,
            state=OKR_SETS.step(refined.state, OkrSetState.ACTIVE),
            activated_at=now,
            override=reason or "started by the mentor; the agreement of both was not asked for",
            ends=ends or draft.ends or proposed_end(today),
        )
        tx.put(SETS, active)
        trail.record(
            tx,
            desk,
            what=f"OKRs of {pair.protege.name} active, by the mentor alone: {active.override}",
            source=trail.by_command("okr activate"),
            mentorship=pair.mentorship.id,
        )
    return active


def _missing(reader: Reader, pair: Pair, draft: OkrSet | None) -> list[str]:
    name = pair.protege.name
    if draft is None:
        return [f"{name} has no draft; write one with `okrmate okr add` or `okrmate okr import`."]
    missing = []
    if set_in(reader, pair.mentorship.id, OkrSetState.ACTIVE):
        missing.append(f"{name} already has active OKRs; a second set cannot run beside them.")
    drafted = outline(reader, draft)
    if not drafted.objectives:
        missing.append(f"The draft of {name} has no objective.")
    missing += [
        f"Objective {objective.number}, “{objective.title}”, has no key result."
        for objective, standings in drafted.objectives
        if not standings
    ]
    return missing


def _draft(tx: Transaction, desk: Desk, pair: Pair) -> OkrSet:
    draft = set_in(tx, pair.mentorship.id, OkrSetState.DRAFT)
    if draft is None:
        draft = OkrSet(
            id=desk.tokens.new_id(),
            mentorship=pair.mentorship.id,
            state=OkrSetState.DRAFT,
            created_at=desk.clock.now(),
        )
        tx.put(SETS, draft)
    return draft


def _put_objective(tx: Transaction, desk: Desk, draft: OkrSet, title: str) -> Objective:
    objective = Objective(
        id=desk.tokens.new_id(),
        mentorship=draft.mentorship,
        okr_set=draft.id,
        number=len(tx.find(OBJECTIVES, "okr_set", draft.id)) + 1,
        title=_title(title),
    )
    tx.put(OBJECTIVES, objective)
    return objective


def _put_key_result(tx: Transaction, desk: Desk, objective: Objective, title: str, metric: Metric) -> KeyResult:
    number = len(tx.find(KEY_RESULTS, "objective", objective.id)) + 1
    key_result = KeyResult(
        id=desk.tokens.new_id(),
        mentorship=objective.mentorship,
        objective=objective.id,
        ref=f"{objective.number}.{number}",
        title=_title(title),
        metric=metric,
    )
    tx.put(KEY_RESULTS, key_result)
    return key_result


def counted(objectives: int) -> str:
    """So many objectives, in words for a sentence."""
    return "1 objective" if objectives == 1 else f"{objectives} objectives"


def _title(title: str) -> str:
    cleaned = " ".join(title.split())
    if not cleaned or not cleaned.isprintable():
        raise UsageError("A title needs visible letters.")
    return cleaned


def _metric(new: NewKeyResult) -> Metric:
    metric = try_metric(new)
    if isinstance(metric, Refusal):
        raise UsageError(metric.sentence)
    return metric


def try_metric(new: NewKeyResult) -> Metric | Refusal:
    """How it is measured, or why it cannot be taken into a draft."""
    made = _made(new)
    if isinstance(made, Refusal):
        return Refusal(name=made.name, sentence=f"“{new.title}”: {made.sentence}")
    return made


def _made(new: NewKeyResult) -> Metric | Refusal:
    baseline, target, stretch = new.baseline, new.target, new.stretch
    if new.growth and target is not None:
        if baseline is None or baseline <= 0:
            sentence = f"{target:f} % more than what? Give the number it begins at."
            return Refusal(name="increase_from_what", sentence=sentence)
        target, stretch = grown(baseline, target), None if stretch is None else grown(baseline, stretch)
    return make_metric(
        new.kind,
        target=target,
        baseline=baseline,
        stretch=stretch,
        unit=currency_code(new.unit) if new.kind is MetricKind.CURRENCY else new.unit,
        bound=new.bound,
    )
