"""The steps of a set of OKRs before it runs: refined, agreed to by both, active; each names all it lacks at once."""

from datetime import date

from okrmate.domain.changes import Source
from okrmate.domain.cycle import proposed_end
from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import OKR_SETS, OkrSet, OkrSetState
from okrmate.domain.people import MentorshipState, Side
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import drafted_again, outline, set_in
from okrmate.services.mentoring.versions import keep_version
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import OKR_SETS as SETS

BY_HER_ALONE = "started by the mentor; the agreement of both was not asked for"
OVER = (MentorshipState.ENDED, MentorshipState.DECLINED)


def worked_on(reader: Reader, mentorship: str) -> OkrSet | None:
    """The set that can be started: the refined one, else the draft."""
    return set_in(reader, mentorship, OkrSetState.REFINED) or set_in(reader, mentorship, OkrSetState.DRAFT)


def not_refined_for(reader: Reader, pair: Pair, draft: OkrSet | None) -> list[str]:
    """Everything a set lacks to be shown to the other side as refined, each as a sentence."""
    name = pair.protege.name
    if draft is None:
        return [f"{name} has no draft; write one with `okrmate okr add` or `okrmate okr import`."]
    missing = []
    if pair.mentorship.state in OVER:
        missing.append(f"The mentorship with {name} is {pair.mentorship.state}.")
    drafted = outline(reader, draft)
    if not drafted.objectives:
        missing.append(f"The draft of {name} has no objective.")
    missing += [
        f"Objective {objective.number}, “{objective.title}”, has no key result."
        for objective, standings in drafted.objectives
        if not standings
    ]
    return missing


def not_active_for(reader: Reader, pair: Pair, draft: OkrSet | None, reason: str) -> list[str]:
    """Everything a set lacks to become active, the agreement of both included where no `reason` overrides it."""
    missing = not_refined_for(reader, pair, draft)
    if set_in(reader, pair.mentorship.id, OkrSetState.ACTIVE):
        missing.insert(0, f"{pair.protege.name} already has active OKRs; a second set cannot run beside them.")
    if draft is not None and not reason:
        missing += [f"{who} has not agreed to it as it stands." for who in _not_agreed(pair, draft)]
    return missing


def _not_agreed(pair: Pair, okr_set: OkrSet) -> list[str]:
    who = [] if okr_set.agreed_protege else [pair.protege.name]
    return who if okr_set.agreed_mentor else [*who, "The mentor"]


def refine(desk: Desk, pair: Pair, ends: date | None = None) -> OkrSet:
    """The draft as both are asked to agree to it, which the mentor does by this; a letter asks the protégé.

    Without `ends` the cycle runs to the end of the quarter. `UsageError` names everything that is missing at once.
    """
    now = desk.clock.now()
    today = desk.mentor.local(now).date()
    with desk.store.transaction() as tx:
        found = worked_on(tx, pair.mentorship.id)
        missing = [*not_refined_for(tx, pair, found), *_wrong_end(ends, today)]
        if found is None or missing:
            raise UsageError("\n".join(missing))
        refined = replace(
            found if found.state is OkrSetState.DRAFT else drafted_again(found),
            state=OkrSetState.REFINED,
            refined_at=now,
            agreed_mentor=now,
            ends=ends or _ahead(found.ends, today) or proposed_end(today),
        )
        tx.put(SETS, refined)
        keep_version(tx, desk, refined, Side.MENTOR)
        _record(
            tx, desk, pair, f"OKRs of {pair.protege.name} refined; the mentor agrees", trail.by_command("okr refine")
        )
    return refined


def agree_in(tx: Transaction, desk: Desk, pair: Pair, okr_set: OkrSet, side: Side) -> OkrSet:
    """The refined set with one side's agreement; once both have agreed and nothing else is missing it is active.

    The caller writes the trail.
    """
    now = desk.clock.now()
    agreed = replace(okr_set, **{f"agreed_{side}": now})
    if agreed.agreed and not not_active_for(tx, pair, agreed, ""):
        agreed = _begun(agreed, desk, "", None)
    tx.put(SETS, agreed)
    if agreed.state is OkrSetState.ACTIVE:
        keep_version(tx, desk, agreed, side)
    return agreed


def activate(desk: Desk, pair: Pair, reason: str = "", ends: date | None = None) -> OkrSet:
    """Start the set; where not both have agreed the record says that the mentor did so by herself, and why.

    Without `ends` the cycle runs to the end of the quarter (`domain.cycle`). `UsageError` names everything that is
    missing at once.
    """
    today = desk.mentor.local(desk.clock.now()).date()
    with desk.store.transaction() as tx:
        found = worked_on(tx, pair.mentorship.id)
        why = reason or BY_HER_ALONE
        missing = [*not_active_for(tx, pair, found, why), *_wrong_end(ends, today)]
        if found is None or missing:
            raise UsageError("\n".join(missing))
        if found.state is OkrSetState.DRAFT:
            found = replace(found, state=OKR_SETS.step(found.state, OkrSetState.REFINED))
        active = _begun(found, desk, "" if found.agreed else why, ends)
        tx.put(SETS, active)
        keep_version(tx, desk, active, Side.MENTOR)
        how = f"by the mentor alone: {active.override}" if active.override else "agreed by both"
        _record(tx, desk, pair, f"OKRs of {pair.protege.name} active, {how}", trail.by_command("okr activate"))
    return active


def abandon(desk: Desk, pair: Pair, reason: str = "") -> OkrSet:
    """Give up the draft, refined or not; nothing of it is lost, and the next one begins empty."""
    with desk.store.transaction() as tx:
        found = worked_on(tx, pair.mentorship.id)
        if found is None:
            raise UsageError(f"{pair.protege.name} has no draft to give up.")
        given_up = replace(found, state=OKR_SETS.step(found.state, OkrSetState.ABANDONED))
        tx.put(SETS, given_up)
        because = f": {reason}" if reason else ""
        _record(tx, desk, pair, f"draft of {pair.protege.name} given up{because}", trail.by_command("okr close"))
    return given_up


def _begun(refined: OkrSet, desk: Desk, override: str, ends: date | None) -> OkrSet:
    now = desk.clock.now()
    today = desk.mentor.local(now).date()
    return replace(
        refined,
        state=OKR_SETS.step(refined.state, OkrSetState.ACTIVE),
        activated_at=now,
        override=override,
        ends=ends or _ahead(refined.ends, today) or proposed_end(today),
    )


def _ahead(ends: date | None, today: date) -> date | None:
    """An end that was named before, unless the day has come by now."""
    return ends if ends is not None and ends > today else None


def _wrong_end(ends: date | None, today: date) -> list[str]:
    return [f"A cycle that begins today cannot end on {ends}."] if ends is not None and ends <= today else []


def _record(tx: Transaction, desk: Desk, pair: Pair, what: str, source: Source) -> None:
    trail.record(tx, desk, what=what, source=source, mentorship=pair.mentorship.id)
