"""The acknowledgement: one for each answer, to its writer only, saying what was understood and how to take it back."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from okrmate.domain.feedback import by_side
from okrmate.domain.letters import ACKNOWLEDGING, Incoming, KeyResultLine, LetterKind, Outgoing
from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.domain.rhythm import exchange_due_at_latest
from okrmate.frozen import Frozen
from okrmate.mail.inbound import Envelope
from okrmate.mail.markup import shorten
from okrmate.mail.words import Words
from okrmate.reply.commands import CommandName
from okrmate.reply.letters.closing import ASKED
from okrmate.reply.updates import Op, ProblemReason, Track, Update
from okrmate.services.history import UNDO_WINDOW
from okrmate.services.incoming.commands import TELLING
from okrmate.services.incoming.effects import SEPARATORS, Effects, Undoing
from okrmate.services.incoming.first_words_letter import coach_context, is_about_draft
from okrmate.services.incoming.kept import file_of
from okrmate.services.incoming.offers import Offers
from okrmate.services.incoming.taken_back import anything_newer, taken_back, undone_at
from okrmate.services.letters.contexts import AcknowledgementContext, AcknowledgementState, Came, OpenQuestion, write
from okrmate.services.letters.key_result_lines import (
    ChangedLine,
    Heard,
    Remark,
    changed_line,
    display_key_result,
    heard_line,
    outdated_line,
)
from okrmate.services.letters.set_contexts import CoachContext
from okrmate.services.letters.writing import Written, addressed, held_if_needed
from okrmate.services.mail_rules import Acknowledge
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.meetings import next_meeting
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import active_standings
from okrmate.services.mentoring.readings import Moved
from okrmate.services.ports import Transaction
from okrmate.services.tables import FEEDBACK, OUTGOING

A_DAY = timedelta(days=1)
NOTED_LENGTH = 80
"""So much of what was kept is quoted in its line: enough to know it again."""
EMPTY_A_DAY = 10
"""So many acknowledgements a person and day, and one that only says who has the words is not written any more."""
AT_MOST_A_DAY = 30
"""So many, and nothing more is applied before the mentor has looked: two programs would be talking."""
USEFUL = timedelta(days=14)
SAYS_WHAT_WENT_ON = (
    AcknowledgementState.UNDERSTOOD,
    AcknowledgementState.RSVP,
    AcknowledgementState.APPROVED,
    AcknowledgementState.HALF_FORM,
    AcknowledgementState.FEEDBACK_KEPT,
    AcknowledgementState.NO_MEETING,
)
"""The states whose letter also says what went to the other side, so that nobody sends it twice."""

CLOCK = re.compile(r"[0-9]{1,2}(?:[:.h][0-9]{2}|\s?(?:am|pm|uhr|h|o'clock)\b)", re.IGNORECASE)
"""A time of day in somebody's words; they are the mentor's to act on, so that nobody has to ask for one."""
UNDOINGS = {
    None: AcknowledgementState.NOTHING_TO_UNDO,
    Undoing.NOTHING: AcknowledgementState.NOTHING_TO_UNDO,
    Undoing.BEFORE: AcknowledgementState.UNDONE_BEFORE,
    Undoing.TOO_LATE: AcknowledgementState.TOO_LATE,
    Undoing.REFUSED: AcknowledgementState.NOT_UNDONE,
}
OBEYED = {
    CommandName.STOP: AcknowledgementState.STOPPED,
    CommandName.PAUSE: AcknowledgementState.PAUSED,
    CommandName.LATER: AcknowledgementState.LATER,
    CommandName.SKIP: AcknowledgementState.SKIPPED,
    CommandName.STATUS: AcknowledgementState.STATUS,
    CommandName.MY_DATA: AcknowledgementState.MY_DATA,
}
ASKED_FOR = frozenset({*TELLING, CommandName.UNDO})
"""Commands whose letter is what was asked for, so that it leaves also where only what needs attention does."""
OF_THE_WHOLE = frozenset({ProblemReason.CONFLICT, ProblemReason.UNDO})
"""Doubts that, where they name no key result, are about none: two answers to an invitation, an undo in a sentence."""
WITH_HER = (AcknowledgementState.PERSONAL, AcknowledgementState.HELD)
"""The states whose letter says only that the mentor has the words: none is written where she got them herself."""
SAID_ONCE = (*WITH_HER, AcknowledgementState.UNREADABLE)
"""The states whose letter is the same each time, so that two programs would send them to each other for ever."""


class Answered(Frozen):
    """The mail that is acknowledged, the letter it answers, and whose it is.

    `vouched_for`: the mentor alone says who wrote it, so that none of what is only passed on is quoted to anybody.
    """

    record: Incoming
    mail: Envelope
    letter: Outgoing
    found: Pair
    vouched_for: bool = False


def acknowledge(tx: Transaction, room: MailRoom, answered: Answered, effects: Effects, offers: Offers) -> bool:
    """Put the acknowledgement into the outbox, where one is to be written; returns whether it was."""
    state = _state(effects)
    if not _wanted(tx, room, answered, effects, state):
        return False
    words = _words(room, answered)
    if state is AcknowledgementState.UNDERSTOOD and is_about_draft(effects):
        first = coach_context(tx, room, answered.found, effects, words, noted=tuple(_noted(effects, words, "goal")))
        return _enqueue(tx, room, answered, first, words)
    context = _context(tx, room, answered, effects, offers, words, state)
    return _enqueue(tx, room, answered, context, words)


def _words(room: MailRoom, answered: Answered) -> Words:
    return room.composer.words(room.recipient(answered.found.protege, answered.letter.to))


def _enqueue(
    tx: Transaction,
    room: MailRoom,
    answered: Answered,
    context: AcknowledgementContext | CoachContext,
    words: Words,
) -> bool:
    """Write it and put it into the outbox; a letter that only says that the mentor has it is never its own answer."""
    letter, now = answered.letter, room.desk.clock.now()
    composed = write(room.composer, context, words)
    if isinstance(context, AcknowledgementContext) and context.state in SAID_ONCE and composed.blocks == letter.blocks:
        return False
    thread = answered.mail.message_id if answered.mail.message_id.startswith("<") else ""
    written = Written(
        key=f"{answered.found.protege.id}:{letter.to}:{LetterKind.ACKNOWLEDGEMENT}:{answered.record.id}:",
        kind=LetterKind.COACH if isinstance(context, CoachContext) else LetterKind.ACKNOWLEDGEMENT,
        language=words.language,
        subject=their_subject(answered.mail.subject or letter.subject),
        blocks=composed.blocks,
        due_at=now,
        useful_until=now + USEFUL,
        thread=(*answered.mail.references, thread) if thread else (),
        asked=letter.asked,
        answers=answered.record.id,
    )
    outgoing = addressed(room, answered.found, letter.to, written, now)
    tx.put(OUTGOING, held_if_needed(room, answered.found, outgoing))
    return True


def their_subject(theirs: str) -> str:
    """Their subject as it stands; only where it has no reply mark it gets one (design "Form")."""
    head, colon, _ = theirs.partition(":")
    marked = bool(colon) and head.strip().isalpha() and len(head.strip()) <= 4  # noqa: PLR2004 - Re, AW, SV, Antw
    return theirs if marked else f"Re: {theirs}"


def _wanted(tx: Transaction, room: MailRoom, answered: Answered, effects: Effects, state: AcknowledgementState) -> bool:
    """Whether one is written: by the mentor's setting, never to her where she reads the words herself."""
    needed = (
        bool(effects.problems)
        or state in (AcknowledgementState.HALF_FORM, AcknowledgementState.UNREADABLE)
        or effects.command in ASKED_FOR
    )
    match room.rules.acknowledge:
        case Acknowledge.NEVER:
            return False
        case Acknowledge.NEEDED if not needed:
            return False
        case _:
            pass
    if state in SAID_ONCE and _reached_her(room, answered):
        return False
    return acknowledged_today(tx, room, answered.letter) < (EMPTY_A_DAY if state in SAID_ONCE else AT_MOST_A_DAY)


def acknowledged_today(tx: Transaction, room: MailRoom, letter: Outgoing) -> int:
    """How many acknowledgements whoever this letter went to got within a day."""
    since = room.desk.clock.now() - A_DAY
    return sum(
        each.kind in ACKNOWLEDGING and each.to is letter.to and each.created_at > since
        for each in tx.find(OUTGOING, "mentorship", letter.mentorship)
    )


def _reached_her(room: MailRoom, answered: Answered) -> bool:
    """Whether the mentor got the mail herself: she is among the recipients, or wrote it."""
    recipients = {*answered.mail.to_addresses, *answered.mail.cc_addresses}
    apart = room.mentor.address != room.rules.sender_address or room.rules.plus_addresses
    return answered.letter.to is Side.MENTOR or (apart and room.mentor.address in recipients)


def _state(effects: Effects) -> AcknowledgementState:
    if effects.came is not None:
        return AcknowledgementState.UNREADABLE
    told = effects.moved or effects.problems
    if effects.command is not None and not (effects.command is CommandName.CHOOSE and told):
        return _command_state(effects)
    if effects.missed:
        return AcknowledgementState.NO_MEETING
    if effects.feedback is not None and not effects.moved and not effects.problems:
        whole = effects.feedback.whole
        return AcknowledgementState.FEEDBACK_KEPT if whole else AcknowledgementState.HALF_FORM
    if effects.participation is not None and not (effects.moved or effects.added or effects.problems):
        return AcknowledgementState.RSVP
    if effects.moved or effects.added or effects.problems or effects.noted:
        return AcknowledgementState.UNDERSTOOD
    if effects.approved:
        return AcknowledgementState.APPROVED
    if not (effects.left or effects.something or effects.understood.words.everything):
        return AcknowledgementState.UNREADABLE
    return AcknowledgementState.HELD if effects.unclear_again else AcknowledgementState.PERSONAL


def _command_state(effects: Effects) -> AcknowledgementState:
    match effects.command:
        case CommandName.UNDO:
            return UNDOINGS[effects.undoing] if effects.undone is None else AcknowledgementState.UNDONE
        case CommandName.CHOOSE:
            return AcknowledgementState.SETTLED if effects.chosen_before else AcknowledgementState.AS_IT_WAS
        case CommandName.RESUME:
            return AcknowledgementState.RESUMED if effects.resumed else AcknowledgementState.NOT_PAUSED
        case None:
            return AcknowledgementState.PERSONAL
        case command:
            return OBEYED.get(command, AcknowledgementState.HELP)


def _context(
    tx: Transaction,
    room: MailRoom,
    answered: Answered,
    effects: Effects,
    offers: Offers,
    words: Words,
    state: AcknowledgementState,
) -> AcknowledgementContext:
    mentor, protege = room.mentor.first_name, answered.found.protege.first_name
    own = answered.letter.to is Side.MENTOR
    changed = _changed(effects, words)
    meeting = effects.meeting
    ahead = next_meeting(tx, answered.letter.mentorship, room.desk.clock.now())
    reader = room.recipient(answered.found.protege, answered.letter.to)
    return AcknowledgementContext(
        name=mentor if own else protege,
        other=protege if own else mentor,
        state=state,
        own=own,
        changed=(*(line.text for line in changed), *taken_back(tx, effects, words)),
        heard=(*(line.text for line in _heard(effects, words)), *_noted(effects, words)),
        came=effects.came or Came.QUOTED,
        back=any(line.remark is Remark.BACK for line in changed),
        reached=any(line.remark is Remark.REACHED for line in changed),
        past=any(line.remark is Remark.PAST for line in changed),
        added=tuple(item.text for item in effects.added),
        krs=_standing_now(tx, answered, words) if state is AcknowledgementState.STATUS else (),
        file=file_of(tx, answered.found, words) if state is AcknowledgementState.MY_DATA else (),
        until=reader.local(effects.until).date() if effects.until else None,
        questions=_questions(effects, offers, words),
        passed_on=_passed_on(effects) if state in SAYS_WHAT_WENT_ON and not (own or answered.vouched_for) else (),
        undo=bool(effects.moved or effects.added or effects.feedback or effects.missed)
        or any(each.changes for each in effects.noted),
        undo_days=UNDO_WINDOW.days,
        next_talk=ahead.begins_at if ahead else None,
        undone_mail=undone_at(tx, effects),
        newer=anything_newer(tx, effects),
        undone_part=effects.undone.part if effects.undone else "",
        asks_when=effects.missed and not own and ahead is None and not any(map(CLOCK.search, effects.left)),
        kept=tuple(_kept(effects)),
        missing=effects.feedback.missing if effects.feedback else (),
        other_in=_other_in(tx, answered.letter.to, effects),
        shown_on=reader.local(exchange_due_at_latest(meeting, reader.zone, room.rules.quiet_hours)).date()
        if meeting
        else None,
        rsvp=effects.participation or Participation.NEEDS_ACTION,
        talk=meeting.begins_at if meeting else None,
    )


def _standing_now(tx: Transaction, answered: Answered, words: Words) -> tuple[KeyResultLine, ...]:
    """The active key results as they stand with this mail."""
    standings = active_standings(tx, answered.letter.mentorship)
    return tuple(display_key_result(each.key_result, each.summary, words) for each in standings)


def _other_in(tx: Transaction, side: Side, effects: Effects) -> bool:
    """Whether the other side's feedback is whole, so that nothing is sealed once this one is."""
    if effects.both_in or effects.feedback is None:
        return effects.both_in
    theirs = by_side(tx.find(FEEDBACK, "meeting", effects.feedback.meeting), side.other)
    return theirs is not None and theirs.whole


def _kept(effects: Effects) -> list[str]:
    given = effects.feedback
    return [name for name in ("positive", "suggestion") if given is not None and name not in given.missing]


def _changed(effects: Effects, words: Words) -> tuple[ChangedLine, ...]:
    return tuple(
        _changed_line(moved, moved.reading.value, words)
        for _, moved in effects.moved
        if moved.reading.value is not None
    )


def _changed_line(moved: Moved, value: Decimal, words: Words) -> ChangedLine:
    if moved.outdated and moved.after.value is not None:
        return outdated_line(moved.key_result, value, moved.after.value, words)
    reading = moved.reading
    return changed_line(
        moved.key_result, _before(moved), value, words, note=reading.note, approximate=reading.approximate
    )


def _before(moved: Moved) -> Decimal | None:
    return moved.before.value if moved.before.value is not None else moved.key_result.metric.baseline


def _heard(effects: Effects, words: Words) -> tuple[ChangedLine, ...]:
    return tuple(
        heard_line(moved.key_result, heard, said, words)
        for update, moved in effects.moved
        if moved.reading.value is None
        for heard, said in _said(update)
    )


def _noted(effects: Effects, words: Words, *without: str) -> Iterator[str]:
    """What was kept of the mentorship and its goals, a line each, but for lines of these names."""
    return (
        words.phrase("noted", each.name, words=shorten(each.words, NOTED_LENGTH), number=str(each.number))
        for each in effects.noted
        if each.name not in without
    )


def _passed_on(effects: Effects) -> tuple[str, ...]:
    """The words that went to the other side and stand in no other line."""
    told = {each.words.strip() for each in effects.noted}
    return tuple(said for said in effects.left if said not in told)


TRACKS = {Track.ON_TRACK: Heard.ON_TRACK, Track.AT_RISK: Heard.AT_RISK, Track.OFF_TRACK: Heard.OFF_TRACK}


def _said(update: Update) -> list[tuple[Heard, str]]:
    if update.op is Op.BLOCKED:
        return [(Heard.BLOCKED, update.note)]
    if update.op is Op.CONFIDENCE:
        return [(TRACKS[update.track], "") if update.track else (Heard.CONFIDENCE, f"{update.value}")]
    return [(Heard.NOTED, update.note)] if update.note else []


def _questions(effects: Effects, offers: Offers, words: Words) -> tuple[OpenQuestion, ...]:
    """What was not clear, each with the title it was about, where that is known, and the ways it could be meant."""
    return tuple(
        OpenQuestion(
            id=f"{ASKED if effects.asks_scores else 'ask-'}{number}",
            words=problem.words.strip(SEPARATORS),
            asks=words.phrase("asks", str(problem.reason)),
            about=offers.title(problem.kr),
            ref=problem.kr,
            choices=offers.of(problem),
            coded=bool(problem.kr) or problem.reason not in OF_THE_WHOLE,
        )
        for number, problem in enumerate(effects.problems, 1)
    )
