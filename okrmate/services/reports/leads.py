"""The agenda's lead: how long before each talk its agenda was in the protégé's hands, counted and never backdated."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import Person, Side
from okrmate.domain.rhythm import AGENDA_DAYS
from okrmate.frozen import Frozen


class Lead(Frozen):
    """One talk whose agenda has left: how long before its beginning, and whether that was at least three days."""

    meeting: Meeting
    left_at: datetime
    ahead: timedelta
    in_time: bool


class Leads(Frozen):
    """Those of several talks, in their order."""

    several: tuple[Lead, ...] = ()

    @property
    def in_time(self) -> int:
        """How many left at least three days ahead."""
        return sum(each.in_time for each in self.several)

    @property
    def median(self) -> timedelta | None:
        """The middle one; None where no agenda has left."""
        seconds = [each.ahead.total_seconds() for each in self.several]
        return timedelta(seconds=median(seconds)) if seconds else None


def leads(post: Iterable[Outgoing], meetings: Iterable[Meeting], protege: Person) -> Leads:
    """Of each talk the first agenda that left to the protégé; whole days are counted on their calendar."""
    left: dict[str, datetime] = {}
    for letter in post:
        if letter.kind is LetterKind.AGENDA and letter.to is Side.PROTEGE and letter.sent_at is not None:
            left[letter.meeting] = min(letter.sent_at, left.get(letter.meeting, letter.sent_at))
    several = [_lead(each, left[each.id], protege) for each in meetings if each.id in left]
    return Leads(several=tuple(sorted(several, key=lambda each: each.meeting.begins_at)))


def _lead(meeting: Meeting, left_at: datetime, protege: Person) -> Lead:
    days = protege.local(meeting.begins_at).date() - protege.local(left_at).date()
    return Lead(meeting=meeting, left_at=left_at, ahead=meeting.begins_at - left_at, in_time=days >= AGENDA_DAYS)
