"""Markers: the dated steps of a mentorship; those that stored facts tell fill themselves, others are the pair's own."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from okrmate.domain.people import Side
from okrmate.frozen import Frozen


class MarkerKind(StrEnum):
    """What a marker marks; all but the pair's own are known by the program."""

    FIRST_MEETING = "first meeting"
    OKRS_AGREED = "OKRs agreed"
    MID_TERM = "mid-term"
    CLOSE = "close"
    OWN = "own"


class Marker(Frozen):
    """A day that one side set: a step of their own, or when a step of every mentorship is wanted."""

    id: str
    mentorship: str
    kind: MarkerKind
    on: date
    by: Side = Side.MENTOR
    title: str = ""
    """What a step of their own is; empty for the others."""
    reached_on: date | None = None
    """When a step of their own was reached, once somebody said so."""


class Facts(Frozen):
    """What is known of the steps of every mentorship, as days on the mentor's calendar."""

    first_talk: date | None = None
    """The first talk that is not cancelled."""
    talked: bool = False
    """Whether a talk was held."""
    agreed_on: date | None = None
    """When the newest set of OKRs became active."""
    ends: date | None = None
    closed_on: date | None = None
    pulse_on: date | None = None
    """When somebody gave the pulse of mid-cycle."""


class Step(Frozen):
    """A marker as it stands today: its day, where one is known, and whether it is reached."""

    kind: MarkerKind
    title: str
    on: date | None
    reached: bool
    by: Side = Side.MENTOR
    marker: str = ""
    """The id of the record of a day that was set; empty where only facts tell it."""

    def late(self, today: date) -> bool:
        """Whether its day is over and it is not reached."""
        return not self.reached and self.on is not None and self.on < today


def steps(facts: Facts, markers: Iterable[Marker]) -> tuple[Step, ...]:
    """All of them by their days, those without a day last; what happened counts before what was set."""
    stored = tuple(markers)
    own = [_own(marker) for marker in stored if marker.kind is MarkerKind.OWN]
    wanted = {marker.kind: marker for marker in stored}
    known = [_known(kind, happened, expected, wanted.get(kind)) for kind, happened, expected in _told(facts)]
    return tuple(sorted((*known, *own), key=lambda step: step.on or date.max))


def midway(begun: date, ends: date) -> date:
    """The day in the middle of a cycle."""
    return begun + (ends - begun) / 2


def _told(facts: Facts) -> Iterator[tuple[MarkerKind, date | None, date | None]]:
    """Each step that is known: the day it happened, and the day on which it is to be expected."""
    yield MarkerKind.FIRST_MEETING, facts.first_talk if facts.talked else None, facts.first_talk
    yield MarkerKind.OKRS_AGREED, facts.agreed_on, None
    cycle = facts.agreed_on is not None and facts.ends is not None and facts.agreed_on < facts.ends
    middle = midway(facts.agreed_on, facts.ends) if cycle and facts.agreed_on and facts.ends else None
    yield MarkerKind.MID_TERM, facts.pulse_on, middle
    yield MarkerKind.CLOSE, facts.closed_on, facts.ends


def _known(kind: MarkerKind, happened: date | None, expected: date | None, wanted: Marker | None) -> Step:
    set_to = wanted.on if wanted is not None else None
    return Step(
        kind=kind,
        title=kind.value,
        on=happened or set_to or expected,
        reached=happened is not None,
        marker=wanted.id if wanted is not None else "",
    )


def _own(marker: Marker) -> Step:
    return Step(
        kind=marker.kind,
        title=marker.title,
        on=marker.reached_on or marker.on,
        reached=marker.reached_on is not None,
        by=marker.by,
        marker=marker.id,
    )
