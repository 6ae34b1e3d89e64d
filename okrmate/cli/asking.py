"""Asking at a terminal: a question a line, its default in brackets, and the same one again until it is answered."""

import getpass
from collections.abc import Callable, Collection

from okrmate.cli.command import Terminal
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.spelling import nearest

Check = Callable[[str], str | Refusal]
"""Takes what was typed, or says why it cannot be taken."""


def anything(typed: str) -> str | Refusal:
    """Takes every text that says something."""
    return typed if typed and typed.isprintable() else _refused("Type something that can be read.")


def one_of(words: Collection[str]) -> Check:
    """Takes one of the words."""

    def check(typed: str) -> str | Refusal:
        close = nearest(typed, words)
        hint = f"; did you mean {close}?" if close else "."
        return typed if typed in words else _refused(f"“{typed}” is none of {', '.join(words)}{hint}")

    return check


def port(typed: str) -> str | Refusal:
    """Takes the number of a port."""
    number = int(typed) if typed.isdecimal() and typed.isascii() else 0
    return typed if number in range(1, 65536) else _refused(f"“{typed}” is no port; it is a number from 1 to 65535.")


class Asking:
    """Asks whoever sits at the terminal; where nobody does, options must have said it all."""

    def __init__(self, terminal: Terminal, *, somebody: bool) -> None:
        self._terminal = terminal
        self.somebody = somebody

    def text(self, option: str, given: str | None, check: Check = anything, *, default: str = "") -> str:
        """What was given by an option, else what is typed, else the default; `UsageError` where there is none of them.

        The option's name is the question: `--imap-host` is asked as “IMAP host”.
        """
        if given is not None or not self.somebody:
            return self._checked(option, default if given is None else given, check)
        while True:
            typed = self._typed(f"{_spoken(option)}{f' [{default}]' if default else ''}: ") or default
            found = check(typed)
            if not isinstance(found, Refusal):
                return found
            self._terminal.say(found.sentence)

    def yes(self, question: str) -> bool:
        """Whether she agrees; no where nobody is asked."""
        return self.somebody and self._typed(f"{question} [y/N]: ").lower() in {"y", "yes"}

    def secret(self, question: str) -> str:
        """What is typed without being shown; one line of what is piped in."""
        if self._terminal.given.isatty():
            return getpass.getpass(f"{question}: ")
        return self._line(f"{question}: ")

    def _checked(self, option: str, text: str, check: Check) -> str:
        if not text:
            raise UsageError(f"{option} is missing.")
        found = check(text)
        if isinstance(found, Refusal):
            raise UsageError(f"{option}: {found.sentence}")
        return found

    def _typed(self, prompt: str) -> str:
        return self._line(prompt).strip()

    def _line(self, prompt: str) -> str:
        print(prompt, end="", file=self._terminal.out, flush=True)
        line = self._terminal.given.readline()
        if not line:
            raise UsageError("Nobody answers; say it by options, see `okrmate init --help`. Nothing was written.")
        return line.decode("utf-8", "replace").rstrip("\r\n")


def _spoken(option: str) -> str:
    words = option.removeprefix("--").replace("-", " ")
    for short in ("imap", "smtp"):
        words = words.replace(short, short.upper())
    return words[:1].upper() + words[1:]


def _refused(sentence: str) -> Refusal:
    return Refusal(name="cannot_be_taken", sentence=sentence)
