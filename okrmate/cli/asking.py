"""Asking at a terminal: a question a line, its default in brackets, and the same one again until it is answered."""

import getpass
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import MappingProxyType

from okrmate.cli.command import Terminal
from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.spelling import nearest

Check = Callable[[str], str | Refusal]
"""Takes what was typed, or says why it cannot be taken."""
SPOKEN = MappingProxyType(
    {
        "--name": "Your name",
        "--address": "Your mail address",
        "--zone": "Your time zone",
        "--locale": "Language and country, for numbers and dates",
        "--ca-file": "Certificates file",
        "--auth": "Way",
        "--secret-command": "Command",
    }
)
"""Questions that read better than the names of their options."""
NOTHING_WRITTEN = "Nothing was written."


def anything(typed: str) -> str | Refusal:
    """Takes every text that says something."""
    if not typed:
        return _refused("Type an answer, or press Ctrl-C to leave.")
    return typed if typed.isprintable() else _refused("There are signs in it that nobody can read; type it again.")


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


def file_or_nothing(typed: str) -> str | Refusal:
    """Takes the name of a file that is there, also one that begins with `~/`, or nothing."""
    path = Path(typed).expanduser() if typed.startswith("~/") else Path(typed)
    return str(path) if path.is_file() else _refused(f"There is no file “{typed}”.") if typed else ""


class Asking:
    """Asks whoever sits at the terminal; where nobody does, options must have said it all.

    What was answered once is the default of the same question asked again.
    """

    def __init__(self, terminal: Terminal, *, somebody: bool) -> None:
        self._terminal = terminal
        self._answers: dict[str, str] = {}
        self.somebody = somebody

    def text(self, option: str, given: str | None, check: Check = anything, *, default: str = "") -> str:
        """What was given by an option, else what is typed, else the default; `UsageError` where there is none of them.

        The option's name is the question: `--imap-host` is asked as “IMAP host”. Asked again, what was given is no
        more than the default.
        """
        first = option not in self._answers
        if (given is not None and first) or not self.somebody:
            self._answers[option] = self._checked(option, default if given is None else given, check)
        else:
            self._answers[option] = self._asked(option, self._answers.get(option, default), check)
        return self._answers[option]

    def yes(self, question: str) -> bool:
        """Whether she agrees; no where nobody is asked."""
        return self.somebody and self._typed(f"{question} [y/N]: ").lower() in {"y", "yes"}

    def choice(self, question: str, words: Sequence[str]) -> str:
        """One of the words, or its first letter; the first by Enter alone, the last where nobody is asked."""
        while self.somebody:
            typed = self._typed(f"{question} [{words[0]}]: ").lower() or words[0]
            for word in words:
                if typed in (word, word[0]):
                    return word
            self._terminal.say(f"Type one of {', '.join(words)}.")
        return words[-1]

    def secret(self, question: str) -> str:
        """What is typed without being shown, or one line of what is piped in; asked until there is something."""
        while not (typed := self._secretly(question)):
            self._terminal.say("Type it, or press Ctrl-C to leave.")
        return typed

    def _secretly(self, question: str) -> str:
        if not self._terminal.given.isatty():
            return self._line(f"{question}: ")
        try:
            return getpass.getpass(f"{question}: ")
        except KeyboardInterrupt as leaving:
            raise KeyboardInterrupt(NOTHING_WRITTEN) from leaving

    def _asked(self, option: str, default: str, check: Check) -> str:
        question = f"{_spoken(option)}{f' [{default}]' if default else ''}: "
        while True:
            found = check(self._typed(question) or default)
            if not isinstance(found, Refusal):
                return found
            self._terminal.say(found.sentence)

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
        try:
            line = self._terminal.given.readline()
        except KeyboardInterrupt as leaving:
            raise KeyboardInterrupt(NOTHING_WRITTEN) from leaving
        if not line:
            self._terminal.say("")
            raise UsageError(f"Nobody answers; say it by options, see `okrmate init --help`. {NOTHING_WRITTEN}")
        return line.decode("utf-8", "replace").rstrip("\r\n")


def _spoken(option: str) -> str:
    if option in SPOKEN:
        return SPOKEN[option]
    words = option.removeprefix("--").replace("-", " ")
    for short in ("imap", "smtp"):
        words = words.replace(short, short.upper())
    return words[:1].upper() + words[1:]


def _refused(sentence: str) -> Refusal:
    return Refusal(name="cannot_be_taken", sentence=sentence)
