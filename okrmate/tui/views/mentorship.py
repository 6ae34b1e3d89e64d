"""One mentorship: aims and charter, markers, private notes; how it does as a goal, pulse of both, what advice did."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import islice

from okrmate.domain.advice import Advice, AdviceState
from okrmate.domain.charter import Charter
from okrmate.domain.markers import Step
from okrmate.domain.people import Side
from okrmate.domain.pulse import LEAST, MOST, Pulse, said_by
from okrmate.domain.relationship import Measure, Measured
from okrmate.services.mentoring.advice import advice_log
from okrmate.services.mentoring.aims import aims_of
from okrmate.services.mentoring.charters import charter_of
from okrmate.services.mentoring.markers import steps_of
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.pulses import pulses_of
from okrmate.services.mentoring.relationships import relationship_of
from okrmate.services.ports import Reader
from okrmate.services.tables import NOTES
from okrmate.tui import bars
from okrmate.tui.glyphs import Glyph, sign
from okrmate.tui.ink import Column, Frame, Ink, Line, Span, column, row, text, wrapped
from okrmate.tui.pages import Entry, Pane, one, still
from okrmate.tui.views.key_results import condition_ink, condition_sign
from okrmate.tui.views.moments import PLAIN, day
from okrmate.tui.views.scene import Scene

NAME = 14
"""Cells for who hopes for something."""
DAY = 8
WHO = 7
"""Cells for a first name before its pulse."""
TOLD = 6
"""So many of somebody's last pulses are drawn."""
SHORT = {
    Measure.AGENDAS: "agendas 3 days ahead",
    Measure.ADVICE: "advice put to use, with an impact",
    Measure.FEEDBACK: "closed with feedback from both",
}
TITLES = {
    Measure.AGENDAS: "Agendas 3 days ahead",
    Measure.ADVICE: "Advice put to use",
    Measure.FEEDBACK: "Closed with feedback",
}
"""The same among other key results, where a code, a bar and a count stand beside them."""


def charter_words(reader: Reader, pair: Pair) -> str:
    """How they work together, in one line: `every 2 weeks, 45 min, video`; empty where nothing is written down."""
    found = charter_of(reader, pair.mentorship.id)
    if found is None:
        return ""
    length = f"{found.terms.minutes} min" if found.terms.minutes else ""
    return ", ".join(filter(None, (found.terms.rhythm, length, found.terms.channel)))


def days_off_ahead(pair: Pair, scene: Scene) -> str:
    """The days off that run or come next: `off 23 Mar - 27 Mar`; empty where none are noted."""
    today = pair.protege.local(scene.now).date()
    ahead = next((each for each in pair.protege.days_off if each.last >= today), None)
    if ahead is None:
        return ""
    first, last = (f"{day.day} {day:%b}" for day in (ahead.first, ahead.last))
    return f"off {first}" if first == last else f"off {first} - {last}"


def charter_state(reader: Reader, pair: Pair) -> str:
    """Who has agreed to it."""
    found = charter_of(reader, pair.mentorship.id)
    if found is None:
        return "no charter yet"
    return "charter agreed by both" if found.agreed else f"charter: {_missing(found, pair)} not agreed yet"


def _missing(found: Charter, pair: Pair) -> str:
    names = {Side.PROTEGE: f"{pair.protege.first_name} has", Side.MENTOR: "you have"}
    return " and ".join(name for side, name in names.items() if found.agreed_by(side) is None)


def agreed_panes(reader: Reader, pair: Pair, scene: Scene, most: int | None) -> tuple[Pane, ...]:
    """What both hope for, the dated steps, and what she alone has written down."""
    return (
        _aims(reader, pair),
        _markers(reader, pair, scene),
        _notes(reader, pair, scene, most),
    )


def felt_panes(reader: Reader, pair: Pair, scene: Scene, most: int | None) -> tuple[Pane, ...]:
    """Whether it is worth both people's time: counted, felt, and what advice came to."""
    measured = relationship_of(reader, pair, scene.now).measures
    entries = tuple(Entry(draw=one(partial(_measure, each))) for each in measured)
    title = "Is it worth both people's time?"
    worth = Pane(name="worth", title=title, right="measured by okrmate", entries=entries)
    return (worth, _pulse(reader, pair), _advice(reader, pair, scene, most))


def worth_entries(measures: Sequence[Measured]) -> Iterator[Entry]:
    """The same three among the OKRs of the pair, which nobody keeps by hand."""
    if measures:
        yield Entry(draw=still(()))
        yield Entry(draw=one(_worth_objective))
        yield from (Entry(draw=one(partial(_worth_key_result, each))) for each in measures)


def _worth_objective(frame: Frame) -> Line:
    return row(
        frame,
        Column(line=(Span("  "), Span("Make our hours worth it for both", bold=True))),
        column("by okrmate", 15, Ink.FAINT, right=True),
        column("", 1),
    )


def _worth_key_result(measured: Measured, frame: Frame) -> Line:
    cells = 8 if frame.wide else 14
    return row(
        frame,
        Column(line=(Span("    "), condition_sign(measured.condition, frame), Span(f" {TITLES[measured.measure]}"))),
        column(f"KR {measured.measure}", 7, Ink.FAINT),
        Column(line=_bar(measured, cells, frame), width=cells),
        column(_count(measured), 12, Ink.TEXT if measured.of else Ink.FAINT, right=True),
        column("", 1),
    )


def _bar(measured: Measured, cells: int, frame: Frame) -> Line:
    way = None if measured.way is None else float(measured.way)
    due = None if measured.due is None else float(measured.due)
    return bars.bar(way, due, cells, frame, condition_ink(measured.condition))


def _count(measured: Measured) -> str:
    return f"{measured.done} of {measured.of}" if measured.of else "none yet"


def _nothing(words: str) -> Entry:
    return Entry(draw=still(text(words, Ink.MUTED)))


def _aims(reader: Reader, pair: Pair) -> Pane:
    entries: list[Entry] = []
    for side, name in ((Side.PROTEGE, pair.protege.first_name), (Side.MENTOR, "You")):
        found = aims_of(reader, pair.mentorship.id, side)
        if found is None:
            continue
        wants, gains = ("want", "gain") if side is Side.MENTOR else ("wants", "gains")
        entries += [_hoped(f"{name} {wants}", each) for each in found.aims]
        entries += [_hoped(f"{name} {gains}", found.gain)] if found.gain else []
    charter = charter_of(reader, pair.mentorship.id)
    if charter is not None and charter.terms.confidentiality:
        agreed = "Both agreed" if charter.agreed else "Proposed"
        entries.append(_hoped(agreed, charter.terms.confidentiality))
    none_yet = _nothing("none yet; the welcome asks theirs, w writes down yours")
    return Pane(name="aims", title="Aims", entries=tuple(entries) or (none_yet,))


def _hoped(who: str, words: str) -> Entry:
    return Entry(draw=partial(_hoped_lines, who, words), height=None)


def _hoped_lines(who: str, words: str, frame: Frame) -> Sequence[Line]:
    parts = wrapped(words, frame.width - NAME - 1)
    return [
        row(frame, column("" if number else who, NAME, Ink.MUTED), Column(line=part))
        for number, part in enumerate(parts)
    ]


def _markers(reader: Reader, pair: Pair, scene: Scene) -> Pane:
    today = scene.local(scene.now).date()
    steps = steps_of(reader, pair.mentorship.id, scene.zone)
    following = next((each for each in steps if not each.reached and each.on is not None and each.on >= today), None)
    entries = tuple(Entry(draw=one(partial(_marker, each, pair, today, following=each is following))) for each in steps)
    return Pane(name="markers", title="Markers", entries=entries)


def _marker(step: Step, pair: Pair, today: date, frame: Frame, *, following: bool) -> Line:
    if step.reached:
        glyph = Glyph.DONE
    elif step.late(today):
        glyph = Glyph.LATE
    else:
        glyph = Glyph.MEETING if following else Glyph.LEFT_OUT
    whose = f" ({pair.protege.first_name}’s)" if step.by is Side.PROTEGE else ""
    ink = Ink.MUTED if step.reached or step.on is None else Ink.TEXT
    return row(
        frame,
        Column(line=(sign(glyph, frame),), width=2),
        column(_short_day(step.on, today), DAY, Ink.MUTED),
        column(f"{step.title}{whose}", None, ink),
        column("late" if step.late(today) else "", 6, Ink.BAD, right=True),
    )


def _short_day(on: date | None, today: date) -> str:
    if on is None:
        return "no day"
    return f"{on.day} {on:%b}" if abs(on - today) < PLAIN else f"{on:%b} {on.year}"


def _notes(reader: Reader, pair: Pair, scene: Scene, most: int | None) -> Pane:
    """The newest first; each whole on the page of one person, else its beginning."""
    private = (each for each in reader.find(NOTES, "mentorship", pair.mentorship.id) if not each.shared)
    found = sorted(private, key=lambda each: each.at, reverse=True)
    entries = tuple(
        Entry(
            draw=partial(_dated, day(each.at, scene.now, scene.zone), each.text, None if most is None else 1),
            height=None,
        )
        for each in islice(found, most)
    )
    nothing = _nothing("none; n writes one")
    return Pane(name="notes", title="Private notes", note="in no letter", private=True, entries=entries or (nothing,))


def _dated(on: str, words: str, most: int | None, frame: Frame) -> Sequence[Line]:
    parts = wrapped(words, frame.width - DAY - 3)
    kept = parts[:most]
    more = (Span("…"),) if len(parts) > len(kept) else ()
    return [
        row(
            frame,
            column("" if number else on, DAY, Ink.MUTED),
            Column(line=(*part, *more) if number == len(kept) - 1 else part),
        )
        for number, part in enumerate(kept)
    ]


def _measure(measured: Measured, frame: Frame) -> Line:
    late = f", {measured.late} late" if measured.late else ""
    return row(
        frame,
        Column(line=(condition_sign(measured.condition, frame),), width=2),
        column(f"{SHORT[measured.measure]}{late}"),
        Column(line=_bar(measured, 10, frame), width=10),
        column(_count(measured), 10, Ink.TEXT if measured.of else Ink.FAINT, right=True),
        column("", 1),
    )


def _pulse(reader: Reader, pair: Pair) -> Pane:
    pulses = pulses_of(reader, pair.mentorship.id)
    names = ((Side.PROTEGE, pair.protege.first_name), (Side.MENTOR, "you"))
    entries = tuple(
        Entry(draw=one(partial(_felt, name, said))) for side, name in names if (said := said_by(pulses, side))
    )
    nothing = _nothing("asked in the middle of a cycle and at its close")
    return Pane(
        name="pulse", title="Pulse", note=f"how helpful is this to me, {LEAST} to {MOST}", entries=entries or (nothing,)
    )


def _felt(name: str, said: tuple[Pulse, ...], frame: Frame) -> Line:
    """One side over time: how it went, the last number, and why."""
    last = said[-TOLD:]
    heights = [(each.helpful - LEAST) / (MOST - LEAST) for each in last]
    why = f"“{last[-1].because}”" if last[-1].because else ""
    return row(
        frame,
        column(name, WHO, Ink.MUTED),
        Column(line=bars.trend(heights, 0, frame), width=TOLD + 1),
        column(str(last[-1].helpful), 3, Ink.TEXT),
        column(why),
    )


def _advice(reader: Reader, pair: Pair, scene: Scene, most: int | None) -> Pane:
    log = [each for each in advice_log(reader, pair.mentorship.id, scene.now) if not each.dropped]
    shown = sorted(log, key=lambda each: each.at, reverse=True)
    entries = tuple(Entry(draw=partial(_advised, each), height=None) for each in islice(shown, most))
    nothing = _nothing("none given yet")
    return Pane(name="advice", title="Advice", right="advice → did → impact", entries=entries or (nothing,))


def _advised(advice: Advice, frame: Frame) -> Sequence[Line]:
    glyph = Glyph.DONE if advice.counts else Glyph.LEFT_OUT
    lines = [
        row(frame, Column(line=(sign(glyph, frame),), width=2), column(advice.words or "tried by themselves")),
    ]
    for words in _became(advice):
        lines += [row(frame, column("", 2), Column(line=part)) for part in wrapped(words, frame.width - 4, Ink.MUTED)]
    return lines


def _became(advice: Advice) -> Iterator[str]:
    match advice.state:
        case AdviceState.COUNTS:
            yield "; ".join(filter(None, (advice.did, advice.impact)))
        case AdviceState.TRIED:
            yield f"{advice.did}; what it changed is not told yet"
        case AdviceState.GIVEN:
            yield "not yet"
