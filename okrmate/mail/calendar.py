"""Calendar parts (iTIP, RFC 5546): our invitations, what a calendar answers, and an event of the mentor's own."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any
from warnings import catch_warnings
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, vCalAddress, vText

from okrmate.domain.errors import Refusal
from okrmate.domain.meetings import Participation
from okrmate.frozen import Frozen
from okrmate.mail.headers import plain

PRODUCT = "-//okrmate//okrmate//EN"
UID_DOMAIN = "okrmate"
REPLY_LIMIT = 256 * 1024
"""Characters of a calendar part that is read."""

FILE_LIMIT = 256 * 1024
"""Characters of a file with one event."""
BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError)
"""The library's many ways to say that a stranger's file is broken."""

_UNREADABLE = "This is no calendar's file (.ics) that can be read."
_FOLDED = re.compile(r"(?<![\r\n])(?:\r?\n)++[ \t]")
_ZONES = re.compile(
    r"^BEGIN\b[^\n]*VTIMEZONE.*?(?:^END\b[^\n]*VTIMEZONE[^\n]*\n|\Z)", re.IGNORECASE | re.MULTILINE | re.DOTALL
)
"""A file's own descriptions of zones: names say enough, and one that changes its clock each minute takes for ever."""
_TOKEN_UID = re.compile(r"([a-z0-9]{20,64})@okrmate\Z", re.IGNORECASE)


class CalendarMethod(StrEnum):
    """What a calendar part wants (RFC 5546 section 1.4); PUBLISH is for the organizer's own calendar."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class Party(Frozen):
    """Somebody in an event."""

    name: str
    address: str


class Talk(Frozen):
    """A meeting as a calendar needs it; `starts` and `ends` are aware."""

    token: str
    sequence: int
    starts: datetime
    ends: datetime
    summary: str
    organizer: Party
    attendee: Party
    place: str = ""


class CalendarReply(Frozen):
    """What a calendar answered (METHOD:REPLY); `token` is empty where the event is not one of ours.

    An answer to an older `sequence` than the meeting's is the caller's to ignore (RFC 5546 section 3.2.3).
    """

    uid: str
    token: str
    sequence: int
    participation: Participation
    attendee: str
    comment: str = ""


class OwnEvent(Frozen):
    """An event of the mentor's own calendar (RFC 5545 section 3.6.1), as a file of it holds one.

    `starts` and `without` are naive wall times in `zone`; where that is empty nobody said whose clock is meant.
    `rule` is as it stands there, unchecked; `without` are the times that its own list of exceptions names.
    """

    uid: str
    starts: datetime
    zone: str
    minutes: int
    place: str = ""
    rule: str = ""
    without: tuple[datetime, ...] = ()
    guests: tuple[str, ...] = ()
    """Mail addresses, in lower case."""
    cancelled: bool = False


def calendar_uid(token: str) -> str:
    """The UID of the event of the meeting with this token."""
    return f"{token}@{UID_DOMAIN}"


def token_of_uid(uid: str) -> str | None:
    """The token in a UID of ours."""
    found = _TOKEN_UID.match(uid.strip())
    return found.group(1).lower() if found else None


def invitation(talk: Talk, method: CalendarMethod, stamp: datetime) -> str:
    """The calendar part for a talk: asks, cancels, or tells the organizer's own calendar; lines end in CRLF.

    `stamp` (aware) is when it is written (DTSTAMP, RFC 5545 section 3.8.7.2). Times are in UTC, so that no zone has to
    be described. PUBLISH names no attendee (RFC 5546 section 3.2.1).
    """
    event = Event()
    event.add("uid", calendar_uid(talk.token))
    event.add("sequence", talk.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", talk.starts.astimezone(UTC))
    event.add("dtend", talk.ends.astimezone(UTC))
    event.add("summary", plain(talk.summary))
    if talk.place:
        event.add("location", plain(talk.place))
    event.add("status", "CANCELLED" if method is CalendarMethod.CANCEL else "CONFIRMED")
    event.add("organizer", _party(talk.organizer))
    if method is not CalendarMethod.PUBLISH:
        attendee = _party(talk.attendee)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        if method is CalendarMethod.REQUEST:
            attendee.params["PARTSTAT"] = vText(Participation.NEEDS_ACTION)
            attendee.params["RSVP"] = vText("TRUE")
        event.add("attendee", attendee)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content.decode("utf-8")


def _party(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{plain(party.address)}")
    address.params["CN"] = vText(plain(party.name).replace('"', "'"))
    return address


def is_reply(text: str) -> bool:
    """Whether a calendar part says METHOD:REPLY, told without reading it."""
    return re.search(r"^METHOD:REPLY\s*$", text[:REPLY_LIMIT], re.IGNORECASE | re.MULTILINE) is not None


def read_reply(text: str) -> CalendarReply | None:
    """What a calendar part answers; None where it is no METHOD:REPLY to one event, or broken. Never raises."""
    if not is_reply(text):
        return None
    try:
        calendar = Calendar.from_ical(_without_zones(text[:REPLY_LIMIT]))
        events = calendar.walk("VEVENT")
        event = events[0] if events else None
        return _reply(event) if isinstance(event, Event) else None
    except BROKEN:
        return None


def _reply(event: Event) -> CalendarReply | None:
    attendees = event.get("ATTENDEE")
    attendee = attendees[0] if isinstance(attendees, list) else attendees
    uid = str(event.get("UID", ""))
    if not uid or not isinstance(attendee, vCalAddress):
        return None
    said = str(attendee.params.get("PARTSTAT", "")).upper()
    return CalendarReply(
        uid=uid,
        token=token_of_uid(uid) or "",
        sequence=int(event.get("SEQUENCE", 0)),
        participation=Participation(said) if said in set(Participation) else Participation.NEEDS_ACTION,
        attendee=str(attendee).lower().removeprefix("mailto:").strip(),
        comment=plain(str(event.get("COMMENT", ""))),
    )


def read_event(text: str, zone: str) -> OwnEvent | Refusal:
    """The one event of a calendar's file, or why there is none that could be a talk. Never raises.

    Moments without a zone's name, as UTC, become wall times in `zone`. Of a series the changed times of single events
    (RECURRENCE-ID) are taken as exceptions.
    """
    if len(text) > FILE_LIMIT:
        return _refused("too_big", "The file is too big for one event; save that of this talk alone.")
    try:
        with catch_warnings(action="ignore"):  # it guesses at zones whose name holds a vendor's, and says so
            return _one_event(Calendar.from_ical(_without_zones(text)), zone)
    except BROKEN:
        return _refused("unreadable", _UNREADABLE)


def _one_event(calendar: Component, zone: str) -> OwnEvent | Refusal:
    if calendar.walk("VTIMEZONE"):
        return _refused("unreadable", _UNREADABLE)
    events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
    masters = [each for each in events if "RECURRENCE-ID" not in each]
    if len(masters) != 1 or {str(each.get("UID", "")) for each in events} != {str(masters[0].get("UID", ""))}:
        return _refused("not_one", f"There are {len(masters)} events in it; save that of this talk alone.")
    others = [value.dt for each in events for value in _values(each, "RECURRENCE-ID")]
    cancelled = str(calendar.get("METHOD", "")).upper() == "CANCEL"
    return _own_event(masters[0], others, zone, cancelled=cancelled)


def _without_zones(text: str) -> str:
    return _ZONES.sub("", _FOLDED.sub("", text))


def _own_event(event: Event, others: list[datetime | date], zone: str, *, cancelled: bool) -> OwnEvent | Refusal:
    (begins,), rules, uid = _values(event, "DTSTART"), _values(event, "RRULE"), plain(str(event.get("UID", "")))
    starts = begins.dt
    if not isinstance(starts, datetime):
        return _refused("all_day", "The event is a whole day; a talk has a time.")
    if not uid or token_of_uid(uid):
        return _refused("ours", "The event is okrmate's own; `okrmate meeting move` and `cancel` change it.")
    if "RDATE" in event or len(rules) > 1:
        return _refused("more_rules", "The event repeats in a way that is no single rule; save one talk of it alone.")
    if starts.tzinfo is None and "TZID" in begins.params:
        return _refused("unknown_zone", f"The zone “{plain(begins.params['TZID'])}” of the event is not known.")
    named = getattr(starts.tzinfo, "key", "")
    here = named if named not in ("", "UTC") else zone
    left_out = [*(each.dt for several in _values(event, "EXDATE") for each in several.dts), *others]
    return OwnEvent(
        uid=uid,
        starts=_wall(starts, here),
        zone=here,
        minutes=_minutes(event, starts),
        place=plain(str(event.get("LOCATION", ""))),
        rule=rules[0].to_ical().decode() if rules else "",
        without=tuple(sorted({_wall(each, here) for each in left_out if isinstance(each, datetime)})),
        guests=tuple(str(each).lower().removeprefix("mailto:").strip() for each in _values(event, "ATTENDEE")),
        cancelled=cancelled or str(event.get("STATUS", "")).upper() == "CANCELLED",
    )


def _values(event: Event, name: str) -> list[Any]:
    """The values of a property, of which there may be none, one or several."""
    found: Any = event.get(name, [])
    return found if isinstance(found, list) else [found]


def _wall(moment: datetime, zone: str) -> datetime:
    return (moment.astimezone(ZoneInfo(zone)) if moment.tzinfo else moment).replace(tzinfo=None)


def _minutes(event: Event, starts: datetime) -> int:
    """How long it is; an hour where it says nothing."""
    lengths = [each.dt for each in _values(event, "DURATION")]
    lengths += [each.dt - starts for each in _values(event, "DTEND")]
    return int(lengths[0].total_seconds() // 60) if lengths else 60


def _refused(name: str, sentence: str) -> Refusal:
    return Refusal(name=name, sentence=sentence)
