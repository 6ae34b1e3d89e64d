"""The trail of changes, and taking one of them back."""

from collections.abc import Collection
from datetime import datetime, timedelta

from okrmate.domain.changes import Change, Edit, MailStood, Source, SourceKind
from okrmate.domain.errors import UsageError
from okrmate.domain.letters import (
    ACKNOWLEDGING,
    NEEDS_MENTOR,
    WAITING,
    HoldReason,
    Incoming,
    LetterKind,
    Outgoing,
    OutgoingState,
)
from okrmate.domain.meetings import MeetingState
from okrmate.domain.okrs import Reading
from okrmate.frozen import replace
from okrmate.mail import reasons as mail_reasons
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import (
    AGENDA_ITEMS,
    CHANGES,
    FEEDBACK,
    INCOMING,
    KEY_RESULTS,
    MEETINGS,
    MENTORSHIPS,
    OBJECTIVES,
    OKR_SETS,
    OUTGOING,
    PEOPLE,
    READINGS,
)

UNDO_WINDOW = timedelta(days=7)
"""How long a protégé can take back by mail what a mail of theirs changed (product: promise 1)."""

_FOUNDATIONS = frozenset(table.name for table in (PEOPLE, MENTORSHIPS, OKR_SETS, OBJECTIVES, KEY_RESULTS, MEETINGS))
_ANSWERED = {"participation": "", "agenda_suits_at": None, "list_approved_at": None}
"""The fields of a talk that an answer to its invitation or agenda changes; no letter speaks of them."""
_NEVER_LEFT = frozenset({OutgoingState.WITHDRAWN, OutgoingState.EXPIRED, OutgoingState.FAILED})


def history(reader: Reader, mentorship: str = "") -> tuple[Change, ...]:
    """The trail, oldest first; of one mentorship, or of all."""
    return reader.find(CHANGES, "mentorship", mentorship) if mentorship else reader.every(CHANGES)


def undone(reader: Reader) -> frozenset[str]:
    """The ids of the changes that were taken back as a whole."""
    return frozenset(change.undoes for change in reader.every(CHANGES) if change.undoes and not change.part)


def last_undoable(reader: Reader) -> Change | None:
    """The newest change that is not taken back and is no undo itself."""
    gone = undone(reader)
    return next((c for c in reversed(reader.every(CHANGES)) if c.id not in gone and not c.undoes and _is_hers(c)), None)


def undoable(reader: Reader, change_id: str) -> Change | None:
    """The change with this id, if it has not been taken back yet and there is something in it to take back."""
    change = reader.get(CHANGES, change_id)
    return change if change is not None and _can_be_undone(change, undone(reader)) else None


def leaves_now(reader: Reader, change: Change, now: datetime) -> bool:
    """Whether a letter it let go or wrote leaves with the next delivery, after which it cannot be taken back."""
    freed = (*_let_go(reader, change), *_written(reader, change))
    return any(letter.due_at <= now and letter.state is not OutgoingState.HELD for letter in freed)


def only_undoable_since(reader: Reader, entries: int) -> Change | None:
    """The one change behind the first `entries` of the trail that can be taken back; None where there are several."""
    gone = undone(reader)
    found = [change for change in reader.every(CHANGES)[entries:] if _can_be_undone(change, gone)]
    return found[0] if len(found) == 1 else None


def _is_hers(change: Change) -> bool:
    """Whether `u` takes it back without its name: a letter that was only let go is held on its own screen."""
    return bool(change.edits or change.wrote or change.stood)


def _can_be_undone(change: Change, gone: Collection[str]) -> bool:
    return change.something and not change.undoes and change.id not in gone


def undo(desk: Desk, change_id: str = "") -> Change:
    """Take back one change, the newest where none is named; the undo is an entry of the trail itself."""
    with desk.store.transaction() as tx:
        change = tx.get(CHANGES, change_id) if change_id else last_undoable(tx)
        if change is None:
            raise UsageError(
                f"There is no change “{change_id}”; see `okrmate history`." if change_id else "Nothing to undo."
            )
        return undo_in(tx, desk, change, source=trail.by_command("undo"))


def undo_in(tx: Transaction, desk: Desk, change: Change, *, source: Source, by: str = "") -> Change:
    """Take back `change` inside a transaction: all of it, or a `UsageError` saying what stands in the way.

    Readings keep standing, marked with the undo; every other record becomes what it was before, unless it has
    changed again since.
    """
    if change.undoes:
        raise UsageError("An undo cannot be undone; make the change again.")
    if change.id in undone(tx):
        raise UsageError("That change is already taken back.")
    if not change.something:
        raise UsageError("That entry changed nothing that could be taken back.")
    _refuse_overtaken(tx, change)
    _refuse_on_their_way(tx, change)
    by_writer = source.kind is SourceKind.MAIL  # what people take back of their own mail waits for nobody
    waited = _waited(tx, change.stood) if change.stood and not by_writer else None
    told, entry_id = tx.edits(), desk.tokens.new_id()
    _restore(tx, tuple(edit for edit in reversed(change.edits) if not _is_reading(tx, edit)))
    for edit in change.edits:
        _unsay(tx, edit, entry_id)
    _hold_again(tx, change)
    _unwrite(tx, change)
    if waited is not None:
        tx.put(INCOMING, waited)
    return _record(tx, desk, change, entry_id, source=source, by=by, told=told)


def undo_part_in(
    tx: Transaction, desk: Desk, change: Change, ref: str, *, source: Source, by: str = ""
) -> Change | None:
    """Take back what `change` said of one key result; None where it said nothing of it that counts now."""
    entry_id = desk.tokens.new_id()
    said = [reading for edit in change.edits if (reading := _reading(tx, edit)) is not None and not reading.undone_by]
    of_it = [each for each in said if (found := tx.get(KEY_RESULTS, each.key_result)) is not None and found.ref == ref]
    if not of_it:
        return None
    for reading in of_it:
        tx.put(READINGS, replace(reading, undone_by=entry_id))
    return _record(tx, desk, change, entry_id, source=source, by=by, ref=ref)


def _record(
    tx: Transaction,
    desk: Desk,
    change: Change,
    entry_id: str,
    *,
    source: Source,
    by: str,
    ref: str = "",
    told: tuple[Edit, ...] = (),
) -> Change:
    """Note in the trail that a change was taken back, or what it said of one key result."""
    return trail.record(
        tx,
        desk,
        what=f"taken back{f' of KR {ref}' if ref else ''}: {change.what}",
        source=source,
        mentorship=change.mentorship,
        by=by,
        undoes=change.id,
        part=ref,
        entry_id=entry_id,
        edits=trail.since(tx, told),
    )


def _refuse_on_their_way(tx: Transaction, change: Change) -> None:
    """A letter that was let go is held again only where it has not been handed to anybody yet."""
    for letter in (*_let_go(tx, change), *_written(tx, change)):
        if letter.state not in _NEVER_LEFT | {OutgoingState.HELD, OutgoingState.QUEUED}:
            raise UsageError(f"“{change.what}” cannot be taken back: the {letter.title} has left or is on its way.")


def _hold_again(tx: Transaction, change: Change) -> None:
    reason = HoldReason.FIRST_LETTER if change.edits else HoldReason.BY_HAND
    for letter in _let_go(tx, change):
        if letter.state is OutgoingState.QUEUED:
            tx.put(OUTGOING, letter.becoming(OutgoingState.HELD, hold=reason))


def _unwrite(tx: Transaction, change: Change) -> None:
    """Take out what it had put into the outbox, and what was to tell of the mail that is open again."""
    told = tx.find(OUTGOING, "answers", change.stood.mail) if change.stood else ()
    since = [each for each in told if each.kind in ACKNOWLEDGING and each.created_at >= change.at]
    for letter in (*_written(tx, change), *since):
        if letter.state in WAITING:
            tx.put(OUTGOING, letter.withdrawn("what it says was taken back"))


def _waited(tx: Transaction, stood: MailStood) -> Incoming:
    """The mail as it waited for her word, or `UsageError` where there is a later one that has settled it."""
    mail = tx.get(INCOMING, stood.mail)
    if mail is None or (mail.state is not stood.after and mail.state not in NEEDS_MENTOR):
        raise UsageError("That mail was decided on again since; take that back first.")
    aside = tuple(line for line in mail.aside if line != stood.aside)
    if mail.state is not stood.after:
        return replace(mail, aside=aside)
    return replace(
        mail,
        state=stood.state,
        reason=stood.reason,
        detail=stood.detail,
        summary=stood.summary,
        left=stood.left,
        told=stood.told,
        settles=stood.settles,
        unproven=stood.unproven,
        mentorship="" if stood.reason == mail_reasons.HoldReason.UNKNOWN_SENDER else mail.mentorship,
        aside=aside,
    )


def _written(reader: Reader, change: Change) -> tuple[Outgoing, ...]:
    return tuple(letter for each in change.wrote if (letter := reader.get(OUTGOING, each)) is not None)


def _let_go(reader: Reader, change: Change) -> tuple[Outgoing, ...]:
    return tuple(letter for each in change.letters if (letter := reader.get(OUTGOING, each)) is not None)


def _is_reading(tx: Transaction, edit: Edit) -> bool:
    return _reading(tx, edit) is not None


def _reading(tx: Transaction, edit: Edit) -> Reading | None:
    return tx.get(READINGS, edit.id) if edit.table == READINGS.name else None


def _restore(tx: Transaction, edits: tuple[Edit, ...]) -> None:
    """Put back all of it; where one record has changed again since, nothing."""
    for number, edit in enumerate(edits):
        if tx.restore(edit):
            continue
        for done in reversed(edits[:number]):
            tx.restore(replace(done, before=done.after, after=done.before))
        raise UsageError("Something it changed has changed again since; take that back first.")


def _unsay(tx: Transaction, edit: Edit, entry_id: str) -> None:
    """Mark a reading as taken back, and keep letters from leaving that say what is no longer so."""
    reading = _reading(tx, edit)
    if reading is not None and not reading.undone_by:
        tx.put(READINGS, replace(reading, undone_by=entry_id))
    for letter in _letters_about(tx, edit):
        if letter.state in WAITING:
            tx.put(OUTGOING, letter.withdrawn("what it says was taken back"))


def _refuse_overtaken(tx: Transaction, change: Change) -> None:
    founded = [edit for edit in change.edits if edit.before is None and edit.table in _FOUNDATIONS]
    if founded and (later := _later(tx, change)):
        raise UsageError(f"“{later.what}” was built on it; take that back first.")
    stepped = any(edit.table == OKR_SETS.name for edit in change.edits)
    if stepped and (later := _later(tx, change, among={OKR_SETS.name})):
        raise UsageError(f"“{later.what}” came after it; take that back first.")
    for edit in change.edits:
        for letter in _letters_about(tx, edit):
            if letter.created_at >= change.at and letter.state not in WAITING | _NEVER_LEFT:
                raise UsageError(f"The {letter.kind} about it has left already; it cannot be unsaid.")


def _letters_about(tx: Transaction, edit: Edit) -> tuple[Outgoing, ...]:
    """The letters that say what an edit changed: of a talk's plan all, of an item the agenda, of words the exchange."""
    letters = tx.find(OUTGOING, "meeting", edit.id if edit.table == MEETINGS.name else _meeting_of(edit))
    return tuple(letter for letter in letters if letter.meeting and letter.kind in _kinds_about(edit))


def _kinds_about(edit: Edit) -> frozenset[LetterKind]:
    before, after = edit.before or {}, edit.after or {}
    match edit.table:
        case FEEDBACK.name:
            return frozenset({LetterKind.EXCHANGE})
        case AGENDA_ITEMS.name:
            return frozenset({LetterKind.AGENDA})
        case MEETINGS.name if after.get("state") == MeetingState.REVIEWED:
            return frozenset({LetterKind.EXCHANGE})
        case MEETINGS.name if {**before, **_ANSWERED} == {**after, **_ANSWERED}:
            return frozenset()
        case MEETINGS.name:
            return frozenset(LetterKind)
        case _:
            return frozenset()


def _meeting_of(edit: Edit) -> str:
    found = (edit.after or edit.before or {}).get("meeting", "")
    return found if isinstance(found, str) else ""


def _later(tx: Transaction, change: Change, among: Collection[str] = ()) -> Change | None:
    """A later change that stands, of these tables where any are named."""
    gone = undone(tx)
    entries = tx.find(CHANGES, "mentorship", change.mentorship)
    after = entries[[entry.id for entry in entries].index(change.id) + 1 :]
    return next(
        (
            entry
            for entry in after
            if entry.id not in gone
            and not entry.undoes
            and (not among or any(edit.table in among for edit in entry.edits))
            and entry.edits
        ),
        None,
    )
