"""Tactics: from planned to over, and what the key result did meanwhile."""

from datetime import timedelta
from decimal import Decimal

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.metrics import Bound, Count, Metric, Threshold
from okrmate.domain.tactics import Outcome, Tactic, TacticState, effect, had_its_chance
from tests.builders import NOW, a_reading
from tests.cases import of_every

D = Decimal
DAY = timedelta(days=1)
RISING = Count(baseline=D(0), target=D(10))
FALLING = Threshold(baseline=D(40), target=D(10), bound=Bound.AT_MOST)
UNKNOWN_START = Count(target=D(10))
Heard = tuple[tuple[int, int], ...]
"""Days after the tactic began, and the value read then."""

EFFECTS: tuple[tuple[str, Metric, Heard, Outcome, int | None, bool], ...] = (
    ("the last value before it began counts", RISING, ((-5, 1), (-1, 3), (4, 6)), Outcome.MOVED, 3, False),
    ("without one the baseline does", RISING, ((4, 6),), Outcome.MOVED, 6, False),
    ("without a baseline nothing is known", UNKNOWN_START, ((4, 6),), Outcome.UNKNOWN, None, False),
    ("nothing was read meanwhile", RISING, ((-1, 3),), Outcome.UNKNOWN, None, False),
    ("what was read after its end is not its own", RISING, ((5, 2), (90, 9)), Outcome.MOVED, 2, False),
    ("two readings within three weeks are too few to ask", RISING, ((3, 0), (9, 0)), Outcome.STILL, 0, False),
    ("three readings that stand still", RISING, ((3, 0), (6, 0), (9, 0)), Outcome.STILL, 0, True),
    ("less is better", FALLING, ((3, 30), (6, 25), (9, 20)), Outcome.MOVED, -20, False),
    ("less is better, and it became more", FALLING, ((3, 41), (6, 44), (9, 45)), Outcome.BACK, 5, True),
    ("what is reached asks nothing", RISING, ((-1, 12), (3, 12), (6, 12), (9, 11)), Outcome.BACK, -1, False),
)


def a_tactic(state: TacticState = TacticState.PLANNED) -> Tactic:
    return Tactic(id="t", mentorship="pair1", key_result="kr1", title="a dry run", state=state, created_at=NOW)


@of_every(EFFECTS)
def test_what_a_key_result_did_while_a_tactic_ran(
    why: str, metric: Metric, heard: Heard, outcome: Outcome, difference: int | None, ask: bool
) -> None:
    readings = [a_reading(value, id=f"{days}", at=NOW + days * DAY) for days, value in heard]
    running = a_tactic().begun(NOW)

    found = effect(running, metric, readings, NOW + 10 * DAY)

    assert found is not None, why
    assert (found.outcome, found.difference) == (outcome, difference)
    assert found.lasted == 10 * DAY
    assert had_its_chance(running, metric, readings, NOW + 10 * DAY) is ask


def test_three_weeks_of_standing_still_are_enough_to_ask_while_it_runs() -> None:
    running = a_tactic().begun(NOW)
    readings = [a_reading(0, at=NOW + 20 * DAY), a_reading(9, id="taken back", at=NOW + 20 * DAY, undone_by="undo")]

    assert not had_its_chance(running, RISING, readings, NOW + 20 * DAY)
    assert had_its_chance(running, RISING, readings, NOW + 21 * DAY)
    assert not had_its_chance(running.over(NOW + 21 * DAY), RISING, readings, NOW + 30 * DAY)


def test_only_what_was_begun_ends_and_nothing_begins_twice() -> None:
    planned = a_tactic()
    running = planned.begun(NOW)
    ended = running.over(NOW + DAY, "strangers ask more")

    assert effect(planned, RISING, [], NOW) is None
    assert (ended.state, ended.learned, ended.ended_at) == (TacticState.ENDED, "strangers ask more", NOW + DAY)
    assert planned.over(NOW).state is TacticState.DROPPED
    with pytest.raises(UsageError, match="cannot become"):
        running.begun(NOW)
    with pytest.raises(UsageError, match="cannot become"):
        ended.over(NOW)
