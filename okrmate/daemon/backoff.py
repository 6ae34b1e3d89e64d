"""How long to leave a server alone that could not be reached: longer each time, never alike for two of us."""

from collections.abc import Callable
from dataclasses import dataclass

FIRST = 1.0
"""Seconds that the first wait lasts at most."""
CAP = 300.0
"""Seconds that any wait lasts at most."""

Chance = Callable[[], float]
"""A number from 0 up to 1, another one each time."""


@dataclass(slots=True)
class Backoff:
    """The waits after failures in a row: 1 s at most, then doubled up to 5 minutes, each between half of that and all.

    The half that chance decides keeps many clients of one server from all coming back at the same moment.
    """

    chance: Chance
    _failures: int = 0

    def after_failure(self) -> float:
        """Seconds to wait after one more failure."""
        longest = min(CAP, FIRST * 2.0 ** min(self._failures, 10))
        self._failures += 1
        return longest * (1 + self.chance()) / 2

    def reset(self) -> None:
        """After a success the next failure is the first again."""
        self._failures = 0
