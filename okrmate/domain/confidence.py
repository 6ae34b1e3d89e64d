"""Whether those who do the work become more or less sure of reaching it: the trend of the confidence they said."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from okrmate.domain.okrs import Reading
from okrmate.domain.pace import RHYTHM, SILENT_RHYTHMS

COMPARED = 3
"""The newest is held against the middle of so many before it, so that one bad day is not yet a trend of its own."""
STEP = 1
"""What differs by less, on the scale of 0 to 10, is the same."""


class Trend(StrEnum):
    """What became of a confidence."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"
    UNKNOWN = "unknown"


def confidence_trend(readings: Iterable[Reading], *, now: datetime, rhythm: timedelta = RHYTHM) -> Trend:
    """The newest confidence against the median of up to three before it; falling is bad for every kind.

    Unknown where it was said fewer than twice, or not for two rhythms. Readings taken back do not count.
    """
    counted = sorted((each for each in readings if not each.undone_by), key=lambda each: each.at)
    said = [(each.at, each.confidence) for each in counted if each.confidence is not None]
    if not said[1:] or now - said[-1][0] >= SILENT_RHYTHMS * rhythm:
        return Trend.UNKNOWN
    difference = said[-1][1] - median(confidence for _, confidence in said[-1 - COMPARED : -1])
    if abs(difference) < STEP:
        return Trend.STEADY
    return Trend.RISING if difference > 0 else Trend.FALLING
