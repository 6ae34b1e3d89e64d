"""Several key results as one, an objective's or a whole set's: one that fails never hides behind those that do not."""

from collections.abc import Iterable
from decimal import Decimal

from okrmate.domain.condition import Condition, Position
from okrmate.frozen import Frozen

WORST_FIRST = (
    Condition.STUCK,
    Condition.BEHIND,
    Condition.UNKNOWN,
    Condition.ON_PACE,
    Condition.AHEAD,
    Condition.REACHED,
)
"""What is known to fail is worse than what nobody knows; that in turn is never good."""


class RollUp(Frozen, gc=False):
    """How many key results are in which condition, the worst first; only conditions that occur are named.

    `way` is the mean of the ways that are known, 0 to 1, None where none is. It is for a bar, never for a judgement:
    a mean is what hides things.
    """

    counts: tuple[tuple[Condition, int], ...] = ()
    way: Decimal | None = None

    @property
    def condition(self) -> Condition:
        """The worst there is; unknown where there is nothing."""
        return self.counts[0][0] if self.counts else Condition.UNKNOWN

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(number for _, number in self.counts)


def roll_up(positions: Iterable[Position]) -> RollUp:
    """The positions as one, whatever their order."""
    each = tuple(positions)
    found = [position.condition for position in each]
    ways = [position.way for position in each if position.way is not None]
    return RollUp(
        counts=tuple((condition, many) for condition in WORST_FIRST if (many := found.count(condition))),
        way=sum(ways, Decimal(0)) / len(ways) if ways else None,
    )
