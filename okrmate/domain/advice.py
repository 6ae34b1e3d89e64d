"""The advice log: what was advised, what was done with it, and what that changed; without that it does not count."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from okrmate.domain.changes import Source
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace


class AdviceState(StrEnum):
    """How far a piece of advice has come."""

    GIVEN = "given"
    TRIED = "tried"
    """It was put to use, and what it changed is not said yet: so it does not count, and the next mail asks."""
    COUNTS = "counts"


class Advice(Frozen):
    """One piece of advice to the protégé: the mentor's words, what was done with them, and what that changed.

    `did` and `impact` are in the protégé's own words. `suggestion` is the feedback it was given in, `meeting` the talk
    of it; both may be empty. `words` may be empty where something was tried of which nobody wrote down the advice.
    """

    id: str
    mentorship: str
    words: str
    at: datetime
    source: Source
    meeting: str = ""
    suggestion: str = ""
    by: Side = Side.MENTOR
    did: str = ""
    tried_at: datetime | None = None
    impact: str = ""
    impact_at: datetime | None = None
    dropped: bool = False
    """It is not asked about any more."""

    @property
    def state(self) -> AdviceState:
        """How far it has come; an impact alone says that it was tried."""
        if self.impact:
            return AdviceState.COUNTS
        return AdviceState.TRIED if self.did else AdviceState.GIVEN

    @property
    def counts(self) -> bool:
        """Whether it was put to use with a stated impact."""
        return self.state is AdviceState.COUNTS

    def told(self, *, did: str, impact: str, at: datetime) -> "Advice":
        """The same with what was done and what it changed; a part left out stays as it was."""
        return replace(
            self,
            did=did or self.did,
            tried_at=at if did else self.tried_at,
            impact=impact or self.impact,
            impact_at=at if impact else self.impact_at,
        )


def to_ask_about(log: Iterable[Advice]) -> Advice | None:
    """The one that the next mail asks about: tried without a known impact first, then the youngest not tried yet."""
    waiting = [each for each in log if not each.dropped and not each.counts]
    tried = [each for each in waiting if each.state is AdviceState.TRIED]
    return max(tried or waiting, key=lambda each: each.at, default=None)
