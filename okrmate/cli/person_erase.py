"""`okrmate person erase`: everything that is kept of a person goes, and what is left elsewhere is named."""

import argparse

from okrmate.bootstrap.erasing import Gone, erase
from okrmate.cli.asking import Asking
from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.domain.errors import ExitCode, UsageError
from okrmate.services.mentoring.mentorships import find_pair


class PersonErase(Command):
    """Erases a person from store, journal, trail and mail; nothing of it can be taken back."""

    words = ("person", "erase")
    help = "erase everything that is kept of a person; it cannot be taken back"
    behind = (
        "Backups keep what they hold, and are named so that you can delete them. Your mail account is yours: what lies "
        "in it stays. `okrmate person export` writes down first what is kept."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Who, and whether it is meant."""
        parser.add_argument("person", metavar="PERSON", help=PERSON)
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Ask whoever sits there, erase, and say what still holds older states."""
        opened = terminal.open()
        pair = find_pair(opened.desk.store, given.person)
        name = pair.protege.name
        asking = Asking(terminal, somebody=terminal.given.isatty() and not (given.yes or terminal.json))
        if asking.somebody and not asking.yes(f"Erase {name} with all goals, talks, notes and mails?"):
            raise UsageError("Nothing was erased.")
        gone = erase(opened, terminal.home, pair)
        terminal.data({"erased": pair.protege.id, **_told(gone)})
        terminal.say(f"Erased {name}: {gone.records} records and {gone.mails} mails, the journal and its history.")
        if gone.still:
            terminal.say("Older states still hold them; delete these if they are not to:")
            terminal.say(*(f"  {path}" for path in gone.still))
        terminal.say("What was copied elsewhere, and the mails in your mail account, are yours to remove.")
        return ExitCode.DONE


def _told(gone: Gone) -> dict[str, object]:
    return {"records": gone.records, "mails": gone.mails, "backups": [str(path) for path in gone.still]}
