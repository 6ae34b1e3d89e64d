"""`okrmate plan`: which letters are due, and why; puts them into the outbox."""

import argparse
from datetime import datetime
from zoneinfo import ZoneInfo

from okrmate.adapters.clock import MovedClock
from okrmate.bootstrap.mail import mail_room, working
from okrmate.cli.command import Command, Terminal
from okrmate.cli.moments import moment
from okrmate.cli.printing import local, rfc3339, safe
from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import Side
from okrmate.domain.rhythm import AGENDA_DAYS
from okrmate.services.letters.due import Due, Variant
from okrmate.services.letters.dues import dues
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import pairs
from okrmate.services.outgoing.digests import missing_digest
from okrmate.services.outgoing.planning import missing, plan


class Plan(Command):
    """Puts the letters that are due into the outbox."""

    words = ("plan",)
    help = "put the letters that are due into the outbox, and say why each is due"
    examples = ("okrmate plan --dry-run", "okrmate plan --now 2027-03-09T09:00:00Z")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Only look, or look at another moment."""
        parser.add_argument("--dry-run", action="store_true", help="say what is due and write nothing")
        parser.add_argument(
            "--now", default="", metavar="TIME", help="as if it were then (RFC 3339); implies --dry-run"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Say what is due and why."""
        if given.now or given.dry_run:
            opened = terminal.open(MovedClock(moment(given.now)) if given.now else None)
            room = mail_room(opened)
            found = missing(room, opened.desk.clock.now())
            digest = missing_digest(room, room.store.reader(), opened.desk.clock.now())
            hers = [digest] if digest else []
            zone = room.mentor.zone
            terminal.data([*map(_digest, hers), *(_due(due, zone) for due in found)])
            lines = [*(_planned(each, None, zone) for each in hers), *(_line(due, zone) for due in found)]
            terminal.say(*lines or ["Nothing is due."])
            return ExitCode.DONE
        with working(terminal.open()) as work:
            room = work.room
            known = _known(room)
            planned = plan(room)
            known |= _known(room)  # a talk that was closed by this pass has other letters than before
        letters = (*planned.letters, *planned.expired)
        zone = room.mentor.zone
        terminal.data([_letter(each, known.get(each.key), zone) for each in letters])
        terminal.say(*[_planned(each, known.get(each.key), zone) for each in letters] or ["Nothing is due."])
        return ExitCode.DONE


def _known(room: MailRoom) -> dict[str, Due]:
    now = room.desk.clock.now()
    return {due.key: due for pair in pairs(room.store) for due in dues(room, room.store, pair, now)}


def _due(due: Due, zone: str) -> dict[str, object]:
    return {
        "letter": str(due.kind),
        "variant": str(due.variant),
        "who": due.pair.protege.name,
        "to": str(due.to),
        "due": rfc3339(due.due_at),
        "why": why(due, zone),
        "useful_until": rfc3339(due.useful_until),
        "key": due.key,
        "short_notice": due.short_notice,
    }


def _digest(letter: Outgoing) -> dict[str, object]:
    return {
        "letter": str(letter.kind),
        "variant": str(Variant.NORMAL),
        "who": letter.name,
        "to": str(letter.to),
        "due": rfc3339(letter.due_at),
        "why": "a week begins",
        "useful_until": rfc3339(letter.useful_until),
        "key": letter.key,
        "short_notice": False,
    }


def _letter(letter: Outgoing, due: Due | None, zone: str) -> dict[str, object]:
    return {
        "id": letter.id,
        "letter": str(letter.kind),
        "who": letter.name,
        "state": str(letter.state),
        "due": rfc3339(letter.due_at),
        "why": why(due, zone) if due else letter.error,
    }


def _line(due: Due, zone: str) -> str:
    whom = safe(due.pair.protege.name) if due.to is Side.PROTEGE else f"you, about {safe(due.pair.protege.name)}"
    return f"{due.kind} to {whom}: due {local(due.due_at, zone)}, {safe(why(due, zone))}"


def _planned(letter: Outgoing, due: Due | None, zone: str) -> str:
    state = ", ".join(filter(None, [str(letter.state), letter.hold or letter.error]))
    line = _line(due, zone) if due else f"{letter.called} to {safe(letter.name)}: due {local(letter.due_at, zone)}"
    return f"{line}: {state}"


WHY = {
    LetterKind.REFINE_SUMMARY: "the OKRs are refined, and {name} has not agreed yet",
    LetterKind.MID_CYCLE: "half of the time until {ends} has passed",
    LetterKind.CLOSING: "the OKRs end on {ends}",
    LetterKind.CLOSED: "the OKRs are closed",
}
"""Why a letter about a set of OKRs is due."""


def why(due: Due, zone: str) -> str:
    """What a letter is due for, as the end of a sentence, with days on the calendar of `zone`."""
    if due.kind is LetterKind.CHECK_IN:
        return "no talk for weeks" if due.variant is Variant.NORMAL else "three days without an answer to the first"
    if due.okr_set is not None:
        return WHY[due.kind].format(name=due.pair.protege.first_name, ends=due.okr_set.ends)
    if due.meeting is None:
        return f"{due.pair.protege.name} was added on {_day(due.pair.mentorship.begun_at, zone)}"
    talk = f"talk {due.meeting.number} on {_day(due.meeting.begins_at, zone)}"
    match due.kind:
        case LetterKind.INVITATION:
            return _of_invitation(due.variant, talk)
        case LetterKind.AGENDA:
            return _of_agenda(due, due.meeting, talk)
        case LetterKind.FEEDBACK:
            return f"{talk} is over" if due.variant is Variant.NORMAL else f"two days without an answer on {talk}"
        case LetterKind.EXCHANGE:
            both = due.variant is Variant.BOTH
            return f"both sides have written on {talk}" if both else f"one side is silent five days after {talk}"
        case _:
            return talk


def _of_invitation(variant: Variant, talk: str) -> str:
    if variant is Variant.CANCELLED:
        return f"{talk} is cancelled"
    return f"{talk} is {'moved there' if variant is Variant.MOVED else 'planned'}"


def _of_agenda(due: Due, meeting: Meeting, talk: str) -> str:
    if due.variant is Variant.FINAL:
        return f"the list of {talk} has changed since its agenda left"
    clock = ZoneInfo(due.pair.protege.zone)
    ahead = meeting.begins_at.astimezone(clock).date() - due.due_at.astimezone(clock).date()
    if ahead == AGENDA_DAYS:
        return f"three days before {talk}"
    if ahead > AGENDA_DAYS:
        return f"the Friday before, as three days before {talk} is a weekend"
    return f"at once, since {talk} is nearer than three days"


def _day(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %d %b}"


COMMANDS: tuple[type[Command], ...] = (Plan,)
