"""Delivery: one pass that hands what is due to the way out, each letter exactly once, and settles what is in doubt."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import assert_never

from okrmate.domain.attempts import next_attempt
from okrmate.domain.errors import MailLoginError, MailServerError, OkrmateError, StoreError
from okrmate.domain.letters import TO_A_MAIL, WAITING, Outgoing, OutgoingState
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace
from okrmate.mail.layout import text
from okrmate.mail.outbound import compose, reply_address
from okrmate.services.letters.dues import dues
from okrmate.services.mailroom import MailRoom, always
from okrmate.services.mentoring.mentorships import pairs
from okrmate.services.outgoing.copies import file_fresh, file_late, owe
from okrmate.services.outgoing.readiness import leaves_late, leaving, may_leave
from okrmate.services.pause import pause_reason, restored_at
from okrmate.services.ports import Delivery, DeliveryState
from okrmate.services.tables import OUTGOING

LOG = logging.getLogger("okrmate.delivery")


class Delivered(Frozen):
    """What one pass did: letters sent, put off, in doubt, failed, expired; `doubtful` may have arrived twice."""

    sent: tuple[Outgoing, ...] = ()
    deferred: tuple[Outgoing, ...] = ()
    in_doubt: tuple[Outgoing, ...] = ()
    failed: tuple[Outgoing, ...] = ()
    expired: tuple[Outgoing, ...] = ()

    @property
    def doubtful(self) -> int:
        """How many of the letters sent may have arrived more than once."""
        return sum(letter.perhaps_twice for letter in self.sent)


def deliver(room: MailRoom, go_on: Callable[[], bool] = always) -> Delivered:
    """One pass: settle what is in doubt, let go of what is no longer useful or true, and send what is due.

    Only one process may do this at a time (the caller holds the home's lease): a letter found *sending* is in doubt,
    as a process that is gone or a line that broke left it; it is looked up when it would be tried again. `go_on` is
    asked before each letter. While the whole outbox is paused no letter leaves and none expires. Raises
    `MailServerError` or `MailLoginError` where the way out cannot be reached; the letters that have not left then wait
    as they were.
    """
    try:
        return _pass(room, go_on)
    finally:
        room.postman.rest()


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


def _pass(room: MailRoom, go_on: Callable[[], bool]) -> Delivered:
    _settle_doubts(room)
    file_late(room, go_on)
    if pause_reason(room.store):
        return Delivered()
    expired = _expire(room)
    _withdraw_overtaken(room)
    attempted = tuple(_hand_over_all(room, go_on))
    file_fresh(room, {letter.id for letter in attempted if letter.state is OutgoingState.SENT})

    def those(state: OutgoingState) -> tuple[Outgoing, ...]:
        return tuple(letter for letter in attempted if letter.state is state)

    return Delivered(
        sent=those(OutgoingState.SENT),
        deferred=those(OutgoingState.DEFERRED),
        in_doubt=those(OutgoingState.SENDING),
        failed=those(OutgoingState.FAILED),
        expired=expired,
    )


def _settle_doubts(room: MailRoom) -> None:
    """Look each letter in doubt up where sent mail is filed; one that is not there is sent once more.

    Where that place cannot be asked they stay in doubt and keep no other letter back; it is asked again later.
    """
    now = room.desk.clock.now()
    doubtful = [each for each in room.store.find(OUTGOING, "state", OutgoingState.SENDING) if _is_time(each, now)]
    for number, letter in enumerate(doubtful):
        try:
            arrived = room.postman.was_sent(letter.message_id)
        except (MailServerError, MailLoginError) as error:
            LOG.warning("letters stay in doubt", extra={"sentence": str(error)})
            _keep(room, [replace(each, next_attempt_at=next_attempt(each.attempts, now)) for each in doubtful[number:]])
            return
        if arrived:
            after = letter.becoming(
                OutgoingState.SENT, sent_at=letter.claimed_at or now, next_attempt_at=None, error=""
            )
        else:
            after = letter.becoming(OutgoingState.DEFERRED, next_attempt_at=now, error="in doubt: sent once more")
        _keep(room, [after])


def _is_time(letter: Outgoing, now: datetime) -> bool:
    return letter.next_attempt_at is None or letter.next_attempt_at <= now


def _expire(room: MailRoom) -> tuple[Outgoing, ...]:
    now = room.desk.clock.now()
    late = [letter for letter in _waiting(room) if now >= letter.useful_until]
    return _keep(room, [letter.becoming(OutgoingState.EXPIRED, error="no longer useful") for letter in late])


def _withdraw_overtaken(room: MailRoom) -> None:
    """Take back what waits and would not be written any more: its talk was moved meanwhile, its answer is here.

    Letters of a mentorship that is silent just wait; answers to a mail stay true.
    """
    planned = [letter for letter in _waiting(room) if letter.kind not in TO_A_MAIL]
    if not planned:
        return
    now = room.desk.clock.now()
    concerned = {letter.mentorship for letter in planned}
    found = [pair for pair in pairs(room.store) if pair.mentorship.id in concerned and pair.mentorship.open]
    standing = {due.key for pair in found for due in dues(room, room.store, pair, now)}
    speaking = {pair.mentorship.id for pair in found}
    _keep(
        room,
        [
            letter.withdrawn("its occasion is gone")
            for letter in planned
            if letter.mentorship in speaking and letter.key not in standing
        ],
    )


def _waiting(room: MailRoom) -> list[Outgoing]:
    return [letter for state in sorted(WAITING) for letter in room.store.find(OUTGOING, "state", state)]


def _keep(room: MailRoom, letters: Iterable[Outgoing]) -> tuple[Outgoing, ...]:
    """Record what became of letters: all of them at once."""
    kept = tuple(letters)
    if kept:
        with room.store.transaction() as tx:
            for letter in kept:
                tx.put(OUTGOING, letter)
    return kept


def _hand_over_all(room: MailRoom, go_on: Callable[[], bool]) -> Iterator[Outgoing]:
    """Each letter whose time has come, after its attempt; what falls due meanwhile leaves with the next pass."""
    for due in leaving(room, room.store, room.desk.clock.now()):
        if not go_on() or pause_reason(room.store):
            return
        room.postman.ready()
        if _left_before_restoring(room, due):
            continue
        letter = _claim(room, due.id)
        if letter is None:
            continue
        now = room.desk.clock.now()
        message = _written(room, letter, now)
        if isinstance(message, Delivery):
            (after,) = _keep(room, [_after(letter, message, now)])
        else:
            raw = _kept_raw(room, letter, message, now)
            after = _after(letter, room.postman.send(message, letter.address), now)
            with room.store.transaction() as tx:
                tx.put(OUTGOING, after)
                if after.state is OutgoingState.SENT:
                    owe(room, tx, after, raw)
        LOG.info("a letter was handed over", extra={"outgoing": after.id, "state": str(after.state)})
        yield after


def _left_before_restoring(room: MailRoom, letter: Outgoing) -> bool:
    """Whether a letter of a home that was put back from a backup had left since that was made; it is sent by then.

    The backup knows only that it waited. Sent mail is asked for it before it leaves, whoever let it go.
    """
    restored = restored_at(room.store)
    if restored is None or letter.created_at > restored or not room.postman.was_sent(letter.message_id):
        return False
    now = room.desk.clock.now()
    sending = letter.becoming(OutgoingState.SENDING, next_attempt_at=None, error="")
    _keep(room, [sending.becoming(OutgoingState.SENT, sent_at=min(letter.due_at, now))])
    LOG.info("a letter had left before its home was restored", extra={"outgoing": letter.id})
    return True


def _claim(room: MailRoom, letter_id: str) -> Outgoing | None:
    """The letter, from now on *sending*; None where it may not leave after all: held, silenced or withdrawn by now."""
    now = room.desk.clock.now()
    with room.store.transaction() as tx:
        letter = tx.get(OUTGOING, letter_id)
        if letter is None or not may_leave(room, tx, letter, now):
            return None
        claimed = letter.becoming(
            OutgoingState.SENDING,
            attempts=letter.attempts + 1,
            copies=letter.copies + 1,
            # Should this process end before it knows: the server may still be taking the letter, or filing it.
            next_attempt_at=next_attempt(letter.attempts + 1, now),
            claimed_at=now,
            error="",
            short_notice=letter.short_notice or leaves_late(tx, letter, now),
        )
        tx.put(OUTGOING, claimed)
    return claimed


def _written(room: MailRoom, letter: Outgoing, now: datetime) -> bytes | Delivery:
    """The mail; one that cannot be written fails, and stands in nobody's way."""
    try:
        return raw_message(room, letter, now)
    except OkrmateError as error:
        return Delivery(state=DeliveryState.FAILED, reason=str(error))
    except Exception as bug:
        LOG.exception("a letter could not be written as a mail", extra={"outgoing": letter.id})
        return Delivery(state=DeliveryState.FAILED, reason=f"a bug: {type(bug).__name__}")


def _kept_raw(room: MailRoom, letter: Outgoing, message: bytes, now: datetime) -> str:
    """Where the mail is kept as it leaves in this attempt; where it cannot be, it has certainly not left."""
    try:
        return room.raw.keep(f"{letter.id}-{letter.attempts}", message, now)
    except StoreError as error:
        refused = Delivery(state=DeliveryState.DEFERRED, reason=str(error))
        with suppress(StoreError):  # the disk that takes no mail may take no record: then it is in doubt
            _keep(room, [_after(letter, refused, now)])
        raise


def _after(letter: Outgoing, delivery: Delivery, now: datetime) -> Outgoing:
    again = next_attempt(letter.attempts, now)
    match delivery.state:
        case DeliveryState.SENT:
            return letter.becoming(OutgoingState.SENT, sent_at=now, next_attempt_at=None, error="")
        case DeliveryState.FAILED:
            return letter.becoming(
                OutgoingState.FAILED, copies=letter.copies - 1, next_attempt_at=None, error=delivery.reason
            )
        case DeliveryState.DEFERRED:
            return letter.becoming(
                OutgoingState.DEFERRED, copies=letter.copies - 1, error=delivery.reason, next_attempt_at=again
            )
        case DeliveryState.IN_DOUBT:
            # Looked up only when it would be tried again: a provider files what it sends in its own time.
            return replace(letter, error=delivery.reason, next_attempt_at=again)
        case _:
            assert_never(delivery.state)
