"""One positive and one suggestion from each side after a meeting, sealed until both are in."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from okrmate.domain.changes import Source
from okrmate.domain.people import Side
from okrmate.frozen import Frozen

SEAL = timedelta(days=5)
"""How long one side's words wait for the other's (product: "Feedback and advice")."""


class Feedback(Frozen):
    """What one side wrote after one meeting, in their own words; either part may be empty for now."""

    id: str
    mentorship: str
    meeting: str
    by: Side
    at: datetime
    source: Source
    positive: tuple[str, ...] = ()
    suggestion: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether both a positive and a suggestion are in."""
        return bool(self.positive and self.suggestion)

    @property
    def missing(self) -> tuple[str, ...]:
        """The parts that are not in, by name."""
        return tuple(name for name, part in (("positive", self.positive), ("suggestion", self.suggestion)) if not part)


def by_side(feedback: Iterable[Feedback], side: Side) -> Feedback | None:
    """What `side` wrote, if anything."""
    return next((given for given in feedback if given.by is side), None)


def unsealed(feedback: Iterable[Feedback], meeting_ended: datetime, now: datetime) -> bool:
    """Whether what was written may be shown: both sides are in and whole, or five days have passed."""
    given = tuple(feedback)
    both = all((found := by_side(given, side)) is not None and found.whole for side in Side)
    return both or now >= meeting_ended + SEAL
