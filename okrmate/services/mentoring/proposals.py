"""Proposals: wishes about somebody's goals, kept as they came by mail, and found again while the mentor decides."""

from okrmate.domain.changes import Source
from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import OkrSet
from okrmate.domain.people import Side
from okrmate.domain.proposals import Proposal, ProposalState
from okrmate.services.desk import Desk
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import PROPOSALS


def proposals(reader: Reader, mentorship: str = "", *, every: bool = False) -> tuple[Proposal, ...]:
    """The open proposals, the oldest first, of one mentorship or of all; `every`: those that are decided too."""
    found = reader.find(PROPOSALS, "mentorship", mentorship) if mentorship else reader.every(PROPOSALS)
    return tuple(each for each in found if every or each.state is ProposalState.OPEN)


def find_proposal(reader: Reader, proposal_id: str) -> Proposal:
    """The proposal with this id or beginning of one, or `UsageError`."""
    found = [each for each in reader.every(PROPOSALS) if each.id.startswith(proposal_id)]
    if len(found) != 1:
        raise UsageError(f"There is no proposal “{proposal_id}”; `okrmate proposal list` shows those that are open.")
    return found[0]


def propose_in(
    tx: Transaction, desk: Desk, okr_set: OkrSet, words: str, *, source: Source, ref: str = "", drops: bool = False
) -> Proposal:
    """Keep a wish of the protégé about a set; the caller writes the trail."""
    proposal = Proposal(
        id=desk.tokens.new_id(),
        mentorship=okr_set.mentorship,
        okr_set=okr_set.id,
        at=desk.clock.now(),
        by=Side.PROTEGE,
        words=words,
        source=source,
        ref=ref,
        drops=drops,
    )
    tx.put(PROPOSALS, proposal)
    return proposal
