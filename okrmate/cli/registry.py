"""From a first word to its commands: the module they live in is imported only when one of them is called."""

import argparse
from collections.abc import Iterator
from importlib import import_module

from okrmate.cli.command import Command
from okrmate.cli.groups import GROUPS, Parser, options


def commands(first: str) -> tuple[Command, ...]:
    """The commands whose first word this is, their module imported now."""
    module = import_module(f"okrmate.cli.{GROUPS[first].module}")
    found: tuple[type[Command], ...] = module.COMMANDS
    return tuple(kind() for kind in found if kind.words[0] == first)


def every_command() -> Iterator[Command]:
    """All commands, in the order of the help."""
    for first in GROUPS:
        yield from commands(first)


def parser_for(first: str) -> Parser:
    """The parser of one first word and everything behind it."""
    found = commands(first)
    if len(found) == 1 and len(found[0].words) == 1:
        parser = Parser(prog=f"okrmate {first}", description=found[0].help, parents=[options()])
        _declare(parser, found[0])
        return parser
    parser = Parser(prog=f"okrmate {first}", description=GROUPS[first].help, parents=[options()])
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    for command in found:
        action = actions.add_parser(command.words[1], help=command.help, description=command.help, parents=[options()])
        _declare(action, command)
    return parser


def _declare(parser: argparse.ArgumentParser, command: Command) -> None:
    command.arguments(parser)
    parser.set_defaults(command=command)
