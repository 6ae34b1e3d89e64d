"""Obeying the commands people send by mail: each is carried out and answered, or goes to the mentor as a word."""

from datetime import date, datetime, timedelta

from okrmate.domain.people import MentorshipState, Side
from okrmate.reply.commands import Command, CommandName, first_line
from okrmate.services import trail
from okrmate.services.incoming.answers import Answer
from okrmate.services.incoming.effects import Effects
from okrmate.services.incoming.undoing import undo_by_mail
from okrmate.services.mail_rules import Acknowledge
from okrmate.services.mentoring.silence import days_ahead, next_week, pause_in, resume_in, wait_in
from okrmate.services.ports import Transaction
from okrmate.services.tables import MENTORSHIPS

ANSWERING = frozenset({CommandName.CHOOSE, CommandName.CONFIRM, CommandName.REJECT})
"""Commands that answer an open question: what they mean is among what was said, also where it contradicts itself."""
TELLING = frozenset({CommandName.HELP, CommandName.STATUS, CommandName.MY_DATA})
"""Commands that are answered by a letter and change nothing: where none is written they are the mentor's."""
LONGEST_UNTIL = 300
"""Days; a pause until a day further off may mean the one that has just passed, so the mentor reads it."""
SKIPPED_DAYS = 8
"""What is skipped is not asked again within these days, after which no form of ours is of use."""


def obey(tx: Transaction, answer: Answer, command: Command, effects: Effects) -> None:
    """Carry out a command, noting in `effects` what it did; one that cannot be carried out is the mentor's."""
    theirs = answer.letter.to is Side.PROTEGE
    match command.name:
        case CommandName.UNDO:
            undo_by_mail(tx, answer, command, effects)
        case CommandName.HELP if _is_answered(answer):
            effects.command = CommandName.HELP
        case name if name in TELLING and theirs and _is_answered(answer):
            effects.command = name
        case name if name in ANSWERING and effects.understood.outcomes:
            pass
        case CommandName.CHOOSE:
            effects.command = CommandName.CHOOSE
        case CommandName.STOP if theirs:
            _stop(tx, answer, effects)
        case CommandName.PAUSE if theirs:
            _pause(tx, answer, command, effects)
        case CommandName.RESUME if theirs:
            _resume(tx, answer, effects)
        case CommandName.LATER | CommandName.SKIP as name if theirs:
            _wait(tx, answer, name, effects)
        case _:
            effects.leave(first_line(effects.understood.words.text))


def _is_answered(answer: Answer) -> bool:
    return answer.room.rules.acknowledge is not Acknowledge.NEVER


def _stop(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """Nothing unasked leaves any more; what is silent already stays as it is."""
    desk, found = answer.room.desk, answer.found
    effects.command = CommandName.STOP
    match found.mentorship.state:
        case MentorshipState.ACTIVE:
            pause_in(tx, desk, found, Side.PROTEGE, None, answer.source)
        case MentorshipState.PROPOSED:
            tx.put(MENTORSHIPS, found.mentorship.becoming(MentorshipState.DECLINED, desk.clock.now()))
            what = f"{found.protege.name} wrote stop"
            trail.record(
                tx, desk, what=what, source=answer.source, mentorship=found.mentorship.id, by=found.protege.name
            )
        case MentorshipState.PAUSED if found.mentorship.paused_until is not None:
            pause_in(tx, desk, found, Side.PROTEGE, None, answer.source)
        case _:
            return
    effects.told.append("wrote stop: no more letters leave")


def _pause(tx: Transaction, answer: Answer, command: Command, effects: Effects) -> None:
    """Silence, until a day or without an end; the mentor is told. Where she has paused herself, it is hers to say."""
    mentorship = answer.found.mentorship
    own = mentorship.state is MentorshipState.PAUSED and mentorship.paused_by is Side.PROTEGE
    days = _days_until(answer, *command.until) if command.until else command.days
    if days > LONGEST_UNTIL or (mentorship.state is not MentorshipState.ACTIVE and not own):
        effects.leave(first_line(effects.understood.words.text))
        return
    until = _day(answer, days) if days else None
    pause_in(tx, answer.room.desk, answer.found, Side.PROTEGE, until, answer.source)
    effects.command, effects.until = CommandName.PAUSE, until
    ends = f"before {_told_day(answer, until)}" if until else "until they resume"
    effects.told.append(f"wrote pause: no letter leaves {ends}")


def _resume(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """The letters leave again, unless it was the mentor who paused them."""
    mentorship = answer.found.mentorship
    paused = mentorship.state is MentorshipState.PAUSED
    if paused and mentorship.paused_by is Side.MENTOR:
        effects.leave(first_line(effects.understood.words.text))
        return
    if paused:
        resume_in(tx, answer.room.desk, answer.found, answer.source, answer.by)
    effects.command, effects.resumed = CommandName.RESUME, paused


def _wait(tx: Transaction, answer: Answer, name: CommandName, effects: Effects) -> None:
    """Nothing is asked a second time: before next week, or, to be skipped, as long as anybody would want to know."""
    protege, now = answer.found.protege, answer.room.desk.clock.now()
    effects.command = name
    effects.until = next_week(protege, now) if name is CommandName.LATER else _day(answer, SKIPPED_DAYS)
    wait_in(tx, answer.found, effects.until)
    trail.record(
        tx,
        answer.room.desk,
        what=f"{protege.name} wrote {name}",
        source=answer.source,
        mentorship=answer.found.mentorship.id,
        by=protege.name,
    )


def _days_until(answer: Answer, month: int, day: int) -> int:
    """The days until this day of the year comes next, on the calendar of whoever wrote."""
    today = answer.found.protege.local(answer.room.desk.clock.now()).date()
    named = (date(year, month, 1) + timedelta(days=day - 1) for year in (today.year, today.year + 1))
    return next((each - today).days for each in named if each > today)


def _day(answer: Answer, days: int) -> datetime:
    return days_ahead(answer.found.protege, answer.room.desk.clock.now(), days)


def _told_day(answer: Answer, moment: datetime) -> str:
    """`Mon 16 Mar`, on the calendar of whoever wrote."""
    at = answer.found.protege.local(moment)
    return f"{at:%a} {at.day} {at:%b}"
