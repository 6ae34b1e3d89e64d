"""Which wording of a key result's measure was agreed at a moment: a reading is judged by what held when it was read."""

from collections.abc import Iterable
from datetime import datetime

from okrmate.domain.metrics import Metric
from okrmate.frozen import Frozen


class Revision(Frozen):
    """A measure as it was agreed at a moment; it holds until the next one."""

    since: datetime
    metric: Metric


def in_force(revisions: Iterable[Revision], at: datetime) -> Metric | None:
    """The measure that held at a moment; before the first was agreed it is the first, None where there is none.

    Of several agreed at one moment the last given holds.
    """
    ordered = sorted(revisions, key=lambda revision: revision.since)
    held = [revision for revision in ordered if revision.since <= at] or ordered[:1]
    return held[-1].metric if held else None
