"""What a check found: about what, whether it is fine, and a sentence that says what to do where it is not."""

import re
from collections.abc import Callable
from enum import StrEnum

from okrmate.domain.errors import OkrmateError
from okrmate.frozen import Frozen

_ACCOUNT = re.compile(r"[^/]+@[^/]+/")


class Verdict(StrEnum):
    """Whether what was looked at does its work; public, in `doctor --json`."""

    FINE = "fine"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    """It could not be looked at, or did not need to be."""


class Finding(Frozen):
    """One line of a check-up."""

    about: str
    verdict: Verdict
    said: str

    @property
    def is_wrong(self) -> bool:
        """Whether there is something to do."""
        return self.verdict is Verdict.WRONG


def fine(about: str, said: str) -> Finding:
    """It does its work."""
    return Finding(about=about, verdict=Verdict.FINE, said=said)


def wrong(about: str, said: str) -> Finding:
    """It does not; `said` tells what to do."""
    return Finding(about=about, verdict=Verdict.WRONG, said=said)


def unknown(about: str, said: str) -> Finding:
    """Nobody can tell; `said` tells why."""
    return Finding(about=about, verdict=Verdict.UNKNOWN, said=said)


def tried(about: str, look: Callable[[], str]) -> Finding:
    """What `look` says where it comes to its end; what a person can act on is what went wrong."""
    try:
        return fine(about, look())
    except OkrmateError as error:
        return wrong(about, str(error))


def known_as(folder: str) -> str:
    """A folder by the name its owner knows; a mailbox on a server puts the account before it."""
    account = _ACCOUNT.match(folder)
    return folder[account.end() :] if account else folder
