"""Sets of OKRs: adding to a draft, pasting a whole one, and finding a key result by its ref."""

from decimal import Decimal

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.metrics import Bound, Metric, MetricKind, grown, make_metric
from okrmate.domain.okrs import OKR_SETS, KeyResult, Objective, OkrSet, OkrSetState
from okrmate.domain.summaries import Summary
from okrmate.domain.tactics import Tactic, TacticState
from okrmate.frozen import Frozen, replace
from okrmate.reply.amounts import currency_code
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import KEY_RESULTS, OBJECTIVES, TACTICS, VERSIONS
from okrmate.services.tables import OKR_SETS as SETS


class NewKeyResult(Frozen):
    """A key result as it is given; `kind` is one of the public ids."""

    title: str
    kind: MetricKind
    target: Decimal | None = None
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    unit: str = ""
    bound: Bound | None = None
    upper: Decimal | None = None
    """The higher end of what is held between two; `target` is the lower."""
    growth: bool = False
    """Whether target and stretch are growth in % since the baseline."""
    previous: Decimal | None = None
    """Last month's number of what is to grow from month to month."""
    customer: str = ""
    behaviour: str = ""
    sources: tuple[str, ...] = ()
    tactics: tuple[str, ...] = ()
    """What is to be tried for it."""


class NewObjective(Frozen):
    """An objective with its key results, as they are given."""

    title: str
    key_results: tuple[NewKeyResult, ...] = ()


class Standing(Frozen, gc=False):
    """A key result and how it stands now."""

    key_result: KeyResult
    summary: Summary


class Outline(Frozen):
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
    """The set, whole, without what was dropped."""
    found = (each for each in reader.find(OBJECTIVES, "okr_set", okr_set.id) if each.dropped_at is None)
    objectives = sorted(found, key=lambda objective: objective.number)
    return Outline(
        okr_set=okr_set,
        objectives=tuple((objective, _standings(reader, objective)) for objective in objectives),
    )


def _standings(reader: Reader, objective: Objective) -> tuple[Standing, ...]:
    kept = (each for each in reader.find(KEY_RESULTS, "objective", objective.id) if each.dropped_at is None)
    key_results = sorted(kept, key=_number)
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
        objective = put_objective(tx, desk, draft_of(tx, desk, pair), title)
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
    metric = checked_metric(new)
    with desk.store.transaction() as tx:
        draft = draft_of(tx, desk, pair)
        key_result = put_key_result(tx, desk, objective_of(tx, pair, draft, number), new.title, metric)
        trail.record(
            tx,
            desk,
            what=f"KR {key_result.ref} drafted",
            source=trail.by_command("okr add"),
            mentorship=pair.mentorship.id,
        )
    return key_result


def objective_of(reader: Reader, pair: Pair, okr_set: OkrSet, number: int) -> Objective:
    """The objective of a set with this number, or `UsageError`."""
    for objective, _ in outline(reader, okr_set).objectives:
        if objective.number == number:
            return objective
    known = "The draft" if okr_set.state is OkrSetState.DRAFT else "The set"
    raise UsageError(f"{known} of {pair.protege.name} has no objective {number}; add it first.")


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
        draft = draft_of(tx, desk, pair)
        there = {each.title.casefold() for each in tx.find(OBJECTIVES, "okr_set", draft.id)}
        if twice := [each.title for each in objectives if checked_title(each.title).casefold() in there]:
            raise UsageError("\n".join(f"“{title}” is in the draft already; nothing was added." for title in twice))
        for objective in objectives:
            put = put_objective(tx, desk, draft, objective.title)
            for new in objective.key_results:
                added = put_key_result(tx, desk, put, new.title, checked_metric(new))
                said = replace(added, customer=new.customer, behaviour=new.behaviour, sources=new.sources)
                tx.put(KEY_RESULTS, said)
                for title in new.tactics:
                    tx.put(TACTICS, _planned(desk, said, title))
        trail.record(
            tx,
            desk,
            what=f"{counted(len(objectives))} imported",
            source=trail.by_command("okr import"),
            mentorship=pair.mentorship.id,
        )
    return draft


def _planned(desk: Desk, key_result: KeyResult, title: str) -> Tactic:
    return Tactic(
        id=desk.tokens.new_id(),
        mentorship=key_result.mentorship,
        key_result=key_result.id,
        title=checked_title(title),
        state=TacticState.PLANNED,
        created_at=desk.clock.now(),
    )


def draft_of(tx: Transaction, desk: Desk, pair: Pair, *, follows: str = "") -> OkrSet:
    """The mentorship's draft, one that was refined taken back to be drafted on; one is opened where there is none."""
    draft = set_in(tx, pair.mentorship.id, OkrSetState.DRAFT)
    refined = None if draft else set_in(tx, pair.mentorship.id, OkrSetState.REFINED)
    if refined is not None:
        draft = drafted_again(refined)
        tx.put(SETS, draft)
    if draft is None:
        draft = OkrSet(
            id=desk.tokens.new_id(),
            mentorship=pair.mentorship.id,
            state=OkrSetState.DRAFT,
            created_at=desk.clock.now(),
            follows=follows,
        )
        tx.put(SETS, draft)
    return draft


def drafted_again(okr_set: OkrSet) -> OkrSet:
    """A refined set as a draft: whoever agreed did so to other words."""
    state = OKR_SETS.step(okr_set.state, OkrSetState.DRAFT)
    return replace(okr_set, state=state, refined_at=None, agreed_mentor=None, agreed_protege=None)


def put_objective(tx: Transaction, desk: Desk, okr_set: OkrSet, title: str) -> Objective:
    """Add an objective to a set, under the next number that none has had in it."""
    known = tx.find(OBJECTIVES, "okr_set", okr_set.id)
    objective = Objective(
        id=desk.tokens.new_id(),
        mentorship=okr_set.mentorship,
        okr_set=okr_set.id,
        number=max((each.number for each in known), default=0) + 1,
        title=checked_title(title),
    )
    tx.put(OBJECTIVES, objective)
    return objective


def put_key_result(tx: Transaction, desk: Desk, objective: Objective, title: str, metric: Metric) -> KeyResult:
    """Add a key result to an objective, under the next ref that none has had in it."""
    key_result = KeyResult(
        id=desk.tokens.new_id(),
        mentorship=objective.mentorship,
        objective=objective.id,
        ref=next_ref(tx, objective),
        title=checked_title(title),
        metric=metric,
    )
    tx.put(KEY_RESULTS, key_result)
    return key_result


def next_ref(reader: Reader, objective: Objective) -> str:
    """The next code that no key result has had in an objective, nor one that has gone to another since."""
    had = [_number(each) for each in reader.find(KEY_RESULTS, "objective", objective.id)]
    lines = (line for version in reader.find(VERSIONS, "okr_set", objective.okr_set) for line in version.lines)
    had += [int(line.ref.rpartition(".")[2]) for line in lines if line.ref.startswith(f"{objective.number}.")]
    return f"{objective.number}.{max(had, default=0) + 1}"


def counted(objectives: int) -> str:
    """So many objectives, in words for a sentence."""
    return "1 objective" if objectives == 1 else f"{objectives} objectives"


def checked_title(title: str) -> str:
    """A title as it is kept, or `UsageError` where there is nothing to read in it."""
    cleaned = " ".join(title.split())
    if not cleaned or not cleaned.isprintable():
        raise UsageError("A title needs visible letters.")
    return cleaned


def checked_metric(new: NewKeyResult) -> Metric:
    """How it is measured, or `UsageError` saying why it cannot be taken."""
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
            compared = "less" if target < 0 else "more"
            sentence = f"{abs(target):f} % {compared} than what? Give the number it begins at."
            return Refusal(name="increase_from_what", sentence=sentence)
        target, stretch = grown(baseline, target), None if stretch is None else grown(baseline, stretch)
    return make_metric(
        new.kind,
        target=target,
        baseline=baseline,
        stretch=stretch,
        unit=currency_code(new.unit) if new.kind is MetricKind.CURRENCY else new.unit,
        bound=new.bound,
        previous=new.previous,
        upper=new.upper,
    )
