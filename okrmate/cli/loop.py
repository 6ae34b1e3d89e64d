"""`okrmate run`, `poll`, `plan` and `deliver`: the loop, and one pass of each of its errands."""

import argparse
import threading

from okrmate.adapters.clock import MovedClock
from okrmate.adapters.logbook import log_to
from okrmate.bootstrap.mail import mail_room, working
from okrmate.cli.command import Command, Terminal
from okrmate.cli.moments import moment
from okrmate.cli.printing import local, rfc3339, safe
from okrmate.daemon import Errand, run, stop_on_signals
from okrmate.domain.errors import ExitCode
from okrmate.services.dues import Due
from okrmate.services.inbox import poll
from okrmate.services.outbox import deliver
from okrmate.services.reminders import missing, plan

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


class Plan(Command):
    """Puts the letters that are due into the outbox."""

    words = ("plan",)
    help = "put the letters that are due into the outbox"

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
            dues = missing(room, opened.desk.clock.now())
            terminal.data([_due(due) for due in dues])
            terminal.say(*[_sentence(due, opened.desk.mentor.zone) for due in dues] or ["Nothing is due."])
            return ExitCode.DONE
        with working(terminal.open()) as room:
            planned = plan(room)
        letters = (*planned.letters, *planned.expired)
        terminal.data(
            [{"id": each.id, "letter": str(each.kind), "who": each.name, "state": str(each.state)} for each in letters]
        )
        for each in letters:
            why = f", {each.hold}" if each.hold else ""
            terminal.say(f"{each.kind} to {safe(each.name)}: {each.state}{why}")
        if not letters:
            terminal.say("Nothing is due.")
        return ExitCode.DONE


def _due(due: Due) -> dict[str, object]:
    return {
        "letter": str(due.kind),
        "variant": str(due.variant),
        "who": due.pair.protege.name,
        "to": str(due.to),
        "due": rfc3339(due.due_at),
        "useful_until": rfc3339(due.useful_until),
        "key": due.key,
        "short_notice": due.short_notice,
    }


def _sentence(due: Due, zone: str) -> str:
    whom = safe(due.pair.protege.name) if due.to == "protege" else f"you, about {safe(due.pair.protege.name)}"
    about = f" for talk {due.meeting.number}" if due.meeting else ""
    notice = ", short notice" if due.short_notice else ""
    return f"{due.kind} ({due.variant}) to {whom}{about}: due {local(due.due_at, zone)}{notice}"


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


COMMANDS: tuple[type[Command], ...] = (Run, Poll, Plan, Deliver)
