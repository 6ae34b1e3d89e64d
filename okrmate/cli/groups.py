"""The first words of all commands and the options each of them takes; all that `--help` and `--version` need."""

import argparse
from dataclasses import dataclass
from typing import NoReturn

from okrmate.cli.help_pages import EVERYWHERE, HelpPage
from okrmate.domain.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The first word of some commands, the module they live in, and their line in `okrmate --help`."""

    module: str
    help: str


GROUPS: dict[str, Group] = {
    "demo": Group(module="demo", help="play a mentorship with sample people; nothing of it is kept"),
    "init": Group(module="init", help="set up who you are and your mail account, and try it out"),
    "doctor": Group(module="doctor", help="check configuration, mail account, clock and store, and say what to do"),
    "today": Group(module="today", help="who needs you, what moved, what leaves next"),
    "person": Group(module="people", help="add, list and show the people you mentor"),
    "away": Group(module="away", help="be away for some days: letters rest, and everybody is told once"),
    "okr": Group(module="okrs", help="draft, agree on, start, revise and close somebody's OKRs"),
    "tactic": Group(module="tactics", help="write down what is tried for a key result, and see what it did"),
    "proposal": Group(module="proposals", help="what people would have otherwise in their goals"),
    "check-in": Group(module="check_in", help="record a reading by hand"),
    "meeting": Group(module="meetings", help="plan, move, cancel and list talks"),
    "agenda": Group(module="agenda", help="somebody's next agenda as it would be mailed, or the talk prepared for you"),
    "question": Group(module="questions", help="the question bank: list, add, reword, pin and swap questions"),
    "promise": Group(module="promises", help="what both of you promised: list, write down, kept, dropped"),
    "advice": Group(module="advice", help="what you advised, what was done with it, and what that changed"),
    "feedback": Group(module="feedback", help="write your own two lines on the last talk"),
    "inbox": Group(module="inbox", help="what came by mail: what was understood, what waits for you"),
    "outbox": Group(module="outbox", help="what leaves, what is held, and letting it go"),
    "letter": Group(module="letters", help="see a letter as it would leave"),
    "run": Group(module="loop", help="read, plan and send mail until it is stopped"),
    "poll": Group(module="loop", help="look at the mailbox once"),
    "plan": Group(module="plan", help="put the letters that are due into the outbox, and say why"),
    "deliver": Group(module="loop", help="send what is due, once"),
    "report": Group(module="report", help="how it goes, with plots: as a page, Markdown, JSON or CSV"),
    "backup": Group(module="backups", help="write everything into one file, also while okrmate is at work"),
    "restore": Group(module="backups", help="put a backup back; what is there is kept, and no letter leaves yet"),
    "service": Group(module="service", help="have systemd keep `okrmate run` at work"),
    "explain": Group(module="explain", help="say what a mail would do, and why; nothing is changed"),
    "history": Group(module="history", help="who changed what, and when"),
    "undo": Group(module="history", help="take back the last change, or one by its id"),
}


class Parser(argparse.ArgumentParser):
    """A parser that knows no abbreviations and whose complaint is one sentence."""

    def __init__(self, **settings: object) -> None:
        """Take argparse's own settings; options are never abbreviated, so that a new one breaks no script."""
        ours = {"allow_abbrev": False, "add_help": False, "formatter_class": HelpPage}
        super().__init__(**{**ours, **settings})  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError`, which names the command whose help tells more."""
        self._refuse(f"{message}.")

    def _refuse(self, sentence: str) -> NoReturn:
        raise UsageError(f"{self.prog}: {sentence} `{self.prog} --help` tells what it takes.")

    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Say of a word that is none of those there are which one comes near; argparse only lists them."""
        if action.choices is None or value in action.choices:
            return
        from okrmate.domain.spelling import nearest

        choices = [str(choice) for choice in action.choices]
        close = nearest(str(value), choices)
        option = f"{action.option_strings[0]}: " if action.option_strings else ""
        hint = f"; did you mean {close}?" if close else "."
        self._refuse(f"{option}“{value}” is none of {', '.join(choices)}{hint}")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options every command takes, before or after its words; one that is not given leaves no trace."""
    group = parser.add_argument_group(EVERYWHERE, argument_default=argparse.SUPPRESS)
    group.add_argument("-h", "--help", action="help", help="show this page")
    group.add_argument("--home", metavar="DIR", help="the folder that holds everything; OKRMATE_HOME does the same")
    group.add_argument("--json", action="store_true", help="print what is known as one line of JSON")
    group.add_argument("--quiet", action="store_true", help="print nothing but errors, and the id of what was made")
    group.add_argument("--verbose", action="store_true", help="show where an error comes from")
