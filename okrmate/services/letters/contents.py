"""Writing the letters that are due: each from the state of the store at that moment, as a subject and blocks."""

from datetime import datetime
from typing import assert_never

from okrmate.domain.feedback import by_side
from okrmate.domain.letters import Asked, Block, KeyResultLine, LetterKind
from okrmate.domain.meetings import Meeting
from okrmate.domain.people import Invitations, Side
from okrmate.domain.rhythm import agenda_due, exchange_due_at_latest
from okrmate.frozen import Frozen
from okrmate.mail.calendar import CalendarMethod, Party, Talk, invitation
from okrmate.mail.rendering import Composed
from okrmate.services.letters import contexts
from okrmate.services.letters.agendas import agenda_context, final_agenda_context
from okrmate.services.letters.check_in_contents import check_in_context
from okrmate.services.letters.due import Due, Variant
from okrmate.services.letters.set_letters import set_context
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.aims import aims_of
from okrmate.services.mentoring.charters import terms_in_force
from okrmate.services.mentoring.meetings import next_meeting
from okrmate.services.mentoring.notes import shared_words
from okrmate.services.mentoring.okrs import current_outline
from okrmate.services.ports import Reader
from okrmate.services.tables import FEEDBACK, NOTES, OUTGOING


class Draft(Frozen):
    """The content of a letter: what is stored of it besides when and to whom."""

    subject: str
    language: str
    blocks: tuple[Block, ...] = ()
    asked: tuple[Asked, ...] = ()
    calendar: str = ""
    calendar_method: str = ""


def compose(room: MailRoom, reader: Reader, due: Due, now: datetime) -> Draft:
    """The content of the letter that is due, or `BrokenTemplateError` where a template of the home is broken."""
    context = _context(room, reader, due, now)
    words = room.composer.words(room.recipient(due.pair.protege, due.to))
    composed = contexts.write(room.composer, context, words)
    calendar, method = _calendar(room, due, composed, now) if due.kind is LetterKind.INVITATION else ("", "")
    return Draft(
        subject=_subject(composed, due),
        language=words.language,
        blocks=composed.blocks,
        asked=asked(context.krs),
        calendar=calendar,
        calendar_method=method,
    )


def nothing(due: Due, language: str) -> Draft:
    """What is kept of a letter that was never written, because it would have come too late."""
    return Draft(subject=str(due.kind), language=language)


def asked(lines: tuple[KeyResultLine, ...]) -> tuple[Asked, ...]:
    """The key results a letter speaks of, for the reading of its answer."""
    return tuple(Asked(ref=line.ref, key_result=line.key_result) for line in lines)


def _subject(composed: Composed, due: Due) -> str:
    """A letter that follows another of ours stays in its thread (design "Form")."""
    if due.after is None:
        return composed.subject
    return due.after.subject if due.after.subject.startswith("Re: ") else f"Re: {due.after.subject}"


def _context(room: MailRoom, reader: Reader, due: Due, now: datetime) -> contexts.LetterContext:
    match due.kind:
        case LetterKind.WELCOME:
            return _welcome(room, reader, due, now)
        case LetterKind.INVITATION:
            return _invitation(room, reader, due, now)
        case LetterKind.AGENDA if due.variant is Variant.FINAL:
            return final_agenda_context(room, reader, due, talk(due), now)
        case LetterKind.AGENDA:
            return agenda_context(room, reader, due, talk(due), now)
        case LetterKind.CHECK_IN:
            return check_in_context(room, reader, due, now)
        case LetterKind.FEEDBACK:
            return _form(room, due, now)
        case LetterKind.EXCHANGE:
            return _exchange(room, reader, due, now)
        case LetterKind.REFINE_SUMMARY | LetterKind.MID_CYCLE | LetterKind.CLOSING | LetterKind.CLOSED:
            return set_context(room, reader, due, now)
        case LetterKind.ACKNOWLEDGEMENT | LetterKind.REPLY | LetterKind.COACH | LetterKind.DIGEST:
            message = f"a letter of kind {due.kind} is never planned for one mentorship"
            raise AssertionError(message)
        case _:
            assert_never(due.kind)


def names(room: MailRoom, due: Due) -> tuple[str, str]:
    """The reader's first name and that of the other side."""
    mentor, protege = room.mentor.first_name, due.pair.protege.first_name
    return (mentor, protege) if due.to is Side.MENTOR else (protege, mentor)


def talk(due: Due) -> Meeting:
    """The meeting a letter is about."""
    if due.meeting is None:
        message = f"{due.kind} belongs to a meeting"
        raise AssertionError(message)
    return due.meeting


def _welcome(room: MailRoom, reader: Reader, due: Due, now: datetime) -> contexts.WelcomeContext:
    name, other = names(room, due)
    first = next_meeting(reader, due.pair.mentorship.id, now)
    soon = first is not None and agenda_due(first, due.pair.protege.zone, due.pair.protege.days_off) <= now
    terms = terms_in_force(reader, due.pair.mentorship.id)
    hers = aims_of(reader, due.pair.mentorship.id, Side.MENTOR)
    return contexts.WelcomeContext(
        name=name,
        other=other,
        state=contexts.WelcomeState.SHORT if soon else contexts.WelcomeState.NORMAL,
        first_talk=first.begins_at if first else None,
        minutes=terms.minutes,
        place=terms.channel,
        rhythm=terms.rhythm,
        confidentiality=terms.confidentiality,
        aims=hers.aims if hers is not None else (),
        gain=hers.gain if hers is not None else "",
        drafted=current_outline(reader, due.pair.mentorship.id) is not None,
        invites=due.pair.mentorship.invitations is Invitations.OKRMATE,
    )


def _invitation(room: MailRoom, reader: Reader, due: Due, now: datetime) -> contexts.InvitationContext:
    meeting = talk(due)
    name, other = names(room, due)
    states = {
        Variant.MOVED: contexts.InvitationState.MOVED,
        Variant.CANCELLED: contexts.InvitationState.CANCELLED,
    }
    agenda_at = agenda_due(meeting, due.pair.protege.zone, due.pair.protege.days_off)
    agenda_left = any(
        letter.kind is LetterKind.AGENDA and letter.sent_at for letter in reader.find(OUTGOING, "meeting", meeting.id)
    )
    kind = contexts.InvitationCopyContext if due.to is Side.MENTOR else contexts.InvitationContext
    return kind(
        name=name,
        other=other,
        state=states.get(due.variant, contexts.InvitationState.PLANNED),
        number=meeting.number,
        begins=meeting.begins_at,
        ends=meeting.ends_at,
        place=meeting.place,
        moved_from=meeting.moved_from,
        agenda_on=due.pair.protege.local(agenda_at).date() if agenda_at > now else None,
        agenda_sent=agenda_left and agenda_at <= meeting.changed_at,
    )


def _calendar(room: MailRoom, due: Due, composed: Composed, now: datetime) -> tuple[str, str]:
    """The iTIP part: a request or a cancellation for the protégé, the entry itself for the mentor's calendar."""
    meeting = talk(due)
    if due.variant is Variant.CANCELLED:
        method = CalendarMethod.CANCEL
    else:
        method = CalendarMethod.PUBLISH if due.to is Side.MENTOR else CalendarMethod.REQUEST
    event = Talk(
        token=meeting.token,
        sequence=meeting.sequence,
        starts=meeting.begins_at,
        ends=meeting.ends_at,
        summary=composed.subject,
        organizer=Party(name=room.rules.sender_name, address=room.rules.sender_address),
        attendee=Party(name=due.pair.protege.name, address=due.pair.protege.address),
        place=meeting.place,
    )
    return invitation(event, method, now), str(method)


def _form(room: MailRoom, due: Due, now: datetime) -> contexts.FeedbackContext:
    meeting = talk(due)
    name, other = names(room, due)
    reader = room.recipient(due.pair.protege, due.to)
    ended = reader.local(meeting.ends_at).date()
    form = due.after
    return contexts.FeedbackContext(
        name=name,
        other=other,
        state=contexts.FormState.REMINDER if due.variant is Variant.REMINDER else contexts.FormState.FIRST,
        to=due.to,
        number=meeting.number,
        talk=meeting.begins_at,
        days_since=(reader.local(now).date() - ended).days,
        shown_on=reader.local(exchange_due_at_latest(meeting, reader.zone, room.rules.quiet_hours)).date(),
        until=reader.local(due.useful_until).date(),
        asleep=form is not None and form.sent_at is not None and (form.sent_at - form.due_at).days >= 1,
    )


def _exchange(room: MailRoom, reader: Reader, due: Due, now: datetime) -> contexts.ExchangeContext:
    meeting = talk(due)
    name, other = names(room, due)
    given = reader.find(FEEDBACK, "meeting", meeting.id)
    yours, theirs = by_side(given, due.to), by_side(given, due.to.other)
    if yours is None:
        state = contexts.ExchangeState.THEIRS_ONLY
    elif theirs is None:
        state = contexts.ExchangeState.YOURS_ONLY
    else:
        state = contexts.ExchangeState.BOTH
    ahead = next_meeting(reader, meeting.mentorship, now)
    return contexts.ExchangeContext(
        name=name,
        other=other,
        state=state,
        to=due.to,
        number=meeting.number,
        talk=meeting.begins_at,
        yours=contexts.said(yours),
        theirs=contexts.said(theirs),
        noted=shared_words(reader.find(NOTES, "meeting", meeting.id)),
        next_talk=room.recipient(due.pair.protege, due.to).local(ahead.begins_at).date() if ahead else None,
    )
