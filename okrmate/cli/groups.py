"""The first words of all commands and the options each of them takes; all that `--help` and `--version` need."""

import argparse
from dataclasses import dataclass
from typing import NoReturn

from okrmate.domain.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The first word of some commands, the module they live in, and their line in `okrmate --help`."""

    module: str
    help: str


GROUPS: dict[str, Group] = {
    "demo": Group(module="demo", help="a throw-away home with sample people: the whole loop in a minute"),
    "init": Group(module="init", help="set up a home and its mail account, tried out before it is written"),
    "doctor": Group(module="doctor", help="what of a home does its work, what does not, and what to do about it"),
    "today": Group(module="today", help="who needs you, what moved, what leaves next"),
    "person": Group(module="people", help="add, list and show the people you mentor"),
    "okr": Group(module="okrs", help="draft, paste, start and show OKRs"),
    "check-in": Group(module="check_in", help="record a reading by hand"),
    "meeting": Group(module="meetings", help="plan, move, cancel and list talks"),
    "feedback": Group(module="feedback", help="your own positive and suggestion for the last talk"),
    "inbox": Group(module="inbox", help="what came by mail, what was understood, what waits for you"),
    "outbox": Group(module="outbox", help="what leaves, what is held, and letting it go"),
    "letter": Group(module="letters", help="see a letter as it would leave"),
    "run": Group(module="loop", help="the daemon: read, plan and send, until it is stopped"),
    "poll": Group(module="loop", help="one look at the mailbox"),
    "plan": Group(module="plan", help="say which letters are due and why, and put them into the outbox"),
    "deliver": Group(module="loop", help="send what is due"),
    "explain": Group(module="explain", help="what would happen with this mail, and why; changes nothing"),
    "history": Group(module="history", help="who changed what and when"),
    "undo": Group(module="history", help="take back the last change, or one by its id"),
}


class Parser(argparse.ArgumentParser):
    """A parser that knows no abbreviations and whose complaint is one sentence."""

    def __init__(self, **settings: object) -> None:
        """Take argparse's own settings; options are never abbreviated, so that a new one breaks no script."""
        super().__init__(**{"allow_abbrev": False, **settings})  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raise `UsageError`, which names the command whose help tells more."""
        raise UsageError(f"{self.prog}: {message}. `{self.prog} --help` tells what it takes.")


def options() -> Parser:
    """The options every command takes, before or after its words."""
    parser = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    parser.add_argument("--home", metavar="DIR", help="the folder with config.toml and okrmate.json (or OKRMATE_HOME)")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument("--quiet", action="store_true", help="say nothing that is not an error")
    parser.add_argument("--verbose", action="store_true", help="tracebacks with errors")
    return parser
