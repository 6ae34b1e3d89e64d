"""The mentor's word on a mail that waits: taking it as the answer it is, or putting it away."""

from dataclasses import replace

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Incoming, IncomingState
from okrmate.mail.inbound import InboundMail, Unreadable
from okrmate.mail.screening import Accept, Hold, TokenOwner, screen
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.incoming.inbox import opened
from okrmate.services.incoming.replies import apply_reply
from okrmate.services.incoming.scope import Scope
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.feedback import is_sealed
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import INCOMING, OUTGOING

SEALED = "Sealed until both have written about the talk."


def find_mail(reader: Reader, mail_id: str) -> Incoming:
    """The mail with this id, or `UsageError`."""
    found = reader.get(INCOMING, mail_id)
    if found is None:
        raise UsageError(f"There is no mail “{mail_id}”; see `okrmate inbox list --all`.")
    return found


def raw_text(room: MailRoom, mail: Incoming) -> str:
    """What the mail says, line by line with its quotes; feedback stays sealed as long as the other half is missing."""
    letter = room.store.get(OUTGOING, mail.answers) if mail.answers else None
    if is_sealed(room.store, letter, room.desk.clock.now()):
        return SEALED
    read = opened(room, room.raw.read(mail.raw))
    if not isinstance(read, InboundMail):
        return f"It cannot be shown: {read.reason}. The mail itself is kept as {mail.raw}."
    return "\n".join(f"{'> ' * line.depth}{line.text}" for line in read.lines)


def accept(room: MailRoom, mail_id: str) -> Incoming:
    """Vouch for a held answer, so that it is read and applied now; anything else that waits is settled as it stands."""
    mail = find_mail(room.store, mail_id)
    if mail.state is IncomingState.HELD and mail.unproven:
        read = opened(room, room.raw.read(mail.raw))
        owner = _owner(room, read)
        if isinstance(read, InboundMail) and owner is not None:
            verdict = Accept(sender=owner.correspondent, owner=owner, token="", calendar=None)
            return apply_reply(room, replace(mail, state=IncomingState.RECEIVED), read, verdict, vouched=True)
    with room.store.transaction() as tx:
        settled = find_mail(tx, mail_id).becoming(IncomingState.APPLIED, reason="", detail="", left=())
        tx.put(INCOMING, settled)
        _note(tx, room.desk, settled, "settled", "inbox accept")
    return settled


def _owner(room: MailRoom, read: InboundMail | Unreadable) -> TokenOwner | None:
    """Whose letter the mail answers by its token; None where it answers none."""
    match screen(read, Scope.of(room).facts):
        case Accept(owner=owner) | Hold(owner=TokenOwner() as owner) if owner.letter:
            return owner
        case _:
            return None


def reject(desk: Desk, mail_id: str) -> Incoming:
    """Put a mail away without effect; what it had changed already stays, and its raw bytes stay kept."""
    with desk.store.transaction() as tx:
        mail = find_mail(tx, mail_id)
        held = mail if mail.state is IncomingState.HELD else mail.becoming(IncomingState.HELD)
        dismissed = held.becoming(IncomingState.DISMISSED, left=())
        tx.put(INCOMING, dismissed)
        _note(tx, desk, dismissed, "put away", "inbox reject")
    return dismissed


def _note(tx: Transaction, desk: Desk, mail: Incoming, what: str, command: str) -> None:
    """The entry of the trail; it names who wrote, and nothing of what the mail says."""
    who = mail.sender or "nobody known"
    trail.record(tx, desk, what=f"mail from {who} {what}", source=trail.by_command(command), mentorship=mail.mentorship)
