"""The inbox: what concerns us is kept raw, judged, read and applied, each mail exactly once and on its own."""

import dataclasses
import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import assert_never

from okrmate.domain.errors import OkrmateError, UsageError
from okrmate.domain.letters import Incoming, IncomingState, OutgoingState
from okrmate.frozen import Frozen, replace
from okrmate.mail.headers import message_ids, plain
from okrmate.mail.inbound import InboundMail, Unreadable, read_mail
from okrmate.mail.reasons import HoldReason, IgnoreReason
from okrmate.mail.screening import (
    Accept,
    Bounce,
    Hold,
    Ignore,
    Refuse,
    TokenOwner,
    Verdict,
    concerns_us,
    may_report,
    reports_on,
    screen,
)
from okrmate.services.incoming.doubts import hold_in_doubt
from okrmate.services.incoming.not_applied import NotApplied
from okrmate.services.incoming.questions import hand_over
from okrmate.services.incoming.replies import apply_reply
from okrmate.services.incoming.scope import Scope
from okrmate.services.incoming.seen import as_seen
from okrmate.services.incoming.unreadable import tell_unreadable
from okrmate.services.mailroom import MailRoom, always
from okrmate.services.ports import Reader, Sighting, Transaction
from okrmate.services.tables import FOLDERS, INCOMING, OUTGOING, FolderCursor

LOG = logging.getLogger("okrmate.inbox")
KEPT = 100_000_000
"""Bytes of a mail that are kept at most; what is larger is kept up to here and stays in its folder."""
REPORT = 100_000
"""Bytes of a report that are looked into to learn whether it is about a letter of ours."""
BATCH = 50
BATCH_SIZE = 20_000_000
"""Mails, and bytes of them, that are fetched and kept in one round before the first of them is read."""
UNFINISHED = 2
"""A mail whose reading was begun this often and never ended is not read again but held."""
ID_LENGTH = 12
_HALVES = re.compile("[\ud800-\udfff]")


class _Arrived(Frozen):
    """A mail that is not here yet: where it was seen, what it is known by, its bytes."""

    sighting: Sighting
    identity: str
    raw: bytes
    body: str
    borrowed: bool


class Polled(Frozen):
    """The mails one look brought in, as they stand afterwards."""

    mails: tuple[Incoming, ...] = ()


def poll(room: MailRoom, go_on: Callable[[], bool] = always) -> Polled:
    """Look into every folder once; each mail that concerns us is a transaction of its own.

    Where what is seen gives a reason to doubt our picture of the world, the outbox is held before anything is read.
    `go_on` is asked after each mail, and wherever more is there than is seen at once; what was not read by then is
    found by the next look.
    """
    hand_over(room.desk)
    mails: list[Incoming] = []
    for folder in room.mailbox.folders():
        more = True
        while more:
            known = room.store.get(FOLDERS, folder)
            look = room.mailbox.look(folder, known.cursor if known else None, room.store.home.created_at)
            for mail in _read_all(room, look.sightings):
                mails.append(mail)
                if not go_on():
                    return Polled(mails=tuple(mails))
            if known is None or known.cursor != look.cursor:
                with room.store.transaction() as tx:
                    tx.put(FOLDERS, FolderCursor(id=folder, cursor=look.cursor))
            more = look.more
            if more and not go_on():
                return Polled(mails=tuple(mails))
    return Polled(mails=tuple(mails))


def _read_all(room: MailRoom, sightings: Sequence[Sighting]) -> Iterator[Incoming]:
    """Each of these that concerns us, once it is read."""
    scope = Scope.of(room)
    hold_in_doubt(room, sightings, scope.facts.known)
    ours = (
        sighting
        for sighting in sightings
        if not sighting.sent
        and (
            concerns_us(sighting.headers, scope.proteges, scope.is_ours, scope.is_token)
            or _reports_on_us(room, scope, sighting)
        )
    )
    for batch in _batches(ours):
        yield from _take_in(room, scope, batch)


def _reports_on_us(room: MailRoom, scope: Scope, sighting: Sighting) -> bool:
    """A look inside a delivery report or a calendar's answer, which name our letter only there; nothing is kept."""
    if not may_report(sighting.headers):
        return False
    raw = room.mailbox.fetch(sighting, REPORT)
    return raw is not None and reports_on(raw, scope.is_ours, scope.is_token)


def _batches(sightings: Iterable[Sighting]) -> Iterator[list[Sighting]]:
    """The mails in their order, so many at a time as are kept raw in one round."""
    batch: list[Sighting] = []
    size = 0
    for sighting in sightings:
        size += sighting.size
        if batch and (len(batch) == BATCH or size > BATCH_SIZE):
            yield batch
            batch, size = [], sighting.size
        batch.append(sighting)
    if batch:
        yield batch


def _take_in(room: MailRoom, scope: Scope, batch: list[Sighting]) -> Iterator[Incoming]:
    """Keep a batch raw, then read and apply its mails, each a transaction of its own."""
    now = room.desk.clock.now()
    arrived: dict[str, _Arrived] = {}
    again: list[Sighting] = []
    for found in (fetched for sighting in batch if (fetched := _fetched(room, sighting)) is not None):
        if arrived.setdefault(incoming_id(found.identity), found) is not found:
            again.append(found.sighting)
    where = room.raw.keep_all({record_id: found.raw for record_id, found in arrived.items()}, now) if arrived else {}
    for record_id, found in arrived.items():
        record = Incoming(
            id=record_id,
            message_id=found.identity,
            received_at=now,
            sender=_first(found.sighting, "from"),
            subject=_first(found.sighting, "subject"),
            raw=where[record_id],
            state=IncomingState.RECEIVED,
            places=(_place(found.sighting),),
            body=found.body,
        )
        yield _read(room, scope, record, found)
    for sighting in again:  # one Message-ID twice in a batch: the second is looked at when the first is known
        yield from _take_in(room, scope, [sighting])


def _fetched(room: MailRoom, sighting: Sighting) -> _Arrived | None:
    """The mail, unless it has vanished or is here already; one that borrows a Message-ID is known by its body too."""
    named = message_ids(sighting.headers.get("message-id", ()))
    identity = storable(named[0]) if named else ""
    known = room.store.find(INCOMING, "message_id", identity) if named else ()
    if _seen_here(room, sighting, known):
        return None
    raw = room.mailbox.fetch(sighting, KEPT)
    if raw is None:
        return None
    body = body_digest(raw)
    if not named:
        identity = f"sha256:{hashlib.sha256(raw).hexdigest()}"
        known = room.store.find(INCOMING, "message_id", identity)
    borrowed = _borrowed(identity, body)
    again = room.store.find(INCOMING, "message_id", borrowed)
    if _come_again(room, sighting, known, body) or _come_again(room, sighting, again, body):
        return None
    taken = any(not (_freed(mail, body) and not sighting.junk) for mail in known)
    return _Arrived(sighting=sighting, identity=borrowed if taken else identity, raw=raw, body=body, borrowed=taken)


def _seen_here(room: MailRoom, sighting: Sighting, known: Sequence[Incoming]) -> bool:
    """Whether this very message was dealt with before, so that it need not be fetched."""
    if not known or _place(sighting) not in known[0].places:
        return False
    _done_with(room, sighting, known[0])
    return True


def _come_again(room: MailRoom, sighting: Sighting, known: Sequence[Incoming], body: str) -> bool:
    """Whether the same mail is here already; met at another place it is noted as having come twice."""
    if not known or known[0].body != body or (_freed(known[0], body) and not sighting.junk):
        return False
    if _place(sighting) not in known[0].places:
        with room.store.transaction() as tx:
            mail = tx.get(INCOMING, known[0].id) or known[0]  # her word on it may have come since
            tx.put(INCOMING, replace(mail, places=(*mail.places, _place(sighting))))
    _done_with(room, sighting, known[0])
    return True


def _freed(mail: Incoming, body: str) -> bool:
    """Whether a mail waits for lying among junk: met elsewhere, somebody has said that it is none."""
    return mail.state is IncomingState.HELD and mail.reason == NotApplied.IN_JUNK and mail.body == body


def _borrowed(identity: str, body: str) -> str:
    """What a mail is known by that has the Message-ID of another."""
    return f"{identity} {body}"


def come_before(reader: Reader, identity: str, raw: bytes) -> tuple[Incoming | None, bool]:
    """The same mail where it is here already, and whether it is another one that only borrows a Message-ID.

    As `poll` would find them, were the mail in the inbox.
    """
    body = body_digest(raw)
    known = [mail for mail in reader.find(INCOMING, "message_id", identity) if not _freed(mail, body)]
    here = (*known, *reader.find(INCOMING, "message_id", _borrowed(identity, body)))
    return next((mail for mail in here if mail.body == body), None), bool(known)


def _done_with(room: MailRoom, sighting: Sighting, mail: Incoming) -> None:
    """What follows the commit of a mail: its attempt has ended, and its folder may know."""
    room.raw.end(mail.id)
    room.mailbox.settle(sighting)


def body_digest(raw: bytes) -> str:
    """What stands below the headers, which differ by the way a copy took."""
    ends = [place for blank in (b"\n\n", b"\r\n\r\n") if (place := raw.find(blank)) >= 0]
    return hashlib.sha256(memoryview(raw)[min(ends, default=0) :]).hexdigest()[:ID_LENGTH]


def words_digest(mail: InboundMail | Unreadable) -> str:
    """The same for the same lines, however they were encoded on their way; empty where none can be read."""
    if not isinstance(mail, InboundMail):
        return ""
    lines = "\n".join(line.text for line in mail.lines)
    return hashlib.sha256(lines.encode()).hexdigest()[:ID_LENGTH]


def _read(room: MailRoom, scope: Scope, record: Incoming, found: _Arrived) -> Incoming:
    unfinished = room.raw.begin(record.id)
    try:
        settled = _held_unread(room, record) if unfinished >= UNFINISHED else _settle(room, scope, record, found)
    except OkrmateError:
        room.raw.end(record.id)  # a full disk is no fault of the mail's: it is read when there is room again
        raise
    LOG.info("a mail was read", extra={"incoming": settled.id, "state": str(settled.state)})
    _done_with(room, found.sighting, settled)
    return settled


def incoming_id(identity: str) -> str:
    """The record's id, the same for the same mail however often it is met: a digest of its Message-ID."""
    return hashlib.sha256(identity.encode("utf-8", "surrogateescape")).hexdigest()[:ID_LENGTH]


def _place(sighting: Sighting) -> str:
    return f"{sighting.folder}/{sighting.uid}"


def _first(sighting: Sighting, header: str) -> str:
    return storable(plain(next(iter(sighting.headers.get(header, ())), "")))


def storable(text: str) -> str:
    """The text as UTF-8 can hold it: halves of characters that some charsets leave behind become a mark."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _broken(text) else text


def _broken(text: str) -> bool:
    return not text.isascii() and _HALVES.search(text) is not None


def opened(room: MailRoom, raw: bytes) -> InboundMail | Unreadable:
    """The mail in `raw`, with the words of it that may be stored as they can be stored."""
    mail = read_mail(raw, size_limit=room.rules.max_size)
    if not isinstance(mail, InboundMail):
        return dataclasses.replace(mail, subject=storable(mail.subject))
    mail = as_seen(mail)
    if not _broken("".join((mail.subject, *mail.calendars, *mail.unseen, *[line.text for line in mail.lines]))):
        return mail
    return dataclasses.replace(
        mail,
        subject=storable(mail.subject),
        lines=tuple(line._replace(text=storable(line.text)) for line in mail.lines),
        calendars=tuple(map(storable, mail.calendars)),
        unseen=tuple(map(storable, mail.unseen)),
    )


def _held_unread(room: MailRoom, record: Incoming) -> Incoming:
    held = record.becoming(IncomingState.HELD, reason=str(NotApplied.NEVER_FINISHED), unproven=True)
    with room.store.transaction() as tx:
        tx.put(INCOMING, held)
    return held


def _settle(room: MailRoom, scope: Scope, record: Incoming, found: _Arrived) -> Incoming:
    """Judge and read one mail; a bug in that is kept with the raw bytes and stops nobody else's mail."""
    try:
        mail = opened(room, found.raw)
        record = replace(record, words=words_digest(mail))
        doubt = NotApplied.SAME_MESSAGE_ID if found.borrowed else NotApplied.IN_JUNK if found.sighting.junk else None
        return _judged(room, scope, record, mail) if doubt is None else _doubted(room, scope, record, mail, doubt)
    except UsageError as refused:
        settled = record.becoming(IncomingState.HELD, reason=str(NotApplied.NOT_TAKEN), detail=str(refused))
    except OkrmateError:
        raise
    except Exception as bug:
        LOG.exception("a mail could not be read", extra={"incoming": record.id})
        settled = record.becoming(IncomingState.FAILED, reason=str(NotApplied.BUG), detail=type(bug).__name__)
    with room.store.transaction() as tx:
        tx.put(INCOMING, settled)
    return settled


def _doubted(
    room: MailRoom, scope: Scope, record: Incoming, mail: InboundMail | Unreadable, doubt: NotApplied
) -> Incoming:
    """A mail that waits whatever it says, with the letter it answers, so that it is seen what it would do."""
    sender = mail.sender or record.sender
    held = replace(record, sender=sender, subject=mail.subject).becoming(
        IncomingState.HELD,
        reason=str(doubt),
        answers=_answered(screen(mail, scope.facts)),
        mentorship=scope.mentorship_of(sender),
        unproven=True,
    )
    with room.store.transaction() as tx:
        tx.put(INCOMING, held)
    return held


def _answered(verdict: Verdict) -> str:
    """The letter a mail may be read as an answer to, by id; empty for none, or one to somebody else we know."""
    match verdict:
        case Hold(reason=HoldReason.ANOTHER_PERSON):
            return ""
        case Accept(owner=TokenOwner() as owner) | Hold(owner=TokenOwner() as owner):
            return owner.letter
        case _:
            return ""


def _judged(room: MailRoom, scope: Scope, record: Incoming, mail: InboundMail | Unreadable) -> Incoming:
    known = replace(record, sender=mail.sender or record.sender, subject=mail.subject)
    verdict = screen(mail, scope.facts)
    if isinstance(verdict, Accept):
        if isinstance(mail, Unreadable):  # never so by any rule; were one to come, it waits
            verdict = Hold(reason=HoldReason.UNREADABLE, detail=str(mail.reason), owner=verdict.owner)
        else:
            return apply_reply(room, known, mail, verdict)
    with room.store.transaction() as tx:
        settled = unapplied(tx, known, verdict, scope)
        tell_unreadable(tx, room, settled, mail)
        tx.put(INCOMING, settled)
    return settled


def unapplied(tx: Transaction, record: Incoming, verdict: Ignore | Hold | Refuse, scope: Scope) -> Incoming:
    """The record of a mail that is not read as an answer: ignored, held or refused, with its reason.

    Whoever's letter it answers, it is filed under whom it is from, and what a stranger wrote under nobody.
    """
    mentorship = scope.mentorship_of(record.sender)
    match verdict:
        case Ignore(reason=reason, bounce=bounce):
            if bounce is not None and reason is IgnoreReason.BOUNCE:
                _bounced(tx, bounce)
            return record.becoming(IncomingState.IGNORED, reason=str(reason), mentorship=mentorship)
        case Hold(reason=reason, detail=detail):
            answers = _answered(verdict)
            return record.becoming(
                IncomingState.HELD,
                reason=str(reason),
                detail=detail,
                answers=answers,
                mentorship=mentorship,
                unproven=bool(answers),
            )
        case Refuse(reason=reason):
            return record.becoming(IncomingState.REFUSED, reason=str(reason))
        case _:
            assert_never(verdict)


def _bounced(tx: Transaction, bounce: Bounce) -> None:
    for letter in tx.find(OUTGOING, "message_id", bounce.message_id) if bounce.message_id else ():
        if letter.state is OutgoingState.SENT:
            tx.put(OUTGOING, letter.becoming(OutgoingState.BOUNCED, error="the address does not take mail"))
