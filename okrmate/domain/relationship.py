"""The relationship measured like a goal: three key results of every mentorship that the program counts by itself.

"Make this mentorship worth both people's time" (product: "The mentorship"): agendas at least three days ahead to which
the protégé put in or confirmed something, advice put to use with a stated impact, and talks closed with feedback of
both.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from okrmate.domain.condition import Condition, Position
from okrmate.domain.pace import Pace, pace_of
from okrmate.domain.rhythm import GRACE
from okrmate.domain.roll_up import RollUp, roll_up
from okrmate.frozen import Frozen

OBJECTIVE = "Make this mentorship worth both people's time"
ADVICE_GOAL = 3
"""Pieces of advice that are to be put to use in one cycle."""
ALL = Decimal(1)
_BY_PACE = {Pace.AHEAD: Condition.AHEAD, Pace.ON: Condition.ON_PACE, Pace.BEHIND: Condition.BEHIND}


class Measure(StrEnum):
    """The three key results; the values are their codes."""

    AGENDAS = "M.1"
    ADVICE = "M.2"
    FEEDBACK = "M.3"


TITLES = {
    Measure.AGENDAS: "agendas 3 days ahead, with a word of theirs",
    Measure.ADVICE: "advice put to use, with an impact",
    Measure.FEEDBACK: "talks closed with feedback from both",
}


class TalkFacts(Frozen):
    """What is known of one talk that took place or is ahead.

    `left_at` is when its agenda really left, None while it has not; `deadline` when it had to have. `taken_up`:
    the protégé put in an item of their own, or said that the list suits. `closed`: nobody is asked about it any more.
    """

    begins_at: datetime
    deadline: datetime
    left_at: datetime | None = None
    taken_up: bool = False
    closed: bool = False
    both_wrote: bool = False

    def late(self, now: datetime) -> bool:
        """Whether its agenda left after the deadline, or has not left although that is over."""
        return (self.left_at or now) > self.deadline + GRACE


class Measured(Frozen):
    """One of them as it stands: `done` of `of`, how many came late, what is due by now (0 to 1), and its word."""

    measure: Measure
    done: int
    of: int
    late: int = 0
    due: Decimal | None = None
    """None where every single one is wanted: there is no pace to that."""
    condition: Condition = Condition.UNKNOWN

    @property
    def title(self) -> str:
        """What it counts."""
        return TITLES[self.measure]

    @property
    def way(self) -> Decimal | None:
        """How much of it is there, 0 to 1; None while there is nothing to count."""
        return min(ALL, Decimal(self.done) / self.of) if self.of else None


class Relationship(Frozen):
    """All three; `whole` names the worst first, so that one that fails never hides."""

    measures: tuple[Measured, ...]

    @property
    def whole(self) -> RollUp:
        """The three as one."""
        return roll_up(Position(condition=each.condition, way=each.way) for each in self.measures)


def relationship(
    talks: Iterable[TalkFacts], impacts: int, *, gone: Decimal | None, now: datetime, goal: int = ADVICE_GOAL
) -> Relationship:
    """The three of one cycle: of its talks, of advice with a stated impact, of how much of its time is gone."""
    of_cycle = tuple(talks)
    return Relationship(measures=(agendas(of_cycle, now), advice(impacts, gone, goal=goal), feedback(of_cycle, now)))


def agendas(talks: Iterable[TalkFacts], now: datetime) -> Measured:
    """Agendas in time and taken up, of the talks whose deadline is over or that have begun.

    One that is late stays late whatever happens afterwards. In time and not taken up yet, it counts against nobody
    before the talk has begun.
    """
    due = [each for each in talks if each.deadline <= now or each.begins_at <= now]
    late = sum(each.late(now) for each in due)
    done = sum(each.taken_up and not each.late(now) for each in due)
    settled = [each for each in due if each.late(now) or each.taken_up or each.begins_at <= now]
    return _every(Measure.AGENDAS, done, len(settled), late)


def advice(impacts: int, gone: Decimal | None, *, goal: int = ADVICE_GOAL) -> Measured:
    """Advice with a stated impact against the goal of the cycle, and against the time of it that is gone."""
    pace = pace_of(min(ALL, Decimal(impacts) / goal), gone)
    condition = Condition.UNKNOWN if pace is None else _BY_PACE[pace]
    reached = Condition.REACHED if impacts >= goal else condition
    return Measured(measure=Measure.ADVICE, done=impacts, of=goal, due=gone, condition=reached)


def feedback(talks: Iterable[TalkFacts], now: datetime) -> Measured:
    """Talks on which both wrote, of those that are closed."""
    closed = [each for each in talks if each.closed and each.begins_at <= now]
    return _every(Measure.FEEDBACK, sum(each.both_wrote for each in closed), len(closed))


def _every(measure: Measure, done: int, of: int, late: int = 0) -> Measured:
    """A key result of which every single one is wanted: on pace with all of them, behind with any missing."""
    if not of:
        return Measured(measure=measure, done=done, of=of, late=late)
    condition = Condition.ON_PACE if done == of else Condition.BEHIND
    return Measured(measure=measure, done=done, of=of, late=late, condition=condition)
