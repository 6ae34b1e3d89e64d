"""A letter made ready to leave: its Message-ID and token are fixed, and whether it waits for the mentor is decided."""

from datetime import datetime

from okrmate.domain.letters import (
    ANSWERS,
    COPIED,
    Asked,
    Block,
    HoldReason,
    LetterKind,
    Outgoing,
    OutgoingState,
)
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace
from okrmate.mail.outbound import message_id
from okrmate.services.mail_rules import Review
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.pause import is_restored_and_held


class Written(Frozen):
    """What any letter says and when: `thread` are the Message-IDs it stands behind, the one it answers last."""

    key: str
    kind: LetterKind
    language: str
    subject: str
    blocks: tuple[Block, ...]
    due_at: datetime
    useful_until: datetime
    thread: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    answers: str = ""
    """The mail it acknowledges or replies to, by id."""


def addressed(room: MailRoom, pair: Pair, to: Side, written: Written, now: datetime) -> Outgoing:
    """The record of a letter to one side of a pair, before anything is sent."""
    token = room.desk.tokens.new_token()
    recipient = room.recipient(pair.protege, to)
    return Outgoing(
        id=room.desk.tokens.new_id(),
        key=written.key,
        kind=written.kind,
        mentorship=pair.mentorship.id,
        to=to,
        address=recipient.address,
        name=recipient.name,
        language=written.language,
        subject=written.subject,
        blocks=written.blocks,
        message_id=message_id(token, room.store.home.id, room.rules.domain),
        token=token,
        state=OutgoingState.QUEUED,
        created_at=now,
        due_at=written.due_at,
        useful_until=written.useful_until,
        in_reply_to=written.thread[-1] if written.thread else "",
        references=written.thread,
        asked=written.asked,
        answers=written.answers,
    )


def held_if_needed(room: MailRoom, pair: Pair, letter: Outgoing, *, doubt: bool = False) -> Outgoing:
    """The letter as it is put into the outbox: held where the mentor must see it first."""
    reason = _hold_reason(room, pair, letter, doubt=doubt)
    return replace(letter, state=OutgoingState.HELD, hold=reason) if reason else letter


def _hold_reason(room: MailRoom, pair: Pair, letter: Outgoing, *, doubt: bool) -> HoldReason | None:
    """Why a new letter must wait for the mentor; None where it need not.

    Letters to herself wait only where they speak of one to the protégé that does (her copies). To somebody new the
    first letter is the plainer reason: the mentor is asked all the same.
    """
    if letter.to is Side.MENTOR and letter.kind not in COPIED:
        return None
    unasked = letter.kind not in ANSWERS
    if unasked and room.rules.review is Review.FIRST and room.must_see_first(pair.mentorship):
        return HoldReason.FIRST_LETTER
    if (unasked and doubt) or is_restored_and_held(room.store):
        return HoldReason.DOUBT
    return HoldReason.REVIEW if room.rules.review is Review.ALL else None
