"""Writing the trail: one entry a use case, in the same transaction as what it changes."""

from okrmate.domain.changes import Change, Source, SourceKind
from okrmate.services.desk import Desk
from okrmate.services.ports import Transaction
from okrmate.services.tables import CHANGES


def by_command(name: str) -> Source:
    """The source of what the mentor did on the command line."""
    return Source(kind=SourceKind.COMMAND, ref=name)


BY_PROGRAM = Source(kind=SourceKind.PROGRAM)
"""The source of what happens by itself, such as a meeting that became held at its end."""


def record(
    tx: Transaction,
    desk: Desk,
    *,
    what: str,
    source: Source,
    mentorship: str = "",
    by: str = "",
    undoes: str = "",
    entry_id: str = "",
) -> Change:
    """Append the entry for everything `tx` has changed so far, and return it.

    `by` is the mentor unless somebody else is named; `entry_id` is given where a record had to name the entry
    before it was written. Call it last in the transaction.
    """
    change = Change(
        id=entry_id or desk.tokens.new_id(),
        at=desk.clock.now(),
        by=by or desk.mentor.name,
        source=source,
        source_ref=source.ref,
        what=what,
        mentorship=mentorship,
        edits=tx.edits(),
        undoes=undoes,
    )
    tx.put(CHANGES, change)
    return change
