"""Obeying the commands people send by mail: undo, stop and help; every other one goes to the mentor."""

from okrmate.domain.changes import Change, Source, SourceKind
from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Incoming, LetterKind, Outgoing
from okrmate.domain.people import MentorshipState, Side
from okrmate.reply.commands import Command, CommandName
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.effects import Effects
from okrmate.services.history import UNDO_WINDOW, undo_in, undone
from okrmate.services.mentorships import Pair
from okrmate.services.ports import Transaction
from okrmate.services.tables import CHANGES, KEY_RESULTS, MENTORSHIPS, READINGS


def obey(
    tx: Transaction, desk: Desk, command: Command, effects: Effects, record: Incoming, letter: Outgoing, found: Pair
) -> None:
    """Carry out a command, noting in `effects` what it did; one that cannot be carried out is the mentor's."""
    source = Source(kind=SourceKind.MAIL, ref=record.id)
    match command.name:
        case CommandName.UNDO:
            effects.command = CommandName.UNDO
            effects.undone = _undo(tx, desk, command, letter, found, source)
        case CommandName.STOP if letter.to is Side.PROTEGE and found.mentorship.state is MentorshipState.ACTIVE:
            tx.put(MENTORSHIPS, found.mentorship.becoming(MentorshipState.PAUSED, desk.clock.now()))
            effects.command = CommandName.STOP
            effects.left.append("stop: no more letters leave until you resume")
        case CommandName.STOP if letter.to is Side.PROTEGE:
            effects.command = CommandName.STOP
        case CommandName.HELP:
            effects.command = CommandName.HELP
        case _:
            effects.left.append(" ".join(filter(None, [str(command.name), command.ref, command.span])))


def _undo(
    tx: Transaction, desk: Desk, command: Command, letter: Outgoing, found: Pair, source: Source
) -> Change | None:
    """Take back what the answered mail changed, or the newest mail of the last seven days; None where nothing can be."""
    change = _undoable(tx, desk, letter, found)
    if change is None or (command.ref and _refs(tx, change) != {command.ref}):
        return None
    try:
        return undo_in(tx, desk, change, source=source, by=found.protege.name)
    except UsageError:
        return None


def _undoable(tx: Transaction, desk: Desk, letter: Outgoing, found: Pair) -> Change | None:
    gone = undone(tx)
    since = desk.clock.now() - UNDO_WINDOW
    by_mail = [
        change
        for change in tx.find(CHANGES, "mentorship", found.mentorship.id)
        if change.source.kind is SourceKind.MAIL and change.at >= since and change.by == _writer(desk, letter, found)
        if change.id not in gone and not change.undoes and change.edits
    ]
    if letter.kind is LetterKind.ACKNOWLEDGEMENT:
        by_mail = [change for change in by_mail if change.source_ref == letter.answers]
    return by_mail[-1] if by_mail else None


def _writer(desk: Desk, letter: Outgoing, found: Pair) -> str:
    return desk.mentor.name if letter.to is Side.MENTOR else found.protege.name


def _refs(tx: Transaction, change: Change) -> set[str]:
    readings = [tx.get(READINGS, edit.id) for edit in change.edits if edit.table == READINGS.name]
    key_results = [tx.get(KEY_RESULTS, reading.key_result) for reading in readings if reading]
    return {key_result.ref for key_result in key_results if key_result}


def record_command(tx: Transaction, desk: Desk, effects: Effects, record: Incoming, found: Pair, by: str) -> None:
    """The trail's entry of a command that changed something; an undo has written its own."""
    if effects.command is CommandName.STOP and tx.edits():
        trail.record(
            tx,
            desk,
            what=f"{found.protege.name} wrote stop",
            source=Source(kind=SourceKind.MAIL, ref=record.id),
            mentorship=found.mentorship.id,
            by=by,
        )
