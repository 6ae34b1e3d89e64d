"""What a command is: one class that gives its words, its help, its arguments and what it does."""

import argparse
import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TextIO

from okrmate.bootstrap.desk import OpenHome, open_home
from okrmate.domain.errors import ExitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Where a command was called: its home, how it wants to be answered, and the streams."""

    home: Path
    json: bool = False
    quiet: bool = False
    verbose: bool = False
    out: TextIO = sys.stdout
    given: TextIO = sys.stdin

    def say(self, *lines: str) -> None:
        """Print lines for a person; nothing with `--quiet` or `--json`."""
        if not self.quiet and not self.json:
            for line in lines:
                print(line, file=self.out)

    def data(self, value: Mapping[str, object] | Sequence[object]) -> None:
        """Print a value as one line of JSON, with `--json` only."""
        if self.json:
            print(json.dumps(value, ensure_ascii=False), file=self.out)

    def created(self, identifier: str, sentence: str) -> None:
        """Tell what was made: its id on a line of its own, or `{"id": …}`."""
        self.data({"id": identifier})
        if not self.json:
            self.say(sentence)
            print(identifier, file=self.out)

    def open(self) -> OpenHome:
        """The home this command was called for, opened."""
        return open_home(self.home)


class Command(ABC):
    """One command; its class attributes are its line in the help."""

    words: ClassVar[tuple[str, ...]]
    help: ClassVar[str]

    def arguments(self, parser: argparse.ArgumentParser) -> None:  # noqa: B027 - many commands take nothing
        """Declare what the command takes; nothing unless overridden."""

    @abstractmethod
    def run(self, given: argparse.Namespace, terminal: Terminal) -> ExitCode:
        """Do it and say so; a person's mistake is raised as an `OkrmateError`."""
