"""When a letter that could not be handed over is tried again."""

from datetime import datetime, timedelta

BACK_OFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
"""The pauses between attempts to hand a letter over; the last one repeats while the letter is useful."""


def next_attempt(attempts: int, now: datetime) -> datetime:
    """When a letter that was put off `attempts` times is tried again."""
    return now + BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
