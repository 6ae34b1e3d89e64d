"""What moved since the mentor was here last: key results whose value is another one, the newest first."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from okrmate.domain.summaries import summarise
from okrmate.frozen import Frozen
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.tracking import Tracked, Tree


class Moved(Frozen):
    """A key result that moved; `before` is what it was, None where nothing was known."""

    pair: Pair
    tracked: Tracked
    before: Decimal | None
    at: datetime

    @property
    def step(self) -> Decimal | None:
        """By how much; None for a first value."""
        value = self.tracked.summary.value
        return None if value is None or self.before is None else value - self.before


def moved(trees: Iterable[tuple[Pair, Tree | None]], since: datetime) -> tuple[Moved, ...]:
    """What is another value now than it was at `since`."""
    found = []
    for pair, tree in trees:
        for tracked in tree.key_results if tree is not None else ():
            at = tracked.summary.moved_at
            if at is None or at <= since:
                continue
            before = summarise(reading for reading in tracked.readings if reading.at <= since).value
            beginning = before if before is not None else tracked.metric.baseline
            if beginning != tracked.summary.value:
                found.append(Moved(pair=pair, tracked=tracked, before=beginning, at=at))
    return tuple(sorted(found, key=lambda each: each.at, reverse=True))
