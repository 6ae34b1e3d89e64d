"""Tactics: what is being tried for a key result, from when to when, and how its value moved meanwhile."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from okrmate.domain.lifecycle import Lifecycle
from okrmate.domain.metrics import Metric, falling, reached
from okrmate.domain.okrs import Reading
from okrmate.domain.pace import STILL_FOR, STILL_READINGS, noise
from okrmate.frozen import Frozen, replace


class TacticState(StrEnum):
    """What became of an idea: waiting, being tried, tried, or left before it was."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    DROPPED = "dropped"


TACTIC_STEPS: Mapping[TacticState, frozenset[TacticState]] = MappingProxyType(
    {
        TacticState.PLANNED: frozenset({TacticState.RUNNING, TacticState.DROPPED}),
        TacticState.RUNNING: frozenset({TacticState.ENDED}),
        TacticState.ENDED: frozenset(),
        TacticState.DROPPED: frozenset(),
    }
)
TACTICS = Lifecycle(noun="tactic", steps=TACTIC_STEPS)


class Tactic(Frozen):
    """Something tried for one key result; it may fail without the key result being wrong (product: "Key results")."""

    id: str
    mentorship: str
    key_result: str
    title: str
    state: TacticState
    created_at: datetime
    begun_at: datetime | None = None
    ended_at: datetime | None = None
    learned: str = ""
    """What the pair takes from it, in a sentence."""

    def begun(self, at: datetime) -> "Tactic":
        """The same, being tried from `at` on; `UsageError` where it was begun or left before."""
        return replace(self, state=TACTICS.step(self.state, TacticState.RUNNING), begun_at=at)

    def over(self, at: datetime, learned: str = "") -> "Tactic":
        """The same, no longer tried from `at` on; one that was only planned is left. `UsageError` where it is over."""
        planned = self.state is TacticState.PLANNED
        after = TACTICS.step(self.state, TacticState.DROPPED if planned else TacticState.ENDED)
        return replace(self, state=after, ended_at=at, learned=learned)


class Outcome(StrEnum):
    """What the value of the key result did while a tactic was tried; which of them caused it, nobody can tell."""

    MOVED = "moved"
    STILL = "still"
    BACK = "back"
    UNKNOWN = "unknown"


class Effect(Frozen):
    """From which value to which, in how long, and how many values were read meanwhile; unknown values are None."""

    outcome: Outcome
    before: Decimal | None = None
    after: Decimal | None = None
    lasted: timedelta = timedelta(0)
    readings: int = 0

    @property
    def difference(self) -> Decimal | None:
        """By how much, in the unit of the key result."""
        return None if self.before is None or self.after is None else self.after - self.before


def effect(tactic: Tactic, metric: Metric, readings: Iterable[Reading], now: datetime) -> Effect | None:
    """What the value did from the day a tactic began until it ended, or until `now`; None where it never began.

    It begins at the last value read until then, else at the baseline. Unknown where nothing was read while it ran,
    or where it began is not known. Within noise it stood still. Readings taken back do not count.
    """
    if tactic.begun_at is None:
        return None
    begun, until = tactic.begun_at, tactic.ended_at or now
    values = sorted(
        ((each.at, each.value) for each in readings if each.value is not None and not each.undone_by),
        key=lambda heard: heard[0],
    )
    earlier = [value for at, value in values if at <= begun]
    meanwhile = [value for at, value in values if begun < at <= until]
    before = earlier[-1] if earlier else metric.baseline
    found = Effect(outcome=Outcome.UNKNOWN, before=before, lasted=until - begun, readings=len(meanwhile))
    if before is None or not meanwhile:
        return found
    after, beginning = meanwhile[-1], before if metric.baseline is None else metric.baseline
    return replace(found, outcome=_outcome(metric, before, after, noise(metric, beginning)), after=after)


def had_its_chance(tactic: Tactic, metric: Metric, readings: Iterable[Reading], now: datetime) -> bool:
    """Whether it is time to ask if it is the wrong tactic, or the right one done badly (seed 002).

    It runs, values were read in it, three of them or over three weeks, and they did not come nearer to the target.
    """
    found = effect(tactic, metric, readings, now)
    if tactic.state is not TacticState.RUNNING or found is None or found.after is None:
        return False
    enough = found.readings >= STILL_READINGS or found.lasted >= STILL_FOR
    return enough and found.outcome in {Outcome.STILL, Outcome.BACK} and not reached(metric, found.after)


def _outcome(metric: Metric, before: Decimal, after: Decimal, within: Decimal) -> Outcome:
    if abs(after - before) <= within:
        return Outcome.STILL
    return Outcome.BACK if (after > before) is falling(metric) else Outcome.MOVED
