"""`okrmate doctor`: what of a home does its work, what does not, and what to do about it."""

import argparse

from okrmate.bootstrap.checkup import check_home, sweep
from okrmate.cli.command import Command, Terminal
from okrmate.cli.following import Follower, add_answer_within, follow_self_test
from okrmate.domain.errors import ExitCode
from okrmate.services.checks.findings import unknown


class Doctor(Command):
    """Looks at every part of a home; changes nothing unless asked."""

    words = ("doctor",)
    help = "check configuration, mail account, clock, letters, store and backups; changes nothing"
    examples = ("okrmate doctor", "okrmate doctor --self-test")
    behind = (
        "A line each, with what to do where something is wrong; the exit code is then 1. The self-test sends a letter "
        "to yourself alone, waits for your answer, and leaves nothing in the store. A crash may leave a mail on the "
        "disk that no record points to: --sweep removes those that are older than an hour."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whether a letter makes the round as well, and whether what nothing points to goes."""
        parser.add_argument("--self-test", action="store_true", help="send yourself a letter and follow its round")
        parser.add_argument("--sweep", action="store_true", help="remove mails on the disk that nothing points to")
        add_answer_within(parser)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """One line a finding; exit code 1 where there is something to do."""
        follower = Follower(terminal)
        if given.sweep:
            follower.told(sweep(terminal.home))
        follower.told_all(check_home(terminal.home))
        if given.self_test and follower.wrong:
            follower.told(unknown("self-test", "not made; what is wrong above comes first."))
        elif given.self_test:
            follow_self_test(terminal.open(), follower, given.answer_within)
        terminal.data(follower.as_data())
        terminal.say(
            "Everything is fine." if not follower.wrong else f"There is something to do about {follower.wrong} of them."
        )
        return ExitCode.FOUND if follower.wrong else ExitCode.DONE


COMMANDS: tuple[type[Command], ...] = (Doctor,)
