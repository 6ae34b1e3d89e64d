"""The seven kinds of key result as one closed union, and which values each of them takes.

The ids are public (`okr add --kind`). Four kinds work today; the other three are known to the union so that
nothing has to be reshaped for them, and refuse by a sentence.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from okrmate.domain.errors import Refusal

FULL = Decimal(100)


class MetricKind(StrEnum):
    """What is measured; public ids."""

    COUNT = "count"
    PERCENT = "percent"
    PERCENT_INCREASE = "percent_increase"
    THRESHOLD = "threshold"
    MOM_GROWTH = "mom_growth"
    CURRENCY = "currency"
    MILESTONE = "milestone"


class Bound(StrEnum):
    """Which side of a threshold is good."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of things or people: 5 requests for a guest article."""

    kind: ClassVar[MetricKind] = MetricKind.COUNT
    target: Decimal
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Percent:
    """A percentage of 0 to 100: 62 % → 80 % of ratings are 4 or 5."""

    kind: ClassVar[MetricKind] = MetricKind.PERCENT
    unit: ClassVar[str] = "%"
    target: Decimal
    baseline: Decimal | None = None
    stretch: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentIncrease:
    """Growth since the baseline; `target` and `stretch` are absolute numbers."""

    kind: ClassVar[MetricKind] = MetricKind.PERCENT_INCREASE
    target: Decimal
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A number held at least, or at most, at a bound: at least 30 % of conferences use our network."""

    kind: ClassVar[MetricKind] = MetricKind.THRESHOLD
    target: Decimal
    bound: Bound = Bound.AT_LEAST
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MomGrowth:
    """Growth in % from month to month of a measure whose last month was `previous`."""

    kind: ClassVar[MetricKind] = MetricKind.MOM_GROWTH
    unit: ClassVar[str] = "%"
    target: Decimal
    baseline: Decimal | None = None
    stretch: Decimal | None = None
    measure: str = ""
    previous: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """An amount of money in one currency (ISO 4217 code in `unit`); never converted."""

    kind: ClassVar[MetricKind] = MetricKind.CURRENCY
    target: Decimal
    unit: str
    baseline: Decimal | None = None
    stretch: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """Something that is being made, from 0 to 100 % of it: portfolio site live."""

    kind: ClassVar[MetricKind] = MetricKind.MILESTONE
    unit: ClassVar[str] = "%"
    target: Decimal = FULL
    baseline: Decimal | None = Decimal(0)
    stretch: Decimal | None = None


Metric = Count | Percent | PercentIncrease | Threshold | MomGrowth | Currency | Milestone

WORKING = frozenset({MetricKind.COUNT, MetricKind.PERCENT, MetricKind.THRESHOLD, MetricKind.MILESTONE})
