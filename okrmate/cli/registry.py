"""From a first word to its commands: the module they live in is imported only when one of them is called."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from okrmate.cli.command import Command
from okrmate.cli.groups import GROUPS, Parser, add_options
from okrmate.cli.help_pages import sentence, shown


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
        return _declared(Parser(prog=f"okrmate {first}", **_page(found[0])), found[0])
    parser = Parser(prog=f"okrmate {first}", description=sentence(GROUPS[first].help))
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    for command in found:
        _declared(actions.add_parser(command.words[1], help=command.help, **_page(command)), command)
    add_options(parser)
    return parser


def _page(command: Command) -> dict[str, Any]:
    return {"description": sentence(command.help), "epilog": shown(command.examples, command.behind)}


def _declared(parser: Parser, command: Command) -> Parser:
    command.arguments(parser)
    add_options(parser)
    parser.set_defaults(command=command)
    return parser
