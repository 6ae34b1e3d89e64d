"""Talks from the mentor's own calendar: a file of it plans one, moves it when it is imported again, or cancels it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.recurrence import checked, times
from okrmate.frozen import Frozen, replace
from okrmate.mail.calendar import OwnEvent, read_event
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.meetings import NewMeeting, become_in, move_in, plan_in
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.mentoring.series import begin, series_of
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import MEETINGS, SERIES

FARTHEST_BACK = timedelta(days=10 * 366)
"""A series that began earlier is refused: all its times since would be counted through again and again."""
SOURCE = trail.by_command("meeting import")


class Imported(Frozen):
    """The talk, and what became of it, in a word: planned, moved, changed, cancelled; empty where nothing had to be."""

    meeting: Meeting
    became: str


def event_in(desk: Desk, text: str) -> OwnEvent:
    """The one event of a calendar's file, or `UsageError`."""
    found = read_event(text, desk.mentor.zone)
    if isinstance(found, Refusal):
        raise UsageError(found.sentence)
    return found


def guest_of(reader: Reader, event: OwnEvent) -> Pair:
    """The one person among its guests; `UsageError` where there is none, or several."""
    found = [pair for pair in pairs(reader) if pair.protege.address in event.guests and pair.mentorship.open]
    if len(found) != 1:
        raise UsageError("The event's guests do not say with whom it is; name the person behind the file.")
    return found[0]


def import_talk(desk: Desk, pair: Pair, event: OwnEvent) -> Imported:
    """Plan the talk that an event of her calendar is, and those that repeat it; known by its UID it is changed.

    No invitation leaves for it: her calendar invites. `UsageError` where it cannot be a talk.
    """
    with desk.store.transaction() as tx:
        talks = tx.find(MEETINGS, "mentorship", pair.mentorship.id)
        same = [each for each in talks if each.uid == event.uid and each.state is MeetingState.SCHEDULED]
        known = min(same, key=lambda each: each.begins_at, default=None)
        done = _cancelled(tx, desk, pair, event, known) if event.cancelled else _taken(tx, desk, pair, event, known)
        if done.became:
            what = f"talk {done.meeting.number} with {pair.protege.name} {done.became}, as in your calendar"
            trail.record(tx, desk, what=what, source=SOURCE, mentorship=pair.mentorship.id)
    return done


def _cancelled(tx: Transaction, desk: Desk, pair: Pair, event: OwnEvent, known: Meeting | None) -> Imported:
    if known is None:
        raise UsageError("The event is cancelled, and no talk is planned by it.")
    _end_series(tx, pair, event)
    return Imported(meeting=become_in(tx, desk, known, MeetingState.CANCELLED), became="cancelled")


def _taken(tx: Transaction, desk: Desk, pair: Pair, event: OwnEvent, known: Meeting | None) -> Imported:
    rule = _rule(desk, event)
    new = NewMeeting(
        starts=_first(desk, event, rule), zone=event.zone, minutes=event.minutes, place=" ".join(event.place.split())
    )
    if known is None:
        meeting, became = replace(plan_in(tx, desk, pair, new), uid=event.uid), "planned"
    elif (known.starts, known.zone) != (new.starts, new.zone):
        meeting, became = move_in(tx, desk, known, new.starts, new.zone), "moved"
    else:
        meeting, became = known, ""
    changed = replace(meeting, minutes=new.minutes, place=new.place)
    tx.put(MEETINGS, changed)
    if _keep_series(tx, desk, pair, event, rule, changed) or changed != meeting:
        became = became or "changed"
    return Imported(meeting=changed, became=became)


def _keep_series(tx: Transaction, desk: Desk, pair: Pair, event: OwnEvent, rule: str, first: Meeting) -> bool:
    """Whether something had to be changed so that talks repeat as the event does."""
    if not rule:
        return _end_series(tx, pair, event)
    known = series_of(tx, pair.mentorship.id)
    wanted = (event.uid, rule, event.starts, event.zone, first.minutes, first.place, event.without)
    if known and (known.uid, known.rule, known.starts, known.zone, known.minutes, known.place, known.without) == wanted:
        return False
    series = begin(tx, desk, first, rule)
    tx.put(SERIES, replace(series, starts=event.starts, uid=event.uid, without=event.without))
    return True


def _end_series(tx: Transaction, pair: Pair, event: OwnEvent) -> bool:
    known = series_of(tx, pair.mentorship.id)
    if known is None or known.uid != event.uid:
        return False
    tx.delete(SERIES, known.id)
    return True


def _rule(desk: Desk, event: OwnEvent) -> str:
    """Its rule as it is kept; empty where it happens once."""
    if not event.rule:
        return ""
    if event.starts < _here(desk, event) - FARTHEST_BACK:
        raise UsageError("The event repeats since more than ten years; save one talk of it alone.")
    rule = checked(event.rule, event.starts, event.zone)
    if isinstance(rule, Refusal):
        raise UsageError(rule.sentence)
    return rule


def _first(desk: Desk, event: OwnEvent, rule: str) -> datetime:
    """Its time; of a series the first that is ahead."""
    here = _here(desk, event)
    if not rule or (event.starts > here and event.starts not in event.without):
        return event.starts
    ahead = next((wall for wall in times(rule, event.starts, here) if wall not in event.without), None)
    if ahead is None:
        raise UsageError("The last talk of this series is over.")
    return ahead


def _here(desk: Desk, event: OwnEvent) -> datetime:
    return desk.clock.now().astimezone(ZoneInfo(event.zone)).replace(tzinfo=None)
