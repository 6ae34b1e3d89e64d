"""One answer beside the letter it answers: whose it is, what it was asked, and what it says."""

import dataclasses
from datetime import datetime

from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.feedback import by_side
from okrmate.domain.letters import Incoming, LetterKind, Outgoing, Question, QuotedLine
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace
from okrmate.mail.inbound import InboundMail
from okrmate.mail.words import Words
from okrmate.reply.context import ReplyContext
from okrmate.reply.letters.closing import ASKED
from okrmate.reply.parting import parted
from okrmate.reply.reading import LetterContext, read
from okrmate.reply.somebody_else import Correspondents
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op
from okrmate.services.incoming import questions
from okrmate.services.incoming.offers import Offers
from okrmate.services.incoming.other_letters import ReadBeside, others_in, together
from okrmate.services.incoming.own_answers import of_mentor
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring import feedback
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import Standing, active_standings
from okrmate.services.mentoring.readings import context_of
from okrmate.services.ports import Reader
from okrmate.services.tables import CHANGES, FEEDBACK, INCOMING, KEY_RESULTS, MEETINGS, OUTGOING, READINGS


class Answer(Frozen):
    """One answer while it is applied: the record, the mail, the letter it answers and whose it is.

    `half` is the one part of a feedback form that the letter asks for, empty for any other letter. `told` is the ref of
    the one key result whose change an acknowledgement told, where it asked nothing besides. `vouched_for`: by
    the mentor's word alone it is theirs.
    """

    room: MailRoom
    record: Incoming
    mail: InboundMail
    letter: Outgoing
    found: Pair
    meeting: Meeting | None
    half: str = ""
    told: str = ""
    vouched_for: bool = False

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


def beside_letter(
    reader: Reader, room: MailRoom, record: Incoming, mail: InboundMail, letter: Outgoing, found: Pair
) -> Answer:
    """The answer beside its letter; what answers the question for the half of a form is read as that form is."""
    form = feedback.form_of(reader, letter)
    given = by_side(reader.find(FEEDBACK, "meeting", form.meeting), letter.to) if form is not None else None
    half = given.missing[0] if given is not None and len(given.missing) == 1 else ""
    if form is not None and half:
        letter = replace(letter, kind=LetterKind.FEEDBACK, meeting=form.meeting)
    closing = _closing_asked_about(reader, letter)
    if closing is not None:
        letter = replace(letter, kind=LetterKind.CLOSING, key=closing.key)
    return Answer(
        room=room,
        record=record,
        mail=mail,
        letter=letter,
        found=found,
        meeting=reader.get(MEETINGS, letter.meeting) if letter.meeting else None,
        half=half,
        told=_told(reader, letter),
    )


def _closing_asked_about(reader: Reader, letter: Outgoing) -> Outgoing | None:
    """The closing letter about whose answer an acknowledgement asks, where it asks of scores and of nothing else."""
    asked = [block.id for block in letter.blocks if isinstance(block, Question)]
    if letter.kind is not LetterKind.ACKNOWLEDGEMENT or not asked or not all(each.startswith(ASKED) for each in asked):
        return None
    mail = reader.get(INCOMING, letter.answers)
    return reader.get(OUTGOING, mail.answers) if mail is not None and mail.answers else None


def _told(reader: Reader, letter: Outgoing) -> str:
    """The ref of the one key result whose new value a letter told; empty where it told more, or asked anything."""
    if letter.kind is not LetterKind.ACKNOWLEDGEMENT or questions.asked_about(letter):
        return ""
    edits = [edit for change in reader.find(CHANGES, "source_ref", letter.answers) for edit in change.edits]
    readings = [reader.get(READINGS, edit.id) for edit in edits if edit.table == READINGS.name]
    if len(edits) != 1 or len(readings) != 1 or readings[0] is None or readings[0].value is None:
        return ""
    found = reader.get(KEY_RESULTS, readings[0].key_result)
    asked = {each.key_result: each.ref for each in letter.asked}
    return asked.get(found.id, found.ref) if found is not None else ""


def asked_standings(reader: Reader, answer: Answer) -> tuple[Standing, ...]:
    """The active key results under the refs they had when the letter was written."""
    active = {standing.key_result.id: standing for standing in active_standings(reader, answer.found.mentorship.id)}
    if not answer.letter.asked:
        return tuple(active.values())
    return tuple(
        _under(asked.ref, active[asked.key_result]) for asked in answer.letter.asked if asked.key_result in active
    )


def _under(ref: str, standing: Standing) -> Standing:
    known = standing.key_result
    return standing if known.ref == ref else replace(standing, key_result=replace(known, ref=ref))


def context_for(answer: Answer, standings: tuple[Standing, ...]) -> ReplyContext:
    """What the answer is read against: these key results, and how its writer writes."""
    return replace(context_of(standings, answer.locale, answer.heard_at, answer.by), told=answer.told)


def read_answer(reader: Reader, answer: Answer, standings: tuple[Standing, ...]) -> Understood:
    """What the answer says, against its letter and these key results; the mentor's own numbers wait for her word.

    Where other letters of ours stand in the mail too, what is written in them is read against them.
    """
    context = context_for(answer, standings)
    understood = read(answer.mail.lines, _letter(answer), context)
    others = () if understood.unread else others_in(reader, answer.letter, answer.mail.lines)
    if others:
        main, *parts = parted(answer.mail.lines, [answer.letter.blocks, *(each.blocks for each in others)])
        beside = [
            _beside(reader, replace(answer, letter=letter), part, standings)
            for letter, part in zip(others, parts, strict=True)
            if part
        ]
        understood = together(reader, answer.letter, read(main, _letter(answer), context), beside, context)
    if answer.letter.to is Side.MENTOR:
        return of_mentor(understood, standings)
    return _without_guesses(understood, standings, _words(answer).phrase("changes", "nothing_new"))


def _without_guesses(understood: Understood, standings: tuple[Standing, ...], nothing_new: str) -> Understood:
    """The same, where "no change" of a key result of which no number was ever heard is a note and no number."""
    unheard = {each.key_result.ref for each in standings if each.summary.value is None}
    updates = tuple(
        dataclasses.replace(update, op=Op.NOTE, note=update.note or nothing_new)
        if update.op is Op.NOCHANGE and update.kr in unheard
        else update
        for update in understood.updates
    )
    return replace(understood, updates=updates)


def _letter(answer: Answer) -> LetterContext:
    return LetterContext(
        kind=answer.letter.kind,
        blocks=answer.letter.blocks,
        to=answer.letter.to,
        closed=not questions.are_open(answer.letter, answer.record.received_at),
        known=_correspondents(answer),
    )


def _beside(
    reader: Reader, answer: Answer, part: tuple[QuotedLine, ...], standings: tuple[Standing, ...]
) -> ReadBeside:
    """What is written in one of the other letters, and how the answered one calls its key results."""
    theirs = asked_standings(reader, answer)
    here = {each.key_result.id: each.key_result.ref for each in standings}
    refs = {each.key_result.ref: here[each.key_result.id] for each in theirs if each.key_result.id in here}
    said = read(part, _letter(answer), context_for(answer, theirs))
    return ReadBeside(letter=answer.letter, said=said, refs=refs)


def _correspondents(answer: Answer) -> Correspondents:
    """The pair, under each address that they write from."""
    room, protege = answer.room, answer.found.protege
    mentor = ((room.mentor.name, room.mentor.address), (room.mentor.name, room.rules.sender_address))
    hers = ((protege.name, protege.address), (protege.name, answer.mail.sender))
    writer = Correspondents.of(mentor if answer.letter.to is Side.MENTOR else hers)
    return Correspondents.of((*mentor, *hers), writer)


def offers_for(answer: Answer, standings: tuple[Standing, ...], context: ReplyContext) -> Offers:
    """The choices that a question about this answer may offer."""
    return Offers(standings, context, _words(answer))


def _words(answer: Answer) -> Words:
    """The words that letters to the writer are written in."""
    return answer.room.composer.words(answer.room.recipient(answer.found.protege, answer.letter.to))
