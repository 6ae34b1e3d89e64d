"""A letter as it would leave, without putting it into the outbox; and the agenda that waits, let go."""

from datetime import datetime

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import TO_A_MAIL, WAITING, LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.people import Side
from okrmate.domain.rhythm import agenda_due, agenda_useful_until, form_due, form_useful_until
from okrmate.frozen import Frozen, replace
from okrmate.services.desk import Desk
from okrmate.services.letters.contents import compose
from okrmate.services.letters.due import Due, Variant, key
from okrmate.services.letters.dues import dues
from okrmate.services.letters.final_agendas import approve
from okrmate.services.letters.set_letters import OF_A_SET
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.meetings import last_meeting, next_meeting
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.outgoing.digests import digest_now
from okrmate.services.outgoing.outbox import release
from okrmate.services.outgoing.planning import as_letter
from okrmate.services.tables import FEEDBACK, OKR_SETS, OUTGOING

NEVER_LEFT = frozenset({OutgoingState.WITHDRAWN, OutgoingState.EXPIRED, OutgoingState.FAILED})
WITHOUT_A_TALK = (LetterKind.WELCOME, LetterKind.CHECK_IN)
STATES = {
    LetterKind.REFINE_SUMMARY: (OkrSetState.DRAFT, OkrSetState.REFINED),
    LetterKind.MID_CYCLE: (OkrSetState.ACTIVE,),
    LetterKind.CLOSING: (OkrSetState.ACTIVE,),
    LetterKind.CLOSED: (OkrSetState.CLOSED,),
}
"""The states of the sets that a letter may be about."""
AFTER_A_TALK = (LetterKind.FEEDBACK, LetterKind.EXCHANGE)


def preview(room: MailRoom, kind: LetterKind, pair: Pair, side: Side = Side.PROTEGE) -> Outgoing:
    """The letter of this kind that leaves next to one side of a pair, as it would if nothing changed until then.

    One that waits in the outbox is shown as it was written. Where none will leave, it is the last that did, written
    anew, or what it would be if there were an occasion. An acknowledgement or a reply answers something, so
    the last one that was written is shown. `UsageError` says what is missing for the letter to exist.
    """
    now = room.desk.clock.now()
    if kind in TO_A_MAIL:
        return _last(room, kind, pair)
    if kind is LetterKind.DIGEST:
        return digest_now(room, room.store, now)
    written = {letter.key: letter for letter in room.store.find(OUTGOING, "mentorship", pair.mentorship.id)}
    due = _next(room, kind, pair, side, now) or _imagined(room, kind, pair, side, now)
    earlier = written.get(due.key)
    if earlier is not None and earlier.state in WAITING:
        return earlier
    if earlier is not None:
        due = replace(due, short_notice=earlier.short_notice)
    if kind is LetterKind.EXCHANGE and due.written_at > now:
        raise UsageError(f"What was written is sealed until both have, or until {due.written_at:%d %b %H:%M} UTC.")
    leaves = max(now, due.written_at)
    return as_letter(room, due, compose(room, room.store, due, leaves), leaves)


class AgendaAhead(Frozen):
    """A talk's agenda as the protégé reads it; `leaves_at` is None where it has left, or none will."""

    letter: Outgoing
    leaves_at: datetime | None
    written: bool
    """Whether it is in the outbox already, or has left."""
    again_at: datetime | None = None
    """When both get the list once more, where people have changed it since it left."""


def agenda_of(room: MailRoom, pair: Pair, meeting: Meeting) -> AgendaAhead:
    """The agenda of one talk: the letter itself where it is written, else as it would be written now."""
    now = room.desk.clock.now()
    written = [
        letter
        for letter in room.store.find(OUTGOING, "meeting", meeting.id)
        if letter.kind is LetterKind.AGENDA and letter.to is Side.PROTEGE and letter.state not in NEVER_LEFT
    ]
    if written:
        letter = written[-1]
        leaves_at = letter.due_at if letter.state in WAITING else None
        again = [each.due_at for each in _agendas_due(room, pair, meeting) if each.variant is Variant.FINAL]
        return AgendaAhead(letter=letter, leaves_at=leaves_at, written=True, again_at=min(again, default=None))
    planned = _agendas_due(room, pair, meeting)
    due = planned[0] if planned else _for_talk(room, LetterKind.AGENDA, pair, Side.PROTEGE, meeting)
    leaves = max(now, due.due_at)
    letter = as_letter(room, due, compose(room, room.store, due, leaves), leaves)
    return AgendaAhead(letter=letter, leaves_at=leaves if planned else None, written=False)


def let_go(desk: Desk, meeting: Meeting, agenda: AgendaAhead | None) -> None:
    """Let the agenda leave that waits for the mentor, or now the list that people have changed since; `UsageError`."""
    if agenda is not None and agenda.again_at is not None:
        approve(desk, meeting)
    elif agenda is not None and agenda.written and agenda.letter.state is OutgoingState.HELD:
        release(desk, agenda.letter.id)
    else:
        raise UsageError("No agenda of this talk waits for you; it leaves by itself when its time comes.")


def _agendas_due(room: MailRoom, pair: Pair, meeting: Meeting) -> list[Due]:
    """The agendas of one talk that the protégé is to get and that are not written yet."""
    every = dues(room, room.store, pair, room.desk.clock.now())
    to_them = (each for each in every if each.kind is LetterKind.AGENDA and each.to is Side.PROTEGE)
    return [each for each in to_them if each.meeting == meeting and not each.exists]


def _next(room: MailRoom, kind: LetterKind, pair: Pair, side: Side, now: datetime) -> Due | None:
    """The soonest of the letters that have not left and still may; else the last one that left."""
    planned = sorted(
        (due for due in dues(room, room.store, pair, now) if due.kind is kind and due.to is side),
        key=lambda due: due.due_at,
    )
    letters = room.store.find(OUTGOING, "mentorship", pair.mentorship.id)
    waiting = {letter.key for letter in letters if letter.state in WAITING}
    ahead = [due for due in planned if now < due.useful_until and (due.key in waiting or not due.exists)]
    return ahead[0] if ahead else planned[-1] if planned else None


def _imagined(room: MailRoom, kind: LetterKind, pair: Pair, side: Side, now: datetime) -> Due:
    """The letter as its talk will ask for it, where nothing does yet: the talk is ahead, or the person is silent."""
    if kind in OF_A_SET:
        return _of_set(room, kind, pair, side, now)
    meeting = None if kind in WITHOUT_A_TALK else _talk(room, kind, pair, now)
    return _for_talk(room, kind, pair, side, meeting)


def _of_set(room: MailRoom, kind: LetterKind, pair: Pair, side: Side, now: datetime) -> Due:
    """The letter as the set the pair works on will ask for it; of a closed one as the last that was."""
    sets = [each for each in room.store.find(OKR_SETS, "mentorship", pair.mentorship.id) if each.state in STATES[kind]]
    if not sets or (side is Side.MENTOR and kind is LetterKind.REFINE_SUMMARY):
        wanted = " or ".join(sorted(STATES[kind]))
        who = pair.protege.name if sets == [] else "the mentor"
        raise UsageError(f"There are no OKRs of {who} that this letter is about: it takes some that are {wanted}.")
    return Due(
        key=key(pair, kind, side, "preview", ""),
        kind=kind,
        to=side,
        pair=pair,
        due_at=now,
        useful_until=now,
        okr_set=sets[-1],
    )


def _for_talk(room: MailRoom, kind: LetterKind, pair: Pair, side: Side, meeting: Meeting | None) -> Due:
    """The letter as its talk would ask for it, whether or not one is due."""
    now = due_at = until = room.desk.clock.now()
    if meeting is not None:
        zone = room.recipient(pair.protege, side).zone
        match kind:
            case LetterKind.AGENDA:
                due_at = agenda_due(meeting, pair.protege.zone, pair.protege.days_off)
                until = agenda_useful_until(meeting)
            case LetterKind.FEEDBACK:
                due_at = form_due(meeting, zone, room.rules.quiet_hours)
                until = form_useful_until(meeting, zone, room.rules.quiet_hours)
            case _:
                until = max(now, meeting.begins_at)
    return Due(
        key=key(pair, kind, side, "preview", ""),
        kind=kind,
        to=side,
        pair=pair,
        due_at=due_at,
        useful_until=until,
        variant=Variant.BOTH if kind is LetterKind.EXCHANGE else Variant.NORMAL,
        meeting=meeting,
    )


def _last(room: MailRoom, kind: LetterKind, pair: Pair) -> Outgoing:
    written = [letter for letter in room.store.find(OUTGOING, "mentorship", pair.mentorship.id) if letter.kind is kind]
    if not written:
        raise UsageError(f"{pair.protege.name} has not been answered yet, so there is no {kind} to show.")
    return written[-1]


def _talk(room: MailRoom, kind: LetterKind, pair: Pair, now: datetime) -> Meeting:
    ahead = next_meeting(room.store, pair.mentorship.id, now)
    held = last_meeting(room.store, pair.mentorship.id, now)
    found = (held or ahead) if kind in AFTER_A_TALK else ahead
    if found is None:
        raise UsageError(f"No talk with {pair.protege.name} is planned; `okrmate meeting plan` plans one.")
    if kind is LetterKind.EXCHANGE and not room.store.find(FEEDBACK, "meeting", found.id):
        raise UsageError(f"Nobody has written anything about talk {found.number} yet.")
    if found.state is MeetingState.SCHEDULED or kind in AFTER_A_TALK:
        return found
    raise UsageError(f"Talk {found.number} is over.")
