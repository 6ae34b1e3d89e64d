"""A crowded world: a hundred people with thirty key results each, and fifty thousand readings, in a real store."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from okrmate.adapters.store import TinyStore, open_store
from okrmate.domain.metrics import Count, Metric, Percent, Threshold
from okrmate.services.ports import Transaction
from okrmate.services.tables import KEY_RESULTS, MEETINGS, OBJECTIVES, READINGS
from tests.builders import a_key_result, a_meeting, a_reading, an_objective
from tests.fakes import CountingTokens, FixedClock
from tests.tui.mentorships import BEGUN, BY_MAIL, MORNING, person, running_set

PEOPLE = 100
OBJECTIVES_EACH = 6
KEY_RESULTS_EACH = 5
READINGS_EACH = 17
D = Decimal
METRICS: tuple[Metric, ...] = (
    Count(baseline=D(0), target=D(40)),
    Percent(baseline=D(10), target=D(80)),
    Threshold(baseline=D(0), target=D(9000), unit="€"),
    Count(baseline=D(60), target=D(5)),
    Count(target=D(20)),
)


def crowd(home: Path) -> TinyStore:
    """A store with all of them; 51,000 readings."""
    store = open_store(home, CountingTokens("home"), FixedClock(BEGUN))
    with store.transaction() as tx:
        for number in range(PEOPLE):
            _person(tx, number)
    return store


def _person(tx: Transaction, number: int) -> None:
    pair = person(tx, f"P{number:03} Somebody")
    running_set(tx, pair)
    starts = datetime(2026, 11, 17, 9, 0) + timedelta(hours=number)  # noqa: DTZ001 - wall time in the zone of the talk
    tx.put(MEETINGS, a_meeting(id=f"{pair}-talk", mentorship=pair, starts=starts, zone="Europe/London"))
    for first in range(1, OBJECTIVES_EACH + 1):
        title = f"Objective {first} of somebody with many"
        known = an_objective(id=f"{pair}-{first}", mentorship=pair, okr_set=f"{pair}-set", number=first, title=title)
        tx.put(OBJECTIVES, known)
        for second in range(1, KEY_RESULTS_EACH + 1):
            _key_result(tx, pair, first, second)


def _key_result(tx: Transaction, pair: str, first: int, second: int) -> None:
    metric = METRICS[(first + second) % len(METRICS)]
    ref = f"{first}.{second}"
    known = f"{pair}-{ref}"
    title = f"Key result {ref} with a title of some length"
    tx.put(
        KEY_RESULTS,
        a_key_result(id=known, mentorship=pair, objective=f"{pair}-{first}", ref=ref, title=title, metric=metric),
    )
    pace = (first + 2 * second) % 4 + 1
    for step in range(READINGS_EACH):
        at = BEGUN + (MORNING - BEGUN) * (step + 1) / READINGS_EACH
        value = min(step * pace, 80)
        read = a_reading(value, id=f"{known}-{step}", mentorship=pair, key_result=known, at=at, source=BY_MAIL)
        tx.put(READINGS, read)
