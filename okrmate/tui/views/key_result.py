"""One key result: its value against its target, what was read, and the plot of both over the cycle."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import groupby

from okrmate.domain.changes import SourceKind
from okrmate.domain.confidence import Trend, confidence_trend
from okrmate.domain.cycle import closes_at
from okrmate.domain.forecast import forecast, roughly
from okrmate.domain.okrs import Objective, OkrSet, Reading
from okrmate.domain.pace import is_held
from okrmate.services.letters.key_result_lines import goal_text, value_text
from okrmate.services.mentoring.tracking import Tracked
from okrmate.tui.ink import Frame, Ink, Line, Span, column, length, row, text
from okrmate.tui.pages import Entry, Pane, one, still
from okrmate.tui.plot import Plot
from okrmate.tui.views.key_results import bar, condition_sign, current_value, goal, key_result_line, planned
from okrmate.tui.views.moments import day
from okrmate.tui.views.scene import Scene

HUNDRED = 100
ROOMY = 60
"""From so many cells on a reading's day is written with its weekday."""
GAP = Span("  ")
SOURCES = {
    SourceKind.MAIL: "mail",
    SourceKind.COMMAND: "by hand",
    SourceKind.SCREEN: "by hand",
    SourceKind.PROGRAM: "okrmate",
}


def head_pane(tracked: Tracked, scene: Scene, *, active: bool, about: tuple[Entry, ...] = ()) -> Pane:
    """Value, target, bar, state, confidence; what blocks it, where something does; and what is said `about` it."""
    note = f"KR {tracked.key_result.ref}"
    if not active:
        planning = text(f"{tracked.metric.kind.replace('_', ' ')}: {planned(tracked, scene.words)}", Ink.MUTED)
        drafted = (Entry(draw=still(planning)), *about)
        return Pane(name="key result", title=tracked.key_result.title, note=f"{note} · draft", entries=drafted)
    if tracked.beginning is not None:
        note += f" · from {value_text(tracked.metric, tracked.beginning, scene.words)}"
    entries = [Entry(draw=partial(_standing, tracked, scene), height=None)]
    if tracked.summary.blocker:
        blocked = (Span("! ", Ink.WARN), Span("blocked  ", Ink.MUTED), Span(tracked.summary.blocker))
        entries.append(Entry(draw=still(blocked)))
    entries += about
    return Pane(name="key result", title=tracked.key_result.title, note=note, entries=tuple(entries))


def _standing(tracked: Tracked, scene: Scene, frame: Frame) -> Sequence[Line]:
    """Value and target, bar and state, confidence: in one line where there is room, else on as many as they need."""
    known = tracked.summary.value is not None
    value = Span(current_value(tracked, scene.words), Ink.ACCENT if known else Ink.FAINT, bold=known)
    aimed = goal(tracked, scene.words) if known else f", goal {goal_text(tracked.metric, scene.words)}"
    condition = tracked.position.condition
    cells = 10 if frame.wide else 18
    state = (condition_sign(condition, frame), Span(f" {condition}"))
    parts: list[Line] = [(value, Span(aimed)), (*bar(tracked, cells, frame), Span("  "), *state)]
    if tracked.summary.confidence is not None:
        said = (Span("confidence ", Ink.MUTED), Span(f"{tracked.summary.confidence}"), *_was(tracked))
        trend = confidence_trend(tracked.readings, now=scene.now)
        parts.append((*said, Span(f", {trend}", Ink.WARN)) if trend is Trend.FALLING else said)
    lines = [parts[0]]
    for part in parts[1:]:
        if length(lines[-1]) + len(GAP.text) + length(part) <= frame.width:
            lines[-1] = (*lines[-1], GAP, *part)
        else:
            lines.append(part)
    return lines


def _was(tracked: Tracked) -> Line:
    """The confidence before this one, where it was another."""
    said = [each.confidence for each in tracked.readings if each.confidence is not None]
    return (Span(f" was {said[-2]}", Ink.FAINT),) if len(said) > 1 and said[-2] != said[-1] else ()


def readings_pane(tracked: Tracked, scene: Scene) -> Pane:
    """What was heard, newest first, with where it comes from; what came at one moment stands in one line."""
    newest = sorted(tracked.readings, key=lambda each: each.at, reverse=True)
    heard = [tuple(several) for _, several in groupby(newest, key=lambda each: (each.at, each.source))]
    sure = any(each.confidence is not None for each in tracked.readings)
    entries = tuple(
        Entry(draw=one(partial(_reading_line, several, tracked, scene, newest=not number, sure=sure)))
        for number, several in enumerate(heard)
    )
    nothing = (Entry(draw=still(text("none yet", Ink.MUTED))),)
    return Pane(name="readings", title="Readings", note=f"{len(heard)}" if heard else "", entries=entries or nothing)


def _reading_line(
    several: tuple[Reading, ...], tracked: Tracked, scene: Scene, frame: Frame, *, newest: bool, sure: bool
) -> Line:
    """Date, value, confidence where any was ever said, words, source."""
    at = several[0].at
    value = next((each.value for each in several if each.value is not None), None)
    confidence = next((each.confidence for each in several if each.confidence is not None), None)
    written = "" if value is None else value_text(tracked.metric, value, scene.words)
    roomy = frame.width >= ROOMY
    return row(
        frame,
        column(_when(at, scene) if roomy else _day(at, scene), 11 if roomy else 7, Ink.MUTED),
        column(written, 10, bold=newest, right=True),
        column("" if confidence is None else f"  conf {confidence}", 9 if sure else 0, Ink.MUTED),
        column("", 2),
        column(" ".join(filter(None, (*map(_words, several), *_files(several))))),
        column(SOURCES[several[0].source.kind], 8, Ink.MUTED),
    )


def _when(at: datetime, scene: Scene) -> str:
    """`today 09:14`, `Mon 9 Nov`."""
    local = scene.local(at)
    if local.date() == scene.local(scene.now).date():
        return f"today {local:%H:%M}"
    return f"{local:%a} {day(at, scene.now, scene.zone)}"


def _day(at: datetime, scene: Scene) -> str:
    """`09:14`, `9 Nov`."""
    local = scene.local(at)
    return f"{local:%H:%M}" if local.date() == scene.local(scene.now).date() else f"{local.day} {local:%b}"


def _words(reading: Reading) -> str:
    blocked = f"blocked: {reading.blocker}" if reading.blocker else ""
    return "; ".join(filter(None, (reading.note, blocked, reading.outlook.replace("_", " "))))


def _files(several: Sequence[Reading]) -> Sequence[str]:
    """The evidence that came with them, each once."""
    return [f"({each})" for each in dict.fromkeys(each.told for reading in several for each in reading.evidence)]


def plot_of(tracked: Tracked, okr_set: OkrSet, scene: Scene) -> Plot | None:
    """The plot over the cycle, or over the time so far where it has no end; None for a set that is not active."""
    begun = okr_set.activated_at
    if begun is None:
        return None
    end = max(closes_at(okr_set.ends) if okr_set.ends is not None else scene.now, begun + timedelta(days=1))
    metric, beginning = tracked.metric, tracked.beginning
    due = None
    if beginning is not None and tracked.gone is not None and not is_held(metric, tracked.summary.first):
        due = beginning + (metric.target - beginning) * tracked.gone
    ahead = forecast(metric, tracked.readings, ends=okr_set.ends, now=scene.now)

    def share(moment: datetime) -> float:
        return min(1.0, max(0.0, (moment - begun) / (end - begun)))

    months = _months(begun.date(), end.date())
    return Plot(
        readings=tuple((share(each.at), each.value) for each in tracked.readings if each.value is not None),
        beginning=beginning,
        target=metric.target,
        stretch=metric.stretch,
        due=None if due is None else _rounded(due),
        likely=None if ahead is None else roughly(ahead),
        months=tuple((share(datetime.combine(each, time(), tzinfo=UTC)), f"{each:%b}") for each in months),
        write=lambda value: value_text(metric, value, scene.words),
    )


def _months(begin: date, end: date) -> tuple[date, ...]:
    """The first day, and the first of each month after it."""
    found = [begin]
    while (following := (found[-1].replace(day=1) + timedelta(days=32)).replace(day=1)) <= end:
        found.append(following)
    return tuple(found)


def _rounded(value: Decimal) -> Decimal:
    """A value that was worked out, with no more digits than are read at a glance."""
    digits = 0 if abs(value) >= HUNDRED else 1
    return Decimal(f"{value:.{digits}f}")


def objective_pane(objective: Objective, several: Sequence[Tracked], scene: Scene, *, active: bool) -> Pane:
    """An objective with its key results at a glance."""
    entries = tuple(Entry(draw=one(partial(key_result_line, each, scene.words, active=active))) for each in several)
    counted = "1 key result" if len(several) == 1 else f"{len(several)} key results"
    return Pane(name="objective", title=objective.title, note=counted, entries=entries)
