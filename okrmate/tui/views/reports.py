"""Reports: how each person's key results move week by week, by name and never by score."""

from collections.abc import Iterator
from functools import partial

from okrmate.domain.condition import Condition
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.tracking import WEEK, Tracked, Tree, weeks
from okrmate.services.reports.report import Report, report
from okrmate.services.reports.written.sentences import NO_TREND, WEEKS, is_trend
from okrmate.tui.bars import trend
from okrmate.tui.ink import Column, Frame, Ink, Line, column, row, text
from okrmate.tui.pages import Empty, Entry, Pane, one
from okrmate.tui.views.key_results import condition_ink, condition_sign, short_value
from okrmate.tui.views.scene import Scene

VALUE, STATE = 14, 10
ROOMY = 70
"""From so many columns on the condition is said in a word behind its sign."""


def reports(desk: Desk) -> Report:
    """Everybody by name, as the store is now."""
    now = desk.clock.now()
    return report(desk.store.reader(), now, desk.mentor.local(now).date())


def owner(found: Report, key: str) -> Pair | None:
    """Whose running OKRs the entry with this key is about; None where it is about none."""
    for person in found.people:
        work = person.work
        ids = {each.key_result.id for each in work.key_results} | {person.pair.mentorship.id} if work else set()
        if ids & set(key.split(":")):
            return person.pair
    return None


def trends(found: Report, scene: Scene, frame: Frame) -> tuple[Pane, ...] | Empty:
    """The trends, or what makes one."""
    running = [(person.pair, person.work) for person in found.people if person.work is not None]
    if not any(is_trend(tracked) for _, work in running for tracked in work.key_results):
        return Empty(
            fact=NO_TREND,
            following="They come by mail, in answer to an agenda; r on OKRs takes one by hand.",
            key="3",
            action="goes to OKRs",
        )
    entries = tuple(entry for each in running for entry in _person(*each, scene, first=each is running[0]))
    note = "by week, from baseline to target" if frame.wide else "by week, baseline to target"
    return (Pane(name="trends", title="Trends", note=note, entries=entries),)


def _person(pair: Pair, work: Tree, scene: Scene, *, first: bool) -> Iterator[Entry]:
    if not first:
        yield Entry(draw=one(lambda _frame: ()))
    name = text(pair.protege.name, bold=True)
    yield Entry(draw=one(lambda _frame: name))
    trends = [tracked for tracked in work.key_results if is_trend(tracked)]
    for tracked in trends:
        yield Entry(key=tracked.key_result.id, draw=one(partial(_line, tracked, work, scene)))
    if not trends:
        yield Entry(draw=one(_no_trend))


def _no_trend(frame: Frame) -> Line:
    sign = Column(line=(condition_sign(Condition.UNKNOWN, frame),), width=2)
    return row(frame, sign, column(NO_TREND, None, Ink.MUTED))


def _line(tracked: Tracked, work: Tree, scene: Scene, frame: Frame) -> Line:
    begun = work.okr_set.activated_at or scene.now
    past = weeks([tracked], begun, scene.now, WEEKS)
    left = max(0, WEEKS - len(past))
    ahead = min(left, _weeks_left(work, scene)) if work.okr_set.ends else 0
    blank = " " * (WEEKS - len(past) - ahead)
    condition, roomy = tracked.position.condition, frame.width >= ROOMY
    return row(
        frame,
        Column(line=(condition_sign(condition, frame),), width=2),
        column(tracked.key_result.title),
        Column(line=(*text(blank), *trend(past, ahead, frame, condition_ink(condition))), width=WEEKS),
        column(short_value(tracked, scene.words), VALUE, right=True),
        *((column(f"  {condition}" if condition is not Condition.UNKNOWN else "", STATE, Ink.MUTED),) if roomy else ()),
        column("", 1),
    )


def _weeks_left(work: Tree, scene: Scene) -> int:
    ends = work.okr_set.ends
    if ends is None:
        return 0
    days = (ends - scene.local(scene.now).date()).days
    return max(0, -(-days // WEEK.days))
