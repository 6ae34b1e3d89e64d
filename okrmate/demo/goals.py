"""How the goals of the demo are measured."""

from decimal import Decimal

from okrmate.domain.metrics import MetricKind
from okrmate.services.mentoring.okrs import NewKeyResult


def counted(title: str, baseline: int, target: int) -> NewKeyResult:
    """A number of things."""
    return NewKeyResult(title=title, kind=MetricKind.COUNT, baseline=Decimal(baseline), target=Decimal(target))


def in_percent(title: str, baseline: int, target: int) -> NewKeyResult:
    """A percentage."""
    return NewKeyResult(title=title, kind=MetricKind.PERCENT, baseline=Decimal(baseline), target=Decimal(target))
