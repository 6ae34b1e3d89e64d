"""The mentor's answer to her digest: a line behind a name goes into that person's next agenda."""

from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Incoming, IncomingState, LetterKind, Outgoing, OutgoingState
from okrmate.domain.people import Side
from okrmate.mail.inbound import InboundMail
from okrmate.reply.context import ReplyContext
from okrmate.reply.reading import LetterContext, read
from okrmate.services import trail
from okrmate.services.letters.digests import names_of, working
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.meetings import next_meeting
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.own_lines import write_in
from okrmate.services.ports import Transaction
from okrmate.services.tables import OUTGOING

LEFT = frozenset({OutgoingState.SENDING, OutgoingState.SENT, OutgoingState.BOUNCED})


def apply_lines(tx: Transaction, room: MailRoom, record: Incoming, letter: Outgoing, mail: InboundMail) -> Incoming:
    """Keep her lines, each for the talk it was asked for; one that has nowhere to go waits for her to read it.

    She gets no acknowledgement: the lines stand in the letters, which she sees before they leave.
    """
    context = ReplyContext(key_results=(), locale=room.mentor.locale)
    understood = read(mail.lines, LetterContext.of(letter), context)
    if understood.unread:
        return record.becoming(IncomingState.HELD, reason=understood.unread)
    everyone = working(tx)
    names = names_of(everyone)
    by_name = {names[pair.mentorship.id]: pair for pair in everyone}
    source = Source(kind=SourceKind.MAIL, ref=record.id)
    written: list[str] = []
    left = [*understood.left, *understood.offered, *understood.held]
    left += understood.words.everything.splitlines() if understood.command else []
    for name, text in understood.lines.items():
        if name in by_name and _keep(tx, room, by_name[name], text, source):
            written.append(name)
        else:
            left.append(f"{name}: {text}")
    summary = f"a line for {', '.join(written)}" if written else ""
    return record.becoming(IncomingState.APPLIED, summary=summary, left=tuple(left))


def _keep(tx: Transaction, room: MailRoom, pair: Pair, text: str, source: Source) -> bool:
    """Write the line down where it has a place: an agenda that has not left, and no more signs than a line has."""
    ahead = next_meeting(tx, pair.mentorship.id, room.desk.clock.now())
    if ahead is None or any(
        each.kind is LetterKind.AGENDA and each.to is Side.PROTEGE and each.state in LEFT
        for each in tx.find(OUTGOING, "meeting", ahead.id)
    ):
        return False
    told = tx.edits()
    try:
        write_in(tx, ahead, text)
    except UsageError:
        return False
    trail.record(
        tx,
        room.desk,
        what=f"own line for talk {ahead.number} written",
        source=source,
        mentorship=pair.mentorship.id,
        by=room.mentor.name,
        edits=trail.since(tx, told),
    )
    return True
