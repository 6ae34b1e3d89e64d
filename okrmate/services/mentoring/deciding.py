"""Deciding on a proposal: taking it, with what it alters in the set, or leaving the goals as they are."""

from collections.abc import Sequence

from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import OkrSet, OkrSetState
from okrmate.domain.proposals import Proposal, ProposalState
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.altering import Alteration, Drop, edit_in, revise_in
from okrmate.services.mentoring.mentorships import pair as pair_of
from okrmate.services.mentoring.proposals import find_proposal
from okrmate.services.ports import Reader
from okrmate.services.tables import OKR_SETS, PROPOSALS


def accept(desk: Desk, proposal_id: str, alterations: Sequence[Alteration] = (), reason: str = "") -> Proposal:
    """Take a proposal, and alter the set as it says: as given, or by dropping what it says may go.

    Where it says neither it is taken, and what it asks for is hers to shape. The reason is their own words where none
    is given. `UsageError` where the set has been closed since.
    """
    with desk.store.transaction() as tx:
        proposal = find_proposal(tx, proposal_id)
        accepted = proposal.becoming(ProposalState.ACCEPTED, desk.clock.now(), reason)
        tx.put(PROPOSALS, accepted)
        source = trail.by_command("proposal accept")
        wanted = tuple(alterations) or ((Drop(ref=proposal.ref),) if proposal.drops and proposal.ref else ())
        if wanted:
            pair, okr_set = pair_of(tx, proposal.mentorship), _still_open(tx, proposal)
            why = reason or f"{pair.protege.first_name} asked for it: “{proposal.words}”"
            alter = revise_in if okr_set.state is OkrSetState.ACTIVE else edit_in
            alter(tx, desk, pair, wanted, reason=why, source=source)
        else:
            trail.record(tx, desk, what="proposal accepted", source=source, mentorship=proposal.mentorship)
    return accepted


def reject(desk: Desk, proposal_id: str, reason: str = "") -> Proposal:
    """Leave the goals as they are; the reason is kept beside the proposal."""
    with desk.store.transaction() as tx:
        proposal = find_proposal(tx, proposal_id).becoming(ProposalState.REJECTED, desk.clock.now(), reason)
        tx.put(PROPOSALS, proposal)
        because = f": {reason}" if reason else ""
        trail.record(
            tx,
            desk,
            what=f"proposal rejected{because}",
            source=trail.by_command("proposal reject"),
            mentorship=proposal.mentorship,
        )
    return proposal


def _still_open(reader: Reader, proposal: Proposal) -> OkrSet:
    okr_set = reader.get(OKR_SETS, proposal.okr_set)
    if okr_set is None or okr_set.state in (OkrSetState.CLOSED, OkrSetState.ABANDONED):
        raise UsageError("The OKRs it is about are closed, and closed OKRs never change; reject it instead.")
    return okr_set
