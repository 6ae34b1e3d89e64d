"""What the words of a call mean, and calling the command: the first chooses the module, whose parser takes the rest."""

import argparse
from collections.abc import Mapping

from okrmate.cli.groups import GROUPS, Parser, add_options
from okrmate.domain.errors import UsageError
from okrmate.version import VERSION

_BEGIN = (
    "Answering one mail is all the people you mentor ever do. `okrmate demo` shows it, `okrmate init` begins with your "
    "own account. `okrmate COMMAND --help` tells what a command takes."
)


def parse(words: list[str]) -> argparse.Namespace:
    """The call; `first` is None where no command was named. `UsageError` where the words cannot be taken."""
    if any(not _is_text(word) for word in words):
        raise UsageError("One of the words is not UTF-8 text; type it anew.")
    given = top().parse_args(words)
    if given.first is None:
        return given
    if given.first not in GROUPS:
        raise UsageError(_unknown(given.first))
    from okrmate.cli.registry import parser_for

    called, left_over = parser_for(given.first).parse_known_args(given.rest, namespace=given)
    if left_over:
        raise UsageError(_too_many(f"okrmate {' '.join(called.command.words)}", left_over[0]))
    return called


def call(given: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Call the command; returns its exit code."""
    from okrmate.cli.command import Command, Terminal
    from okrmate.config import home_dir

    terminal = Terminal(
        home=home_dir(getattr(given, "home", None), environ),
        json=getattr(given, "json", False),
        quiet=getattr(given, "quiet", False),
        verbose=getattr(given, "verbose", False),
    )
    command: Command = given.command
    with terminal.closing:
        return command.run(given, terminal)


def top() -> Parser:
    """The parser of what stands before a command, with all of them in its help."""
    listed = "\n".join(f"  {name:<10} {group.help}" for name, group in GROUPS.items())
    parser = Parser(
        prog="okrmate",
        usage="okrmate [COMMAND …]",
        description=f"Mentoring with OKRs by mail. Without a command the screens open.\n\ncommands:\n{listed}",
        epilog=_BEGIN,
    )
    parser.add_argument("--version", action="version", version=f"okrmate {VERSION}", help="show the version")
    parser.add_argument("first", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    add_options(parser)
    return parser


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8 arrive as lone surrogates
        return False
    return True


def _too_many(command: str, word: str) -> str:
    if word.startswith("-"):
        return f"{command} has no option {word}. `{command} --help` lists them."
    return (
        f'{command} cannot take “{word}” as well: put words that belong together in quotes, such as "Tom Reuter". '
        f"`{command} --help` tells what it takes."
    )


def _unknown(first: str) -> str:
    from okrmate.domain.spelling import nearest

    close = nearest(first, GROUPS)
    hint = f"; did you mean {close}?" if close else ". `okrmate --help` lists them."
    return f"There is no command “{first}”{hint}"
