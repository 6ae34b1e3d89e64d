"""Whether a key result is measurable and trackable, two things that are easily taken for one another (seed 001)."""

from decimal import Decimal

from okrmate.domain.metrics import Milestone
from okrmate.domain.okrs import KeyResult
from okrmate.frozen import Frozen


class Badges(Frozen):
    """Measurable: there is a unit, and it is known where it starts. Trackable: it serves a line of the vision."""

    measurable: bool
    trackable: bool
    lacks: str = ""
    """What it takes to become measurable, in a few words; empty where it is."""


def badges(key_result: KeyResult, first: Decimal | None = None) -> Badges:
    """The badges of a key result; `first` is its first reading, which is the start where no baseline was given.

    A milestone's steps, or its one step from not yet to done, are its unit.
    """
    metric = key_result.metric
    begun = isinstance(metric, Milestone) or metric.baseline is not None or first is not None
    lacks = "" if begun else "the first reading sets where it begins"
    return Badges(measurable=begun, trackable=bool(key_result.serves), lacks=lacks)
