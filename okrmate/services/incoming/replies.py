"""Applying one answer: what a person wrote, read against our letter, becomes changes and an acknowledgement."""

from dataclasses import dataclass, replace
from datetime import datetime

from okrmate.domain.changes import Edit, Source, SourceKind
from okrmate.domain.errors import Refusal
from okrmate.domain.feedback import by_side
from okrmate.domain.letters import Incoming, IncomingState, LetterKind, Outgoing, Question
from okrmate.domain.meetings import AgendaItem, Meeting, MeetingState
from okrmate.domain.people import MentorshipState, Side
from okrmate.mail.calendar import CalendarReply
from okrmate.mail.inbound import InboundMail
from okrmate.mail.screening import Accept
from okrmate.reply.folding import fold
from okrmate.reply.lexicon import lexicon
from okrmate.reply.own_words import own_words
from okrmate.reply.reading import LetterContext, read
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Problem, ProblemReason
from okrmate.services import trail
from okrmate.services.incoming.acknowledgements import Answered, acknowledge
from okrmate.services.incoming.commands import obey
from okrmate.services.incoming.effects import Effects, NotApplied, out_of_range
from okrmate.services.incoming.words_left import feedback_left, words_left
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import feedback, meetings
from okrmate.services.mentoring.mentorships import Pair, pair
from okrmate.services.mentoring.okrs import Standing, active_standings
from okrmate.services.mentoring.readings import apply_update, context_of
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import AGENDA_ITEMS, FEEDBACK, INCOMING, MEETINGS, MENTORSHIPS, OUTGOING

BESIDE_A_CALENDAR = 5
"""Lines of the text beside a calendar's answer that are shown to the mentor."""
MANY = 20
"""More updates than this in one mail are looked at by the mentor first (design "What happens to a reply")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer while it is applied: the record, the mail, the letter it answers and whose it is.

    `half` is the one part of a feedback form that the letter asks for, empty for any other letter.
    """

    room: MailRoom
    record: Incoming
    mail: InboundMail
    letter: Outgoing
    found: Pair
    meeting: Meeting | None
    half: str = ""

    @property
    def source(self) -> Source:
        """What everything it changes comes from."""
        return Source(kind=SourceKind.MAIL, ref=self.record.id)

    @property
    def by(self) -> str:
        """Who wrote it."""
        return self.room.mentor.name if self.letter.to is Side.MENTOR else self.found.protege.name

    @property
    def locale(self) -> str:
        """How the writer writes numbers and words."""
        return self.room.recipient(self.found.protege, self.letter.to).locale

    @property
    def heard_at(self) -> datetime:
        """When it was written, where its date can be believed: after our letter left and before it arrived."""
        sent, written, arrived = self.letter.sent_at, self.mail.date, self.record.received_at
        return written if sent is not None and written is not None and sent <= written <= arrived else arrived


def apply_reply(
    room: MailRoom, record: Incoming, mail: InboundMail, verdict: Accept, *, vouched: bool = False
) -> Incoming:
    """Apply a proven answer and enqueue its acknowledgement: one commit, or nothing at all.

    `vouched` says that the mentor has looked at it, so that nothing holds it back any more.
    """
    with room.store.transaction() as tx:
        return apply_in(tx, room, record, mail, verdict, vouched=vouched)


def apply_in(
    tx: Transaction, room: MailRoom, record: Incoming, mail: InboundMail, verdict: Accept, *, vouched: bool = False
) -> Incoming:
    """The same inside a transaction, which the caller may also let go of."""
    owner = verdict.owner
    known = replace(record, mentorship=owner.mentorship, answers=owner.letter, unproven=False, reason="", detail="")
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
    tx: Transaction, room: MailRoom, record: Incoming, found: Pair, mail: InboundMail, *, vouched: bool
) -> Incoming:
    letter = tx.get(OUTGOING, record.answers) if record.answers else None
    if letter is None:
        return record.becoming(IncomingState.HELD, reason=str(NotApplied.INVITATION_IN_WORDS))
    answer = beside_letter(tx, room, record, mail, letter, found)
    standings = asked_standings(tx, answer)
    understood = read_answer(answer, standings)
    doubt = None if vouched else _doubt(tx, found, mail, understood)
    if doubt is not None:
        reason, detail = doubt
        return record.becoming(IncomingState.HELD, reason=str(reason), detail=detail, unproven=True)
    effects = Effects(understood=understood, meeting=answer.meeting)
    if understood.command is not None:
        obey(tx, room.desk, understood.command, effects, record, letter, found)
    _apply(tx, answer, effects, standings)
    told = acknowledge(tx, room, Answered(record=record, mail=mail, letter=letter, found=found), effects)
    _close_question(tx, letter, effects)
    unasked = bool(effects.problems) and not told
    return record.becoming(
        IncomingState.HELD if unasked else effects.state(),
        reason=str(NotApplied.NOT_ASKED) if unasked else effects.reason(),
        detail=effects.detail(),
        left=tuple(effects.left),
        summary=effects.summary(),
    )


def _doubt(tx: Transaction, found: Pair, mail: InboundMail, understood: Understood) -> tuple[NotApplied, str] | None:
    """Why nothing of a proven answer is applied before the mentor has looked, with a detail; None where it is."""
    if found.mentorship.state in (MentorshipState.ENDED, MentorshipState.DECLINED):
        return NotApplied.MENTORSHIP_OVER, str(found.mentorship.state)
    if is_conversation(tx, mail):
        return NotApplied.CONVERSATION, ""
    if understood.unread:
        return NotApplied.TOO_LONG, ""
    updates = len(understood.updates)
    return (NotApplied.MANY_UPDATES, str(updates)) if updates > MANY else None


def _close_question(tx: Transaction, letter: Outgoing, effects: Effects) -> None:
    """An answer to every question of an acknowledgement settles the mail that had left them open."""
    asked = tx.get(INCOMING, letter.answers) if letter.kind is LetterKind.ACKNOWLEDGEMENT else None
    if asked is None or asked.state not in (IncomingState.ASKED, IncomingState.PARTLY_APPLIED):
        return
    questions = sum(isinstance(block, Question) for block in letter.blocks)
    answered = {moved.key_result.ref for _, moved in effects.moved}
    if questions and len(answered) >= questions and not effects.problems:
        tx.put(INCOMING, asked.becoming(IncomingState.APPLIED, reason="", detail=""))


def beside_letter(
    reader: Reader, room: MailRoom, record: Incoming, mail: InboundMail, letter: Outgoing, found: Pair
) -> Answer:
    """The answer beside its letter; what answers the question for the half of a form is read as that form is."""
    form = feedback.form_of(reader, letter)
    given = by_side(reader.find(FEEDBACK, "meeting", form.meeting), letter.to) if form is not None else None
    half = given.missing[0] if given is not None and len(given.missing) == 1 else ""
    if form is not None and half:
        letter = replace(letter, kind=LetterKind.FEEDBACK, meeting=form.meeting)
    return Answer(
        room=room,
        record=record,
        mail=mail,
        letter=letter,
        found=found,
        meeting=reader.get(MEETINGS, letter.meeting) if letter.meeting else None,
        half=half,
    )


def is_conversation(tx: Transaction, mail: InboundMail) -> bool:
    """Whether it answers somebody's own mail in a thread that one of our letters began (design, rule 0)."""
    answered = mail.in_reply_to
    return bool(answered) and not any(tx.find(OUTGOING, "message_id", identifier) for identifier in answered)


def asked_standings(reader: Reader, answer: Answer) -> tuple[Standing, ...]:
    """The active key results under the refs they had when the letter was written.

    Readings come from the protégé alone: what the mentor writes about a number is offered to her for review.
    """
    active = {standing.key_result.id: standing for standing in active_standings(reader, answer.found.mentorship.id)}
    if not answer.letter.asked:
        return tuple(active.values())
    return tuple(
        _under(asked.ref, active[asked.key_result]) for asked in answer.letter.asked if asked.key_result in active
    )


def _under(ref: str, standing: Standing) -> Standing:
    known = standing.key_result
    return standing if known.ref == ref else replace(standing, key_result=replace(known, ref=ref))


def read_answer(answer: Answer, standings: tuple[Standing, ...]) -> Understood:
    """What the answer says, against its letter and these key results."""
    letter = LetterContext(kind=answer.letter.kind, blocks=answer.letter.blocks, to=answer.letter.to)
    return read(answer.mail.lines, letter, context_of(standings, answer.locale, answer.by))


def _apply(tx: Transaction, answer: Answer, effects: Effects, standings: tuple[Standing, ...]) -> None:
    """Everything but the command, which has written its own entry of the trail."""
    told = tx.edits()
    if answer.letter.to is Side.PROTEGE:
        _apply_updates(tx, answer, effects, standings)
    effects.ask(*effects.understood.problems)
    _apply_feedback(tx, answer, effects)
    _apply_agenda(tx, answer, effects)
    _apply_participation(tx, answer, effects)
    _apply_consent(tx, answer, effects)
    effects.leave(*words_left(effects.understood, answer.letter.to))
    _apply_asks(effects)
    _record(tx, answer, effects, told)


def _record(tx: Transaction, answer: Answer, effects: Effects, told: tuple[Edit, ...]) -> None:
    edits = trail.since(tx, told)
    if edits:
        trail.record(
            tx,
            answer.room.desk,
            what=f"mail read: {effects.summary()}",
            source=answer.source,
            mentorship=answer.found.mentorship.id,
            by=answer.by,
            edits=edits,
        )


def _apply_updates(tx: Transaction, answer: Answer, effects: Effects, standings: tuple[Standing, ...]) -> None:
    by_ref = {standing.key_result.ref: standing.key_result for standing in standings}
    source, heard_at = answer.source, answer.heard_at
    for update in effects.understood.updates:
        key_result = by_ref.get(update.kr)
        if key_result is None:  # a letter's own choice, of a key result that is not there any more
            effects.leave(f"KR {update.kr}: {update.words}")
            continue
        applied = apply_update(tx, answer.room.desk, key_result, update, source=source, at=heard_at)
        if isinstance(applied, Refusal):
            effects.ask(out_of_range(update))
        else:
            effects.moved.append((update, applied))


def _apply_feedback(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """Keep the halves that were written; what cannot be kept as feedback any more goes to the mentor."""
    words, meeting = effects.understood.feedback, answer.meeting
    if words is None:
        return
    if words.no_meeting or meeting is None or meeting.state is not MeetingState.HELD:
        effects.leave(*feedback_left(words))
        if words.no_meeting:
            _apply_missed(tx, answer, effects)
        return
    positive, suggestion = words.positive, words.suggestion
    if answer.half and not (positive or suggestion):
        effects.understood, said = _half(effects.understood, answer.locale)
        positive, suggestion = (said, ()) if answer.half == "positive" else ((), said)
    if not (positive or suggestion):
        return
    effects.feedback = feedback.take(
        tx,
        answer.room.desk,
        meeting,
        answer.letter.to,
        positive=positive,
        suggestion=suggestion,
        source=answer.source,
    )
    after = tx.get(MEETINGS, meeting.id)
    effects.both_in = after is not None and after.state is MeetingState.REVIEWED


def _half(understood: Understood, locale: str) -> tuple[Understood, tuple[str, ...]]:
    """Words without a sign are the half that was asked for by name; a thanks is none."""
    words = lexicon(locale)
    said = tuple(line for line in understood.left if words.starts("sign_off", fold(line)) < 0)
    return replace(understood, left=tuple(line for line in understood.left if line not in said)), said


def _apply_missed(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """The talk did not happen; where both have written about it already, that is for the mentor to sort out."""
    meeting = answer.meeting
    if meeting is not None and meeting.state is MeetingState.HELD:
        effects.meeting = meetings.become_in(tx, answer.room.desk, meeting, MeetingState.MISSED)
    effects.missed = effects.meeting is not None and effects.meeting.state is MeetingState.MISSED
    if not effects.missed:
        effects.leave(*effects.understood.words.everything.splitlines())


def _apply_agenda(tx: Transaction, answer: Answer, effects: Effects) -> None:
    words = effects.understood.agenda
    if words is None:
        return
    ahead = answer.meeting is not None and answer.meeting.state is MeetingState.SCHEDULED
    for item in words.add:
        added = AgendaItem(
            id=answer.room.desk.tokens.new_id(),
            mentorship=answer.found.mentorship.id,
            meeting=answer.letter.meeting if ahead else "",
            by=answer.letter.to,
            text=item.text,
            minutes=item.minutes,
            at=answer.record.received_at,
            source=answer.source,
        )
        tx.put(AGENDA_ITEMS, added)
        effects.added.append(added)
    effects.approved = words.approve


def _apply_participation(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """Whether the person comes; a yes to a time that is not the talk's any more is no yes to the new one."""
    coming, meeting = effects.understood.rsvp, answer.meeting
    if coming is None:
        return
    asked_for_this = answer.letter.kind is not LetterKind.INVITATION or (
        meeting is not None and meeting.changed_at <= answer.letter.created_at
    )
    if meeting is None or meeting.state is not MeetingState.SCHEDULED or not asked_for_this:
        effects.leave(*effects.understood.words.everything.splitlines())
        return
    tx.put(MEETINGS, replace(meeting, participation=coming))
    effects.participation = coming


def _apply_consent(tx: Transaction, answer: Answer, effects: Effects) -> None:
    """One word in answer to the welcome: it was read, or a proposed mentorship is agreed to."""
    words = effects.understood.welcome
    if words is None:
        return
    given = (("read", words.read), ("agree", words.agree))
    effects.consents = tuple(name for name, said in given if said)
    found = answer.found.mentorship
    if words.agree and found.state is MentorshipState.PROPOSED:
        tx.put(MENTORSHIPS, found.becoming(MentorshipState.ACTIVE, answer.room.desk.clock.now()))


def _apply_asks(effects: Effects) -> None:
    """Doubts that concern no key result: asked where there is a question for them, else left to the mentor."""
    text = effects.understood.words.everything
    for reason in effects.understood.asks:
        if reason in set(ProblemReason):
            effects.ask(Problem(reason=ProblemReason(reason), words=text))
        else:
            effects.leave(*text.splitlines())
