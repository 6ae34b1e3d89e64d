"""Calendar parts (iTIP, RFC 5546): the invitations we send, and what a calendar answers to them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

from okrmate.domain.meetings import Participation
from okrmate.mail.headers import plain

PRODUCT = "-//okrmate//okrmate//EN"
UID_DOMAIN = "okrmate"
REPLY_LIMIT = 256 * 1024
"""Characters of a calendar part that is read."""

_TOKEN_UID = re.compile(r"([a-z0-9]{20,64})@okrmate\Z", re.IGNORECASE)


class CalendarMethod(StrEnum):
    """What a calendar part wants (RFC 5546 section 1.4); PUBLISH is for the organizer's own calendar."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Somebody in an event."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A meeting as a calendar needs it; `starts` and `ends` are aware."""

    token: str
    sequence: int
    starts: datetime
    ends: datetime
    summary: str
    organizer: Party
    attendee: Party
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReply:
    """What a calendar answered (METHOD:REPLY); `token` is empty where the event is not one of ours.

    An answer to an older `sequence` than the meeting's is the caller's to ignore (RFC 5546 section 3.2.3).
    """

    uid: str
    token: str
    sequence: int
    participation: Participation
    attendee: str
    comment: str = ""


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
        calendar = Calendar.from_ical(text[:REPLY_LIMIT])
        events = calendar.walk("VEVENT")
        event = events[0] if events else None
        return _reply(event) if isinstance(event, Event) else None
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError):
        return None  # the library's many ways to say that a stranger's file is broken


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
