"""Feedback after a talk: taking each side's half, and telling when both may be shown."""

from datetime import datetime

from okrmate.domain.changes import Source
from okrmate.domain.errors import UsageError
from okrmate.domain.feedback import Feedback, by_side, unsealed
from okrmate.domain.letters import Incoming, LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.meetings import last_meeting
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import CHANGES, FEEDBACK, INCOMING, MEETINGS, OUTGOING

TOOK_PLACE = (MeetingState.HELD, MeetingState.REVIEWED)


def give(desk: Desk, pair: Pair, positive: str, suggestion: str, meeting_id: str = "") -> Feedback:
    """The mentor's own half for one talk, the last one held where none is named, given at the terminal."""
    if not positive.strip() and not suggestion.strip():
        raise UsageError("Feedback needs a positive, a suggestion, or both.")
    with desk.store.transaction() as tx:
        last = last_meeting(tx, pair.mentorship.id, desk.clock.now())
        meeting = tx.get(MEETINGS, meeting_id) if meeting_id else last
        if meeting is None or meeting.state not in TOOK_PLACE:
            raise UsageError(f"No talk with {pair.protege.name} has been held yet.")
        if meeting.state is MeetingState.REVIEWED:
            raise UsageError(f"Both of you have written about talk {meeting.number} already; `okrmate undo` first.")
        source = trail.by_command("feedback")
        given = take(
            tx,
            desk,
            meeting,
            Side.MENTOR,
            positive=tuple(filter(None, [positive.strip()])),
            suggestion=tuple(filter(None, [suggestion.strip()])),
            source=source,
        )
        trail.record(tx, desk, what=f"feedback on talk {meeting.number}", source=source, mentorship=pair.mentorship.id)
    return given


def take(
    tx: Transaction,
    desk: Desk,
    meeting: Meeting,
    side: Side,
    *,
    positive: tuple[str, ...],
    suggestion: tuple[str, ...],
    source: Source,
) -> Feedback:
    """Keep what one side wrote; a part written anew replaces the one before, a part left out stays.

    Once both sides are whole the meeting is reviewed.
    """
    given = tx.find(FEEDBACK, "meeting", meeting.id)
    before = by_side(given, side)
    now = desk.clock.now()
    if before is None:
        after = Feedback(
            id=desk.tokens.new_id(),
            mentorship=meeting.mentorship,
            meeting=meeting.id,
            by=side,
            at=now,
            source=source,
            positive=positive,
            suggestion=suggestion,
        )
    else:
        after = replace(
            before,
            at=now,
            source=source,
            positive=positive or before.positive,
            suggestion=suggestion or before.suggestion,
        )
    tx.put(FEEDBACK, after)
    other = by_side(given, side.other)
    if meeting.state is MeetingState.HELD and after.whole and other is not None and other.whole:
        tx.put(MEETINGS, meeting.becoming(MeetingState.REVIEWED, now))
    return after


def form_of(reader: Reader, letter: Outgoing | None) -> Outgoing | None:
    """The feedback form that a letter is, or whose missing half a chain of acknowledgements asks for."""
    while letter is not None and letter.kind is LetterKind.ACKNOWLEDGEMENT:
        mail = reader.get(INCOMING, letter.answers)
        if mail is not None and (form := _form_answered(reader, mail.id)) is not None:
            return form
        letter = reader.get(OUTGOING, mail.answers) if mail and mail.answers else None
    return letter if letter is not None and letter.kind is LetterKind.FEEDBACK else None


def open_form(reader: Reader, mentorship: str, side: Side) -> Outgoing | None:
    """The one form that words about "the talk" can answer: of the only talk held that this side was asked about."""
    held = [each for each in reader.find(MEETINGS, "mentorship", mentorship) if each.state is MeetingState.HELD]
    forms = [form for meeting in held if (form := _form_about(reader, meeting.id, side)) is not None]
    return forms[0] if len(forms) == 1 else None


def _form_about(reader: Reader, meeting: str, side: Side) -> Outgoing | None:
    """The first form that has left to one side about a talk."""
    letters = reader.find(OUTGOING, "meeting", meeting)
    forms = (each for each in letters if each.kind is LetterKind.FEEDBACK and each.to is side)
    return next((form for form in forms if form.state is OutgoingState.SENT), None)


def _form_answered(reader: Reader, mail: str) -> Outgoing | None:
    """The form of the talk on which a mail has given feedback, whatever letter it answers."""
    edits = (edit for change in reader.find(CHANGES, "source_ref", mail) for edit in change.edits)
    given = next((reader.get(FEEDBACK, edit.id) for edit in edits if edit.table == FEEDBACK.name), None)
    return _form_about(reader, given.meeting, given.by) if given is not None else None


def is_sealed(reader: Reader, mail: Incoming, now: datetime) -> bool:
    """Whether what the protégé wrote in this mail is not shown to the mentor yet."""
    letter = reader.get(OUTGOING, mail.answers) if mail.answers else None
    form = form_of(reader, letter) or _form_answered(reader, mail.id)
    meeting = reader.get(MEETINGS, form.meeting) if form is not None and form.to is Side.PROTEGE else None
    return meeting is not None and not unsealed(reader.find(FEEDBACK, "meeting", meeting.id), meeting.ends_at, now)
