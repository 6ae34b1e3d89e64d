"""The mentor's days away: all letters rest from the first to the last of them, and leave again by themselves after."""

from datetime import date, datetime, time, timedelta

from okrmate.domain.errors import UsageError
from okrmate.domain.people import Mentorship, MentorshipState, Person, Side
from okrmate.domain.rhythm import at_local
from okrmate.frozen import Frozen
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair, as_it_stands
from okrmate.services.mentoring.silence import LONGEST, pause_in, resume_in
from okrmate.services.ports import Reader
from okrmate.services.tables import ABSENCES, SETTINGS, Absence, Setting

NOTED = "away "
"""What the settings begin with that note whom an absence has paused."""


class Days(Frozen):
    """From the first to the last day away, both included, on the mentor's calendar."""

    first: date
    last: date

    def begins_at(self, mentor: Person) -> datetime:
        """The beginning of the first day."""
        return at_local(self.first, time(), mentor.zone)

    def ends_at(self, mentor: Person) -> datetime:
        """The end of the last day."""
        return at_local(self.last + timedelta(days=1), time(), mentor.zone)


def checked_days(desk: Desk, first: date, last: date) -> Days:
    """Days that can be away, or `UsageError`."""
    days, now = Days(first=first, last=last), desk.clock.now()
    if last < first:
        raise UsageError(f"{last.isoformat()} is before {first.isoformat()}; say the first day, then the last.")
    if days.ends_at(desk.mentor) <= now:
        raise UsageError("Those days are over.")
    if days.ends_at(desk.mentor) > now + LONGEST:
        raise UsageError("Days away end within a year.")
    return days


def rest(desk: Desk, everyone: tuple[Pair, ...]) -> None:
    """Pause whoever is not paused while the mentor is away, each once: what she resumes by hand stays so.

    Whom an absence has paused that was taken back since is resumed.
    """
    now = desk.clock.now()
    _take_back(desk, everyone)
    for absence in desk.store.every(ABSENCES):
        if absence.begins_at <= now < absence.ends_at:
            for pair in everyone:
                _rest(desk, absence, pair)


def _rest(desk: Desk, absence: Absence, pair: Pair) -> None:
    """In one transaction; whom it has paused stands beside the trail, so that an undo of the pause is no new one."""
    noted = _paused(desk.store, absence)
    if pair.mentorship.state is not MentorshipState.ACTIVE or pair.mentorship.id in noted:
        return
    with desk.store.transaction() as tx:
        if as_it_stands(tx, pair).state is not MentorshipState.ACTIVE:
            return
        tx.put(SETTINGS, Setting(id=_name(absence), value=" ".join([*noted, pair.mentorship.id])))
        pause_in(tx, desk, pair, Side.MENTOR, absence.ends_at, trail.BY_PROGRAM)


def _take_back(desk: Desk, everyone: tuple[Pair, ...]) -> None:
    known = {_name(absence) for absence in desk.store.every(ABSENCES)}
    gone = [each for each in desk.store.every(SETTINGS) if each.id.startswith(NOTED) and each.id not in known]
    for noted in gone:
        paused = [pair for pair in everyone if pair.mentorship.id in noted.value.split() and _by_her(pair.mentorship)]
        for pair in paused:
            with desk.store.transaction() as tx:
                if _by_her(as_it_stands(tx, pair)):
                    resume_in(tx, desk, pair, trail.BY_PROGRAM, by="okrmate")
        with desk.store.transaction() as tx:
            tx.delete(SETTINGS, noted.id)


def _by_her(mentorship: Mentorship) -> bool:
    return mentorship.state is MentorshipState.PAUSED and mentorship.paused_by is Side.MENTOR


def _name(absence: Absence) -> str:
    return f"{NOTED}{absence.id}"


def _paused(reader: Reader, absence: Absence) -> list[str]:
    noted = reader.get(SETTINGS, _name(absence))
    return noted.value.split() if noted is not None else []
