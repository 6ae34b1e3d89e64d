"""Applying one answer: what a person wrote, read against our letter, becomes changes and an acknowledgement."""

from dataclasses import dataclass, replace

from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.errors import Refusal
from okrmate.domain.letters import Incoming, IncomingState, LetterKind, Outgoing
from okrmate.domain.meetings import AgendaItem, Meeting, MeetingState
from okrmate.domain.people import MentorshipState, Side
from okrmate.mail.calendar import CalendarReply
from okrmate.mail.inbound import InboundMail
from okrmate.mail.screening import Accept
from okrmate.reply.reading import LetterContext, Understood, read
from okrmate.services import feedback, meetings, trail
from okrmate.services.acknowledgements import Answered, acknowledge
from okrmate.services.commands import obey, record_command
from okrmate.services.effects import Effects, out_of_range
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentorships import Pair, pair
from okrmate.services.okrs import Standing, active_standings
from okrmate.services.ports import Transaction
from okrmate.services.readings import apply_update, context_of
from okrmate.services.tables import AGENDA_ITEMS, INCOMING, MEETINGS, OUTGOING

MANY = 20
"""More updates than this in one mail are looked at by the mentor first (design "What happens to a reply")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One answer while it is applied: the record, the mail, the letter it answers and whose it is."""

    room: MailRoom
    record: Incoming
    mail: InboundMail
    letter: Outgoing
    found: Pair
    meeting: Meeting | None

    @property
    def source(self) -> Source:
        """What everything it changes comes from."""
        return Source(kind=SourceKind.MAIL, ref=self.record.id)

    @property
    def by(self) -> str:
        """Who wrote it."""
        return self.room.mentor.name if self.letter.to is Side.MENTOR else self.found.protege.name


def apply_reply(room: MailRoom, record: Incoming, mail: InboundMail, verdict: Accept) -> Incoming:
    """Apply a proven answer and enqueue its acknowledgement: one commit, or nothing at all."""
    with room.store.transaction() as tx:
        return apply_in(tx, room, record, mail, verdict)


def apply_in(tx: Transaction, room: MailRoom, record: Incoming, mail: InboundMail, verdict: Accept) -> Incoming:
    """The same inside a transaction, which the caller may also let go of."""
    owner = verdict.owner
    known = replace(record, mentorship=owner.mentorship, answers=owner.letter, unproven=False)
    found = pair(tx, owner.mentorship)
    if verdict.calendar is not None:
        settled = _calendar(tx, room, known, found, verdict.calendar)
    else:
        settled = _answer(tx, room, known, found, mail)
    tx.put(INCOMING, settled)
    return settled


def _calendar(tx: Transaction, room: MailRoom, record: Incoming, found: Pair, reply: CalendarReply) -> Incoming:
    """What a calendar answered; an answer to an older plan changes nothing (RFC 5546 section 3.2.3)."""
    meeting = next(iter(tx.find(MEETINGS, "token", reply.token)), None)
    if meeting is None or reply.sequence < meeting.sequence or meeting.state is not MeetingState.SCHEDULED:
        return record.becoming(IncomingState.IGNORED, reason="an answer to an older plan")
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
    return record.becoming(IncomingState.APPLIED, summary=said)


def _answer(tx: Transaction, room: MailRoom, record: Incoming, found: Pair, mail: InboundMail) -> Incoming:
    letter = tx.get(OUTGOING, record.answers) if record.answers else None
    if letter is None:
        return record.becoming(IncomingState.HELD, reason="an answer to a calendar's invitation, in words")
    if found.mentorship.state in (MentorshipState.ENDED, MentorshipState.DECLINED):
        return record.becoming(IncomingState.HELD, reason=f"the mentorship is {found.mentorship.state}")
    if is_conversation(tx, mail):
        return record.becoming(IncomingState.HELD, reason="a conversation in our thread")
    reading = Reading(
        room=room,
        record=record,
        mail=mail,
        letter=letter,
        found=found,
        meeting=tx.get(MEETINGS, letter.meeting) if letter.meeting else None,
    )
    standings = _asked(tx, reading)
    understood = _read(reading, standings)
    if len(understood.updates) > MANY:
        return record.becoming(IncomingState.HELD, reason=f"{len(understood.updates)} updates in one mail")
    effects = Effects(understood=understood, meeting=reading.meeting)
    if understood.command is not None:
        obey(tx, room.desk, understood.command, effects, record, letter, found)
        record_command(tx, room.desk, effects, record, found, reading.by)
    else:
        _apply(tx, reading, effects, standings)
    acknowledge(tx, room, Answered(record=record, mail=mail, letter=letter, found=found), effects)
    return record.becoming(
        effects.state(), reason=effects.reason(), left=tuple(effects.left), summary=effects.summary()
    )


def is_conversation(tx: Transaction, mail: InboundMail) -> bool:
    """Whether it answers somebody's own mail in a thread that one of our letters began (design, rule 0)."""
    answered = mail.in_reply_to
    return bool(answered) and not any(tx.find(OUTGOING, "message_id", identifier) for identifier in answered)


def _asked(tx: Transaction, reading: Reading) -> tuple[Standing, ...]:
    """The active key results under the refs they had when the letter was written.

    Readings come from the protégé alone: what the mentor writes about a number is offered to her for review.
    """
    active = {standing.key_result.id: standing for standing in active_standings(tx, reading.found.mentorship.id)}
    if not reading.letter.asked:
        return tuple(active.values())
    return tuple(
        replace(active[asked.key_result], key_result=replace(active[asked.key_result].key_result, ref=asked.ref))
        for asked in reading.letter.asked
        if asked.key_result in active
    )


def _read(reading: Reading, standings: tuple[Standing, ...]) -> Understood:
    writer = reading.room.recipient(reading.found.protege, reading.letter.to)
    letter = LetterContext(kind=reading.letter.kind, blocks=reading.letter.blocks, to=reading.letter.to)
    return read(reading.mail.lines, letter, context_of(standings, writer.locale))


def _apply(tx: Transaction, reading: Reading, effects: Effects, standings: tuple[Standing, ...]) -> None:
    understood = effects.understood
    if reading.letter.to is Side.PROTEGE:
        _apply_updates(tx, reading, effects, standings)
    else:
        effects.left += [update.words for update in understood.updates]
    effects.problems += understood.problems
    if understood.feedback is not None:
        _apply_feedback(tx, reading, effects)
    if understood.agenda is not None:
        _apply_agenda(tx, reading, effects)
    _apply_participation(tx, reading, effects)
    effects.left += [*understood.answers.values(), *understood.held, *understood.left]
    effects.left += [understood.message] if understood.message else []
    if tx.edits():
        trail.record(
            tx,
            reading.room.desk,
            what=f"mail read: {effects.summary()}",
            source=reading.source,
            mentorship=reading.found.mentorship.id,
            by=reading.by,
        )


def _apply_updates(tx: Transaction, reading: Reading, effects: Effects, standings: tuple[Standing, ...]) -> None:
    by_ref = {standing.key_result.ref: standing.key_result for standing in standings}
    for update in effects.understood.updates:
        applied = apply_update(
            tx,
            reading.room.desk,
            by_ref[update.kr],
            update,
            source=reading.source,
            at=reading.record.received_at,
        )
        if isinstance(applied, Refusal):
            effects.problems.append(out_of_range(update))
        else:
            effects.moved.append((update, applied))


def _apply_feedback(tx: Transaction, reading: Reading, effects: Effects) -> None:
    words, meeting = effects.understood.feedback, reading.meeting
    if words is None or meeting is None or reading.letter.kind is not LetterKind.FEEDBACK:
        return
    if words.no_meeting:
        effects.missed = meeting.state is MeetingState.HELD
        if effects.missed:
            effects.meeting = meetings.become_in(tx, reading.room.desk, meeting, MeetingState.MISSED)
        return
    if words.positive or words.suggestion:
        effects.feedback = feedback.take(
            tx,
            reading.room.desk,
            meeting,
            reading.letter.to,
            positive=words.positive,
            suggestion=words.suggestion,
            source=reading.source,
        )


def _apply_agenda(tx: Transaction, reading: Reading, effects: Effects) -> None:
    words = effects.understood.agenda
    if words is None:
        return
    ahead = reading.meeting is not None and reading.meeting.state is MeetingState.SCHEDULED
    for item in words.add:
        added = AgendaItem(
            id=reading.room.desk.tokens.new_id(),
            mentorship=reading.found.mentorship.id,
            meeting=reading.letter.meeting if ahead else "",
            by=reading.letter.to,
            text=item.text,
            minutes=item.minutes,
            at=reading.record.received_at,
            source=reading.source,
        )
        tx.put(AGENDA_ITEMS, added)
        effects.added.append(added)
    effects.approved = words.approve
    effects.left += [f"off the agenda: {number}" for number in words.remove]
    effects.left += [f"move on the agenda: {number} to {place}" for number, place in words.move]
    effects.left += [said for said in (words.remark, words.reschedule_request) if said]


def _apply_participation(tx: Transaction, reading: Reading, effects: Effects) -> None:
    answer, meeting = effects.understood.rsvp, reading.meeting
    if answer is None or meeting is None or meeting.state is not MeetingState.SCHEDULED:
        return
    tx.put(MEETINGS, replace(meeting, participation=answer))
    effects.participation = answer
