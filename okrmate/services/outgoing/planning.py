"""Reconciliation: the letters that should exist by now, minus those that do; nothing is ever queued twice."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from okrmate.domain.errors import StoreError
from okrmate.domain.letters import TO_A_MAIL, LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import Side
from okrmate.domain.rhythm import waking
from okrmate.frozen import Frozen, replace
from okrmate.mail.words import BrokenTemplateError
from okrmate.services.letters.contents import Draft, compose, nothing
from okrmate.services.letters.due import Due
from okrmate.services.letters.dues import dues
from okrmate.services.letters.writing import Written, addressed, held_if_needed
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.absences import rest
from okrmate.services.mentoring.meetings import close_ended
from okrmate.services.mentoring.mentorships import pair as pair_of
from okrmate.services.mentoring.mentorships import pairs
from okrmate.services.mentoring.series import extend, next_sight
from okrmate.services.mentoring.silence import wake
from okrmate.services.outgoing.digests import missing_digest, next_digest
from okrmate.services.outgoing.endings import close_over, next_close
from okrmate.services.outgoing.readiness import LET_GO
from okrmate.services.pause import pause_reason, restored_at
from okrmate.services.tables import MEETINGS, OUTGOING

MANY_TO_ONE = 2
"""More unasked letters than this to one protégé in one pass are held (product: promise 6)."""


class Planned(Frozen):
    """What one pass put into the outbox, and what was no longer useful."""

    letters: tuple[Outgoing, ...] = ()
    expired: tuple[Outgoing, ...] = ()


def missing(room: MailRoom, now: datetime) -> tuple[Due, ...]:
    """The letters that should exist by `now` and do not."""
    reader = room.store.reader()
    return tuple(
        due
        for pair in pairs(reader)
        for due in dues(room, reader, pair, now)
        if due.written_at <= now and not due.exists
    )


def next_moment(room: MailRoom, now: datetime) -> datetime | None:
    """When something happens next by itself: a letter falls due or may leave, a doubt is settled, a talk ends."""
    reader = room.store.reader()
    everyone = pairs(reader)
    ahead = [due.due_at for pair in everyone for due in dues(room, reader, pair, now)]
    ahead += [moment for moment in [next_digest(room, reader, now)] if moment]
    ahead += [pair.mentorship.paused_until for pair in everyone if pair.mentorship.paused_until]
    ahead += [at for pair in everyone if (at := next_close(room, reader, pair)) is not None]
    ahead += [at for pair in everyone if (at := next_sight(reader, pair)) is not None]
    ahead += [meeting.ends_at for meeting in reader.find(MEETINGS, "state", MeetingState.SCHEDULED)]
    for state in (*LET_GO, OutgoingState.SENDING):
        for letter in reader.find(OUTGOING, "state", state):
            may_leave = max(letter.next_attempt_at or letter.due_at, now)
            ahead += [may_leave, waking(may_leave, _zone(room, letter), room.rules.quiet_hours)]
    return min((moment for moment in ahead if moment > now), default=None)


def _zone(room: MailRoom, letter: Outgoing) -> str:
    if letter.to is Side.MENTOR:
        return room.mentor.zone
    return pair_of(room.store, letter.mentorship).protege.zone


def plan(room: MailRoom) -> Planned:
    """One pass: put every missing letter into the outbox, and let ended talks become held.

    Where the pass would write more than a person would believe, all of it is held for the mentor. While the whole
    outbox is paused nothing is decided: what is due is found when it ends. A letter that cannot be written stops no
    other; its error is raised at the end.
    """
    if pause_reason(room.store):
        return Planned()
    now = room.desk.clock.now()
    wake(room.desk, pairs(room.store.reader()))
    rest(room.desk, pairs(room.store.reader()))
    extend(room.desk, pairs(room.store.reader()))
    close_over(room, now)
    _keep_true(room, now)
    found = _found(room, now)
    doubtful = _doubtful(room, found, now)
    planned: list[Outgoing] = []
    expired: list[Outgoing] = []
    errors: list[Exception] = []
    writing = [
        partial(_put_digest, room, now),
        *(partial(_put, room, due, now, doubt=due in doubtful) for due in found),
    ]
    for write in writing:
        try:
            letter = write()
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001 - the edge of one letter; it is raised when the others are written
            errors.append(error)
            continue
        if letter is not None:
            (expired if letter.state is OutgoingState.EXPIRED else planned).append(letter)
    if errors:
        raise errors[0]
    return Planned(letters=tuple(planned), expired=tuple(expired))


def _keep_true(room: MailRoom, now: datetime) -> None:
    """Write letters to a protégé anew that wait and would say something else by now: a talk moved, goals begun.

    One that cannot be written anew stays as it was.
    """
    waiting = [
        letter
        for state in (OutgoingState.HELD, OutgoingState.QUEUED)
        for letter in room.store.find(OUTGOING, "state", state)
        if letter.to is Side.PROTEGE and letter.kind not in TO_A_MAIL and not letter.attempts
    ]
    concerned = {letter.mentorship for letter in waiting}
    reader = room.store.reader()
    found = [pair for pair in pairs(reader) if pair.mentorship.id in concerned] if waiting else []
    standing = {due.key: due for pair in found for due in dues(room, reader, pair, now)}
    for letter in waiting:
        if letter.key in standing:
            with suppress(BrokenTemplateError):
                _rewrite(room, letter, standing[letter.key], now)


def _rewrite(room: MailRoom, letter: Outgoing, due: Due, now: datetime) -> None:
    draft = compose(room, room.store, due, now)
    if (draft.subject, draft.blocks) == (letter.subject, letter.blocks):
        return
    anew = replace(
        letter,
        subject=draft.subject,
        blocks=draft.blocks,
        asked=draft.asked,
        calendar=draft.calendar,
        short_notice=due.short_notice,
    )
    with room.store.transaction() as tx:
        if tx.get(OUTGOING, letter.id) == letter:
            tx.put(OUTGOING, anew)


def _found(room: MailRoom, now: datetime) -> tuple[Due, ...]:
    """What is missing before ended talks are closed, so that a slept agenda shows as expired, and after."""
    found = missing(room, now)
    if not close_ended(room.desk):
        return found
    keys = {due.key for due in found}
    return (*found, *(due for due in missing(room, now) if due.key not in keys))


def _doubtful(room: MailRoom, found: tuple[Due, ...], now: datetime) -> frozenset[Due]:
    unasked = [due for due in found if due.kind is not LetterKind.EXCHANGE and now < due.useful_until]
    if len(unasked) > 10 + 3 * len(pairs(room.store)):
        return frozenset(unasked)
    counts = Counter(due.pair.protege.id for due in unasked if due.to is Side.PROTEGE)
    restored = restored_at(room.store) or datetime.min.replace(tzinfo=UTC)  # what was due by then may have left already
    return frozenset(due for due in unasked if counts[due.pair.protege.id] > MANY_TO_ONE or due.due_at <= restored)


def _put_digest(room: MailRoom, now: datetime) -> Outgoing | None:
    with room.store.transaction() as tx:
        digest = missing_digest(room, tx, now)
        if digest is not None:
            tx.put(OUTGOING, digest)
    return digest


def _put(room: MailRoom, due: Due, now: datetime, *, doubt: bool) -> Outgoing | None:
    with room.store.transaction() as tx:
        if tx.find(OUTGOING, "key", due.key):
            return None
        if now >= due.useful_until:
            letter = as_letter(room, due, nothing(due, room.mentor.language), now)
            letter = replace(letter, state=OutgoingState.EXPIRED, error="no longer useful when okrmate woke")
        else:
            letter = as_letter(room, due, compose(room, tx, due, now), now)
            letter = held_if_needed(room, due.pair, letter, doubt=doubt)
        tx.put(OUTGOING, letter)
    return letter


def as_letter(room: MailRoom, due: Due, draft: Draft, now: datetime) -> Outgoing:
    """The record of a letter that is due."""
    written = Written(
        key=due.key,
        kind=due.kind,
        language=draft.language,
        subject=draft.subject,
        blocks=draft.blocks,
        due_at=due.due_at,
        useful_until=due.useful_until,
        thread=(*due.after.references, due.after.message_id) if due.after else (),
    )
    return replace(
        addressed(room, due.pair, due.to, written, now),
        meeting=due.meeting.id if due.meeting else "",
        asked=draft.asked,
        calendar=draft.calendar,
        calendar_method=draft.calendar_method,
        short_notice=due.short_notice,
    )
