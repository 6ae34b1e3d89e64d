"""A figure beside its anchor: something plain that the same machine did in the same run."""

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured, in which unit, and the anchor in the same unit."""

    name: str
    value: float
    unit: str
    anchor: str
    anchor_value: float

    def as_record(self) -> dict[str, object]:
        """The figure as `latest.json` has it; `ratio` is value by anchor."""
        record = asdict(self)
        record |= {"value": round(self.value, 2), "anchor_value": round(self.anchor_value, 2)}
        return {**record, "ratio": round(self.value / self.anchor_value, 3)}

    def line(self) -> str:
        """The figure for a person."""
        ratio = self.value / self.anchor_value
        anchor = f"{self.anchor}: {self.anchor_value:.1f} {self.unit}, × {ratio:.2f}"
        return f"{self.name}: {self.value:.1f} {self.unit}   ({anchor})"


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes, in seconds of the wall clock."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def median_ms(work: Callable[[], object], times: int) -> float:
    """The median of several calls, in milliseconds."""
    return 1000 * statistics.median(seconds(work) for _ in range(times))
