"""The trail: what was changed, when, by whom, from which source, and what took it back.

Every state-changing use case appends one `Change` beside what it changes. Nothing is erased from the trail;
undoing appends an entry of its own that names the one it takes back.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from okrmate.domain.letters import IncomingState
from okrmate.frozen import Frozen

Document = Mapping[str, object]
"""A record as it is stored: text, numbers, lists and further documents."""


class SourceKind(StrEnum):
    """Where a change or a reading came from."""

    MAIL = "mail"
    COMMAND = "command"
    SCREEN = "screen"
    PROGRAM = "program"


class Source(Frozen):
    """Which mail, command or screen; `ref` is the id of the incoming mail, or the command's name."""

    kind: SourceKind
    ref: str = ""


class Edit(Frozen):
    """One record's difference: where it stands (`table`, `id`) and what it was and is; None is "not there"."""

    table: str
    id: str
    before: Document | None
    after: Document | None


class MailStood(Frozen):
    """How a mail waited before the mentor's word on it, and how it stood after: taking the word back opens it again."""

    mail: str
    state: IncomingState
    after: IncomingState
    reason: str = ""
    detail: str = ""
    summary: str = ""
    left: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    unproven: bool = False
    aside: str = ""
    """The line that the word put aside, as the mail has it."""


class Change(Frozen):
    """One entry of the trail; `by` is a name a person would use, `what` a short sentence without private text."""

    id: str
    at: datetime
    by: str
    source: Source
    what: str
    mentorship: str = ""
    source_ref: str = ""
    """`source.ref` once more, flat, so that everything one mail did is found by index."""
    edits: tuple[Edit, ...] = ()
    letters: tuple[str, ...] = ()
    """The letters it let go, by id."""
    wrote: tuple[str, ...] = ()
    """The letters it put into the outbox, by id; they can only be taken back while they have not left."""
    stood: MailStood | None = None
    undoes: str = ""
    part: str = ""
    """The ref of the one key result of which alone an undo takes back what that change said; empty where all of it."""

    @property
    def something(self) -> bool:
        """Whether there is anything in it that could be taken back."""
        return bool(self.edits or self.letters or self.wrote or self.stood)
