"""What is known of a key result now, derived from its readings in the order they were heard."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import reduce

from okrmate.domain.okrs import Reading
from okrmate.domain.parts import Part, known_parts
from okrmate.frozen import Frozen

LATEST = 3
"""So many values tell whether the last one has stood for long (`okrmate.domain.pace.is_stuck`)."""


class Summary(Frozen):
    """The current value and what stands beside it; everything empty means nothing was ever heard.

    `value_at` is when the current value was heard, `heard_at` when anything was. `first` is the first value,
    which is the baseline where none was given. `blocker` is the one still in force.
    """

    value: Decimal | None = None
    value_at: datetime | None = None
    approximate: bool = False
    previous: Decimal | None = None
    first: Decimal | None = None
    moved_at: datetime | None = None
    """When the value last differed from the one before it."""
    heard_at: datetime | None = None
    confidence: int | None = None
    blocker: str = ""
    note: str = ""
    readings: int = 0
    latest: tuple[tuple[datetime, Decimal], ...] = ()
    """The last values and when each was heard, at most three, oldest first."""
    counts: tuple[tuple[date, Decimal], ...] = ()
    """The own numbers of the last two months (each by its first day) in which one was told, oldest first."""
    parts: tuple[Part, ...] = ()
    """The newest number of each named source."""

    def count_before(self, at: datetime) -> Decimal | None:
        """The newest number of a month before the one `at` lies in (UTC): what that month's number grew from."""
        month = _month(at)
        return next((number for told, number in reversed(self.counts) if told < month), None)


NOTHING_HEARD = Summary()


def summarise(readings: Iterable[Reading]) -> Summary:
    """The summary of one key result's readings, whatever their order; those taken back do not count.

    An older reading never replaces a newer one: order is by the moment a reading is about, then as given.
    """
    counted = sorted((reading for reading in readings if not reading.undone_by), key=lambda reading: reading.at)
    return reduce(_after, counted, NOTHING_HEARD)


def extended(summary: Summary, readings: Iterable[Reading]) -> Summary | None:
    """The summary with later readings added, as `summarise` would give of all; None where one is not later.

    So that what is known can be kept without looking at every reading again.
    """
    for reading in readings:
        if reading.undone_by or (summary.heard_at is not None and reading.at < summary.heard_at):
            return None
        summary = _after(summary, reading)
    return summary


def _after(summary: Summary, reading: Reading) -> Summary:
    has_value = reading.value is not None
    latest = summary.latest if reading.value is None else (*summary.latest, (reading.at, reading.value))[-LATEST:]
    moved = has_value and reading.value != summary.value
    unblocked = has_value and not reading.blocker
    return Summary(
        value=reading.value if has_value else summary.value,
        value_at=reading.at if has_value else summary.value_at,
        approximate=reading.approximate if has_value else summary.approximate,
        previous=summary.value if moved else summary.previous,
        first=summary.first if summary.first is not None else reading.value,
        moved_at=reading.at if moved else summary.moved_at,
        heard_at=reading.at,
        confidence=reading.confidence if reading.confidence is not None else summary.confidence,
        blocker=reading.blocker or ("" if unblocked else summary.blocker),
        note=reading.note or summary.note,
        readings=summary.readings + 1,
        latest=latest,
        counts=summary.counts if reading.counted is None else _counts(summary, reading.at, reading.counted),
        parts=known_parts(summary.parts, reading.parts) if reading.parts else summary.parts,
    )


def _counts(summary: Summary, at: datetime, number: Decimal) -> tuple[tuple[date, Decimal], ...]:
    """With this month's number, which replaces one told earlier in the month."""
    month = _month(at)
    return (*(told for told in summary.counts if told[0] < month), (month, number))[-2:]


def _month(at: datetime) -> date:
    return at.date().replace(day=1)
