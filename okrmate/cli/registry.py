"""Which commands there are and in which module each lives; a module is imported only when its command is called."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from okrmate.cli.command import Command


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The first word of some commands, the module they live in, and their line in `okrmate --help`."""

    module: str
    help: str


GROUPS: dict[str, Group] = {
    "demo": Group(module="demo", help="a throw-away home with sample people: the whole loop in a minute"),
    "today": Group(module="today", help="who needs you, what moved, what leaves next"),
    "person": Group(module="people", help="add, list and show the people you mentor"),
    "okr": Group(module="okrs", help="draft, paste, start and show OKRs"),
    "check-in": Group(module="okrs", help="record a reading by hand"),
    "meeting": Group(module="meetings", help="plan, move, cancel and list talks"),
    "feedback": Group(module="meetings", help="your own positive and suggestion for the last talk"),
    "inbox": Group(module="inbox", help="what came by mail, what was understood, what waits for you"),
    "outbox": Group(module="outbox", help="what leaves, what is held, and letting it go"),
    "letter": Group(module="letters", help="see a letter as it would leave"),
    "run": Group(module="loop", help="the daemon: read, plan and send, until it is stopped"),
    "poll": Group(module="loop", help="one look at the mailbox"),
    "plan": Group(module="loop", help="put the letters that are due into the outbox"),
    "deliver": Group(module="loop", help="send what is due"),
    "explain": Group(module="explain", help="what would happen with this mail, and why; changes nothing"),
    "history": Group(module="history", help="who changed what and when"),
    "undo": Group(module="history", help="take back the last change, or one by its id"),
}


def commands(first: str) -> tuple[Command, ...]:
    """The commands whose first word this is, their module imported now."""
    module = import_module(f"okrmate.cli.{GROUPS[first].module}")
    found: tuple[type[Command], ...] = module.COMMANDS
    return tuple(kind() for kind in found if kind.words[0] == first)


def every_command() -> Iterator[Command]:
    """All commands, in the order of the help."""
    for first in GROUPS:
        yield from commands(first)


def options() -> argparse.ArgumentParser:
    """The options every command takes, before or after its words."""
    parser = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    parser.add_argument("--home", metavar="DIR", help="the folder with config.toml and okrmate.json (or OKRMATE_HOME)")
    parser.add_argument("--json", action="store_true", help="answer in JSON")
    parser.add_argument("--quiet", action="store_true", help="say nothing that is not an error")
    parser.add_argument("--verbose", action="store_true", help="tracebacks with errors")
    return parser


def parser_for(first: str) -> argparse.ArgumentParser:
    """The parser of one first word and everything behind it."""
    found = commands(first)
    if len(found) == 1 and len(found[0].words) == 1:
        parser = argparse.ArgumentParser(
            prog=f"okrmate {first}", description=found[0].help, parents=[options()], allow_abbrev=False
        )
        _declare(parser, found[0])
        return parser
    parser = argparse.ArgumentParser(
        prog=f"okrmate {first}", description=GROUPS[first].help, parents=[options()], allow_abbrev=False
    )
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    for command in found:
        action = actions.add_parser(
            command.words[1], help=command.help, description=command.help, parents=[options()], allow_abbrev=False
        )
        _declare(action, command)
    return parser


def _declare(parser: argparse.ArgumentParser, command: Command) -> None:
    command.arguments(parser)
    parser.set_defaults(command=command)
