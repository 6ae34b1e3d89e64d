"""`okrmate report`: how it goes, as a page with plots, as Markdown, JSON or CSV."""

import argparse

from okrmate.adapters.resources import Resources
from okrmate.cli.command import PERSON, Command, Terminal
from okrmate.domain.errors import ExitCode
from okrmate.mail.words import words_of
from okrmate.services.mentoring.mentorships import find_pair
from okrmate.services.reports.report import report, report_of
from okrmate.services.reports.written.formats import Format, written


class ReportCommand(Command):
    """Everybody's report for the mentor, or one person's for both of them."""

    words = ("report",)
    help = "how it goes, with plots: everybody, for you alone, or one person, to look at together"
    examples = ("okrmate report", "okrmate report tom --format html")
    behind = (
        "Without PERSON it is for you alone: it says how fast people answer. With PERSON it can be handed to them: "
        "`okrmate report tom --format html > tom.html`. Neither holds what anybody wrote as feedback, nor your private "
        "notes. CSV has a row for each reading."
    )

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """Whose, and how it is written."""
        parser.add_argument("person", metavar="PERSON", nargs="?", default="", help=f"{PERSON}; everybody without it")
        parser.add_argument(
            "--format", choices=[str(each) for each in Format], default=str(Format.MARKDOWN), help="without it md"
        )

    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Print it; `--json` is the same as `--format json`."""
        desk = terminal.open().desk
        reader, now = desk.store.reader(), desk.clock.now()
        today, templates = desk.mentor.local(now).date(), Resources(terminal.home)
        if given.person:
            pair = find_pair(reader, given.person)
            found, words = report_of(reader, pair, now, today), words_of(pair.protege, templates)
        else:
            found, words = report(reader, now, today), words_of(desk.mentor, templates)
        form = Format.JSON if terminal.json else Format(given.format)
        print(written(found, form, words), end="", file=terminal.out)
        return ExitCode.DONE


COMMANDS: tuple[type[Command], ...] = (ReportCommand,)
