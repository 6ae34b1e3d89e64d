"""One key result: its value against its target, what was read, and the plot of both over the cycle."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import groupby

from okrmate.domain.changes import SourceKind
from okrmate.domain.cycle import closes_at
from okrmate.domain.okrs import Objective, OkrSet, Reading
from okrmate.services.letters.key_result_lines import value_text
from okrmate.services.mentoring.tracking import Tracked
from okrmate.tui.ink import Frame, Ink, Line, Span, column, joined, row, text
from okrmate.tui.pages import Drawing, Entry, Pane, one, still
from okrmate.tui.plot import Plot
from okrmate.tui.views.key_results import bar, condition_sign, current_value, goal, key_result_line, planned
from okrmate.tui.views.moments import day, when
from okrmate.tui.views.scene import Scene

HUNDRED = 100


def head_pane(tracked: Tracked, scene: Scene, *, active: bool) -> Pane:
    """Value, target, bar, state, confidence; what blocks it, where something does."""
    note = f"KR {tracked.key_result.ref}"
    if not active:
        lines = [still(text(f"{tracked.metric.kind.replace('_', ' ')}: {planned(tracked, scene.words)}", Ink.MUTED))]
        return _head(tracked, f"{note} · draft", lines)
    if tracked.beginning is not None:
        note += f" · from {value_text(tracked.metric, tracked.beginning, scene.words)}"
    lines = [one(partial(_standing, tracked, scene))]
    if tracked.summary.blocker:
        lines.append(still((Span("! ", Ink.WARN), Span("blocked  ", Ink.MUTED), Span(tracked.summary.blocker))))
    return _head(tracked, note, lines)


def _head(tracked: Tracked, note: str, lines: Sequence[Drawing]) -> Pane:
    entries = tuple(Entry(draw=line) for line in lines)
    return Pane(name="key result", title=tracked.key_result.title, note=note, entries=entries)


def _standing(tracked: Tracked, scene: Scene, frame: Frame) -> Line:
    known = tracked.summary.value is not None
    condition = tracked.position.condition
    value = Span(current_value(tracked, scene.words), Ink.ACCENT if known else Ink.FAINT, bold=known)
    parts = [
        (value, Span(goal(tracked, scene.words) if known else f", goal {goal(tracked, scene.words).strip(', ')}")),
        (Span("  "), *bar(tracked, 10 if frame.wide else 18, frame), Span("  ")),
        (condition_sign(condition, frame), Span(f" {condition}")),
    ]
    if tracked.summary.confidence is not None:
        parts.append((Span("   confidence ", Ink.MUTED), Span(f"{tracked.summary.confidence}"), *_was(tracked)))
    return joined(parts)


def _was(tracked: Tracked) -> Line:
    """The confidence before this one, where it was another."""
    said = [each.confidence for each in tracked.readings if each.confidence is not None]
    return (Span(f" was {said[-2]}", Ink.FAINT),) if len(said) > 1 and said[-2] != said[-1] else ()


def readings_pane(tracked: Tracked, scene: Scene) -> Pane:
    """What was heard, newest first, with where it comes from; what came at one moment stands in one line."""
    newest = sorted(tracked.readings, key=lambda each: each.at, reverse=True)
    heard = [tuple(several) for _, several in groupby(newest, key=lambda each: (each.at, each.source))]
    entries = tuple(
        Entry(draw=one(partial(_reading_line, several, tracked, scene, newest=not number)))
        for number, several in enumerate(heard)
    )
    nothing = (Entry(draw=still(text("none yet", Ink.MUTED))),)
    return Pane(name="readings", title="Readings", note=f"{len(heard)}" if heard else "", entries=entries or nothing)


def _reading_line(several: tuple[Reading, ...], tracked: Tracked, scene: Scene, frame: Frame, *, newest: bool) -> Line:
    first = several[0]
    at = scene.local(first.at)
    value = next((each.value for each in several if each.value is not None), None)
    confidence = next((each.confidence for each in several if each.confidence is not None), None)
    about = " ".join(filter(None, (_words(each) for each in several)))
    written = "" if value is None else value_text(tracked.metric, value, scene.words)
    return row(
        frame,
        column(f"{at:%a} {day(first.at, scene.now, scene.zone)}", 12, Ink.MUTED),
        column(written, 10, bold=newest, right=True),
        column("" if confidence is None else f"  conf {confidence}", 10, Ink.MUTED),
        column(about),
        column(_source(first, scene), 11, Ink.MUTED),
    )


def _words(reading: Reading) -> str:
    blocked = f"blocked: {reading.blocker}" if reading.blocker else ""
    return "; ".join(filter(None, (reading.note, blocked, reading.outlook.replace("_", " "))))


def _source(reading: Reading, scene: Scene) -> str:
    match reading.source.kind:
        case SourceKind.MAIL:
            today = scene.local(reading.at).date() == scene.local(scene.now).date()
            return f"mail {when(reading.at, scene.now, scene.zone)}" if today else "mail"
        case SourceKind.PROGRAM:
            return "okrmate"
        case SourceKind.COMMAND | SourceKind.SCREEN:
            return "by hand"


def plot_of(tracked: Tracked, okr_set: OkrSet, scene: Scene) -> Plot | None:
    """The plot over the cycle, or over the time so far where it has no end; None for a set that is not active."""
    begun = okr_set.activated_at
    if begun is None:
        return None
    end = max(closes_at(okr_set.ends) if okr_set.ends is not None else scene.now, begun + timedelta(days=1))
    metric, beginning = tracked.metric, tracked.beginning
    due = None if beginning is None or tracked.gone is None else beginning + (metric.target - beginning) * tracked.gone

    def share(moment: datetime) -> float:
        return min(1.0, max(0.0, (moment - begun) / (end - begun)))

    months = _months(begun.date(), end.date())
    return Plot(
        readings=tuple((share(each.at), each.value) for each in tracked.readings if each.value is not None),
        beginning=beginning,
        target=metric.target,
        stretch=metric.stretch,
        due=None if due is None else _rounded(due),
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
