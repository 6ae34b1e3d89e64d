"""`okrmate feedback`: the mentor's own two lines on the last talk."""

import argparse

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.domain.errors import ExitCode
from okrmate.services.mentoring import feedback
from okrmate.services.mentoring.mentorships import find_pair


class FeedbackGive(Command):
    """The mentor's own positive and suggestion for the last talk."""

    words = ("feedback",)
    help = "write your own two lines on the last talk: one positive, one suggestion"
    examples = ('okrmate feedback tom --positive "you named the problem first" --suggestion "numbers before stories"',)

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """For whom, and the two lines."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("--positive", default="", metavar="WORDS", help="one thing that was good")
        parser.add_argument("--suggestion", default="", metavar="WORDS", help="one thing for the next talk")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Keep it sealed until both are in."""
        desk = terminal.open().desk
        taken = feedback.give(desk, find_pair(desk.store, given.person), given.positive, given.suggestion)
        terminal.data({"id": taken.id, "missing": list(taken.missing)})
        terminal.say(
            f"Kept; your {taken.missing[0]} is not in yet." if taken.missing else "Kept, sealed until both are in."
        )
        return ExitCode.DONE


COMMANDS: tuple[type[Command], ...] = (FeedbackGive,)
