"""Applying one answer: what a person wrote, read against our letter, becomes changes and an acknowledgement."""

from datetime import timedelta

from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.letters import Incoming, IncomingState, LetterKind
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import MentorshipState
from okrmate.frozen import replace
from okrmate.mail.calendar import CalendarReply
from okrmate.mail.inbound import Envelope, InboundMail
from okrmate.mail.reasons import WHOSE_IS_OPEN, IgnoreReason
from okrmate.mail.screening import Accept
from okrmate.reply.own_words import own_words
from okrmate.reply.understood import Understood
from okrmate.services import trail
from okrmate.services.incoming import questions
from okrmate.services.incoming.acknowledgements import AT_MOST_A_DAY, Answered, acknowledge, acknowledged_today
from okrmate.services.incoming.answers import (
    Answer,
    asked_standings,
    beside_letter,
    context_for,
    offers_for,
    read_answer,
)
from okrmate.services.incoming.applying import apply, write_down
from okrmate.services.incoming.commands import obey
from okrmate.services.incoming.digest_answers import apply_lines
from okrmate.services.incoming.effects import Effects
from okrmate.services.incoming.not_applied import NotApplied
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import Pair, pair
from okrmate.services.ports import Transaction
from okrmate.services.tables import INCOMING, MEETINGS, OUTGOING

BESIDE_A_CALENDAR = 5
"""Lines of the text beside a calendar's answer that are shown to the mentor."""
SENT_AGAIN = timedelta(hours=1)
"""The same words within so long are the same mail once more, whatever Message-ID it has."""
MANY = 20
"""More updates than this in one mail are looked at by the mentor first (design "What happens to a reply")."""


def apply_reply(
    room: MailRoom, record: Incoming, mail: InboundMail, verdict: Accept, *, vouched: Incoming | None = None
) -> Incoming:
    """Apply a proven answer and enqueue its acknowledgement: one commit, or nothing at all.

    `vouched` is the mail as it waited, where the mentor has looked at it and nothing holds it back any more.
    """
    with room.store.transaction() as tx:
        return apply_in(tx, room, record, mail, verdict, vouched=vouched)


def apply_in(
    tx: Transaction,
    room: MailRoom,
    record: Incoming,
    mail: InboundMail,
    verdict: Accept,
    *,
    vouched: Incoming | None = None,
) -> Incoming:
    """The same inside a transaction, which the caller may also let go of."""
    owner = verdict.owner
    known = replace(record, mentorship=owner.mentorship, answers=owner.letter, unproven=False, reason="", detail="")
    letter = tx.get(OUTGOING, owner.letter) if owner.letter else None
    if letter is not None and letter.kind is LetterKind.DIGEST:
        settled = apply_lines(tx, room, known, letter, mail)
        tx.put(INCOMING, settled)
        return settled
    found = pair(tx, owner.mentorship)
    if verdict.calendar is not None:
        settled = _calendar(tx, room, known, found, verdict.calendar, mail)
    else:
        settled = _answer(tx, room, known, found, mail, vouched=vouched)
    tx.put(INCOMING, settled)
    return settled


def _calendar(
    tx: Transaction, room: MailRoom, record: Incoming, found: Pair, reply: CalendarReply, mail: InboundMail
) -> Incoming:
    """What a calendar answered; an answer to an older plan changes nothing (RFC 5546 section 3.2.3).

    Its comment and the first paragraph beside it reach the mentor: there people write what they have to say, and
    below it calendars describe the event.
    """
    meeting = next(iter(tx.find(MEETINGS, "token", reply.token)), None)
    if meeting is None or reply.sequence < meeting.sequence or meeting.state is not MeetingState.SCHEDULED:
        return record.becoming(IncomingState.IGNORED, reason=str(NotApplied.OLDER_PLAN))
    tx.put(MEETINGS, replace(meeting, participation=reply.participation))
    said = f"talk {meeting.number}: {reply.participation.lower().replace('-', ' ')}"
    trail.record(
        tx,
        room.desk,
        what=f"{said}, by calendar",
        source=Source(kind=SourceKind.MAIL, ref=record.id),
        mentorship=meeting.mentorship,
        by=found.protege.name,
    )
    beside = own_words(mail.lines).text.strip().partition("\n\n")[0].splitlines()[:BESIDE_A_CALENDAR]
    left = tuple(dict.fromkeys(line.strip() for line in (reply.comment, *beside) if line.strip()))
    return record.becoming(IncomingState.APPLIED, summary=said, left=left)


def _answer(
    tx: Transaction, room: MailRoom, record: Incoming, found: Pair, mail: InboundMail, *, vouched: Incoming | None
) -> Incoming:
    letter = tx.get(OUTGOING, record.answers) if record.answers else None
    if letter is None:
        return record.becoming(IncomingState.HELD, reason=str(NotApplied.INVITATION_IN_WORDS))
    strange = vouched is not None and (vouched.reason in WHOSE_IS_OPEN or not vouched.mentorship)
    answer = replace(beside_letter(tx, room, record, mail, letter, found), vouched_for=strange)
    standings = asked_standings(tx, answer)
    context = context_for(answer, standings)
    understood = read_answer(tx, answer, standings)
    if not vouched and understood.command is None and _is_repetition(tx, answer):
        return record.becoming(IncomingState.IGNORED, reason=str(IgnoreReason.DUPLICATE))
    doubt = None if vouched else _doubt(tx, answer, mail, understood)
    if doubt is not None:
        reason, detail = doubt
        return record.becoming(IncomingState.HELD, reason=str(reason), detail=detail, unproven=True)
    effects = Effects(understood=understood, meeting=answer.meeting)
    if understood.command is not None:
        obey(tx, answer, understood.command, effects)
    offers = offers_for(answer, standings, context)
    ordered = tx.edits()
    apply(tx, answer, effects, standings, offers)
    answered = Answered(record=record, mail=mail, letter=letter, found=found, vouched_for=strange)
    told = acknowledge(tx, room, answered, effects, offers)
    settles = questions.settled_by(letter, effects)
    questions.close(tx, letter, questions.settled_before(tx, letter) | set(settles))
    unasked = bool(effects.problems) and not told
    settled = record.becoming(
        IncomingState.HELD if unasked else effects.state(),
        reason=str(NotApplied.NOT_ASKED) if unasked else effects.reason(),
        detail=effects.detail(),
        left=tuple(effects.left),
        told=tuple(effects.told),
        summary=effects.summary(),
        settles=settles,
    )
    write_down(tx, answer, effects, ordered, trail.stood(vouched, settled) if vouched else None)
    return settled


def _is_repetition(tx: Transaction, answer: Answer) -> bool:
    """Whether the last mail of the same writer said the same to the same letter: a phone or a gateway sent it again.

    Such a copy has a Message-ID of its own, and parts marked off in another way. An order is obeyed each time, and
    after any other mail the same words are said anew: somebody has gone back to them.
    """
    record = answer.record
    theirs = [
        each
        for each in tx.find(INCOMING, "mentorship", record.mentorship)
        if each.sender == record.sender and each.id != record.id
    ]
    last = max(theirs, key=lambda each: each.received_at, default=None)
    return (
        last is not None
        and last.answers == record.answers
        and last.words == record.words
        and record.received_at - last.received_at <= SENT_AGAIN
    )


def _doubt(tx: Transaction, answer: Answer, mail: InboundMail, understood: Understood) -> tuple[NotApplied, str] | None:
    """Why nothing of a proven answer is applied before the mentor has looked, with a detail; None where it is.

    An order is obeyed however many came before it.
    """
    state = answer.found.mentorship.state
    if state in (MentorshipState.ENDED, MentorshipState.DECLINED):
        return NotApplied.MENTORSHIP_OVER, str(state)
    if is_conversation(tx, mail):
        return NotApplied.CONVERSATION, ""
    if understood.unread:
        return NotApplied.TOO_LONG, ""
    if understood.command is None and acknowledged_today(tx, answer.room, answer.letter) >= AT_MOST_A_DAY:
        return NotApplied.MANY_MAILS, ""
    updates = len(understood.updates)
    return (NotApplied.MANY_UPDATES, str(updates)) if updates > MANY else None


def is_conversation(tx: Transaction, mail: Envelope) -> bool:
    """Whether it answers somebody's own mail in a thread that one of our letters began (design, rule 0)."""
    answered = mail.in_reply_to
    return bool(answered) and not any(tx.find(OUTGOING, "message_id", identifier) for identifier in answered)
