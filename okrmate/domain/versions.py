"""Versions of a set of OKRs: its lines as they stood, what differs between two of them, and which measure held when."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum

from okrmate.domain.metrics import Metric
from okrmate.domain.people import Side
from okrmate.domain.revisions import Revision
from okrmate.frozen import Frozen


class VersionLine(Frozen):
    """An objective (`ref` is `1`) or a key result (`1.2`) as it stood; `id` is that of its record."""

    id: str
    ref: str
    title: str
    metric: Metric | None = None


class Version(Frozen):
    """A set as it stood from `at` on: as a draft (`number` 0), as it became active (1), and after each revision.

    `reason` is why it was altered, `altered` are the lines this is about, by id.
    """

    id: str
    mentorship: str
    okr_set: str
    number: int
    at: datetime
    by: Side
    lines: tuple[VersionLine, ...]
    ends: date | None = None
    reason: str = ""
    altered: tuple[str, ...] = ()


class DifferenceKind(StrEnum):
    """What became of a line."""

    ADDED = "added"
    DROPPED = "dropped"
    REWORDED = "reworded"
    MEASURED = "measured"
    """Its target, beginning or stretch is another one."""
    MOVED = "moved"
    """It stands under another objective."""


class Difference(Frozen):
    """One line that is not as it was; `before` is None where it was added, `after` where it was dropped."""

    kind: DifferenceKind
    before: VersionLine | None
    after: VersionLine | None

    @property
    def line(self) -> VersionLine:
        """The line as it stands, or as it stood last."""
        found = self.after or self.before
        if found is None:
            message = "a difference has a line"
            raise AssertionError(message)
        return found


def compare(before: Iterable[VersionLine], after: Iterable[VersionLine]) -> tuple[Difference, ...]:
    """What differs, in the order of the lines as they stand, dropped ones last."""
    earlier = {line.id: line for line in before}
    later = {line.id: line for line in after}
    stands = [each for line in later.values() for each in _of_line(earlier.get(line.id), line)]
    gone = [
        Difference(kind=DifferenceKind.DROPPED, before=line, after=None)
        for line in earlier.values()
        if line.id not in later
    ]
    return (*stands, *gone)


def _of_line(before: VersionLine | None, after: VersionLine) -> Iterator[Difference]:
    if before is None:
        yield Difference(kind=DifferenceKind.ADDED, before=None, after=after)
        return
    if before.title != after.title:
        yield Difference(kind=DifferenceKind.REWORDED, before=before, after=after)
    if before.metric != after.metric:
        yield Difference(kind=DifferenceKind.MEASURED, before=before, after=after)
    if after.metric is not None and before.ref.partition(".")[0] != after.ref.partition(".")[0]:
        yield Difference(kind=DifferenceKind.MOVED, before=before, after=after)


def reasons(versions: Iterable[Version]) -> Mapping[str, str]:
    """Why each line was altered last, by the id of the line; without those for which nobody gave a reason."""
    return {line: version.reason for version in versions if version.reason for line in version.altered}


def measures(versions: Iterable[Version]) -> Mapping[str, tuple[Revision, ...]]:
    """How each key result was measured and since when, by its id; drafts were never agreed and do not count."""
    found: dict[str, tuple[Revision, ...]] = {}
    for version in versions:
        for line in version.lines if version.number else ():
            if line.metric is not None:
                found[line.id] = (*found.get(line.id, ()), Revision(since=version.at, metric=line.metric))
    return found
