"""Copies for the folder of sent mail: owed from the commit that records a sending until they are there, each once."""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from functools import partial

from okrmate.domain.attempts import next_attempt
from okrmate.domain.errors import MailLoginError, MailServerError, StoreError
from okrmate.domain.letters import Outgoing
from okrmate.frozen import replace
from okrmate.services.mailroom import MailRoom, always
from okrmate.services.ports import Transaction
from okrmate.services.tables import COPIES, OwedCopy

LOG = logging.getLogger("okrmate.delivery")
GIVEN_UP_AFTER = timedelta(days=7)
"""A copy that could not be filed for so long is let be: the letter has left, and its bytes are kept in the home."""


def owe(room: MailRoom, tx: Transaction, letter: Outgoing, raw: str) -> None:
    """Note, in the commit that records its sending, that a letter is to be filed; `raw` is where its bytes are kept."""
    if room.postman.takes_copies:
        now = room.desk.clock.now()
        tx.put(COPIES, OwedCopy(id=letter.id, message_id=letter.message_id, raw=raw, left_at=now, next_attempt_at=now))


def file_fresh(room: MailRoom, letters: Collection[str]) -> None:
    """File the copies of letters that have left just now, by their ids; a stop waits for that, as for a letter."""
    look = room.postman.looks_first
    _each(room, [copy for copy in room.store.every(COPIES) if copy.id in letters], partial(_file, room, look=look))


def file_late(room: MailRoom, go_on: Callable[[], bool]) -> None:
    """Make up for copies that an earlier pass left; each is looked for first, as nobody may know that it was filed."""
    now = room.desk.clock.now()
    due = [copy for copy in room.store.every(COPIES) if copy.next_attempt_at <= now]
    _each(room, due, partial(_file, room, look=True), go_on)


def _file(room: MailRoom, copy: OwedCopy, *, look: bool) -> None:
    if not (look and room.postman.was_sent(copy.message_id)):
        room.postman.file(room.raw.read(copy.raw))


def _each(
    room: MailRoom, copies: Sequence[OwedCopy], file: Callable[[OwedCopy], None], go_on: Callable[[], bool] = always
) -> None:
    """One after the other, until one cannot be filed: the others would meet the same."""
    filed = 0
    for copy in copies:
        if not go_on():
            break
        try:
            file(copy)
        except (MailServerError, MailLoginError) as error:
            LOG.warning("no copies are filed", extra={"sentence": str(error)})
            _put_off(room, copies[filed:])
            break
        except StoreError as error:
            LOG.warning("a copy is not filed", extra={"outgoing": copy.id, "sentence": str(error)})
        filed += 1
    _settle(room, copies[:filed])


def _settle(room: MailRoom, copies: Sequence[OwedCopy]) -> None:
    if copies:
        with room.store.transaction() as tx:
            for copy in copies:
                tx.delete(COPIES, copy.id)


def _put_off(room: MailRoom, copies: Sequence[OwedCopy]) -> None:
    now = room.desk.clock.now()
    with room.store.transaction() as tx:
        for copy in copies:
            attempts = copy.attempts + 1
            if now - copy.left_at < GIVEN_UP_AFTER:
                tx.put(COPIES, replace(copy, attempts=attempts, next_attempt_at=next_attempt(attempts, now)))
            else:
                tx.delete(COPIES, copy.id)
