"""Obeying the commands people send by mail: undo, stop and help; every other one goes to the mentor."""

from okrmate.domain.changes import Change, Source, SourceKind
from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Incoming, LetterKind, Outgoing
from okrmate.domain.people import MentorshipState, Side
from okrmate.reply.commands import Command, CommandName, first_line
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.history import UNDO_WINDOW, undo_in, undone
from okrmate.services.incoming.effects import Effects
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Transaction
from okrmate.services.tables import CHANGES, INCOMING, KEY_RESULTS, MENTORSHIPS, OUTGOING, READINGS

STOPPED = {MentorshipState.ACTIVE: MentorshipState.PAUSED, MentorshipState.PROPOSED: MentorshipState.DECLINED}
"""What `stop` makes of a mentorship; what is silent already stays as it is."""
ANSWERING = frozenset({CommandName.CHOOSE, CommandName.CONFIRM, CommandName.REJECT})
"""Commands that answer an open question: what they mean is among the updates."""


def obey(
    tx: Transaction, desk: Desk, command: Command, effects: Effects, record: Incoming, letter: Outgoing, found: Pair
) -> None:
    """Carry out a command, noting in `effects` what it did; one that cannot be carried out is the mentor's."""
    source = Source(kind=SourceKind.MAIL, ref=record.id)
    line = first_line(effects.understood.words.text)
    match command.name:
        case CommandName.UNDO:
            _undo(tx, desk, command, effects, letter, found, source)
        case CommandName.STOP if letter.to is Side.PROTEGE:
            effects.command = CommandName.STOP
            _stop(tx, desk, effects, found, source)
        case CommandName.HELP:
            effects.command = CommandName.HELP
        case CommandName.CHOOSE if not effects.understood.updates:
            effects.command = CommandName.CHOOSE
        case _ if command.name in ANSWERING and effects.understood.updates:
            pass
        case _:
            effects.leave(line)


def _stop(tx: Transaction, desk: Desk, effects: Effects, found: Pair, source: Source) -> None:
    state = STOPPED.get(found.mentorship.state)
    if state is None:
        return
    tx.put(MENTORSHIPS, found.mentorship.becoming(state, desk.clock.now()))
    name = found.protege.name
    entry = trail.record(tx, desk, what=f"{name} wrote stop", source=source, mentorship=found.mentorship.id, by=name)
    effects.leave(f"stop: no more letters leave; `okrmate undo {entry.id}` takes that back")


def _undo(
    tx: Transaction, desk: Desk, command: Command, effects: Effects, letter: Outgoing, found: Pair, source: Source
) -> None:
    """Take back what the answered mail changed, or the newest mail of the last seven days."""
    line = first_line(effects.understood.words.text)
    change = _undoable(tx, desk, letter, found)
    if change is not None and command.ref and _refs(tx, change) != {command.ref}:
        effects.leave(line)  # that mail changed something else as well: only she can tell them apart
        return
    effects.command = CommandName.UNDO
    if change is None:
        return
    by = desk.mentor.name if letter.to is Side.MENTOR else found.protege.name
    try:
        effects.undone = undo_in(tx, desk, change, source=source, by=by)
    except UsageError as refused:
        effects.refused = True
        effects.leave(line, f"undo: {refused}")


def _undoable(tx: Transaction, desk: Desk, letter: Outgoing, found: Pair) -> Change | None:
    gone = undone(tx)
    since = desk.clock.now() - UNDO_WINDOW
    by_mail = [
        change
        for change in tx.find(CHANGES, "mentorship", found.mentorship.id)
        if change.source.kind is SourceKind.MAIL and change.at >= since
        if change.id not in gone and not change.undoes and change.edits and _writer(tx, change) is letter.to
    ]
    if letter.kind is LetterKind.ACKNOWLEDGEMENT:
        by_mail = [change for change in by_mail if change.source_ref == letter.answers]
    return by_mail[-1] if by_mail else None


def _writer(tx: Transaction, change: Change) -> Side:
    """Whose mail a change came from: the side that got the letter it answers; a calendar answers for the protégé."""
    mail = tx.get(INCOMING, change.source_ref)
    answered = tx.get(OUTGOING, mail.answers) if mail and mail.answers else None
    return answered.to if answered else Side.PROTEGE


def _refs(tx: Transaction, change: Change) -> set[str]:
    readings = [tx.get(READINGS, edit.id) for edit in change.edits if edit.table == READINGS.name]
    key_results = [tx.get(KEY_RESULTS, reading.key_result) for reading in readings if reading]
    others = {edit.table for edit in change.edits} - {READINGS.name}
    return {key_result.ref for key_result in key_results if key_result} | others
