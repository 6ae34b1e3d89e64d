"""Where a value lies between baseline, committed target and stretch: the score 0.0 to 1.0, and progress for a bar.

A score is for learning, never a ranking of people (seed 003). Not known is not zero: where nothing is known there
is no score. Only the score is clamped, never the data.
"""

from decimal import Decimal

from okrmate.domain.metrics import Metric, Milestone, away

NONE_OF_IT = Decimal(0)
COMMITTED = Decimal("0.7")
"""The score of the committed target (product: "Key results")."""
ALL_OF_IT = Decimal(1)


def score(metric: Metric, value: Decimal | None, *, first: Decimal | None = None) -> Decimal | None:
    """The score of `value`: 0.0 at the baseline, 0.7 at the committed target, 1.0 at the stretch, straight between.

    A milestone is a commitment: 1.0 at its target. Without a stretch the scale goes on with the same slope and
    ends at 1.0. An unknown baseline is the `first` reading. What began at or beyond its target is to be held
    there: 0.7 while it is, 0.0 once it is lost. None where the value or the beginning is not known. Not rounded.
    """
    beginning = metric.baseline if metric.baseline is not None else first
    if value is None or beginning is None:
        return None
    committed = ALL_OF_IT if isinstance(metric, Milestone) else COMMITTED
    left, begun = away(metric, value), away(metric, beginning)
    if left <= NONE_OF_IT and metric.stretch is not None:
        beyond = (value - metric.target) / (metric.stretch - metric.target)
        return _clamped(committed + (ALL_OF_IT - committed) * beyond)
    if begun <= NONE_OF_IT:
        return committed if left <= NONE_OF_IT else NONE_OF_IT
    return _clamped(committed * ((begun - left) / begun))


def progress(metric: Metric, value: Decimal | None, first: Decimal | None = None) -> Decimal | None:
    """How much of the way from the beginning to the committed target is gone, 0 to 1, for display; None if unknown."""
    beginning = metric.baseline if metric.baseline is not None else first
    if value is None or beginning is None:
        return None
    left = away(metric, value)
    if left <= NONE_OF_IT:
        return ALL_OF_IT
    begun = away(metric, beginning)
    return _clamped((begun - left) / begun) if begun > NONE_OF_IT else NONE_OF_IT


def _clamped(position: Decimal) -> Decimal:
    return min(ALL_OF_IT, max(NONE_OF_IT, position))
