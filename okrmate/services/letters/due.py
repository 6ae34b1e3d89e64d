"""A letter that is due: what it is, to whom, when it should leave and until when it helps; and its idempotency key."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.meetings import Meeting
from okrmate.domain.okrs import OkrSet
from okrmate.domain.people import Mentor, Side
from okrmate.frozen import Frozen
from okrmate.services.mail_rules import MailRules
from okrmate.services.mentoring.mentorships import Pair


class Rulebook(Protocol):
    """Whose letters they are, and by which rules they leave: as much of the mail room as decides when they are due."""

    @property
    def rules(self) -> MailRules:
        """The mentor's rules."""

    @property
    def mentor(self) -> Mentor:
        """The owner of the home."""


class Variant(StrEnum):
    """Which of a kind's letters it is."""

    NORMAL = "normal"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMINDER = "reminder"
    FINAL = "final"
    BOTH = "both"
    ONE_SIDE = "one side"


class Due(Frozen):
    """A letter that should leave at `due_at` and helps until `useful_until`; `key` is its idempotency key.

    `after` is the letter of ours it follows in the same thread, empty for a thread of its own. `known_at` is when
    there is nothing more to wait for than the hour: the letter is written then, so that it can be looked at.
    """

    key: str
    kind: LetterKind
    to: Side
    pair: Pair
    due_at: datetime
    useful_until: datetime
    variant: Variant = Variant.NORMAL
    meeting: Meeting | None = None
    okr_set: OkrSet | None = None
    after: Outgoing | None = None
    short_notice: bool = False
    known_at: datetime | None = None
    exists: bool = False
    """Whether the outbox has it already."""

    @property
    def written_at(self) -> datetime:
        """When it is put into the outbox."""
        return self.known_at or self.due_at


def key(pair: Pair, kind: LetterKind, side: Side, subject: str, occurrence: str) -> str:
    """The idempotency key: person, purpose, subject and occurrence; at most one letter has it."""
    return f"{pair.protege.id}:{side}:{kind}:{subject}:{occurrence}"
