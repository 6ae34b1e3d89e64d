"""What a command is: one class that gives its words, its help, its arguments and what it does."""

import argparse
import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, ClassVar, TextIO

from okrmate.bootstrap.desk import OpenHome, open_home
from okrmate.cli.wrapping import fitted
from okrmate.domain.errors import ExitCode, UsageError
from okrmate.frozen import Frozen, field
from okrmate.services.ports import Clock

PERSON = "id, address or unique beginning of a name"
"""What stands for somebody on the command line."""
UNATTENDED = "Nobody reads or sends mail for this home now: `okrmate run` does, and so do the screens."


def _standard_output() -> TextIO:
    return sys.stdout


def _standard_input() -> BinaryIO:
    return sys.stdin.buffer


class Terminal(Frozen):
    """Where a command was called: its home, how it wants to be answered, and the streams.

    What is given is bytes: a mail is not text, and one bad line must not end the reading of lines.
    """

    home: Path
    json: bool = False
    quiet: bool = False
    verbose: bool = False
    out: TextIO = field(default_factory=_standard_output)
    given: BinaryIO = field(default_factory=_standard_input)
    closing: ExitStack = field(default_factory=ExitStack)
    """What is closed when the command is done."""

    def say(self, *lines: str) -> None:
        """Print lines for a person, as wide as the terminal; nothing with `--quiet` or `--json`."""
        if not self.quiet and not self.json:
            for line in lines:
                print(fitted(line, self.out), file=self.out)

    def data(self, value: Mapping[str, object] | Sequence[object]) -> None:
        """Print a value as one line of JSON, with `--json` only."""
        if self.json:
            print(json.dumps(value, ensure_ascii=False), file=self.out)

    def created(self, identifier: str, *lines: str) -> None:
        """Tell what was made: its id on a line of its own, the last one, or `{"id": …}`."""
        self.data({"id": identifier})
        if not self.json:
            self.say(*lines)
            print(identifier, file=self.out)

    def read(self, name: str) -> bytes:
        """The content of a file, or of standard input where its name is `-`; `UsageError` where it cannot be read."""
        if name == "-" and self.given.isatty():
            self.say("Paste or type it here; Ctrl-D on a line of its own ends it.")
        try:
            return self.given.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            raise UsageError(f"{name} cannot be read: {error.strerror}.") from error

    def read_text(self, name: str) -> str:
        """As `read`, but UTF-8 text, with or without a mark in front."""
        try:
            return self.read(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            source = "Standard input" if name == "-" else name
            raise UsageError(f"{source} is not UTF-8 text; save it as UTF-8.") from error

    def open(self, clock: Clock | None = None) -> OpenHome:
        """The home this command was called for, opened; with a clock other than the machine's where one is given."""
        opened = open_home(self.home, clock)
        self.closing.callback(opened.desk.store.close)
        return opened


def unattended(opened: OpenHome) -> tuple[str, ...]:
    """A line that says who would read and send mail for the home, where nobody does."""
    state = opened.loop.read()
    return () if state is not None and state.at_work(opened.desk.clock.now()) else (UNATTENDED,)


class Command(ABC):
    """One command; its class attributes are its line in the help."""

    words: ClassVar[tuple[str, ...]]
    help: ClassVar[str]
    examples: ClassVar[tuple[str, ...]] = ()
    """Whole calls, such as people would type them."""
    behind: ClassVar[str] = ""
    """What is said below them; indented lines stand as they are."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:  # noqa: B027 - many commands take nothing
        """Declare what the command takes; nothing unless overridden."""

    @abstractmethod
    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Do it and say so; a person's mistake is raised as an `OkrmateError`."""
