"""The command line's entry: parse, call one command, turn errors into sentences and exit codes."""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import version

from okrmate.cli.command import Command, Terminal
from okrmate.cli.registry import GROUPS, options, parser_for
from okrmate.config import home_dir
from okrmate.domain.errors import ExitCode, OkrmateError

_EPILOG = (
    "Answering one mail is all the people you mentor ever do. `okrmate demo` shows it; `okrmate COMMAND --help` "
    "tells what a command takes."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (contract: 0 done … 70 a bug, 130 interrupted)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    verbose = "--verbose" in words
    try:
        given = _parse(words)
        if given is None:
            return ExitCode.DONE
        command: Command = given.command
        code = command.run(given, _terminal(given))
        sys.stdout.flush()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else ExitCode.USAGE
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader of our output is gone; closing quietly is what every tool in a pipe does.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except OkrmateError as error:
        return _tell(str(error), error.exit_code, verbose=verbose)
    except Exception:  # noqa: BLE001 - the edge of the program: a bug is told and has its own exit code
        return _tell("okrmate has met a bug; --verbose shows where.", ExitCode.BUG, verbose=verbose)
    return code


def _tell(sentence: str, code: ExitCode, *, verbose: bool) -> ExitCode:
    if verbose:
        traceback.print_exc()
    print(sentence, file=sys.stderr)
    return code


def _parse(words: list[str]) -> argparse.Namespace | None:
    listed = "\n".join(f"  {name:<10} {group.help}" for name, group in GROUPS.items())
    top = argparse.ArgumentParser(
        prog="okrmate",
        usage="okrmate [--home DIR] [--json] COMMAND …",
        description=f"Mentoring with OKRs by mail.\n\ncommands:\n{listed}",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[options()],
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"okrmate {version('okrmate')}")
    top.add_argument("first", nargs="?", choices=GROUPS, help=argparse.SUPPRESS)
    top.add_argument("rest", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    given = top.parse_args(words)
    if given.first is None:
        top.print_help()
        return None
    return parser_for(given.first).parse_args(given.rest, namespace=given)


def _terminal(given: argparse.Namespace) -> Terminal:
    return Terminal(
        home=home_dir(getattr(given, "home", None), os.environ),
        json=getattr(given, "json", False),
        quiet=getattr(given, "quiet", False),
        verbose=getattr(given, "verbose", False),
    )


if __name__ == "__main__":
    sys.exit(main())
