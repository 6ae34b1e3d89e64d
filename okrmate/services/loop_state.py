"""What is known of the loop that reads and sends mail: who runs it, its last look, and what troubles it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from okrmate.frozen import Frozen, replace

SILENT = timedelta(minutes=2)
"""So long nothing was heard of the loop: it hangs or has died. A server that does not answer keeps it for less."""
REST = timedelta(hours=1)
"""So long nobody but a person logs in again after a refusal: providers lock accounts that are knocked at."""


class LoopKind(StrEnum):
    """Who runs the loop."""

    DAEMON = "daemon"
    SCREENS = "screens"
    COMMAND = "command"


class LoopState(Frozen):
    """How the loop is, told by the process that holds the home's lease; what it said last stays when it ends."""

    kind: LoopKind
    pid: int
    """Of the process that runs the loop; 0 once it has let go, or is gone."""
    beat_at: datetime
    """When the loop itself last showed that it goes on: with a breath, between two mails, or by what it told."""
    looked_at: datetime | None = None
    """When the mailbox was last looked into with success."""
    trouble: str = ""
    """What stands in its way, as a sentence; empty where all is well."""
    trouble_since: datetime | None = None
    refused_at: datetime | None = None
    """When a mail server last refused the login; None once all was well again."""
    place: str = ""
    """Where `pid` counts: elsewhere it says nothing of whether that process lives."""

    def at_work(self, now: datetime) -> bool:
        """Whether somebody runs the loop now, as far as can be seen from outside."""
        return self.pid != 0 and abs(now - self.beat_at) <= SILENT

    def looked(self, at: datetime) -> "LoopState":
        """After a look into the mailbox that went well."""
        return replace(self, looked_at=at)

    def troubled(self, sentence: str, since: datetime) -> "LoopState":
        """With this trouble, on one line; one that is there already, in the same words, goes on since it began."""
        line = " ".join(sentence.encode("utf-8", "replace").decode("utf-8").split())
        return self if line == self.trouble else replace(self, trouble=line, trouble_since=since)

    def refused(self, at: datetime) -> "LoopState":
        """After a login that was refused."""
        return replace(self, refused_at=at)

    def rests(self, now: datetime) -> bool:
        """Whether a refused login is not to be tried again yet, unless a person asks for it."""
        return self.refused_at is not None and abs(now - self.refused_at) < REST

    def well(self) -> "LoopState":
        """Without trouble."""
        return replace(self, trouble="", trouble_since=None, refused_at=None)


class LoopWindow(Protocol):
    """Where anybody sees how the loop is, also from another process and after its end."""

    def read(self) -> LoopState | None:
        """What was told last; None where no loop ever ran, or nothing of it can be read."""


class LoopBoard(Protocol):
    """Where the loop tells how it is."""

    def looked(self) -> None:
        """The mailbox was looked into just now."""

    def troubled(self, sentence: str, since: datetime) -> None:
        """This stands in the way, since then, or for longer where the same words were told before."""

    def refused(self) -> None:
        """The mail server refused the login just now."""

    def well(self) -> None:
        """Nothing stands in the way."""
