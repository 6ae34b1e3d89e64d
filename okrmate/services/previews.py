"""A letter as it would leave now, without putting it into the outbox."""

from datetime import datetime

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import LetterKind, Outgoing
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.people import Side
from okrmate.services.dues import Due, Variant, key
from okrmate.services.letters import compose
from okrmate.services.mailroom import MailRoom
from okrmate.services.meetings import last_meeting, next_meeting
from okrmate.services.mentorships import Pair
from okrmate.services.reminders import as_letter
from okrmate.services.tables import FEEDBACK, OUTGOING

AFTER_A_TALK = (LetterKind.FEEDBACK, LetterKind.EXCHANGE)


def preview(room: MailRoom, kind: LetterKind, pair: Pair, side: Side = Side.PROTEGE) -> Outgoing:
    """The letter of this kind to one side of a pair, from the state of the store now.

    An acknowledgement answers something, so the last one that was written is shown. `UsageError` says what is
    missing for the letter to exist.
    """
    now = room.desk.clock.now()
    if kind is LetterKind.ACKNOWLEDGEMENT:
        return _last(room, kind, pair)
    meeting = None if kind is LetterKind.WELCOME else _talk(room, kind, pair, now)
    due = Due(
        key=key(pair, kind, side, "preview", ""),
        kind=kind,
        to=side,
        pair=pair,
        due_at=now,
        useful_until=meeting.begins_at if meeting and meeting.begins_at > now else now,
        variant=Variant.BOTH if kind is LetterKind.EXCHANGE else Variant.NORMAL,
        meeting=meeting,
    )
    return as_letter(room, due, compose(room, room.store, due, now), now)


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
