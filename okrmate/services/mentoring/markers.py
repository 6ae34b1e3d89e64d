"""Markers of a mentorship: those that what is stored tells, and the days that the mentor sets herself."""

from datetime import date
from zoneinfo import ZoneInfo

from okrmate.domain.errors import UsageError
from okrmate.domain.markers import Facts, Marker, MarkerKind, Step, steps
from okrmate.domain.meetings import MeetingState
from okrmate.domain.okrs import OkrSet
from okrmate.domain.people import Side
from okrmate.domain.pulse import PulseMoment
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.meetings import GONE
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import MARKERS, MEETINGS, OKR_SETS, PULSES

TALKED = (MeetingState.HELD, MeetingState.REVIEWED)


def steps_of(reader: Reader, mentorship: str, zone: ZoneInfo) -> tuple[Step, ...]:
    """The markers of a mentorship as they stand, by day, on the calendar of this zone."""
    return steps(_facts(reader, mentorship, zone), reader.find(MARKERS, "mentorship", mentorship))


def set_marker(desk: Desk, pair: Pair, title: str, on: date, *, by: Side = Side.MENTOR) -> Marker:
    """Set the day of a step: one of every mentorship by its name, or one of the pair's own; anew, it is moved.

    `UsageError` where it has no name.
    """
    named = " ".join(title.split())
    if not named:
        raise UsageError("A marker needs a name, such as “conference talk in Porto”.")
    kind = next((each for each in MarkerKind if each.value.casefold() == named.casefold()), MarkerKind.OWN)
    with desk.store.transaction() as tx:
        known = _named(tx.find(MARKERS, "mentorship", pair.mentorship.id), kind, named)
        marker = Marker(
            id=known.id if known is not None else desk.tokens.new_id(),
            mentorship=pair.mentorship.id,
            kind=kind,
            title=named if kind is MarkerKind.OWN else "",
            on=on,
            by=by,
        )
        tx.put(MARKERS, marker)
        _note(tx, desk, pair, f"marker {named} on {on.isoformat()}")
    return marker


def reach_marker(desk: Desk, pair: Pair, title: str) -> Marker:
    """Say that one of the pair's own steps is reached, today; `UsageError` where there is none of this name."""
    with desk.store.transaction() as tx:
        marker = replace(_own(tx, pair, title), reached_on=desk.mentor.local(desk.clock.now()).date())
        tx.put(MARKERS, marker)
        _note(tx, desk, pair, f"marker {marker.title} reached")
    return marker


def drop_marker(desk: Desk, pair: Pair, title: str) -> Marker:
    """Take a day that was set out again; `UsageError` where there is none of this name."""
    with desk.store.transaction() as tx:
        markers = tx.find(MARKERS, "mentorship", pair.mentorship.id)
        known = next((each for each in markers if _name(each).casefold() == title.strip().casefold()), None)
        if known is None:
            raise _unknown(title, markers)
        tx.delete(MARKERS, known.id)
        _note(tx, desk, pair, f"marker {_name(known)} dropped")
    return known


def _note(tx: Transaction, desk: Desk, pair: Pair, what: str) -> None:
    source = trail.by_command("person edit")
    trail.record(tx, desk, what=f"{pair.protege.name}: {what}", source=source, mentorship=pair.mentorship.id)


def _name(marker: Marker) -> str:
    return marker.title or marker.kind.value


def _named(markers: tuple[Marker, ...], kind: MarkerKind, title: str) -> Marker | None:
    alike = (each for each in markers if each.kind is kind and each.title.casefold() in ("", title.casefold()))
    return next(alike, None)


def _own(reader: Reader, pair: Pair, title: str) -> Marker:
    markers = reader.find(MARKERS, "mentorship", pair.mentorship.id)
    own = tuple(each for each in markers if each.kind is MarkerKind.OWN)
    known = next((each for each in own if each.title.casefold() == title.strip().casefold()), None)
    if known is None:
        raise _unknown(title, own)
    return known


def _unknown(title: str, markers: tuple[Marker, ...]) -> UsageError:
    names = ", ".join(_name(each) for each in markers)
    return UsageError(f"There is no marker “{title}” that was set by hand{f'; there is {names}' if names else ''}.")


def _facts(reader: Reader, mentorship: str, zone: ZoneInfo) -> Facts:
    talks = [each for each in reader.find(MEETINGS, "mentorship", mentorship) if each.state not in GONE]
    first = min(talks, key=lambda each: each.begins_at, default=None)
    cycle = _newest(reader.find(OKR_SETS, "mentorship", mentorship))
    began = cycle.activated_at if cycle is not None else None
    pulses = [
        each.at
        for each in reader.find(PULSES, "mentorship", mentorship)
        if cycle is not None and each.okr_set == cycle.id and each.moment is PulseMoment.MID_CYCLE
    ]
    return Facts(
        first_talk=first.begins_at.astimezone(zone).date() if first is not None else None,
        talked=first is not None and first.state in TALKED,
        agreed_on=began.astimezone(zone).date() if began is not None else None,
        ends=cycle.ends if cycle is not None else None,
        closed_on=cycle.closed_at.astimezone(zone).date()
        if cycle is not None and cycle.closed_at is not None
        else None,
        pulse_on=min(pulses).astimezone(zone).date() if pulses else None,
    )


def _newest(sets: tuple[OkrSet, ...]) -> OkrSet | None:
    """The cycle that runs, or the last one that ran."""
    begun = [each for each in sets if each.activated_at is not None]
    return max(
        begun, key=lambda each: (each.activated_at is not None, each.activated_at, each.created_at), default=None
    )
