"""Meetings of a pair, the items on their agenda, and what both promised."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from okrmate.domain.changes import Source
from okrmate.domain.lifecycle import Lifecycle
from okrmate.domain.people import Side
from okrmate.domain.wall_clock import moment_of
from okrmate.frozen import Frozen, replace


class MeetingState(StrEnum):
    """Where a meeting stands; "agenda sent" is no state but a question to the outbox."""

    SCHEDULED = "scheduled"
    HELD = "held"
    REVIEWED = "reviewed"
    CANCELLED = "cancelled"
    MISSED = "missed"


MEETING_STEPS: Mapping[MeetingState, frozenset[MeetingState]] = MappingProxyType(
    {
        MeetingState.SCHEDULED: frozenset({MeetingState.HELD, MeetingState.CANCELLED, MeetingState.MISSED}),
        MeetingState.HELD: frozenset({MeetingState.REVIEWED, MeetingState.MISSED}),
        MeetingState.REVIEWED: frozenset(),
        MeetingState.CANCELLED: frozenset(),
        MeetingState.MISSED: frozenset(),
    }
)
MEETINGS = Lifecycle(noun="meeting", steps=MEETING_STEPS)


class Participation(StrEnum):
    """What the invited person answered (RFC 5545 section 3.2.12, PARTSTAT)."""

    NEEDS_ACTION = "NEEDS-ACTION"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


class Meeting(Frozen):
    """One talk of a pair: wall time and IANA zone, as people agree on it; `number` counts the talks.

    `token` stands in the calendar event's UID. `sequence` grows by one with each move (RFC 5545 section
    3.8.7.4). `changed_at` is when it was planned, moved or cancelled last: the invitation's occasion.
    """

    id: str
    mentorship: str
    number: int
    starts: datetime
    """Naive wall time in `zone`."""
    zone: str
    minutes: int
    place: str = ""
    state: MeetingState = MeetingState.SCHEDULED
    token: str
    sequence: int = 0
    planned_at: datetime
    changed_at: datetime
    moved_from: datetime | None = None
    """The moment (UTC) it was planned for before the last move."""
    participation: Participation = Participation.NEEDS_ACTION
    agenda_suits_at: datetime | None = None
    """When the protégé said that the agenda suits as it is."""
    list_approved_at: datetime | None = None
    """When the mentor said that the changed list of its agenda may leave once more."""
    uid: str = ""
    """Its UID in the mentor's own calendar (RFC 5545 section 3.8.4.7), where it was imported from that."""

    @property
    def begins_at(self) -> datetime:
        """The moment it begins, UTC; a wall time in a DST gap moves forward, in an overlap it is the first."""
        return moment_of(self.starts, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The moment it ends, UTC."""
        return self.begins_at + timedelta(minutes=self.minutes)

    def becoming(self, state: MeetingState, at: datetime) -> "Meeting":
        """This meeting after one step of its lifecycle, or `UsageError`."""
        return replace(self, state=MEETINGS.step(self.state, state), changed_at=at)

    def moved(self, starts: datetime, zone: str, at: datetime) -> "Meeting":
        """This meeting at another time: SEQUENCE + 1 and a new question to the invited person."""
        MEETINGS.step(self.state, MeetingState.CANCELLED)  # what cannot be cancelled any more cannot be moved
        return replace(
            self,
            starts=starts,
            zone=zone,
            sequence=self.sequence + 1,
            changed_at=at,
            moved_from=self.begins_at,
            participation=Participation.NEEDS_ACTION,
            list_approved_at=None,
        )


class Series(Frozen):
    """By which rule (RFC 5545 section 3.3.10) a pair's talks repeat, the first of them being at `starts`.

    A rule names wall times in `zone`. Each becomes a meeting of its own when it comes into sight, so that moving or
    cancelling one leaves the others as they are.
    """

    id: str
    mentorship: str
    rule: str
    starts: datetime
    """Naive wall time in `zone`."""
    zone: str
    minutes: int
    place: str = ""
    uid: str = ""
    """Its UID in the mentor's own calendar, where it was imported from that."""
    without: tuple[datetime, ...] = ()
    """Wall times that the rule names and that are left out (RFC 5545 section 3.8.5.1)."""


class ItemState(StrEnum):
    """Whether an agenda item waits for a talk, was talked about, or was taken off."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class AgendaItem(Frozen):
    """A point one side wants to talk about; without a meeting it waits for the next one."""

    id: str
    mentorship: str
    meeting: str
    by: Side
    text: str
    at: datetime
    source: Source
    minutes: int | None = None
    state: ItemState = ItemState.OPEN


class AgendaChoice(Frozen):
    """Somebody's word on one proposed point of a talk's agenda: in or out, how long, and whether it was talked about.

    `item` is the point's key (`okrmate.domain.agenda`). What is None stays as it is proposed.
    """

    id: str
    mentorship: str
    meeting: str
    item: str
    taken: bool | None = None
    minutes: int | None = None
    talked: bool = False
    place: int | None = None
    """Its number in the list, counted from 1."""
    at: datetime | None = None
    """When it was said last; None in the records of an okrmate that did not keep it."""


class OwnLine(Frozen):
    """The mentor's own line for the agenda of one talk; the id is the talk's."""

    id: str
    mentorship: str
    text: str


class PromiseState(StrEnum):
    """A promise is carried until it is kept or dropped."""

    OPEN = "open"
    KEPT = "kept"
    DROPPED = "dropped"


class Promise(Frozen):
    """What one side said they would do, made in one meeting."""

    id: str
    mentorship: str
    meeting: str
    by: Side
    text: str
    at: datetime
    due: date | None = None
    state: PromiseState = PromiseState.OPEN
