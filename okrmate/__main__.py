"""The command line's entry: parse, call one command, turn errors into sentences and exit codes."""

import argparse
import errno
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from okrmate.cli.groups import GROUPS, Parser, options
from okrmate.domain.errors import ConfigError, ExitCode, OkrmateError, UsageError
from okrmate.version import VERSION

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
_EPILOG = (
    "Answering one mail is all the people you mentor ever do. `okrmate demo` shows it; `okrmate COMMAND --help` "
    "tells what a command takes."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (contract: 0 done … 70 a bug, 130 interrupted)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    verbose = "--verbose" in words
    try:
        return _run(words)
    except SystemExit as leaving:  # argparse leaves so after --help and --version
        return leaving.code if isinstance(leaving.code, int) else ExitCode.USAGE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _let_go_of_output()  # the reader is gone; closing quietly is what every tool in a pipe does
        return ExitCode.DONE
    except OkrmateError as error:
        return _tell(str(error), error.exit_code, verbose=verbose)
    except Exception as error:  # noqa: BLE001 - the edge of the program: a bug is told and has its own exit code
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            _let_go_of_output()
            return _tell("The disk is full; make some room and try again.", ExitCode.STORE, verbose=verbose)
        return _tell("okrmate has met a bug; --verbose shows where.", ExitCode.BUG, verbose=verbose)


def _run(words: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without our signs shows others, and nothing fails
    given = _parse(words)
    code = _screens(given) if given.first is None else _called(given)
    sys.stdout.flush()  # here, where a failure is told, and not at the end of the process
    return code


def _screens(given: argparse.Namespace) -> int:
    """The screens, on a terminal; anywhere else the help."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        _top().print_help()
        return ExitCode.DONE
    from okrmate.bootstrap.screens import run_screens
    from okrmate.config import CONFIG_NAME, home_dir

    home = home_dir(getattr(given, "home", None), os.environ)
    if not (home / CONFIG_NAME).exists():
        raise ConfigError(
            (f"There is no home in {home} yet: `okrmate init` makes one, `okrmate demo` shows one to play with.",)
        )
    run_screens(home)
    return ExitCode.DONE


def _called(given: argparse.Namespace) -> int:
    from okrmate.cli.command import Command, Terminal
    from okrmate.config import home_dir

    terminal = Terminal(
        home=home_dir(getattr(given, "home", None), os.environ),
        json=getattr(given, "json", False),
        quiet=getattr(given, "quiet", False),
        verbose=getattr(given, "verbose", False),
    )
    command: Command = given.command
    return command.run(given, terminal)


def _let_go_of_output() -> None:
    """Send what is still to be printed nowhere, so that the end of the process does not fail over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(sentence: str, code: ExitCode, *, verbose: bool) -> ExitCode:
    if verbose:
        from traceback import print_exc

        print_exc()
    print(sentence, file=sys.stderr)
    return code


def _parse(words: list[str]) -> argparse.Namespace:
    if any(not _is_text(word) for word in words):
        raise UsageError("One of the words is not UTF-8 text; type it anew.")
    given = _top().parse_args(words)
    if given.first is None:
        return given
    if given.first not in GROUPS:
        raise UsageError(_unknown(given.first))
    from okrmate.cli.registry import parser_for

    return parser_for(given.first).parse_args(given.rest, namespace=given)


def _top() -> Parser:
    listed = "\n".join(f"  {name:<10} {group.help}" for name, group in GROUPS.items())
    top = Parser(
        prog="okrmate",
        usage="okrmate [--home DIR] [--json] COMMAND …",
        description=f"Mentoring with OKRs by mail.\n\ncommands:\n{listed}",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[options()],
    )
    top.add_argument("--version", action="version", version=f"okrmate {VERSION}")
    top.add_argument("first", nargs="?", help=argparse.SUPPRESS)
    top.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return top


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8 arrive as lone surrogates
        return False
    return True


def _unknown(first: str) -> str:
    from okrmate.domain.spelling import nearest

    close = nearest(first, GROUPS)
    hint = f"; did you mean {close}?" if close else ". `okrmate --help` lists them."
    return f"There is no command “{first}”{hint}"


if __name__ == "__main__":
    sys.exit(main())
