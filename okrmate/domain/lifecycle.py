"""Lifecycles as tables: which step leads from which state to which.

Each kind of record keeps its table beside its states (`house map`: people, okrs, meetings, letters). A step
the table does not hold is a person's mistake, so every command refuses it with the same sentence.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Generic, TypeVar

from okrmate.domain.errors import UsageError
from okrmate.frozen import Frozen

State = TypeVar("State", bound=StrEnum)


class Lifecycle(Frozen, Generic[State]):
    """The allowed steps of one kind of record; a state from which no step leads is final."""

    noun: str
    steps: Mapping[State, frozenset[State]]

    def allows(self, before: State, after: State) -> bool:
        """Whether the step from `before` to `after` stands in the table."""
        return after in self.steps[before]

    def is_final(self, state: State) -> bool:
        """Whether nothing can happen any more from `state`."""
        return not self.steps[state]

    def step(self, before: State, after: State) -> State:
        """The state after the step, or `UsageError` naming what could be done instead."""
        if self.allows(before, after):
            return after
        reachable = ", ".join(sorted(self.steps[before])) or "nothing: that is its end"
        raise UsageError(f"A {self.noun} that is {before} cannot become {after}; from there it can become {reachable}.")
