"""Days off of a person: agendas and check-ins leave before them, and talks that repeat are left out on them."""

from collections.abc import Iterable
from datetime import date, timedelta

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.moments import parse_date
from okrmate.domain.people import DaysOff, Protege
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.silence import LONGEST
from okrmate.services.tables import PEOPLE

A_DAY = timedelta(days=1)


def days(desk: Desk, pair: Pair, first: str, last: str = "") -> DaysOff:
    """The days that somebody writes, on the person's calendar; `UsageError` where they are none that can be off."""
    begins = _day(desk, pair, first)
    ends = _day(desk, pair, last) if last else begins
    today = pair.protege.local(desk.clock.now()).date()
    if ends < begins:
        raise UsageError(f"{ends} is before {begins}; say the first day off, then the last.")
    if ends < today:
        raise UsageError("Those days are over.")
    if ends > today + LONGEST:
        raise UsageError("Days off end within a year.")
    return DaysOff(first=begins, last=ends)


def several(desk: Desk, pair: Pair, words: str) -> tuple[DaysOff, ...]:
    """The days of “23 mar - 27 mar; 6 apr”; `UsageError` names what cannot be read."""
    spans = [part.strip().partition(" - ") for part in words.split(";") if part.strip()]
    return tuple(days(desk, pair, first, last) for first, _, last in spans)


def add(desk: Desk, pair: Pair, new: DaysOff) -> Protege:
    """Note days off; with days that are noted already they become one."""
    return write(desk, pair, (*pair.protege.days_off, new))


def drop(desk: Desk, pair: Pair, gone: DaysOff) -> Protege:
    """Take days off out again; what lies before and after them stays."""
    left = []
    for each in pair.protege.days_off:
        before = DaysOff(first=each.first, last=min(each.last, gone.first - A_DAY))
        after = DaysOff(first=max(each.first, gone.last + A_DAY), last=each.last)
        left += [part for part in (before, after) if part.first <= part.last]
    return write(desk, pair, left)


def write(desk: Desk, pair: Pair, off: Iterable[DaysOff]) -> Protege:
    """Have these days off in place of those before, but for what is over; `UsageError` where they are the same."""
    today = pair.protege.local(desk.clock.now()).date()
    known = tuple(each for each in pair.protege.days_off if each.last >= today)
    wanted = _merged(each for each in off if each.last >= today)
    if wanted == known:
        raise UsageError(f"That changes no days off of {pair.protege.name}.")
    with desk.store.transaction() as tx:
        changed = replace(tx.get(PEOPLE, pair.protege.id) or pair.protege, days_off=wanted)
        tx.put(PEOPLE, changed)
        what = f"{changed.name}: {in_words(wanted) or 'no days'} off"
        trail.record(tx, desk, what=what, source=trail.by_command("person off"), mentorship=pair.mentorship.id)
    return changed


def in_words(off: Iterable[DaysOff]) -> str:
    """As they are written and read again: “2026-03-23 - 2026-03-27; 2026-04-06”."""
    return "; ".join(f"{each.first} - {each.last}" if each.first < each.last else f"{each.first}" for each in off)


def _merged(off: Iterable[DaysOff]) -> tuple[DaysOff, ...]:
    """Soonest first; those that overlap or follow one another are one."""
    found: list[DaysOff] = []
    for each in sorted(off, key=lambda each: (each.first, each.last)):
        if found and each.first <= found[-1].last + A_DAY:
            found[-1] = replace(found[-1], last=max(found[-1].last, each.last))
        else:
            found.append(each)
    return tuple(found)


def _day(desk: Desk, pair: Pair, words: str) -> date:
    found = parse_date(words, pair.protege.zone, desk.clock.now())
    if isinstance(found, Refusal):
        raise UsageError(found.sentence)
    return found
