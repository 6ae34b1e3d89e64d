"""What would happen with a mail, and why; nothing is changed."""

import logging
from collections.abc import Mapping, Sequence
from typing import NoReturn

from okrmate.domain.errors import OkrmateError, UsageError
from okrmate.domain.letters import Block, Incoming, IncomingState
from okrmate.domain.people import Side
from okrmate.frozen import Frozen
from okrmate.mail.inbound import InboundMail, Unreadable, read_mail
from okrmate.mail.layout import text
from okrmate.mail.reasons import IgnoreReason
from okrmate.mail.screening import (
    Accept,
    Correspondent,
    Facts,
    Hold,
    Ignore,
    Refuse,
    TokenOwner,
    Verdict,
    screen,
    unreadable,
)
from okrmate.reply.kept import OwnWords
from okrmate.reply.own_words import own_words
from okrmate.services.incoming.inbox import come_before, incoming_id, opened, unapplied, words_digest
from okrmate.services.incoming.not_applied import NotApplied
from okrmate.services.incoming.replies import apply_in
from okrmate.services.incoming.scope import Scope
from okrmate.services.incoming.seen import as_seen
from okrmate.services.incoming.to_do import AFTER_A_BUG, to_do_about
from okrmate.services.incoming.unreadable import tell_unreadable
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.feedback import is_sealed
from okrmate.services.ports import Transaction
from okrmate.services.tables import OUTGOING

LOG = logging.getLogger("okrmate.explain")


class Explanation(Frozen):
    """The verdict on a mail, what would become of it, and the words it rests on.

    `answer` is what would be sent, `told` what the mentor would be told of an order in it, `to_do` what she can do
    about a mail that is held at the door.
    """

    verdict: str
    reason: str
    state: str = ""
    summary: str = ""
    words: str = ""
    left: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    answer: str = ""
    to_do: str = ""


class _LetGo(Exception):  # noqa: N818 - no error: it ends a transaction that must leave nothing behind
    """Carries the explanation out of its transaction."""

    def __init__(self, explanation: Explanation) -> None:
        super().__init__()
        self.explanation = explanation


def explain_mail(room: MailRoom, raw: bytes) -> Explanation:
    """What `poll` would make of this mail in this home, a bug of ours included; the store is as before."""
    try:
        return _explained(room, raw)
    except OkrmateError:
        raise
    except Exception as bug:
        LOG.exception("a mail could not be read")
        reason = f"{NotApplied.BUG} ({type(bug).__name__})"
        return Explanation(verdict="failed", reason=reason, state=str(IncomingState.FAILED), to_do=AFTER_A_BUG)


def _explained(room: MailRoom, raw: bytes) -> Explanation:
    mail = opened(room, raw)
    before, borrows = come_before(room.store, mail.message_id, raw)
    if before is not None:
        here = f"It is here already: `okrmate inbox show {before.id}` shows what became of it."
        return Explanation(verdict="ignore", reason=str(IgnoreReason.DUPLICATE), to_do=here)
    if borrows:
        return Explanation(verdict="hold", reason=str(NotApplied.SAME_MESSAGE_ID), state=str(IncomingState.HELD))
    verdict = screen(mail, Scope.of(room).facts)
    named, reason = verdict_words(verdict)
    record = Incoming(
        id=incoming_id(mail.message_id),
        message_id=mail.message_id,
        received_at=room.desk.clock.now(),
        sender=mail.sender,
        subject=mail.subject,
        raw="",
        state=IncomingState.RECEIVED,
        words=words_digest(mail),
    )
    try:
        with room.store.transaction() as tx:
            if isinstance(verdict, Accept) and isinstance(mail, InboundMail):
                _let_go(_told(tx, apply_in(tx, room, record, mail, verdict), mail, named, reason))
            _let_go(_turned_away(tx, room, record, mail, verdict))
    except _LetGo as gone:
        return gone.explanation
    except UsageError as refused:
        return Explanation(verdict=named, reason=f"{NotApplied.NOT_TAKEN} ({refused})", state=str(IncomingState.HELD))


def _let_go(explanation: Explanation) -> NoReturn:
    raise _LetGo(explanation)


def _turned_away(
    tx: Transaction, room: MailRoom, record: Incoming, mail: InboundMail | Unreadable, verdict: Verdict
) -> Explanation:
    """What becomes of a mail that is not read as an answer."""
    named, reason = verdict_words(verdict)
    if isinstance(verdict, Accept):
        return Explanation(verdict=named, reason=reason)
    settled = unapplied(tx, record, verdict, Scope.of(room))
    tell_unreadable(tx, room, settled, mail)
    written = tx.find(OUTGOING, "answers", settled.id)
    return Explanation(
        verdict=named,
        reason=reason,
        state=str(settled.state),
        answer=text(written[0].blocks) if written else "",
        to_do=to_do_about(verdict.reason) if isinstance(verdict, Hold) else "",
    )


def _told(tx: Transaction, settled: Incoming, mail: InboundMail, named: str, reason: str) -> Explanation:
    letter = tx.get(OUTGOING, settled.answers) if settled.answers else None
    sealed = is_sealed(tx, settled, settled.received_at)
    written = tx.find(OUTGOING, "answers", settled.id)
    words = own_words(mail.lines, letter.blocks if letter else ()).everything
    return Explanation(
        verdict=named,
        reason=settled.reason or reason,
        state=str(settled.state),
        summary=settled.summary,
        words="sealed until both have written" if sealed else words,
        left=() if sealed else settled.left,
        told=settled.told,
        answer=text(written[0].blocks) if written else "",
    )


def verdict_words(verdict: Verdict) -> tuple[str, str]:
    """The verdict's public name and its reason."""
    match verdict:
        case Accept():
            return "accept", ""
        case Ignore(reason=reason):
            return "ignore", str(reason)
        case Hold(reason=held, detail=detail):
            return "hold", f"{held} ({detail})" if detail else str(held)
        case Refuse(reason=refused):
            return "refuse", str(refused)


def explain_words(raw: bytes, sent: Sequence[Block] = ()) -> dict[str, object]:
    """The sender's own words in a mail, in the shape of `explain --jsonl`."""
    mail = read_mail(raw)
    if isinstance(mail, Unreadable):
        return {"words": "", "sure": False, "mode": "plain", "answers": [], "removed": [], "empty": str(mail.reason)}
    mail = as_seen(mail)
    problem = unreadable(mail)
    closed = verdict_words(Hold(reason=problem[0], detail=problem[1]))[1] if problem else ""
    return _words(own_words(mail.lines, sent), closed)


def _words(found: OwnWords, closed: str) -> dict[str, object]:
    shape: dict[str, object] = {
        "words": found.everything,
        "sure": found.sure,
        "mode": found.mode,
        "answers": [{"to": answer.to, "text": answer.text} for answer in found.answers],
        "removed": [{"why": str(removed.why), "lines": removed.lines} for removed in found.removed],
    }
    if not found.everything:
        shape["empty"] = closed or found.empty_reason
    return shape


def explain_screening(raw: bytes, screening: Mapping[str, object]) -> dict[str, object]:
    """The verdict on a mail with only the facts a line of `explain --jsonl` gives: known addresses, ids, tokens."""
    known = {
        address.lower(): Correspondent(person=address.lower(), side=Side.PROTEGE)
        for address in _texts(screening, "known")
    }
    tokens = frozenset(token.lower() for token in _texts(screening, "tokens"))
    mail = read_mail(raw)
    owner = known.get(mail.sender)

    def owner_of(token: str) -> TokenOwner | None:
        return (
            TokenOwner(correspondent=owner or Correspondent(person="", side=Side.PROTEGE)) if token in tokens else None
        )

    facts = Facts(known=known, owner_of=owner_of, authserv_ids=tuple(_texts(screening, "authserv")))
    seen = as_seen(mail) if isinstance(mail, InboundMail) else mail
    verdict, reason = verdict_words(screen(seen, facts))
    return {"verdict": verdict, "reason": reason}


def _texts(screening: Mapping[str, object], name: str) -> list[str]:
    found = screening.get(name)
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
