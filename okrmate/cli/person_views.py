"""The views of `okrmate person show`: charter, aims, markers, notes, pulse and relationship, as lines and as JSON."""

from collections.abc import Callable, Iterator, Mapping
from zoneinfo import ZoneInfo

from okrmate.cli.printing import local, rfc3339, table
from okrmate.domain.charter import Charter
from okrmate.domain.markers import Step
from okrmate.domain.notes import Note
from okrmate.domain.people import Side
from okrmate.domain.pulse import Pulse
from okrmate.domain.relationship import OBJECTIVE
from okrmate.frozen import Frozen
from okrmate.services.desk import Desk
from okrmate.services.mentoring.aims import aims_of
from okrmate.services.mentoring.charters import charter_of
from okrmate.services.mentoring.markers import steps_of
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.pulses import pulses_of
from okrmate.services.mentoring.relationships import relationship_of
from okrmate.services.tables import NOTES


class View(Frozen):
    """One part of what is known of a mentorship: its lines for a person, none where there is nothing, and its data."""

    lines: tuple[str, ...]
    data: object


def charter(desk: Desk, pair: Pair) -> View:
    """How the two work together, and who has agreed to it."""
    found = charter_of(desk.store, pair.mentorship.id)
    if found is None:
        return View(lines=(), data=None)
    terms = found.terms
    said = (
        ("rhythm", terms.rhythm),
        ("length", f"{terms.minutes} min" if terms.minutes else ""),
        ("channel", terms.channel),
        ("confidentiality", terms.confidentiality),
        ("agreed by", _agreed(found, desk, pair)),
    )
    return View(
        lines=tuple(table([(name, words) for name, words in said if words])),
        data={
            "rhythm": terms.rhythm,
            "minutes": terms.minutes,
            "channel": terms.channel,
            "confidentiality": terms.confidentiality,
            "worded_at": rfc3339(found.worded_at),
            "agreed": {str(each.by): rfc3339(each.at) for each in found.agreements},
        },
    )


def _agreed(found: Charter, desk: Desk, pair: Pair) -> str:
    names = {Side.MENTOR: "you", Side.PROTEGE: pair.protege.first_name}
    told = [f"{names[each.by]}, {local(each.at, desk.mentor.zone)}" for each in found.agreements]
    missing = [name for side, name in names.items() if found.agreed_by(side) is None]
    return "; ".join([*told, *(f"{name} not yet" for name in missing)])


def aims(desk: Desk, pair: Pair) -> View:
    """What each side hopes for and gains."""
    rows: list[tuple[str, str]] = []
    data: dict[str, object] = {}
    for side, name in ((Side.PROTEGE, pair.protege.first_name), (Side.MENTOR, "you")):
        found = aims_of(desk.store, pair.mentorship.id, side)
        if found is not None:
            wants, gains = ("want", "gain") if side is Side.MENTOR else ("wants", "gains")
            rows += [(f"{name} {wants}", each) for each in found.aims]
            rows += [(f"{name} {gains}", found.gain)] if found.gain else []
            data[str(side)] = {"aims": list(found.aims), "gain": found.gain, "at": rfc3339(found.at)}
    return View(lines=tuple(table(rows)), data=data)


def markers(desk: Desk, pair: Pair) -> View:
    """The dated steps, those behind and those ahead."""
    steps = steps_of(desk.store, pair.mentorship.id, ZoneInfo(desk.mentor.zone))
    today = desk.mentor.local(desk.clock.now()).date()
    rows = [
        (each.on.isoformat() if each.on else "no day yet", each.title, _state(each, late=each.late(today)))
        for each in steps
    ]
    return View(
        lines=tuple(table(rows)),
        data=[
            {"title": each.title, "on": each.on.isoformat() if each.on else None, "reached": each.reached}
            for each in steps
        ],
    )


def _state(step: Step, *, late: bool) -> str:
    return "reached" if step.reached else "late" if late else "ahead" if step.on else ""


def notes(desk: Desk, pair: Pair) -> View:
    """What was written down of the person and their talks, the newest first; who may read it stands before it."""
    found = sorted(desk.store.find(NOTES, "mentorship", pair.mentorship.id), key=lambda each: each.at, reverse=True)
    return View(
        lines=tuple(table([_note_row(each, desk) for each in found])),
        data=[
            {
                "id": each.id,
                "at": rfc3339(each.at),
                "by": str(each.by),
                "shared": each.shared,
                "meeting": each.meeting or None,
                "text": each.text,
            }
            for each in found
        ],
    )


def _note_row(note: Note, desk: Desk) -> tuple[str, str, str]:
    words = " ".join(note.text.split())
    return local(note.at, desk.mentor.zone), "shared" if note.shared else "private", words


def pulse(desk: Desk, pair: Pair) -> View:
    """How helpful it is to each, and why, the oldest first."""
    found = pulses_of(desk.store, pair.mentorship.id)
    names = {Side.MENTOR: "you", Side.PROTEGE: pair.protege.first_name}
    return View(
        lines=tuple(
            table(
                [
                    (
                        local(each.at, desk.mentor.zone),
                        str(each.moment),
                        names[each.by],
                        f"{each.helpful} of 5",
                        _why(each),
                    )
                    for each in found
                ]
            )
        ),
        data=[
            {
                "at": rfc3339(each.at),
                "by": str(each.by),
                "moment": str(each.moment),
                "helpful": each.helpful,
                "because": each.because,
                "one_higher": each.one_higher,
            }
            for each in found
        ],
    )


def _why(pulse: Pulse) -> str:
    higher = f"one higher with: {pulse.one_higher}" if pulse.one_higher else ""
    return "; ".join(filter(None, (pulse.because, higher)))


def relationship(desk: Desk, pair: Pair) -> View:
    """The key results that are counted of the mentorship itself."""
    found = relationship_of(desk.store, pair, desk.clock.now())
    rows = [
        (
            f"KR {each.measure}",
            each.title,
            f"{each.done} of {each.of}",
            f"{each.condition}{f', {each.late} late' if each.late else ''}",
        )
        for each in found.measures
    ]
    return View(
        lines=(OBJECTIVE, *table(rows)),
        data=[
            {
                "kr": str(each.measure),
                "title": each.title,
                "done": each.done,
                "of": each.of,
                "late": each.late,
                "condition": str(each.condition),
            }
            for each in found.measures
        ],
    )


VIEWS: Mapping[str, Callable[[Desk, Pair], View]] = {
    "charter": charter,
    "aims": aims,
    "markers": markers,
    "notes": notes,
    "pulse": pulse,
    "relationship": relationship,
}
"""By the word that asks for one."""


def told(name: str, view: View) -> Iterator[str]:
    """A view under its heading, as it stands among others; nothing where there is nothing."""
    if view.lines:
        yield f"{name.capitalize()}:"
        yield from (f"  {line}" for line in view.lines)
