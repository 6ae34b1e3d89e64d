"""Closing a set of OKRs: what was learned comes first, then a score for each key result, then what goes on."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from okrmate.domain.metrics import Metric, Milestone, MomGrowth, reached
from okrmate.domain.months import by_month, mean_growth
from okrmate.domain.okrs import Reading
from okrmate.domain.pace import RHYTHM, SILENT_RHYTHMS
from okrmate.domain.scoring import score
from okrmate.domain.summaries import Summary
from okrmate.frozen import Frozen

HUNDREDTH = Decimal("0.01")


class OwnScore(Frozen):
    """A key result's score, 0.0 to 1.0, as the protégé sees it, and why."""

    key_result: str
    score: Decimal
    note: str = ""


class FinalScore(Frozen):
    """A key result as its cycle ended: what the numbers say and what counts, None where nobody knows."""

    key_result: str
    ref: str
    title: str
    by_numbers: Decimal | None
    score: Decimal | None
    note: str = ""
    carried: bool = False


class Closing(Frozen):
    """What is said at the end of a set (`id` is the set's); `final` is empty until it is closed.

    `carry` and `drop` are key results by id: which go on in the next set, and which may go.
    """

    id: str
    mentorship: str
    learned: str = ""
    scores: tuple[OwnScore, ...] = ()
    carry: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    final: tuple[FinalScore, ...] = ()

    def own(self, key_result: str) -> OwnScore | None:
        """The protégé's own score of a key result, if there is one."""
        return next((each for each in self.scores if each.key_result == key_result), None)


def by_numbers(metric: Metric, summary: Summary, readings: Iterable[Reading], now: datetime) -> Decimal | None:
    """The score at the end of a cycle, to a hundredth; None where no number is known, or none since two rhythms.

    What is done stays done. A growth from month to month is scored by the growth that, the same in every month, would
    have led as far: one good month at the end is not the goal.
    """
    if summary.value is None or summary.value_at is None:
        return None
    done = isinstance(metric, Milestone) and reached(metric, summary.value)
    if not done and now - summary.value_at >= SILENT_RHYTHMS * RHYTHM:
        return None
    value: Decimal | None = summary.value
    if isinstance(metric, MomGrowth):
        counted = (each for each in readings if each.value is not None and not each.undone_by)
        value = mean_growth(by_month((each.at.date(), each.value or Decimal(0)) for each in counted).values())
    found = score(metric, value, first=summary.first)
    return None if found is None else found.quantize(HUNDREDTH)
