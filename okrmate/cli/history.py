"""`okrmate history` and `okrmate undo`: who changed what, when and why, and taking it back."""

import argparse

from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import local, rfc3339, table
from okrmate.domain.changes import Change
from okrmate.domain.errors import ExitCode
from okrmate.services.history import history, undo, undone
from okrmate.services.mentoring.mentorships import find_pair


class History(Command):
    """The trail of changes."""

    words = ("history",)
    help = "list who changed what and when, the newest last"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Of one person, or of everybody."""
        parser.add_argument("person", metavar="PERSON", nargs="?", default="", help=f"{PERSON}; everybody without it")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """One line an entry."""
        desk = terminal.open().desk
        mentorship = find_pair(desk.store, given.person).mentorship.id if given.person else ""
        entries = history(desk.store, mentorship)
        gone = undone(desk.store)
        terminal.data([_facts(entry, taken_back=entry.id in gone) for entry in entries])
        rows = [
            (
                entry.id,
                local(entry.at, desk.mentor.zone),
                entry.by,
                f"{entry.what} ({_by(entry)}){', taken back' if entry.id in gone else ''}",
            )
            for entry in entries
        ]
        terminal.say(*table(rows) or ["Nothing has happened yet."])
        return ExitCode.DONE


def _by(entry: Change) -> str:
    return f"{entry.source.kind} {entry.source.ref}".strip()


def _facts(entry: Change, *, taken_back: bool) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": rfc3339(entry.at),
        "by": entry.by,
        "what": entry.what,
        "source": {"kind": str(entry.source.kind), "ref": entry.source.ref},
        "mentorship": entry.mentorship,
        "undoes": entry.undoes or None,
        "taken_back": taken_back,
    }


class Undo(Command):
    """Takes back the last change, or a named one."""

    words = ("undo",)
    help = "take back the last change, or one by its id"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which; the newest where none is named."""
        parser.add_argument(
            "change",
            metavar="ID",
            nargs="?",
            default="",
            help="its id, as `okrmate history` shows it; without it the last",
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Take it back and say what it was."""
        entry = undo(terminal.open().desk, given.change)
        terminal.data({"id": entry.id, "undoes": entry.undoes})
        terminal.say(f"{entry.what[:1].upper()}{entry.what[1:]}.")
        return ExitCode.DONE


COMMANDS: tuple[type[Command], ...] = (History, Undo)
