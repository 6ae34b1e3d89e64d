"""`okrmate run`, `poll` and `deliver`: the loop, and one pass of its errands by themselves."""

import argparse
import os

from okrmate.bootstrap.desk import OpenHome
from okrmate.bootstrap.loop import look, run_daemon
from okrmate.bootstrap.mail import working
from okrmate.bootstrap.resting import let_rest
from okrmate.cli.command import Command, Terminal
from okrmate.cli.printing import safe
from okrmate.domain.errors import ExitCode
from okrmate.services.outgoing.delivery import deliver


class Run(Command):
    """The daemon."""

    words = ("run",)
    help = "read, plan and send mail until stopped by Ctrl-C or SIGTERM"
    behind = (
        "It says little: what happens stands in log/okrmate.log of the home, and `okrmate today` tells how it goes."
    )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """One per home; logs to log/okrmate.log without a word of mail."""
        opened = _opened(terminal)
        sentence = f"At work for {opened.config.home}; log/okrmate.log in it tells what happens. Ctrl-C stops."
        run_daemon(opened, os.environ, lambda: terminal.say(sentence))
        terminal.say("", "Stopped.")
        return ExitCode.DONE


class Poll(Command):
    """One look at the mailbox."""

    words = ("poll",)
    help = "look at the mailbox once, and say what came"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """Read, apply, and say what came."""
        with working(_opened(terminal)) as work:
            mails = look(work.room, work.board).mails
            work.board.well()
        terminal.data(
            [{"id": mail.id, "from": mail.sender, "state": str(mail.state), "reason": mail.reason} for mail in mails]
        )
        for mail in mails:
            why = f", {mail.why}" if mail.why else ""
            terminal.say(f"{safe(mail.sender)}: {mail.state}{why} {safe(mail.summary)}".rstrip())
        if not mails:
            terminal.say("Nothing new.")
        return ExitCode.DONE


class Deliver(Command):
    """Sends what is due."""

    words = ("deliver",)
    help = "send what is due, once"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """Send and say what left."""
        with working(_opened(terminal)) as work:
            done = deliver(work.room)
        letters = (*done.sent, *done.deferred, *done.in_doubt, *done.failed, *done.expired)
        terminal.data(
            [{"id": each.id, "letter": str(each.kind), "who": each.name, "state": str(each.state)} for each in letters]
        )
        for each in letters:
            terminal.say(f"{each.kind} to {safe(each.name)}: {each.state}{f', {each.error}' if each.error else ''}")
        if not letters:
            terminal.say("Nothing to send.")
        return ExitCode.DONE


def _opened(terminal: Terminal) -> OpenHome:
    """The home; a script is told to wait where its server has just refused the login, a person is not."""
    opened = terminal.open()
    if not terminal.given.isatty():
        let_rest(opened)
    return opened


COMMANDS: tuple[type[Command], ...] = (Run, Poll, Deliver)
