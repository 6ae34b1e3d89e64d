"""How values are shown on a terminal: numbers, moments, tables, and text that cannot move the cursor."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from okrmate.domain.metrics import Metric, MomGrowth, Threshold
from okrmate.domain.okrs import KeyResult
from okrmate.domain.summaries import Summary

_HARMLESS = frozenset("\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")


def rfc3339(moment: datetime | None) -> str | None:
    """A moment for JSON (RFC 3339, UTC), or None."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def local(moment: datetime, zone: str) -> str:
    """A moment on somebody's clock, for a person."""
    return f"{moment.astimezone(ZoneInfo(zone)):%a %d %b %Y %H:%M}"


def plain(value: Decimal) -> str:
    """A number without an exponent and without needless noughts."""
    return f"{value.normalize():f}"


def number(value: Decimal | None) -> int | float | None:
    """A number for JSON, or None."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def standing(key_result: KeyResult, summary: Summary) -> str:
    """How a key result stands, in a few words: `3 of 6, began at 1`, or `no number yet, target 6`."""
    metric = key_result.metric
    value = summary.value if summary.value is not None else metric.baseline
    now = f"no number yet, target {target(metric)}" if value is None else f"{plain(value)} of {target(metric)}"
    began = metric.baseline if metric.baseline is not None else summary.first
    return f"{now}, began at {plain(began)}" if began is not None else now


def target(metric: Metric) -> str:
    """What is aimed at, with its unit: `6 talks`, `80 %`, `12000 EUR`."""
    upper = f" to {plain(metric.upper)}" if isinstance(metric, Threshold) and metric.upper is not None else ""
    return f"{plain(metric.target)}{upper} {metric.unit}".rstrip()


def measure(metric: Metric) -> str:
    """How a key result is measured: `count, from 1 to 6`; where it begins is left out while nobody knows."""
    begins = "" if metric.baseline is None or isinstance(metric, MomGrowth) else f"from {plain(metric.baseline)} "
    side = _side(metric) if isinstance(metric, Threshold) else "to" if begins else ""
    bound = f"{side} " if side else ""
    return f"{metric.kind.replace('_', ' ')}, {begins}{bound}{target(metric)}"


def _side(metric: Threshold) -> str:
    return metric.bound.replace("_", " ") if metric.upper is None else "between"


def safe(text: str) -> str:
    """Text that other people wrote, without anything that could move the cursor or change colours."""
    return "".join(sign if sign.isprintable() or sign in _HARMLESS else "\N{REPLACEMENT CHARACTER}" for sign in text)


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines with aligned columns, two spaces apart."""
    if not rows:
        return []
    widths = [max(len(safe(row[column])) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(safe(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
