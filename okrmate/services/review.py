"""The mentor's word on a mail that waits: taking it as the answer it is, or putting it away."""

from dataclasses import replace

from okrmate.domain.errors import UsageError
from okrmate.domain.feedback import unsealed
from okrmate.domain.letters import Incoming, IncomingState, LetterKind
from okrmate.domain.people import Side
from okrmate.mail.inbound import InboundMail, read_mail
from okrmate.mail.screening import Accept, Correspondent, TokenOwner
from okrmate.services.desk import Desk
from okrmate.services.mailroom import MailRoom
from okrmate.services.ports import Reader
from okrmate.services.replies import apply_reply
from okrmate.services.tables import FEEDBACK, INCOMING, MEETINGS, MENTORSHIPS, OUTGOING

SEALED = "Sealed until both have written about the talk."


def find_mail(reader: Reader, mail_id: str) -> Incoming:
    """The mail with this id, or `UsageError`."""
    found = reader.get(INCOMING, mail_id)
    if found is None:
        raise UsageError(f"There is no mail “{mail_id}”; see `okrmate inbox list --all`.")
    return found


def raw_text(room: MailRoom, mail: Incoming) -> str:
    """What the mail says, line by line with its quotes; feedback stays sealed as long as the other half is missing."""
    if _is_sealed(room, mail):
        return SEALED
    read = read_mail(room.raw.read(mail.raw), size_limit=room.rules.max_size)
    if not isinstance(read, InboundMail):
        return f"It cannot be shown: {read.reason}. The mail itself is kept as {mail.raw}."
    return "\n".join(f"{'> ' * line.depth}{line.text}" for line in read.lines)


def _is_sealed(room: MailRoom, mail: Incoming) -> bool:
    letter = room.store.get(OUTGOING, mail.answers) if mail.answers else None
    if letter is None or letter.kind is not LetterKind.FEEDBACK or letter.to is Side.MENTOR:
        return False
    meeting = room.store.get(MEETINGS, letter.meeting)
    given = room.store.find(FEEDBACK, "meeting", letter.meeting)
    return meeting is not None and not unsealed(given, meeting.ends_at, room.desk.clock.now())


def accept(room: MailRoom, mail_id: str) -> Incoming:
    """Vouch for a held answer, so that it is read and applied now; anything else that waits is settled as it stands."""
    mail = find_mail(room.store, mail_id)
    letter = room.store.get(OUTGOING, mail.answers) if mail.answers else None
    if mail.state is IncomingState.HELD and letter is not None and mail.unproven:
        read = read_mail(room.raw.read(mail.raw), size_limit=room.rules.max_size)
        if isinstance(read, InboundMail):
            return apply_reply(room, replace(mail, state=IncomingState.RECEIVED), read, _vouched(room, mail))
    settled = mail.becoming(IncomingState.APPLIED, reason="", left=())
    with room.store.transaction() as tx:
        tx.put(INCOMING, settled)
    return settled


def _vouched(room: MailRoom, mail: Incoming) -> Accept:
    """The verdict as it would be had the sender been proven."""
    letter = room.store.get(OUTGOING, mail.answers)
    mentorship = room.store.get(MENTORSHIPS, mail.mentorship)
    if letter is None or mentorship is None:
        raise UsageError("The letter it answers is not here any more.")
    side = letter.to
    who = Correspondent(person="" if side is Side.MENTOR else mentorship.protege, side=side)
    owner = TokenOwner(correspondent=who, mentorship=mail.mentorship, letter=letter.id, meeting=letter.meeting)
    return Accept(sender=who, owner=owner, token=letter.token)


def reject(desk: Desk, mail_id: str) -> Incoming:
    """Put a mail away without effect; what it had changed already stays, and its raw bytes stay kept."""
    with desk.store.transaction() as tx:
        mail = find_mail(tx, mail_id)
        held = mail if mail.state is IncomingState.HELD else mail.becoming(IncomingState.HELD)
        dismissed = held.becoming(IncomingState.DISMISSED, left=())
        tx.put(INCOMING, dismissed)
    return dismissed
