"""Where a value lies between baseline, committed target and stretch: the score 0.0 to 1.0, and progress for a bar.

A score is for learning, never a ranking of people (seed 003). Not known is not zero: where nothing is known there
is no score. Only the score is clamped, never the data.
"""

from decimal import Decimal

from okrmate.domain.metrics import Metric, Milestone, away, reached

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
    if reached(metric, value) and metric.stretch is not None:
        beyond = (value - metric.target) / (metric.stretch - metric.target)
        return _clamped(committed + (ALL_OF_IT - committed) * beyond)
    if reached(metric, beginning):
        return committed if reached(metric, value) else NONE_OF_IT
    return _clamped(committed * _way(metric, value, beginning))


def progress(metric: Metric, value: Decimal | None, first: Decimal | None = None) -> Decimal | None:
    """How much of the way from the beginning to the committed target is gone, 0 to 1, for display; None if unknown."""
    beginning = metric.baseline if metric.baseline is not None else first
    if value is None or beginning is None:
        return None
    if reached(metric, value):
        return ALL_OF_IT
    if reached(metric, beginning):
        return NONE_OF_IT
    return _clamped(_way(metric, value, beginning))


def _way(metric: Metric, value: Decimal, beginning: Decimal) -> Decimal:
    begun = away(metric, beginning)
    return (begun - away(metric, value)) / begun


def _clamped(position: Decimal) -> Decimal:
    return min(ALL_OF_IT, max(NONE_OF_IT, position))
