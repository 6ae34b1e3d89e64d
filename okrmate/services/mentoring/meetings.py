"""Meetings: planning, moving, cancelling, and what became of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from okrmate.domain.changes import Source
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.letters import WAITING
from okrmate.domain.meetings import MEETINGS as STEPS
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.moments import parse_moment
from okrmate.frozen import Frozen
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import MEETINGS, OUTGOING

LONGEST = timedelta(hours=12)
GONE = (MeetingState.CANCELLED, MeetingState.MISSED)
"""Talks that did not take place: their number is free, their letters lost their occasion."""


class NewMeeting(Frozen):
    """A talk as it is planned: wall time in `zone`."""

    starts: datetime
    zone: str
    minutes: int = 60
    place: str = ""


def wall_time(text: str, zone: str, now: datetime) -> datetime:
    """The wall time in `zone` that a person types (`thu 15:00`, `+3d 10:00`, RFC 3339), or `UsageError`."""
    moment = parse_moment(text, zone, now)
    if isinstance(moment, Refusal):
        raise UsageError(moment.sentence)
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def begins_at(starts: datetime, zone: str) -> datetime:
    """The moment (UTC) that a wall time in `zone` is."""
    return starts.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def plan(desk: Desk, pair: Pair, new: NewMeeting) -> Meeting:
    """Plan a talk; its invitation and agenda follow by themselves. `UsageError` where the time cannot be taken."""
    with desk.store.transaction() as tx:
        meeting = plan_in(tx, desk, pair, new)
        trail.record(
            tx,
            desk,
            what=f"talk {meeting.number} with {pair.protege.name} planned",
            source=trail.by_command("meeting plan"),
            mentorship=pair.mentorship.id,
        )
    return meeting


def plan_in(tx: Transaction, desk: Desk, pair: Pair, new: NewMeeting) -> Meeting:
    """Plan a talk inside a transaction that does more."""
    if not 0 < new.minutes <= LONGEST.total_seconds() / 60:
        raise UsageError(f"A meeting takes between 1 minute and 12 hours, not {new.minutes} minutes.")
    now = desk.clock.now()
    earlier = tx.find(MEETINGS, "mentorship", pair.mentorship.id)
    meeting = Meeting(
        id=desk.tokens.new_id(),
        mentorship=pair.mentorship.id,
        number=1 + max((each.number for each in earlier if each.state not in GONE), default=0),
        starts=new.starts,
        zone=new.zone,
        minutes=new.minutes,
        place=" ".join(new.place.split()),
        token=desk.tokens.new_token(),
        planned_at=now,
        changed_at=now,
    )
    _refuse_past(meeting, now)
    _refuse_clash(meeting, earlier)
    tx.put(MEETINGS, meeting)
    return meeting


def move(desk: Desk, meeting_id: str, starts: datetime, zone: str) -> Meeting:
    """Move a scheduled talk to another time."""
    with desk.store.transaction() as tx:
        after = move_in(tx, desk, find_meeting(tx, meeting_id), starts, zone)
        trail.record(
            tx,
            desk,
            what=f"talk {after.number} moved",
            source=trail.by_command("meeting move"),
            mentorship=after.mentorship,
        )
    return after


def move_in(tx: Transaction, desk: Desk, before: Meeting, starts: datetime, zone: str) -> Meeting:
    """Move a talk inside a transaction that does more; letters about the time it had are withdrawn."""
    now = desk.clock.now()
    after = before.moved(starts, zone, now)
    if after.begins_at == before.begins_at:
        raise UsageError(f"Talk {before.number} is at that time already; nothing has to be moved.")
    _refuse_past(after, now)
    _refuse_clash(after, tx.find(MEETINGS, "mentorship", after.mentorship))
    tx.put(MEETINGS, after)
    _withdraw(tx, after, "the talk was moved")
    return after


def become(desk: Desk, meeting_id: str, state: MeetingState, *, source: Source, by: str = "") -> Meeting:
    """Take a meeting through one step of its lifecycle: held, missed or cancelled."""
    with desk.store.transaction() as tx:
        after = become_in(tx, desk, find_meeting(tx, meeting_id), state)
        trail.record(tx, desk, what=f"talk {after.number} {state}", source=source, mentorship=after.mentorship, by=by)
    return after


def become_in(tx: Transaction, desk: Desk, meeting: Meeting, state: MeetingState) -> Meeting:
    """The same step inside a transaction that does more; letters that lost their occasion are withdrawn."""
    if state is MeetingState.HELD and desk.clock.now() < meeting.begins_at:
        raise UsageError(f"Talk {meeting.number} has not begun yet; it cannot have been held.")
    after = meeting.becoming(state, desk.clock.now())
    tx.put(MEETINGS, after)
    if state in GONE:
        _withdraw(tx, after, f"the talk was {state}")
    return after


def _withdraw(tx: Transaction, meeting: Meeting, why: str) -> None:
    for letter in tx.find(OUTGOING, "meeting", meeting.id):
        if letter.state in WAITING:
            tx.put(OUTGOING, letter.withdrawn(why))


def close_ended(desk: Desk) -> tuple[Meeting, ...]:
    """Let every meeting whose end has passed become held, each in a transaction of its own."""
    ended = [
        meeting.id for meeting in desk.store.find(MEETINGS, "state", MeetingState.SCHEDULED) if _over(desk, meeting)
    ]
    return tuple(held for meeting_id in ended if (held := _close(desk, meeting_id)))


def _close(desk: Desk, meeting_id: str) -> Meeting | None:
    """One of them, unless somebody moved or cancelled it a moment ago."""
    with desk.store.transaction() as tx:
        meeting = find_meeting(tx, meeting_id)
        if meeting.state is not MeetingState.SCHEDULED or not _over(desk, meeting):
            return None
        held = become_in(tx, desk, meeting, MeetingState.HELD)
        what = f"talk {held.number} {held.state}"
        trail.record(tx, desk, what=what, source=trail.BY_PROGRAM, mentorship=held.mentorship, by="okrmate")
    return held


def _over(desk: Desk, meeting: Meeting) -> bool:
    return meeting.ends_at <= desk.clock.now()


def find_meeting(reader: Reader, meeting_id: str) -> Meeting:
    """The meeting with this id, or `UsageError`."""
    found = reader.get(MEETINGS, meeting_id)
    if found is None:
        raise UsageError(f"There is no meeting “{meeting_id}”; see `okrmate meeting list`.")
    return found


def next_meeting(reader: Reader, mentorship: str, now: datetime) -> Meeting | None:
    """The mentorship's next scheduled talk that has not begun."""
    ahead = [
        meeting
        for meeting in reader.find(MEETINGS, "mentorship", mentorship)
        if meeting.state is MeetingState.SCHEDULED and meeting.begins_at > now
    ]
    return min(ahead, key=lambda meeting: meeting.begins_at, default=None)


def coming_meeting(reader: Reader, mentorship: str, now: datetime) -> Meeting | None:
    """The mentorship's soonest scheduled talk that is not over: the one that runs now, else the next."""
    ahead = [
        meeting
        for meeting in reader.find(MEETINGS, "mentorship", mentorship)
        if meeting.state is MeetingState.SCHEDULED and meeting.ends_at > now
    ]
    return min(ahead, key=lambda meeting: meeting.begins_at, default=None)


def last_meeting(reader: Reader, mentorship: str, before: datetime) -> Meeting | None:
    """The last talk that was held and ended before a moment."""
    held = [
        meeting
        for meeting in reader.find(MEETINGS, "mentorship", mentorship)
        if meeting.state in (MeetingState.HELD, MeetingState.REVIEWED) and meeting.ends_at <= before
    ]
    return max(held, key=lambda meeting: meeting.ends_at, default=None)


def _refuse_past(meeting: Meeting, now: datetime) -> None:
    if meeting.begins_at <= now:
        raise UsageError(f"{meeting.starts:%Y-%m-%d %H:%M} ({meeting.zone}) is past; a meeting needs a time ahead.")


def _refuse_clash(meeting: Meeting, others: tuple[Meeting, ...]) -> None:
    for other in others:
        if (
            other.id != meeting.id
            and STEPS.allows(other.state, MeetingState.CANCELLED)
            and other.begins_at < meeting.ends_at
            and meeting.begins_at < other.ends_at
        ):
            raise UsageError(f"Talk {other.number} is already at that time, {other.starts:%Y-%m-%d %H:%M}.")
