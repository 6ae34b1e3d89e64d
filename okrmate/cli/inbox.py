"""`okrmate inbox`: what came by mail, what was understood of it, and the mentor's word on what was not."""

import argparse

from okrmate.bootstrap.mail import mail_room
from okrmate.cli.command import Command, Terminal
from okrmate.cli.printing import local, rfc3339, safe, table
from okrmate.cli.reviewed import open_line, operations, review_lines
from okrmate.domain.errors import ExitCode, UsageError
from okrmate.domain.letters import NEEDS_MENTOR, Incoming
from okrmate.mail.layout import text
from okrmate.reply.updates import Problem
from okrmate.services.history import undoable
from okrmate.services.incoming.answering import answer, expect_answer
from okrmate.services.incoming.review import (
    accept,
    find_mail,
    keep_feedback,
    keep_note,
    leave_line,
    no_lines,
    raw_text,
    reject,
    take_typed,
    take_value,
)
from okrmate.services.incoming.side_by_side import SideBySide, side_by_side
from okrmate.services.incoming.to_do import to_do
from okrmate.services.mailroom import MailRoom
from okrmate.services.ports import Reader
from okrmate.services.tables import CHANGES, INCOMING

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
    """One mail: its words with those marked that something rests on, and below each line what it means."""

    words = ("inbox", "show")
    help = "show one mail: what was understood, and what was written"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("id", metavar="ID", help=MAIL)

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """State, what is left, then the mail."""
        opened = terminal.open()
        mail = find_mail(opened.desk.store, given.id)
        room = mail_room(opened)
        side = side_by_side(room, mail.id)
        terminal.data({**_facts(mail), "text": raw_text(room, mail), "operations": operations(side)})
        terminal.say(
            f"From {safe(mail.sender)}, {local(mail.received_at, opened.desk.mentor.zone)}: {safe(mail.subject)}",
            f"{mail.state}{f': {mail.why}' if mail.why else ''}",
        )
        if mail.summary:
            terminal.say(f"Understood: {safe(mail.summary)}")
        for line in mail.left:
            terminal.say(f"For you: {safe(line)}")
        for line in mail.told:
            terminal.say(f"They {safe(line)}. {_way_back(opened.desk.store, mail)}")
        if to_do(mail):
            terminal.say(to_do(mail))
        terminal.say("", *([safe(side.sentence)] if side.sentence else review_lines(side)))
        if mail.state in NEEDS_MENTOR:
            terminal.say("", _ways_on(mail, side))
        return ExitCode.DONE


def _way_back(reader: Reader, mail: Incoming) -> str:
    """How what an order did is taken back; nothing where it has been."""
    made = (undoable(reader, change.id) for change in reader.find(CHANGES, "source_ref", mail.id))
    last = next((change for change in made if change is not None), None)
    return f"`okrmate undo {last.id}` takes that back." if last is not None else ""


def _ways_on(mail: Incoming, side: SideBySide) -> str:
    own = f" `okrmate inbox answer {mail.id} WORDS` writes to them." if mail.mentorship and not mail.unproven else ""
    if side.open and not mail.unproven:
        return (
            f"`okrmate inbox edit {mail.id} 1 VALUE` says what line 1 means, `… 1 --as-note` keeps it as a note, "
            f"`okrmate inbox accept {mail.id} --line 1` takes it as read; without --line the mail is settled as it "
            f"stands. `okrmate inbox reject {mail.id}` puts it away.{own}"
        )
    return (
        f"`okrmate inbox accept {mail.id}` takes it for what it says, or as read, `okrmate inbox reject {mail.id}` "
        f"puts it away. A number that was not understood is recorded by `okrmate check-in`.{own}"
    )


def _line(room: MailRoom, mail_id: str, number: int) -> Problem:
    """The open line under this number; `UsageError` where there is none, or the mail is not one to be decided so."""
    if why := no_lines(find_mail(room.store, mail_id)):
        raise UsageError(why)
    return open_line(side_by_side(room, mail_id), number)


class InboxAccept(Command):
    """Takes a held mail as what it says, one unclear line as what was read of it, or settles the mail."""

    words = ("inbox", "accept")
    help = "take a held mail as the answer it is, one line as it was read, or settle it; what it says is read"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, and which line of it."""
        parser.add_argument("id", metavar="ID", help=MAIL)
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--line", type=int, metavar="N", help="only this open line, by the number `show` gives it")
        what.add_argument(
            "--as-feedback", action="store_true", help="its two lines as the positive and the suggestion of a form"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Apply and say what it did."""
        room = mail_room(terminal.open())
        if given.as_feedback:
            mail = keep_feedback(room, given.id)
        elif given.line is None:
            mail = accept(room, given.id)
        else:
            mail = take_value(room, given.id, _line(room, given.id, given.line))
        terminal.data(_facts(mail))
        terminal.say(f"{str(mail.state).capitalize()}: {safe(mail.summary or 'nothing in it changes a number')}.")
        return ExitCode.DONE


class InboxEdit(Command):
    """Says what an unclear line means: a value, or a note without one."""

    words = ("inbox", "edit")
    help = "say what an unclear line means: a value, or only a note"
    examples = ("okrmate inbox edit 5d0c2f 1 60%", "okrmate inbox edit 5d0c2f 2 --as-note")

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which mail, which line, and what it means."""
        parser.add_argument("id", metavar="ID", help=MAIL)
        parser.add_argument("line", metavar="LINE", type=int, help="the number `okrmate inbox show` gives it")
        parser.add_argument("value", metavar="VALUE", nargs="?", default="", help="a number, 60%%, +2 or done")
        parser.add_argument("--as-note", action="store_true", help="keep its words as a note, without a value")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Decide on the line and say how the mail stands."""
        if bool(given.value) is given.as_note:
            raise UsageError("Give either a value or --as-note.")
        room = mail_room(terminal.open())
        line = _line(room, given.id, given.line)
        mail = keep_note(room, given.id, line) if given.as_note else take_typed(room, given.id, line, given.value)
        terminal.data(_facts(mail))
        terminal.say(f"Recorded; `okrmate undo` takes it back. {_standing(mail)}")
        return ExitCode.DONE


def _standing(mail: Incoming) -> str:
    return f"The mail is {str(mail.state).replace('_', ' ')}."


class InboxReject(Command):
    """Puts a mail, or one unclear line of it, away without effect; its raw bytes stay."""

    words = ("inbox", "reject")
    help = "put a mail, or one unclear line of it, away without effect; it stays kept"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which."""
        parser.add_argument("id", metavar="ID", help=MAIL)
        parser.add_argument("--line", type=int, metavar="N", help="only this open line, by the number `show` gives it")
        parser.add_argument("--reason", default="", metavar="WORDS", help="why, kept with the mail")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Dismiss it, or its line."""
        if given.line is not None and given.reason:
            raise UsageError("A reason is kept with a whole mail, not with a line of it.")
        if given.line is None:
            mail = reject(terminal.open().desk, given.id, given.reason)
            terminal.say("Put away; the mail itself stays kept. `okrmate undo` takes that back.")
        else:
            room = mail_room(terminal.open())
            mail = leave_line(room, given.id, _line(room, given.id, given.line))
            terminal.say(f"The line is put aside. {_standing(mail)}")
        terminal.data(_facts(mail))
        return ExitCode.DONE


class InboxAnswer(Command):
    """Puts the mentor's own words to whoever wrote a mail into the outbox, as an answer to it."""

    words = ("inbox", "answer")
    help = "answer a mail in your own words: a letter to whoever wrote it"
    examples = ('okrmate inbox answer 5d0c2f "That sounds heavy. Shall we talk on Thursday?" --dry-run',)

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, and what is answered."""
        parser.add_argument("id", metavar="ID", help=MAIL)
        parser.add_argument("said", metavar="WORDS", help="your words, in quotes; only your name is added")
        parser.add_argument("--dry-run", action="store_true", help="only show the letter")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Show the letter, and say when it leaves and how the mail stands."""
        room = mail_room(terminal.open())
        made = (expect_answer if given.dry_run else answer)(room, given.id, given.said)
        letter = made.letter
        terminal.data({**_facts(made.mail), "letter": letter.id, "to": letter.address, "held": bool(letter.hold)})
        lines = text(letter.blocks).splitlines()
        terminal.say(f"To {safe(letter.address)}: {safe(letter.subject)}", "", *map(safe, lines), "")
        if given.dry_run:
            terminal.say("Nothing was written; without --dry-run it is put into the outbox.")
        elif letter.hold:
            terminal.say(f"It waits: {letter.hold}. `okrmate outbox send {letter.id}` lets it go.")
        else:
            terminal.say("It leaves with the next delivery; until then `okrmate undo` takes it back.")
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
        "to_do": to_do(mail) or None,
        "summary": mail.summary or None,
        "left": list(mail.left),
        "told": list(mail.told),
        "message_id": mail.message_id,
        "times": len(mail.places),
    }


COMMANDS: tuple[type[Command], ...] = (InboxList, InboxShow, InboxAccept, InboxEdit, InboxReject, InboxAnswer)
