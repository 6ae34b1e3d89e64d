"""The errors a person can act on, and the mistakes that are values.

Three kinds, kept apart on purpose: what somebody wrote wrong is a value (`Refusal` here, `Problem` in
`okrmate.reply`); what the person at the terminal can act on is an `OkrmateError`, one sentence and an
exit code; everything else is a bug and crashes loudly.
"""

from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns; public, see the command line contract in the README."""

    DONE = 0
    FOUND = 1
    USAGE = 2
    CONFIGURATION = 3
    STORE = 4
    SERVER = 5
    LOGIN = 6
    BUG = 70
    INTERRUPTED = 130


class OkrmateError(Exception):
    """Something the person at the terminal can act on: one sentence that says what to do."""

    exit_code: ExitCode = ExitCode.BUG


class UsageError(OkrmateError):
    """A value, name or step that cannot be taken: unknown person, bad zone, out of range, not allowed now."""

    exit_code = ExitCode.USAGE


class ConfigError(OkrmateError):
    """The configuration cannot be used; `problems` names every mistake, one sentence each."""

    exit_code = ExitCode.CONFIGURATION

    def __init__(self, problems: tuple[str, ...]) -> None:
        """Keep every problem; the message is all of them, a line each."""
        super().__init__("\n".join(problems))
        self.problems = problems


class StoreError(OkrmateError):
    """The store is locked, damaged, newer than this program, full, or its folder cannot be written."""

    exit_code = ExitCode.STORE


class NewerError(StoreError):
    """A later program wrote it, in a layout that this one does not know."""


class MailServerError(OkrmateError):
    """The mailbox or the way out could not be reached; nothing is lost, it is tried again."""

    exit_code = ExitCode.SERVER


class MailLoginError(OkrmateError):
    """The mail server refused the login; it is not tried again until the person has acted."""

    exit_code = ExitCode.LOGIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A value or step that the domain does not take, as a value: a stable name and the sentence for a person."""

    name: str
    sentence: str
