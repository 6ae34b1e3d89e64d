"""Reports: how each person's key results move week by week, by name and never by score."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from okrmate.domain.condition import Condition
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.tracking import WEEK, Tracked, Tree, weeks
from okrmate.services.reports.portfolio import portfolio
from okrmate.tui.bars import trend
from okrmate.tui.ink import Column, Frame, Ink, Line, column, row, text
from okrmate.tui.pages import Empty, Entry, Pane, one
from okrmate.tui.views.key_results import condition_ink, condition_sign, short_value
from okrmate.tui.views.scene import Scene

WEEKS = 13
READINGS = 2
"""So many make a trend."""
VALUE, STATE = 14, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsView:
    """Everybody who has a set, by name, with it."""

    people: tuple[tuple[Pair, Tree], ...]


def reports(desk: Desk) -> ReportsView:
    """As the store is now."""
    store, now = desk.store.reader(), desk.clock.now()
    found = portfolio(store, now)
    return ReportsView(people=tuple((pair, work) for pair, work in found if work is not None and work.active))


def shown(view: ReportsView, scene: Scene, frame: Frame) -> tuple[Pane, ...] | Empty:
    """The trends, or what makes one."""
    if not any(_is_trend(tracked) for _, work in view.people for tracked in work.key_results):
        return Empty(
            fact="Two readings make a trend.",
            following="They come by mail, in answer to an agenda; r on OKRs takes one by hand.",
            key="3",
            action="goes to OKRs",
        )
    entries = tuple(entry for each in view.people for entry in _person(*each, scene, first=each is view.people[0]))
    note = "by week, from baseline to target" if frame.wide else "by week, baseline to target"
    return (Pane(name="trends", title="Trends", note=note, entries=entries),)


def _person(pair: Pair, work: Tree, scene: Scene, *, first: bool) -> Iterator[Entry]:
    if not first:
        yield Entry(draw=one(lambda _frame: ()))
    name = text(pair.protege.name, bold=True)
    yield Entry(draw=one(lambda _frame: name))
    trends = [tracked for tracked in work.key_results if _is_trend(tracked)]
    for tracked in trends:
        yield Entry(key=tracked.key_result.id, draw=one(partial(_line, tracked, work, scene)))
    if not trends:
        yield Entry(draw=one(_no_trend))


def _is_trend(tracked: Tracked) -> bool:
    return sum(reading.value is not None for reading in tracked.readings) >= READINGS


def _no_trend(frame: Frame) -> Line:
    sign = Column(line=(condition_sign(Condition.UNKNOWN, frame),), width=2)
    return row(frame, sign, column("Two readings make a trend.", None, Ink.MUTED))


def _line(tracked: Tracked, work: Tree, scene: Scene, frame: Frame) -> Line:
    begun = work.okr_set.activated_at or scene.now
    past = weeks([tracked], begun, scene.now, WEEKS)
    left = max(0, WEEKS - len(past))
    ahead = min(left, _weeks_left(work, scene)) if work.okr_set.ends else 0
    blank = " " * (WEEKS - len(past) - ahead)
    condition = tracked.position.condition
    return row(
        frame,
        Column(line=(condition_sign(condition, frame),), width=2),
        column(tracked.key_result.title),
        Column(line=(*text(blank), *trend(past, ahead, frame, condition_ink(condition))), width=WEEKS),
        column(short_value(tracked, scene.words), VALUE, right=True),
        column(f"  {condition}" if condition is not Condition.UNKNOWN else "", STATE, Ink.MUTED),
    )


def _weeks_left(work: Tree, scene: Scene) -> int:
    ends = work.okr_set.ends
    if ends is None:
        return 0
    days = (ends - scene.local(scene.now).date()).days
    return max(0, -(-days // WEEK.days))
