"""The pulse: how helpful the mentoring is to each side, from 1 to 5, in the middle of a cycle and at its close."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from okrmate.domain.changes import Source
from okrmate.domain.people import Side
from okrmate.frozen import Frozen

LEAST, MOST = 1, 5
CLOSING = timedelta(days=7)
"""So long before the end of a cycle its close is asked about (product: "Letters")."""


class PulseMoment(StrEnum):
    """Of which part of a cycle it speaks."""

    MID_CYCLE = "mid-cycle"
    CLOSE = "close"


class Pulse(Frozen):
    """What one side said once: `helpful` from 1 to 5, why, and what would make it one higher.

    It is never sealed. `okr_set` is the cycle, empty where none was running.
    """

    id: str
    mentorship: str
    by: Side
    at: datetime
    source: Source
    moment: PulseMoment
    okr_set: str = ""
    helpful: int
    because: str = ""
    one_higher: str = ""


def moment_of(ends: date | None, today: date) -> PulseMoment:
    """Of which part of its cycle a pulse speaks that is given today: of the close from a week before the end."""
    return PulseMoment.CLOSE if ends is not None and today >= ends - CLOSING else PulseMoment.MID_CYCLE


def said_by(pulses: Iterable[Pulse], side: Side) -> tuple[Pulse, ...]:
    """What one side said, the oldest first."""
    return tuple(sorted((each for each in pulses if each.by is side), key=lambda each: each.at))
