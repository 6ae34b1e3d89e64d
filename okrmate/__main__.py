"""The command line's entry: parse, call one command, turn errors into sentences and exit codes."""

import errno
import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from okrmate.domain.errors import ExitCode, OkrmateError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (contract: 0 done … 70 a bug, 130 interrupted)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    verbose = "--verbose" in words
    try:
        return _run(words)
    except SystemExit as leaving:  # argparse leaves so after --help and --version
        return leaving.code if isinstance(leaving.code, int) else ExitCode.USAGE
    except KeyboardInterrupt as leaving:
        if sys.stderr.isatty():
            print("", *leaving.args, sep="\n", file=sys.stderr)  # the terminal has written ^C into the line
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
    code = _screens(None) if not words and _on_terminal() else _parsed(words)
    sys.stdout.flush()  # here, where a failure is told, and not at the end of the process
    return code


def _on_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _screens(home: str | None) -> int:
    gc.disable()  # while all is loaded there is nothing to throw away; once it is there, `run_screens` goes on with it
    from okrmate.bootstrap.screens import run_screens

    run_screens(home, os.environ)
    return ExitCode.DONE


def _parsed(words: list[str]) -> int:
    from okrmate.cli.calling import call, parse, top

    given = parse(words)
    if given.first is not None:
        return call(given, os.environ)
    if _on_terminal():
        return _screens(getattr(given, "home", None))
    top().print_help()
    return ExitCode.DONE


def _let_go_of_output() -> None:
    """Send what is still to be printed nowhere, so that the end of the process does not fail over it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _tell(sentence: str, code: ExitCode, *, verbose: bool) -> ExitCode:
    if verbose:
        from traceback import print_exc

        print_exc()
    from okrmate.cli.wrapping import fitted

    print(fitted(sentence, sys.stderr), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
