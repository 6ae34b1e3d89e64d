"""`okrmate person off`: days on which somebody is not at work, before which their letters leave."""

import argparse

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.domain.errors import ExitCode, UsageError
from okrmate.services.mentoring.days_off import add, days, drop, in_words
from okrmate.services.mentoring.mentorships import find_pair


class PersonOff(Command):
    """Notes days off, takes them out again, or shows them."""

    words = ("person", "off")
    help = "note days off of a person: agendas and check-ins leave before them"
    examples = (
        "okrmate person off Tom 2026-08-03 2026-08-14",
        'okrmate person off Tom "6 apr"',
        'okrmate person off Tom "6 apr" --drop',
    )
    behind = "Talks that repeat are left out on these days. Without a day it shows those that are noted."

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who, and from when to when."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("first", metavar="FROM", nargs="?", default="", help="the first day off")
        parser.add_argument("last", metavar="TO", nargs="?", default="", help="the last one; FROM alone without it")
        parser.add_argument("--drop", action="store_true", help="they are no days off after all")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Write them down, and say what is off now."""
        desk = terminal.open().desk
        pair = find_pair(desk.store, given.person)
        protege = pair.protege
        if given.first:
            meant = days(desk, pair, given.first, given.last)
            protege = (drop if given.drop else add)(desk, pair, meant)
        elif given.drop:
            raise UsageError("Say which days are no days off after all.")
        off = protege.days_off
        terminal.data([{"first": each.first.isoformat(), "last": each.last.isoformat()} for each in off])
        terminal.say(f"Days off of {protege.name}: {in_words(off)}." if off else f"{protege.name} has no days off.")
        return ExitCode.DONE
