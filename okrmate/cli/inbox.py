"""`okrmate inbox`: what came by mail, what was understood of it, and the mentor's word on what was not."""

import argparse

from okrmate.bootstrap.mail import mail_room
from okrmate.cli.command import Command, Terminal
from okrmate.cli.printing import local, rfc3339, safe, table
from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import NEEDS_MENTOR, Incoming
from okrmate.services.incoming.review import accept, find_mail, raw_text, reject
from okrmate.services.tables import INCOMING

MAIL = "its id, as `okrmate inbox list` shows it"


class InboxList(Command):
    """What waits for the mentor; with --all everything that concerned okrmate."""

    words = ("inbox", "list")
    help = "list the mails that wait for you, or all that concerned okrmate"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whether settled ones show too."""
        parser.add_argument("--all", action="store_true", help="also applied, ignored and refused ones")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """One line a mail."""
        desk = terminal.open().desk
        mails = [mail for mail in desk.store.every(INCOMING) if given.all or mail.state in NEEDS_MENTOR]
        terminal.data([_facts(mail) for mail in mails])
        rows = [
            (
                mail.id,
                local(mail.received_at, desk.mentor.zone),
                mail.sender,
                mail.subject[:40],
                ", ".join(filter(None, [str(mail.state), mail.why or mail.summary])),
            )
            for mail in mails
        ]
        terminal.say(*table(rows) or ["All understood."])
        if mails and not given.all:
            terminal.say("", "`okrmate inbox show ID` shows a mail, and what can be done with it.")
        return ExitCode.DONE


class InboxShow(Command):
    """One mail: what was understood beside what was written."""

    words = ("inbox", "show")
    help = "show one mail: what was understood, and what was written"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("id", metavar="ID", help=MAIL)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """State, what is left, then the mail."""
        opened = terminal.open()
        mail = find_mail(opened.desk.store, given.id)
        text = raw_text(mail_room(opened), mail)
        terminal.data({**_facts(mail), "text": text})
        terminal.say(
            f"From {safe(mail.sender)}, {local(mail.received_at, opened.desk.mentor.zone)}: {safe(mail.subject)}",
            f"{mail.state}{f': {mail.why}' if mail.why else ''}",
        )
        if mail.summary:
            terminal.say(f"Understood: {safe(mail.summary)}")
        for line in mail.left:
            terminal.say(f"For you: {safe(line)}")
        terminal.say("", safe(text))
        if mail.state in NEEDS_MENTOR:
            terminal.say("", _ways_on(mail))
        return ExitCode.DONE


def _ways_on(mail: Incoming) -> str:
    return (
        f"`okrmate inbox accept {mail.id}` takes it for what it says, or as read, `okrmate inbox reject {mail.id}` "
        "puts it away. A number that was not understood is recorded by `okrmate check-in`."
    )


class InboxAccept(Command):
    """Takes a held mail as what it says, or settles one that was asked about."""

    words = ("inbox", "accept")
    help = "take a held mail as the answer it is, or settle it"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("id", metavar="ID", help=MAIL)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Apply and say what it did."""
        mail = accept(mail_room(terminal.open()), given.id)
        terminal.data(_facts(mail))
        terminal.say(f"{str(mail.state).capitalize()}: {safe(mail.summary or 'nothing in it changes a number')}.")
        return ExitCode.DONE


class InboxReject(Command):
    """Puts a mail away without effect; its raw bytes stay."""

    words = ("inbox", "reject")
    help = "put a mail away without effect; it stays kept"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("id", metavar="ID", help=MAIL)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Dismiss it."""
        mail = reject(terminal.open().desk, given.id)
        terminal.data(_facts(mail))
        terminal.say("Put away; the mail itself stays kept.")
        return ExitCode.DONE


def _facts(mail: Incoming) -> dict[str, object]:
    return {
        "id": mail.id,
        "from": mail.sender,
        "subject": mail.subject,
        "received": rfc3339(mail.received_at),
        "state": str(mail.state),
        "reason": mail.reason or None,
        "detail": mail.detail or None,
        "summary": mail.summary or None,
        "left": list(mail.left),
        "message_id": mail.message_id,
        "times": len(mail.places),
    }


COMMANDS: tuple[type[Command], ...] = (InboxList, InboxShow, InboxAccept, InboxReject)
