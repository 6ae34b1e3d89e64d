"""`okrmate away`: the mentor is not there for some days; everybody is told once, and letters rest."""

import argparse
from datetime import date

from okrmate.bootstrap.mail import mail_room
from okrmate.cli.command import Command, Terminal, unattended
from okrmate.cli.printing import local, rfc3339, table
from okrmate.domain.errors import ExitCode, Refusal, UsageError
from okrmate.domain.moments import parse_date
from okrmate.services.desk import Desk
from okrmate.services.letters.away import Away, go_away
from okrmate.services.mentoring.absences import checked_days
from okrmate.services.mentoring.mentorships import pair


class AwayCommand(Command):
    """Lets all letters rest while the mentor is away, and tells each protégé once."""

    words = ("away",)
    help = "be away for some days: letters rest, and everybody is told once"
    examples = ("okrmate away 2026-08-03 2026-08-14", 'okrmate away "3 aug" "14 aug" --line "The mountains call."')
    behind = (
        "Letters leave again by themselves on the day after; `okrmate person resume` lets those to one person leave "
        "earlier. `okrmate undo` takes it back as long as no letter about it has left."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The first and the last day, and a line of her own."""
        parser.add_argument("first", metavar="FROM", help="the first day away")
        parser.add_argument("last", metavar="TO", help="the last day away")
        parser.add_argument("--line", default="", help="a line of your own for those who are told")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Note it, tell them, and name the talks that fall into it."""
        opened = terminal.open()
        desk = opened.desk
        days = checked_days(desk, _day(desk, given.first), _day(desk, given.last))
        away = go_away(mail_room(opened), days, given.line)
        terminal.data(_facts(away))
        terminal.say(f"Away from {days.first.isoformat()} to {days.last.isoformat()}; letters rest in that time.")
        names = ", ".join(letter.name for letter in away.letters)
        terminal.say(f"Told once: {names}." if names else "Nobody gets letters yet, so nobody is told.")
        if away.talks:
            terminal.say("These talks fall into it; move or cancel them:", *_talks(desk, away))
        terminal.say(*unattended(opened))
        return ExitCode.DONE


def _talks(desk: Desk, away: Away) -> list[str]:
    rows = [
        (talk.id, pair(desk.store, talk.mentorship).protege.name, local(talk.begins_at, desk.mentor.zone))
        for talk in away.talks
    ]
    return [f"  {line}" for line in table(rows)]


def _day(desk: Desk, text: str) -> date:
    found = parse_date(text, desk.mentor.zone, desk.clock.now())
    if isinstance(found, Refusal):
        raise UsageError(found.sentence)
    return found


def _facts(away: Away) -> dict[str, object]:
    return {
        "id": away.absence.id,
        "begins": rfc3339(away.absence.begins_at),
        "ends": rfc3339(away.absence.ends_at),
        "letters": [letter.id for letter in away.letters],
        "talks": [talk.id for talk in away.talks],
    }


COMMANDS: tuple[type[Command], ...] = (AwayCommand,)
