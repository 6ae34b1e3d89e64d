"""UNDO by mail: what an answer changed is taken back within seven days, all of it or what it said of one key result."""

from collections.abc import Sequence

from okrmate.domain.changes import Change, SourceKind
from okrmate.domain.errors import UsageError
from okrmate.domain.letters import ACKNOWLEDGING, Outgoing
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.reply.commands import Command, CommandName, first_line
from okrmate.reply.updates import ProblemReason
from okrmate.services.history import UNDO_WINDOW, undo_in, undo_part_in, undone
from okrmate.services.incoming.answers import Answer
from okrmate.services.incoming.effects import Effects, Undoing
from okrmate.services.ports import Transaction
from okrmate.services.tables import CHANGES, INCOMING, KEY_RESULTS, OUTGOING, READINGS

STAYS = "what has not changed since"
"""The part of a mail that an undo took back where it could not take back all."""


def undo_by_mail(tx: Transaction, answer: Answer, command: Command, effects: Effects) -> None:
    """Take back what the answered mail changed, or the newest mail that can be; note in `effects` what came of it."""
    effects.command = CommandName.UNDO
    change = _meant(tx, answer)
    if isinstance(change, Undoing):
        effects.undoing = change
        return
    refs = _refs(tx, change)
    try:
        if not command.ref or refs == {command.ref}:
            effects.undone = _undo_whole(tx, answer, change)
            return
        effects.undone = undo_part_in(tx, answer.room.desk, change, command.ref, source=answer.source, by=answer.by)
        if effects.undone is None:
            effects.undoing = Undoing.BEFORE if command.ref in refs else Undoing.NOTHING
    except UsageError as refused:
        effects.undoing = Undoing.REFUSED
        effects.leave(first_line(effects.understood.words.text), f"undo: {refused}")


def _undo_whole(tx: Transaction, answer: Answer, change: Change) -> Change:
    """Take back a change and what else came of its mail: orders and lines decided on later have entries of their own.

    Where something of it has changed again since, that stays, and the rest alone is told as taken back.
    """
    gone = undone(tx)
    others = [
        each
        for each in tx.find(CHANGES, "source_ref", change.source_ref)
        if each.id != change.id and each.id not in gone and each.edits and not each.undoes
    ]
    told = undo_in(tx, answer.room.desk, change, source=answer.source, by=answer.by)
    edits, stays = told.edits, ""
    for other in reversed(others):
        try:
            edits += undo_in(tx, answer.room.desk, other, source=answer.source, by=answer.by).edits
        except UsageError:
            stays = STAYS
    return replace(told, edits=edits, part=stays)


def _meant(tx: Transaction, answer: Answer) -> Change | Undoing:
    """The change to take back, or why there is none: nothing was changed, it is taken back already, or too old."""
    by_mail = [
        change
        for change in tx.find(CHANGES, "mentorship", answer.found.mentorship.id)
        if change.source.kind is SourceKind.MAIL and not change.undoes and change.edits
        if _writer(tx, change) is answer.letter.to
    ]
    letter = _told_by(tx, answer.letter)
    if letter.kind in ACKNOWLEDGING:
        undid = {each.undoes for each in tx.find(CHANGES, "source_ref", letter.answers) if each.undoes}
        by_mail = [each for each in by_mail if each.source_ref == letter.answers or each.id in undid]
    return _latest(by_mail, undone(tx), answer)


def _told_by(tx: Transaction, letter: Outgoing) -> Outgoing:
    """The letter that an undo speaks of: behind "Take it back?" the one before, in answer to which it was doubtful."""
    asked = tx.get(INCOMING, letter.answers) if letter.answers else None
    if asked is None or asked.reason != ProblemReason.UNDO:
        return letter
    return tx.get(OUTGOING, asked.answers) or letter


def _latest(changes: Sequence[Change], gone: frozenset[str], answer: Answer) -> Change | Undoing:
    since = answer.room.desk.clock.now() - UNDO_WINDOW
    if not changes:
        return Undoing.NOTHING
    standing = [change for change in changes if change.id not in gone]
    if not standing:
        return Undoing.BEFORE
    return standing[-1] if standing[-1].at >= since else Undoing.TOO_LATE


def _writer(tx: Transaction, change: Change) -> Side:
    """Whose mail a change came from: the side that got the letter it answers; a calendar answers for the protégé."""
    mail = tx.get(INCOMING, change.source_ref)
    answered = tx.get(OUTGOING, mail.answers) if mail and mail.answers else None
    return answered.to if answered else Side.PROTEGE


def _refs(tx: Transaction, change: Change) -> set[str]:
    """The key results a change spoke of, by ref, and the tables of whatever else it changed."""
    readings = [tx.get(READINGS, edit.id) for edit in change.edits if edit.table == READINGS.name]
    key_results = [tx.get(KEY_RESULTS, reading.key_result) for reading in readings if reading]
    others = {edit.table for edit in change.edits} - {READINGS.name}
    return {key_result.ref for key_result in key_results if key_result} | others
