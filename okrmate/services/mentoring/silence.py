"""Pauses of a mentorship: by the mentor or at the protégé's word, with an end or without; and what may wait."""

from datetime import datetime, time, timedelta

from okrmate.domain.changes import Change, Source
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.letters import WAITING
from okrmate.domain.moments import parse_date
from okrmate.domain.people import Mentorship, MentorshipState, Person, Side
from okrmate.domain.rhythm import at_local
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair, as_it_stands
from okrmate.services.ports import Transaction
from okrmate.services.tables import MENTORSHIPS, OUTGOING

LONGEST = timedelta(days=366)
"""A pause that ends later than this has no end that anybody would remember."""


def pause(desk: Desk, pair: Pair, until: datetime | None = None) -> Mentorship:
    """Let nothing unasked leave to somebody until a moment, or until the mentorship is resumed; `UsageError`."""
    now = desk.clock.now()
    if until is not None:
        _pausable(until, now)
    with desk.store.transaction() as tx:
        pause_in(tx, desk, pair, Side.MENTOR, until, trail.by_command("person pause"))
        return as_it_stands(tx, pair)


def resume(desk: Desk, pair: Pair) -> Mentorship:
    """Let the letters leave again, or `UsageError` where nothing is paused."""
    with desk.store.transaction() as tx:
        state = as_it_stands(tx, pair).state
        if state is not MentorshipState.PAUSED:
            raise UsageError(f"The mentorship with {pair.protege.name} is {state}, not paused.")
        resume_in(tx, desk, pair, trail.by_command("person resume"))
        return as_it_stands(tx, pair)


def pause_in(tx: Transaction, desk: Desk, pair: Pair, by: Side, until: datetime | None, source: Source) -> Change:
    """Pause inside a transaction; a pause there is gets this end."""
    person: Person = pair.protege if by is Side.PROTEGE else desk.mentor
    tx.put(MENTORSHIPS, as_it_stands(tx, pair).pausing(desk.clock.now(), by, until))
    ends = f" until {pair.protege.local(until).date().isoformat()}" if until else ""
    what = f"{pair.protege.name}: letters paused{ends}"
    return trail.record(tx, desk, what=what, source=source, mentorship=pair.mentorship.id, by=person.name)


def resume_in(tx: Transaction, desk: Desk, pair: Pair, source: Source, by: str = "") -> Change:
    """End a pause inside a transaction."""
    tx.put(MENTORSHIPS, as_it_stands(tx, pair).becoming(MentorshipState.ACTIVE, desk.clock.now()))
    what = f"{pair.protege.name}: letters leave again"
    return trail.record(tx, desk, what=what, source=source, mentorship=pair.mentorship.id, by=by)


def wake(desk: Desk, everyone: tuple[Pair, ...]) -> None:
    """End the pauses whose day has come."""
    now = desk.clock.now()
    for pair in everyone:
        if _is_over(pair.mentorship, now):
            with desk.store.transaction() as tx:
                if _is_over(as_it_stands(tx, pair), now):
                    resume_in(tx, desk, pair, trail.BY_PROGRAM, by="okrmate")


def wait_in(tx: Transaction, pair: Pair, until: datetime) -> None:
    """Ask nothing a second time before `until`; an order that reaches further stands."""
    for letter in tx.find(OUTGOING, "mentorship", pair.mentorship.id):
        if letter.state in WAITING and letter.to is Side.PROTEGE and letter.key.endswith(":reminder"):
            tx.put(OUTGOING, letter.withdrawn("they asked to wait"))
    mentorship = as_it_stands(tx, pair)
    known = mentorship.asks_from
    tx.put(MENTORSHIPS, replace(mentorship, asks_from=max(until, known) if known else until))


def end_of_pause(text: str, person: Person, now: datetime) -> datetime:
    """The beginning of the day that was written, `thu`, `2 weeks` or `7 dec`, on somebody's calendar; `UsageError`."""
    day = parse_date(text, person.zone, now)
    if isinstance(day, Refusal):
        raise UsageError(day.sentence)
    return _pausable(at_local(day, time(), person.zone), now)


def days_ahead(person: Person, now: datetime, days: int) -> datetime:
    """The beginning of the day so many days ahead, on somebody's calendar."""
    return at_local(person.local(now).date() + timedelta(days=days), time(), person.zone)


def next_week(person: Person, now: datetime) -> datetime:
    """The beginning of next Monday, on somebody's calendar."""
    return days_ahead(person, now, 7 - person.local(now).weekday())


def _pausable(until: datetime, now: datetime) -> datetime:
    if not now < until <= now + LONGEST:
        raise UsageError("A pause ends on a day ahead, within a year; without an end it lasts until it is resumed.")
    return until


def _is_over(mentorship: Mentorship, now: datetime) -> bool:
    until = mentorship.paused_until
    return mentorship.state is MentorshipState.PAUSED and until is not None and until <= now
