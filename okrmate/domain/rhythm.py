"""When letters are due: wall dates and zones in, aware UTC moments out.

Meetings are wall times in an IANA zone, so every due date is worked out on a calendar, not by adding hours
(design "`schedule`, and what it cannot do"; product: "Letters"). A wall time that a change to summer time skips
moves forward; one that happens twice is the first of the two.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from okrmate.domain.feedback import SEAL
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import DaysOff
from okrmate.domain.wall_clock import moment_of
from okrmate.frozen import Frozen

AGENDA_DAYS = timedelta(days=3)
"""How long before a talk its agenda is in the protégé's hands (seed 000: at least three days in advance)."""
FINAL_DAYS = timedelta(days=1)
AGENDA_TIME = time(9)
AGENDA_CLOSES = timedelta(hours=2)
FORM_AFTER = timedelta(hours=1)
FORM_USEFUL = timedelta(days=7)
REMINDER_AFTER = timedelta(days=2)
CHECK_IN_TIME = time(9)
CHECK_IN_AGAIN = timedelta(days=3)
CHECK_IN_SKIPPED = timedelta(days=4)
"""A number heard so shortly before a check-in is news enough (product: "Letters")."""
GRACE = timedelta(minutes=1)
"""How much later than its hour a letter may leave and count as on time: the loop looks at the clock in steps."""

SATURDAY = 5


class QuietHours(Frozen):
    """From when until when nothing arrives, on the recipient's clock; `begins` belongs to it, `ends` does not.

    May reach over midnight. Where both are the same there are none.
    """

    begins: time = time(20)
    ends: time = time(7, 30)


QUIET = QuietHours()
"""What holds where nobody chose otherwise (product: "Letters")."""


def at_local(day: date, clock: time, zone: str) -> datetime:
    """The moment (UTC) at which clocks in `zone` show `clock` on `day`."""
    return moment_of(datetime.combine(day, clock), zone)


@lru_cache(maxsize=4096)
def is_quiet(moment: datetime, zone: str, quiet: QuietHours = QUIET) -> bool:
    """Whether an aware moment falls into the quiet hours of somebody in `zone`."""
    clock = moment.astimezone(ZoneInfo(zone)).time()
    if quiet.begins <= quiet.ends:
        return quiet.begins <= clock < quiet.ends
    return clock >= quiet.begins or clock < quiet.ends


def waking(moment: datetime, zone: str, quiet: QuietHours = QUIET) -> datetime:
    """This moment (UTC), or the end of the quiet hours it falls into; never earlier than `moment`."""
    if not is_quiet(moment, zone, quiet):
        return moment.astimezone(UTC)
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() if local.time() < quiet.ends else local.date() + timedelta(days=1)
    return at_local(day, quiet.ends, zone)


def check_in_due(last: datetime, rhythm: timedelta, zone: str) -> datetime:
    """When the numbers are asked for between talks that are far apart: a rhythm after `last`, at 09:00, on no weekend.

    `last` is when the two last looked at them: a talk, the beginning of the goals, or the check-in before.
    """
    day = last.astimezone(ZoneInfo(zone)).date() + rhythm
    return at_local(working_day(day), CHECK_IN_TIME, zone)


def before_days_off(check_in: datetime, zone: str, off: Sequence[DaysOff]) -> datetime:
    """When a check-in leaves that falls on a day off: at 09:00 of the last working day before."""
    day = check_in.astimezone(ZoneInfo(zone)).date()
    return at_local(working_day(day, off), CHECK_IN_TIME, zone) if any(each.holds(day) for each in off) else check_in


def second_check_in_due(first_sent_at: datetime, zone: str, quiet: QuietHours = QUIET) -> datetime:
    """When a check-in without an answer is sent for the second and last time, in waking hours."""
    return waking(first_sent_at + CHECK_IN_AGAIN, zone, quiet)


def agenda_deadline(meeting: Meeting, protege_zone: str) -> datetime:
    """The promise itself: 09:00 three days before the talk, by the protégé's calendar and clock."""
    return at_local(_agenda_day(meeting, protege_zone), AGENDA_TIME, protege_zone)


def agenda_due(meeting: Meeting, protege_zone: str, off: Sequence[DaysOff] = ()) -> datetime:
    """When the agenda leaves: at its deadline, or at 09:00 of the last working day before; `off` are none of those."""
    return at_local(working_day(_agenda_day(meeting, protege_zone), off), AGENDA_TIME, protege_zone)


def final_agenda_due(meeting: Meeting, protege_zone: str, off: Sequence[DaysOff], left_at: datetime) -> datetime:
    """When the final copy of an agenda leaves: at 09:00 of the day before the talk, or the last working day before.

    Where the agenda itself left at that time or later, as on the Friday before a Monday, it is the day before the talk.
    """
    day = _agenda_day(meeting, protege_zone) + AGENDA_DAYS - FINAL_DAYS
    usual = at_local(working_day(day, off), AGENDA_TIME, protege_zone)
    return usual if usual > left_at else at_local(day, AGENDA_TIME, protege_zone)


def agenda_useful_until(meeting: Meeting) -> datetime:
    """Two hours before the talk nobody prepares any more."""
    return meeting.begins_at - AGENDA_CLOSES


def short_notice(meeting: Meeting, protege_zone: str, now: datetime) -> bool:
    """Whether an agenda that leaves `now` breaks the promise of three days.

    Asked with the moment the talk was planned, it says whether the planning is the reason. An agenda that leaves on
    a weekend, between its Friday and its deadline, has kept the promise.
    """
    return now > agenda_deadline(meeting, protege_zone) + GRACE


def form_due(meeting: Meeting, zone: str, quiet: QuietHours = QUIET) -> datetime:
    """When the feedback form leaves: an hour after the end, in the recipient's waking hours."""
    return waking(meeting.ends_at + FORM_AFTER, zone, quiet)


def form_useful_until(meeting: Meeting, zone: str, quiet: QuietHours = QUIET) -> datetime:
    """Seven days after the form was due nobody remembers the talk well enough."""
    return form_due(meeting, zone, quiet) + FORM_USEFUL


def reminder_due(form_sent_at: datetime, zone: str, quiet: QuietHours = QUIET) -> datetime:
    """When the one reminder of a form leaves: two days after the form did, in waking hours."""
    return waking(form_sent_at + REMINDER_AFTER, zone, quiet)


def exchange_due_at_latest(meeting: Meeting, zone: str, quiet: QuietHours = QUIET) -> datetime:
    """When the exchange leaves although one side is silent: the seal's five days after the end, in waking hours."""
    return waking(meeting.ends_at + SEAL, zone, quiet)


def working_day(day: date, off: Sequence[DaysOff] = ()) -> date:
    """The day itself, or the last one before that is on no weekend and no day off."""
    while day.weekday() >= SATURDAY or any(each.holds(day) for each in off):
        day -= timedelta(days=1)
    return day


def _agenda_day(meeting: Meeting, protege_zone: str) -> date:
    return meeting.begins_at.astimezone(ZoneInfo(protege_zone)).date() - AGENDA_DAYS
