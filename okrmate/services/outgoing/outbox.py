"""The outbox: what the mentor does with letters that wait: finding, holding and letting go, one of them or all."""

from datetime import datetime

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import COPIED, HoldReason, Outgoing, OutgoingState
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import reviewed
from okrmate.services.pause import PAUSE, is_restored_and_held, pause_reason
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import MENTORSHIPS, OUTGOING, SETTINGS, Setting

SEND = trail.by_command("outbox send")


def find_letter(reader: Reader, letter_id: str) -> Outgoing:
    """The letter with this id, or `UsageError`."""
    found = reader.get(OUTGOING, letter_id)
    if found is None:
        raise UsageError(f"There is no letter “{letter_id}”; see `okrmate outbox list`.")
    return found


def last_written(reader: Reader) -> datetime | None:
    """When the youngest letter was written, if there is any."""
    return max((letter.created_at for letter in reader.every(OUTGOING)), default=None)


def hold(desk: Desk, letter_id: str) -> Outgoing:
    """Hold a letter that waits, by hand."""
    with desk.store.transaction() as tx:
        held = find_letter(tx, letter_id).becoming(OutgoingState.HELD, hold=HoldReason.BY_HAND)
        tx.put(OUTGOING, held)
        source = trail.by_command("outbox hold")
        trail.record(tx, desk, what=f"{held.title} held", source=source, mentorship=held.mentorship)
    return held


def release(desk: Desk, letter_id: str) -> tuple[Outgoing, ...]:
    """Let a letter go now that the mentor has seen it; returns every letter this set free.

    The first letter released to a person releases what waited only for that; one of which the mentor has a copy
    takes that along. A letter that only waits for its time, or for another attempt, leaves with the next delivery.
    """
    with desk.store.transaction() as tx:
        return _release(tx, desk, find_letter(tx, letter_id))


def release_all(desk: Desk) -> tuple[Outgoing, ...]:
    """End the pause of the whole outbox and let every held letter go: all of them, or none.

    Where it is the pause of a home that was put back, those in doubt stay: they may have left before, each by itself.
    """
    free: list[Outgoing] = []
    with desk.store.transaction() as tx:
        doubted = is_restored_and_held(tx)
        if pause_reason(tx):
            tx.put(SETTINGS, Setting(id=PAUSE, value=""))
            trail.record(tx, desk, what="the whole outbox let go", source=SEND)
        for letter in tx.find(OUTGOING, "state", OutgoingState.HELD):
            stays = doubted and letter.hold is HoldReason.DOUBT
            if not stays and letter.id not in {each.id for each in free}:
                free += _release(tx, desk, letter)
    return tuple(free)


def _release(tx: Transaction, desk: Desk, letter: Outgoing) -> tuple[Outgoing, ...]:
    told = tx.edits()
    if letter.state in (OutgoingState.QUEUED, OutgoingState.DEFERRED):
        free = [replace(letter, due_at=min(letter.due_at, desk.clock.now()), next_attempt_at=None)]
        what = f"{letter.title} sent on its way early"
    else:
        free = [each.becoming(OutgoingState.QUEUED, hold=None) for each in _released_with(tx, letter)]
        what = f"{letter.title} let go"
    for each in free:
        tx.put(OUTGOING, each)
    mentorship = tx.get(MENTORSHIPS, letter.mentorship)
    if mentorship is not None and letter.to is Side.PROTEGE:
        tx.put(MENTORSHIPS, reviewed(mentorship))
    trail.record(
        tx,
        desk,
        what=what,
        source=SEND,
        mentorship=letter.mentorship,
        letters=tuple(each.id for each in free),
        edits=trail.since(tx, told),
    )
    return tuple(free)


def _released_with(tx: Transaction, letter: Outgoing) -> tuple[Outgoing, ...]:
    others = [
        each
        for each in tx.find(OUTGOING, "mentorship", letter.mentorship)
        if each.state is OutgoingState.HELD and each.id != letter.id
    ]
    if letter.to is Side.MENTOR:
        return (letter,)
    return (letter, *(each for each in others if each.hold is HoldReason.FIRST_LETTER or _is_copy(each, letter)))


def _is_copy(each: Outgoing, letter: Outgoing) -> bool:
    return each.kind is letter.kind and each.kind in COPIED and each.meeting == letter.meeting
