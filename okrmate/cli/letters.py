"""`okrmate letter`: the kinds of letter there are, and one as it would leave."""

import argparse

from okrmate.bootstrap.mail import mail_room
from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.cli.printing import safe
from okrmate.config import is_set_up
from okrmate.demo.home import sample_letter
from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import LETTER_CLASSES, LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.mail.layout import text
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.outgoing.delivery import raw_message
from okrmate.services.outgoing.digests import digest_now
from okrmate.services.outgoing.previews import preview


class LetterList(Command):
    """The kinds of letter."""

    words = ("letter", "list")
    help = "list the letters there are"

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:  # noqa: ARG002 - takes no arguments
        """One line a kind."""
        terminal.data([{"letter": str(kind), "class": str(each)} for kind, each in LETTER_CLASSES.items()])
        terminal.say(*(f"{kind:<16} {each}" for kind, each in LETTER_CLASSES.items()))
        return ExitCode.DONE


class LetterPreview(Command):
    """One letter as it would leave now."""

    words = ("letter", "preview")
    help = "show one letter as it would leave; nothing is stored"
    examples = (
        "okrmate letter preview agenda tom",
        "okrmate letter preview digest",
        "okrmate letter preview agenda tom --to mentor --format html",
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Which, to whom, and in which form."""
        kinds, sides, forms = [str(kind) for kind in LetterKind], [str(side) for side in Side], ("text", "html", "eml")
        someone = f"{PERSON}; without it somebody of the demo"
        parser.add_argument("kind", metavar="KIND", choices=kinds, help=", ".join(kinds))
        parser.add_argument("person", metavar="PERSON", nargs="?", default="", help=someone)
        parser.add_argument("--to", choices=sides, default=str(Side.PROTEGE), help="whose copy; protege without it")
        parser.add_argument("--format", choices=forms, default=forms[0], help="text without it")

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Print it; nothing is stored."""
        kind, side = LetterKind(given.kind), Side(given.to)
        if kind is LetterKind.DIGEST and is_set_up(terminal.home):  # it is of everybody here, and needs no name
            room = mail_room(terminal.open())
            _print(room, digest_now(room, room.store, room.desk.clock.now()), given.format, terminal)
            return ExitCode.DONE
        if not given.person:
            with sample_letter(kind, side) as (room, letter):
                _print(room, letter, given.format, terminal)
            return ExitCode.DONE
        room = mail_room(terminal.open())
        _print(room, preview(room, kind, find_pair(room.store, given.person), side), given.format, terminal)
        return ExitCode.DONE


def _print(room: MailRoom, letter: Outgoing, form: str, terminal: Terminal) -> None:
    match form:
        case "eml":
            content = raw_message(room, letter, room.desk.clock.now()).decode()
        case "html":
            content = room.composer.html(letter.blocks, letter.language)
        case _:
            content = text(letter.blocks)
            terminal.say(f"To: {safe(letter.name)} <{letter.address}>", f"Subject: {safe(letter.subject)}", "")
    terminal.data({"subject": letter.subject, "to": letter.address, form: content})
    terminal.say(content)


COMMANDS: tuple[type[Command], ...] = (LetterList, LetterPreview)
