"""Writing the trail: one entry a use case, in the same transaction as what it changes."""

from okrmate.domain.changes import Change, Edit, MailStood, Source, SourceKind
from okrmate.domain.letters import Incoming
from okrmate.frozen import replace
from okrmate.services.desk import Desk
from okrmate.services.ports import Transaction
from okrmate.services.tables import CHANGES


def by_command(name: str) -> Source:
    """The source of what the mentor did on the command line."""
    return Source(kind=SourceKind.COMMAND, ref=name)


BY_PROGRAM = Source(kind=SourceKind.PROGRAM)
"""The source of what happens by itself, such as a meeting that became held at its end."""


def record(  # noqa: PLR0913 - one argument a field of the entry
    tx: Transaction,
    desk: Desk,
    *,
    what: str,
    source: Source,
    mentorship: str = "",
    by: str = "",
    letters: tuple[str, ...] = (),
    wrote: tuple[str, ...] = (),
    stood: MailStood | None = None,
    undoes: str = "",
    part: str = "",
    entry_id: str = "",
    edits: tuple[Edit, ...] | None = None,
) -> Change:
    """Append the entry for everything `tx` has changed so far, or for `edits` of it, and return it.

    `by` is the mentor unless somebody else is named; `entry_id` is given where a record had to name the entry
    before it was written. Call it after the changes it tells of.
    """
    change = Change(
        id=entry_id or desk.tokens.new_id(),
        at=desk.clock.now(),
        by=by or desk.mentor.name,
        source=source,
        source_ref=source.ref,
        what=what,
        mentorship=mentorship,
        edits=tx.edits() if edits is None else edits,
        letters=letters,
        wrote=wrote,
        stood=stood,
        undoes=undoes,
        part=part,
    )
    tx.put(CHANGES, change)
    return change


def stood(before: Incoming, after: Incoming) -> MailStood:
    """How a mail waited before the mentor's word on it."""
    return MailStood(
        mail=before.id,
        state=before.state,
        after=after.state,
        reason=before.reason,
        detail=before.detail,
        summary=before.summary,
        left=before.left,
        told=before.told,
        settles=before.settles,
        unproven=before.unproven,
        aside=next((line for line in after.aside if line not in before.aside), ""),
    )


def since(tx: Transaction, told: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """What `tx` has changed beyond the edits that an entry of this transaction tells of already."""
    before = {(edit.table, edit.id): edit for edit in told}
    return tuple(
        replace(edit, before=known.after) if known else edit
        for edit in tx.edits()
        if (known := before.get((edit.table, edit.id))) is None or known.after != edit.after
    )
