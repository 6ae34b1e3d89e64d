"""The outbox: letters that wait, held ones and their release, and handing them to the way out exactly once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from okrmate.domain.errors import OkrmateError, UsageError
from okrmate.domain.letters import (
    WAITING,
    HoldReason,
    LetterClass,
    LetterKind,
    Outgoing,
    OutgoingState,
    is_useful,
    next_attempt,
)
from okrmate.domain.people import Side
from okrmate.domain.rhythm import is_quiet, short_notice, waking
from okrmate.mail.layout import text
from okrmate.mail.outbound import compose, reply_address
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.letters.dues import COPIED, dues
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import Pair, pairs, reviewed
from okrmate.services.mentoring.mentorships import pair as pair_of
from okrmate.services.ports import Delivery, DeliveryState, Reader, Transaction
from okrmate.services.tables import MEETINGS, MENTORSHIPS, OUTGOING, SETTINGS, Setting

LOG = logging.getLogger("okrmate.outbox")
PAUSE = "outbox pause"
"""The setting that holds the whole outbox; its value is the reason, empty or absent where nothing is held."""
SEND = trail.by_command("outbox send")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What one pass did: letters sent, put off, failed, expired; `doubtful` of them may have arrived twice."""

    sent: tuple[Outgoing, ...] = ()
    deferred: tuple[Outgoing, ...] = ()
    failed: tuple[Outgoing, ...] = ()
    expired: tuple[Outgoing, ...] = ()

    @property
    def doubtful(self) -> int:
        """How many of the letters sent may have arrived more than once."""
        return sum(letter.perhaps_twice for letter in self.sent)


def find_letter(reader: Reader, letter_id: str) -> Outgoing:
    """The letter with this id, or `UsageError`."""
    found = reader.get(OUTGOING, letter_id)
    if found is None:
        raise UsageError(f"There is no letter “{letter_id}”; see `okrmate outbox list`.")
    return found


def pause_reason(reader: Reader) -> str:
    """Why the whole outbox is held, empty where it is not."""
    setting = reader.get(SETTINGS, PAUSE)
    return setting.value if setting else ""


def last_written(reader: Reader) -> datetime | None:
    """When the youngest letter was written, if there is any."""
    return max((letter.created_at for letter in reader.every(OUTGOING)), default=None)


def pause(desk: Desk, reason: str) -> None:
    """Hold the whole outbox until the mentor has looked."""
    with desk.store.transaction() as tx:
        tx.put(SETTINGS, Setting(id=PAUSE, value=reason))
        trail.record(tx, desk, what=f"the whole outbox held: {reason}", source=trail.BY_PROGRAM, by="okrmate")


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
    """End the pause of the whole outbox and let every held letter go: all of them, or none."""
    free: list[Outgoing] = []
    with desk.store.transaction() as tx:
        if pause_reason(tx):
            tx.put(SETTINGS, Setting(id=PAUSE, value=""))
            trail.record(tx, desk, what="the whole outbox let go", source=SEND)
        for letter in tx.find(OUTGOING, "state", OutgoingState.HELD):
            if letter.id not in {each.id for each in free}:
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


def always() -> bool:
    """Go on until everything is done."""
    return True


def deliver(room: MailRoom, go_on: Callable[[], bool] = always) -> Delivered:
    """One pass: settle what is in doubt, let go of what is no longer useful or true, and send what is due.

    Only one process may do this at a time (the caller holds the home's lease): a letter found *sending* was left
    so by a process that is gone. `go_on` is asked before each letter. While the whole outbox is paused no letter
    leaves and none expires.
    """
    _settle_doubts(room)
    if pause_reason(room.store):
        return Delivered()
    expired = _expire(room)
    _withdraw_overtaken(room)
    sent: list[Outgoing] = []
    deferred: list[Outgoing] = []
    failed: list[Outgoing] = []
    while go_on() and not pause_reason(room.store) and (letter := _claim(room)):
        after = _hand_over(room, letter)
        match after.state:
            case OutgoingState.SENT:
                sent.append(after)
            case OutgoingState.DEFERRED:
                deferred.append(after)
            case _:
                failed.append(after)
    return Delivered(sent=tuple(sent), deferred=tuple(deferred), failed=tuple(failed), expired=expired)


def _settle_doubts(room: MailRoom) -> None:
    now = room.desk.clock.now()
    for letter in room.store.find(OUTGOING, "state", OutgoingState.SENDING):
        if room.postman.was_sent(letter.message_id):
            after = letter.becoming(OutgoingState.SENT, sent_at=now, error="")
        else:
            after = letter.becoming(OutgoingState.DEFERRED, next_attempt_at=now, error="in doubt: sent once more")
        with room.store.transaction() as tx:
            tx.put(OUTGOING, after)


def _expire(room: MailRoom) -> tuple[Outgoing, ...]:
    now = room.desk.clock.now()
    late = [letter for letter in _waiting(room) if not is_useful(letter, now)]
    return _settled(room, [letter.becoming(OutgoingState.EXPIRED, error="no longer useful") for letter in late])


def _withdraw_overtaken(room: MailRoom) -> None:
    """Take back what waits and would not be written any more: its talk was moved meanwhile, its answer is here.

    Letters of a mentorship that is silent just wait; answers to a mail stay true.
    """
    planned = [letter for letter in _waiting(room) if letter.kind is not LetterKind.ACKNOWLEDGEMENT]
    if not planned:
        return
    now = room.desk.clock.now()
    concerned = {letter.mentorship for letter in planned}
    found = [pair for pair in pairs(room.store) if pair.mentorship.id in concerned and pair.mentorship.open]
    standing = {due.key for pair in found for due in dues(room, room.store, pair, now)}
    speaking = {pair.mentorship.id for pair in found}
    _settled(
        room,
        [
            letter.withdrawn("its occasion is gone")
            for letter in planned
            if letter.mentorship in speaking and letter.key not in standing
        ],
    )


def _waiting(room: MailRoom) -> list[Outgoing]:
    return [letter for state in sorted(WAITING) for letter in room.store.find(OUTGOING, "state", state)]


def _settled(room: MailRoom, letters: list[Outgoing]) -> tuple[Outgoing, ...]:
    if letters:
        with room.store.transaction() as tx:
            for letter in letters:
                tx.put(OUTGOING, letter)
    return tuple(letters)


def _claim(room: MailRoom) -> Outgoing | None:
    now = room.desk.clock.now()
    known = {pair.mentorship.id: pair for pair in pairs(room.store)}
    waiting = _waiting(room)
    late = {letter.id for letter in waiting if _too_late(room, letter, now)}
    behind = {
        (letter.meeting, letter.kind)
        for letter in waiting
        if letter.kind in COPIED and letter.to is Side.PROTEGE and not letter.copies
    }

    def take(letter: Outgoing) -> Outgoing | None:
        if letter.due_at > now or (letter.next_attempt_at is not None and letter.next_attempt_at > now):
            return None
        if letter.to is Side.MENTOR and (letter.meeting, letter.kind) in behind:
            return None  # a copy says that its twin has left
        if _must_wait(room, letter, known.get(letter.mentorship), now):
            return None
        return letter.becoming(
            OutgoingState.SENDING,
            attempts=letter.attempts + 1,
            copies=letter.copies + 1,
            short_notice=letter.short_notice or letter.id in late,
        )

    return room.store.claim(OUTGOING, "state", OutgoingState.QUEUED, take) or room.store.claim(
        OUTGOING, "state", OutgoingState.DEFERRED, take
    )


def _must_wait(room: MailRoom, letter: Outgoing, pair: Pair | None, now: datetime) -> bool:
    """Whether a letter that is due may not leave now: a silent mentorship, or the recipient's quiet hours.

    Answers leave at once, to somebody who is paused only the one to their own mail; so does the mentor's copy of
    an agenda, in the minute its twin leaves.
    """
    if letter.kind is LetterKind.ACKNOWLEDGEMENT:
        return False
    welcome = letter.kind is LetterKind.WELCOME
    if pair is None or (pair.mentorship.silent and not (welcome and pair.mentorship.open)):
        return True
    copy = letter.kind is LetterKind.AGENDA and letter.to is Side.MENTOR
    if letter.letter_class is LetterClass.ANSWER or copy:
        return False
    zone = room.recipient(pair.protege, letter.to).zone
    return (
        is_quiet(now, zone, room.rules.quiet_hours) and waking(now, zone, room.rules.quiet_hours) < letter.useful_until
    )


def _hand_over(room: MailRoom, letter: Outgoing) -> Outgoing:
    now = room.desk.clock.now()
    after = _handed_over(room, letter, now)
    with room.store.transaction() as tx:
        tx.put(OUTGOING, after)
    return after


def _handed_over(room: MailRoom, letter: Outgoing, now: datetime) -> Outgoing:
    """The letter after one attempt; one that cannot be written as a mail fails and stands in nobody's way."""
    try:
        message = raw_message(room, letter, now)
    except OkrmateError as error:
        return letter.becoming(OutgoingState.FAILED, copies=letter.copies - 1, error=str(error))
    except Exception as bug:
        LOG.exception("a letter could not be written as a mail", extra={"outgoing": letter.id})
        reason = f"a bug: {type(bug).__name__}"
        return letter.becoming(OutgoingState.FAILED, copies=letter.copies - 1, error=reason)
    room.raw.keep(letter.id, message, now)
    return _after(room, letter, room.postman.send(message, letter.address), now)


def _too_late(room: MailRoom, letter: Outgoing, now: datetime) -> bool:
    """Whether an agenda that was written in time leaves too late after all: held, paused, put off or slept."""
    meeting = room.store.get(MEETINGS, letter.meeting) if letter.kind is LetterKind.AGENDA else None
    return meeting is not None and short_notice(meeting, pair_of(room.store, letter.mentorship).protege.zone, now)


def raw_message(room: MailRoom, letter: Outgoing, date: datetime) -> bytes:
    """The mail as it leaves (RFC 5322), from the blocks that are stored."""
    own = letter.to is Side.MENTOR
    return compose(
        letter,
        text=text(letter.blocks),
        html=room.composer.html(letter.blocks, letter.language),
        sender_name="okrmate" if own else room.rules.sender_name,
        sender_address=room.rules.sender_address,
        reply_to=reply_address(room.rules.sender_address, letter.token) if room.rules.plus_addresses else "",
        date=date,
    )


def _after(room: MailRoom, letter: Outgoing, delivery: Delivery, now: datetime) -> Outgoing:
    match delivery.state:
        case DeliveryState.SENT:
            return letter.becoming(OutgoingState.SENT, sent_at=now, error="")
        case DeliveryState.FAILED:
            return letter.becoming(OutgoingState.FAILED, copies=letter.copies - 1, error=delivery.reason)
        case DeliveryState.DEFERRED:
            return letter.becoming(
                OutgoingState.DEFERRED,
                copies=letter.copies - 1,
                error=delivery.reason,
                next_attempt_at=next_attempt(letter.attempts, now),
            )
        case DeliveryState.IN_DOUBT:
            if room.postman.was_sent(letter.message_id):
                return letter.becoming(OutgoingState.SENT, sent_at=now, error="")
            return letter.becoming(
                OutgoingState.DEFERRED, error=delivery.reason, next_attempt_at=next_attempt(letter.attempts, now)
            )
        case _:
            assert_never(delivery.state)
