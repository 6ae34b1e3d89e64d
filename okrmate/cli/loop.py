"""`okrmate run`, `poll` and `deliver`: the loop, and one pass of its errands by themselves."""

import argparse
import threading

from okrmate.adapters.logbook import log_to
from okrmate.bootstrap.mail import working
from okrmate.cli.command import Command, Terminal
from okrmate.cli.printing import safe
from okrmate.daemon import Errand, run, stop_on_signals
from okrmate.domain.errors import ExitCode
from okrmate.services.incoming.inbox import poll
from okrmate.services.outgoing.outbox import deliver
from okrmate.services.outgoing.planning import plan

POLL_EVERY = 30
PLAN_EVERY = 20
DELIVER_EVERY = 10


class Run(Command):
    """The daemon."""

    words = ("run",)
    help = "read, plan and send until stopped (Ctrl-C or SIGTERM)"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """One per home; logs to log/okrmate.log without a word of mail."""
        opened = terminal.open()
        stop = threading.Event()
        with working(opened) as room, log_to(opened.config.home):
            stop_on_signals(stop)
            terminal.say(f"At work for {opened.config.home}. Ctrl-C stops.")
            errands = (
                Errand(name="poll", every=POLL_EVERY, run=lambda: poll(room)),
                Errand(name="plan", every=PLAN_EVERY, run=lambda: plan(room)),
                Errand(name="deliver", every=DELIVER_EVERY, run=lambda: deliver(room, lambda: not stop.is_set())),
            )
            run(room, errands, stop)
        return ExitCode.DONE


class Poll(Command):
    """One look at the mailbox."""

    words = ("poll",)
    help = "look at the mailbox once"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """Read, apply, and say what came."""
        with working(terminal.open()) as room:
            mails = poll(room).mails
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
    help = "send what is due"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """Send and say what left."""
        with working(terminal.open()) as room:
            done = deliver(room)
        letters = (*done.sent, *done.deferred, *done.failed, *done.expired)
        terminal.data(
            [{"id": each.id, "letter": str(each.kind), "who": each.name, "state": str(each.state)} for each in letters]
        )
        for each in letters:
            terminal.say(f"{each.kind} to {safe(each.name)}: {each.state}{f', {each.error}' if each.error else ''}")
        if not letters:
            terminal.say("Nothing to send.")
        return ExitCode.DONE


COMMANDS: tuple[type[Command], ...] = (Run, Poll, Deliver)
