"""The time of a set of OKRs: when it is to end where nobody says so, and how much of it is gone."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

SHORTEST = timedelta(weeks=6)
"""What is shorter than this to the end of a quarter is no cycle of its own: the next quarter belongs to it."""
HALF_TIME_FROM = timedelta(weeks=4)
"""A shorter cycle has no half-time of its own: its close is near."""
CLOSING_DAYS = timedelta(days=7)
"""So long before the end it is asked what was learned (product: "Letters")."""
FRIDAY = 4
MONTHS = 3
DECEMBER = 12


def proposed_end(begins: date) -> date:
    """The last day of the quarter, or of the next one where less than six weeks are left of this."""
    end = _quarter_end(begins)
    return end if end - begins >= SHORTEST else _quarter_end(end + timedelta(days=1))


def closes_at(ends: date) -> datetime:
    """The moment (UTC) at which the day `ends` is over."""
    return datetime.combine(ends, time.max, tzinfo=UTC)


def half_time(begins: date, ends: date) -> date | None:
    """The working day on which half of the cycle is gone, or the one before; None where the cycle has no half-time."""
    return _working_day(begins + (ends - begins) / 2) if ends - begins >= HALF_TIME_FROM else None


def closing_day(begins: date, ends: date) -> date:
    """The working day on which the close is asked about: a week before the end, and not before the beginning."""
    return max(begins, _working_day(ends - CLOSING_DAYS))


def _working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend: what people have to read comes earlier, never later."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def elapsed(begun: datetime, ends: date | None, now: datetime) -> Decimal | None:
    """How much of the time from `begun` to the end of the day `ends` is gone, 0 to 1.

    None where there is no end, or it lies before the beginning.
    """
    if ends is None or closes_at(ends) <= begun:
        return None
    return Decimal(min(1.0, max(0.0, (now - begun) / (closes_at(ends) - begun))))


def _quarter_end(day: date) -> date:
    last = day.month + (MONTHS - day.month) % MONTHS
    following = date(day.year + last // DECEMBER, last % DECEMBER + 1, 1)
    return following - timedelta(days=1)
