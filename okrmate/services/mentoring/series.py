"""Talks that repeat by a rule: each is planned when it comes into sight, so that its letters leave in time."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from itertools import chain
from zoneinfo import ZoneInfo

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.meetings import Meeting, Series
from okrmate.domain.people import MentorshipState
from okrmate.domain.recurrence import next_time, times
from okrmate.domain.recurrence_words import in_words, rule_of
from okrmate.domain.wall_clock import moment_of
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.meetings import NewMeeting, coming_meeting, plan_in
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import ABSENCES, MEETINGS, MENTORSHIPS, REACHED, SERIES, Reached

SIGHT = timedelta(days=7)
"""What begins sooner is planned even before the last talk is over: an agenda leaves three days ahead."""


def series_of(reader: Reader, mentorship: str) -> Series | None:
    """By which rule the talks of a pair repeat, if they do."""
    return next(iter(reader.find(SERIES, "mentorship", mentorship)), None)


def repeats(reader: Reader, mentorship: str) -> str:
    """How often the talks of a pair repeat, in words; empty where they do not."""
    series = series_of(reader, mentorship)
    return in_words(series.rule) if series else ""


def checked_rule(words: str, starts: datetime, zone: str) -> str:
    """The rule that `words` mean for talks from `starts`, or `UsageError`."""
    rule = rule_of(words, starts, zone)
    if isinstance(rule, Refusal):
        raise UsageError(rule.sentence)
    return rule


def plan_repeating(desk: Desk, pair: Pair, new: NewMeeting, every: str) -> Meeting:
    """Plan a talk, and those that repeat it by `every`: plain words or a rule. It takes the place of a rule before."""
    rule = checked_rule(every, new.starts, new.zone)
    with desk.store.transaction() as tx:
        meeting = plan_in(tx, desk, pair, new)
        begin(tx, desk, meeting, rule)
        what = f"talk {meeting.number} with {pair.protege.name} planned, {in_words(rule)}"
        trail.record(tx, desk, what=what, source=trail.by_command("meeting plan"), mentorship=pair.mentorship.id)
    return meeting


def repeat(desk: Desk, pair: Pair, every: str) -> Series:
    """Let talks repeat as the one that is planned next, by `every`; `UsageError` where none is planned."""
    with desk.store.transaction() as tx:
        meeting = coming_meeting(tx, pair.mentorship.id, desk.clock.now())
        if meeting is None:
            raise UsageError(f"No talk with {pair.protege.name} is planned that others could repeat; plan one first.")
        series = begin(tx, desk, meeting, checked_rule(every, meeting.starts, meeting.zone))
        what = f"talks with {pair.protege.name} repeat {in_words(series.rule)}"
        trail.record(tx, desk, what=what, source=trail.by_command("meeting repeat"), mentorship=pair.mentorship.id)
    return series


def end(desk: Desk, pair: Pair) -> Series:
    """Let talks repeat no more; what is planned already stays. `UsageError` where they do not repeat."""
    with desk.store.transaction() as tx:
        series = series_of(tx, pair.mentorship.id)
        if series is None:
            raise UsageError(f"Talks with {pair.protege.name} do not repeat.")
        tx.delete(SERIES, series.id)
        what = f"talks with {pair.protege.name} repeat no more"
        trail.record(tx, desk, what=what, source=trail.by_command("meeting repeat"), mentorship=pair.mentorship.id)
    return series


def begin(tx: Transaction, desk: Desk, first: Meeting, rule: str) -> Series:
    """Let talks repeat as `first` from it on, in place of a rule before, inside a transaction that does more."""
    before = series_of(tx, first.mentorship)
    if before is not None:
        tx.delete(SERIES, before.id)
    series = Series(
        id=desk.tokens.new_id(),
        mentorship=first.mentorship,
        rule=rule,
        starts=first.starts,
        zone=first.zone,
        minutes=first.minutes,
        place=first.place,
    )
    tx.put(SERIES, series)
    tx.put(REACHED, Reached(id=series.id, mentorship=first.mentorship, wall=first.starts))
    return series


def next_sight(reader: Reader, pair: Pair) -> datetime | None:
    """When the next talk of somebody's series comes into sight: once the last one is over, or a week ahead."""
    series = _running(reader, pair)
    if series is None:
        return None
    over, coming = _over_at(reader, series), next_time(series.rule, series.starts, _last(reader, series))
    return over if coming is None else min(over, moment_of(coming, series.zone) - SIGHT)


def extend(desk: Desk, everyone: Iterable[Pair]) -> tuple[Meeting, ...]:
    """Plan what has come into sight of each series, once: what was moved, cancelled or taken back comes no more.

    What falls into the mentor's days away, on a day off of theirs, or on another talk, is left out. While a
    mentorship is silent nothing is planned, and afterwards nothing is made up for.
    """
    now, reader = desk.clock.now(), desk.store.reader()
    found = [pair for pair in everyone if (at := next_sight(reader, pair)) is not None and at <= now]
    return tuple(chain.from_iterable(iter(partial(_plan_next, desk, pair, now), None) for pair in found))


def _plan_next(desk: Desk, pair: Pair, now: datetime) -> Meeting | None:
    """Plan one talk more, or end the series where its rule has; None where nothing is in sight."""
    with desk.store.transaction() as tx:
        series = _running(tx, pair)
        if series is None:
            return None
        over = _over_at(tx, series) <= now
        here = now.astimezone(ZoneInfo(series.zone)).replace(tzinfo=None)
        for wall in times(series.rule, series.starts, max(_last(tx, series), here)):
            if not over and moment_of(wall, series.zone) > now + SIGHT:
                return None
            meeting = _planned(tx, desk, pair, series, wall)
            if meeting is not None:
                tx.put(REACHED, Reached(id=series.id, mentorship=series.mentorship, wall=wall))
                _record(tx, desk, pair, f"talk {meeting.number} with {pair.protege.name} planned, as they repeat")
                return meeting
        if over:
            tx.delete(SERIES, series.id)
            _record(tx, desk, pair, f"talks with {pair.protege.name} repeat no more: that was the last of them")
    return None


def _planned(tx: Transaction, desk: Desk, pair: Pair, series: Series, wall: datetime) -> Meeting | None:
    """The talk of a series at this wall time; None where one of them is off then, or they meet at that time anyway."""
    at = moment_of(wall, series.zone)
    if wall in series.without:
        return None
    if any(each.holds(pair.protege.local(at).date()) for each in pair.protege.days_off):
        return None
    if any(absence.begins_at <= at < absence.ends_at for absence in tx.every(ABSENCES)):
        return None
    with suppress(UsageError):
        new = NewMeeting(starts=wall, zone=series.zone, minutes=series.minutes, place=series.place)
        meeting = replace(plan_in(tx, desk, pair, new), uid=series.uid)
        tx.put(MEETINGS, meeting)
        return meeting
    return None


def _record(tx: Transaction, desk: Desk, pair: Pair, what: str) -> None:
    trail.record(tx, desk, what=what, source=trail.BY_PROGRAM, mentorship=pair.mentorship.id, by="okrmate")


def _running(reader: Reader, pair: Pair) -> Series | None:
    mentorship = reader.get(MENTORSHIPS, pair.mentorship.id)
    if mentorship is None or mentorship.state is not MentorshipState.ACTIVE:
        return None
    return series_of(reader, mentorship.id)


def _over_at(reader: Reader, series: Series) -> datetime:
    return moment_of(_last(reader, series), series.zone) + timedelta(minutes=series.minutes)


def _last(reader: Reader, series: Series) -> datetime:
    reached = reader.get(REACHED, series.id)
    return reached.wall if reached is not None else series.starts
