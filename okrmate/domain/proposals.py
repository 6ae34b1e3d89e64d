"""Proposals: what somebody would have otherwise in the goals, until the mentor has taken it or not."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from okrmate.domain.changes import Source
from okrmate.domain.lifecycle import Lifecycle
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace


class ProposalState(StrEnum):
    """Whether the mentor has decided."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


PROPOSAL_STEPS: Mapping[ProposalState, frozenset[ProposalState]] = MappingProxyType(
    {
        ProposalState.OPEN: frozenset({ProposalState.ACCEPTED, ProposalState.REJECTED}),
        ProposalState.ACCEPTED: frozenset(),
        ProposalState.REJECTED: frozenset(),
    }
)
PROPOSALS = Lifecycle(noun="proposal", steps=PROPOSAL_STEPS)


class Proposal(Frozen):
    """A wish about the goals of a set, in the words of whoever has it.

    `ref` is the code of the key result it names, empty where it names none; `answer` why it was not taken.
    """

    id: str
    mentorship: str
    okr_set: str
    at: datetime
    by: Side
    words: str
    source: Source
    ref: str = ""
    drops: bool = False
    """Whether it says that the key result may go, and nothing else."""
    state: ProposalState = ProposalState.OPEN
    decided_at: datetime | None = None
    answer: str = ""

    def becoming(self, state: ProposalState, at: datetime, answer: str = "") -> "Proposal":
        """This proposal decided, or `UsageError` where it is already."""
        return replace(self, state=PROPOSALS.step(self.state, state), decided_at=at, answer=answer)
