"""Key results on their way: the condition, readings and weeks of each, whole sets of them as the pair works on them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from okrmate.domain.condition import Position, position
from okrmate.domain.cycle import elapsed
from okrmate.domain.metrics import Metric
from okrmate.domain.okrs import KeyResult, Objective, OkrSet, OkrSetState, Reading
from okrmate.domain.pace import due
from okrmate.domain.revisions import Revision, in_force
from okrmate.domain.roll_up import RollUp, roll_up
from okrmate.domain.scoring import progress, score
from okrmate.domain.summaries import Summary
from okrmate.frozen import Frozen, replace
from okrmate.services.mentoring.okrs import Standing, current_outline
from okrmate.services.mentoring.versions import measures_of
from okrmate.services.ports import Reader
from okrmate.services.tables import READINGS

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """A key result with everything known of it; `gone` is how much of its cycle is (0 to 1, None without an end)."""

    key_result: KeyResult
    summary: Summary
    position: Position
    gone: Decimal | None
    read: Callable[[], tuple[Reading, ...]] = field(repr=False, compare=False)
    """Reads the readings; how it stands is known without them, and most views of many people need no more."""
    revisions: tuple[Revision, ...] = ()
    """How it was measured and since when, where that was ever changed."""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Those that count, oldest first, as they are in the store now."""
        return self.read()

    @property
    def metric(self) -> Metric:
        """How it is measured."""
        return self.key_result.metric

    def metric_at(self, moment: datetime) -> Metric:
        """How it was measured at a moment: what was read then is judged by that."""
        return in_force(self.revisions, moment) or self.metric

    def way_of(self, reading: Reading) -> Decimal | None:
        """How much of the way was gone with a reading (0 to 1), by the revision in force when it was read."""
        return progress(self.metric_at(reading.at), reading.value, self.summary.first)

    def score_of(self, reading: Reading) -> Decimal | None:
        """The score of a reading (0.0 to 1.0), by the revision in force when it was read."""
        return score(self.metric_at(reading.at), reading.value, first=self.summary.first)

    @property
    def beginning(self) -> Decimal | None:
        """Where it began: the baseline, or the first value."""
        return self.metric.baseline if self.metric.baseline is not None else self.summary.first

    @property
    def rolled(self) -> Position:
        """How it counts in its objective: what is only watched may fail there, but adds nothing to how far one is."""
        return replace(self.position, way=None) if self.key_result.health else self.position

    @property
    def due(self) -> Decimal | None:
        """How much of the way is due by now (0 to 1, None without an end)."""
        return due(self.metric, self.summary.first, self.gone)


class Tree(Frozen):
    """A set with its objectives and their key results, and how each objective and the whole stand."""

    okr_set: OkrSet
    objectives: tuple[tuple[Objective, RollUp, tuple[Tracked, ...]], ...]
    whole: RollUp
    gone: Decimal | None

    @property
    def key_results(self) -> tuple[Tracked, ...]:
        """All of them, in the order of their refs."""
        return tuple(tracked for _, _, several in self.objectives for tracked in several)

    @property
    def active(self) -> bool:
        """Whether readings are taken for it."""
        return self.okr_set.state is OkrSetState.ACTIVE


def tree(reader: Reader, mentorship: str, now: datetime) -> Tree | None:
    """The set a mentorship works on: the active one, else the refined or drafted one; None where there is none."""
    outline = current_outline(reader, mentorship)
    if outline is None:
        return None
    okr_set = outline.okr_set
    gone = elapsed(okr_set.activated_at, okr_set.ends, now) if okr_set.activated_at else None
    measures, running = measures_of(reader, okr_set), okr_set.activated_at is not None
    objectives = []
    for objective, standings in outline.objectives:
        several = tuple(
            _tracked(reader, each, measures.get(each.key_result.id, ()), gone, now, running=running)
            for each in standings
        )
        objectives.append((objective, roll_up(each.rolled for each in several), several))
    whole = roll_up(each.rolled for _, _, several in objectives for each in several)
    return Tree(okr_set=okr_set, objectives=tuple(objectives), whole=whole, gone=gone)


def _tracked(
    reader: Reader,
    standing: Standing,
    revisions: tuple[Revision, ...],
    gone: Decimal | None,
    now: datetime,
    *,
    running: bool,
) -> Tracked:
    key_result, summary = standing.key_result, standing.summary
    return Tracked(
        key_result=key_result,
        summary=summary,
        position=position(key_result.metric, summary, running=running, gone=gone, now=now),
        gone=gone,
        read=partial(_counted, reader, key_result.id),
        revisions=revisions,
    )


def _counted(reader: Reader, key_result: str) -> tuple[Reading, ...]:
    heard = reader.find(READINGS, "key_result", key_result)
    return tuple(sorted((each for each in heard if not each.undone_by), key=lambda each: each.at))


def weeks(several: Sequence[Tracked], begun: datetime, now: datetime, most: int) -> tuple[float | None, ...]:
    """How far the key results were on average at the end of each of the last weeks, at most `most`, counted from now.

    None for a week in which nothing was read.
    """
    count = min(most, max(0, (now - begun) // WEEK) + 1)
    ends = [now - WEEK * number for number in reversed(range(count))]
    return tuple(_mean_way(several, end - WEEK, end) for end in ends)


def _mean_way(several: Iterable[Tracked], begin: datetime, end: datetime) -> float | None:
    ways, read = [], False
    for tracked in several:
        last = None
        for reading in tracked.readings:
            if reading.at > end:
                break
            if reading.value is not None:
                last = reading
                read = read or reading.at > begin
        way = tracked.way_of(last) if last is not None else None
        if way is not None:
            ways.append(way)
    return float(sum(ways) / len(ways)) if read and ways else None
