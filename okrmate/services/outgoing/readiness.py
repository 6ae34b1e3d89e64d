"""Whether a letter that waits may leave now: its time, its twin, silence, and the recipient's quiet hours."""

from datetime import datetime

from okrmate.domain.letters import (
    ANSWERS,
    COPIED,
    TO_A_MAIL,
    WAITING,
    LetterKind,
    Outgoing,
    OutgoingState,
)
from okrmate.domain.people import Side
from okrmate.domain.rhythm import is_quiet, short_notice, waking
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.mentorships import pair as pair_of
from okrmate.services.ports import Reader
from okrmate.services.tables import MEETINGS, MENTORSHIPS, OUTGOING, PEOPLE

LET_GO = (OutgoingState.QUEUED, OutgoingState.DEFERRED)
"""The states of a letter that leaves as soon as it may."""


def leaving(room: MailRoom, reader: Reader, now: datetime) -> tuple[Outgoing, ...]:
    """The letters one pass hands over, what was due first first, and a copy behind the letter it is a copy of."""
    due = [each for state in LET_GO for each in reader.find(OUTGOING, "state", state) if _may(room, reader, each, now)]
    twins = {letter.id: _waiting_twins(reader, letter) for letter in due}
    together = [letter for letter in due if all(twin.id in twins for twin in twins[letter.id])]

    def turn(letter: Outgoing) -> tuple[datetime, bool]:
        return max(each.due_at for each in (letter, *twins[letter.id])), letter.to is Side.MENTOR

    return tuple(sorted(together, key=turn))


def may_leave(room: MailRoom, reader: Reader, letter: Outgoing, now: datetime) -> bool:
    """Whether it may leave at this very moment; a copy says that its twin has left, so it never goes before it."""
    return _may(room, reader, letter, now) and not _waiting_twins(reader, letter)


def leaves_late(reader: Reader, letter: Outgoing, now: datetime) -> bool:
    """Whether an agenda that was written in time leaves too late after all: held, paused, put off or slept."""
    meeting = reader.get(MEETINGS, letter.meeting) if letter.kind is LetterKind.AGENDA and not letter.final else None
    return meeting is not None and short_notice(meeting, pair_of(reader, letter.mentorship).protege.zone, now)


def _may(room: MailRoom, reader: Reader, letter: Outgoing, now: datetime) -> bool:
    """As `may_leave`, but for its twin.

    Answers leave at once, to somebody who is paused only the one to their own mail; so does the mentor's copy of
    an agenda, in the minute its twin leaves.
    """
    if letter.state not in LET_GO or letter.due_at > now or (letter.next_attempt_at or now) > now:
        return False
    if now >= letter.useful_until:
        return False  # reaching the way out may have taken a weekend: asked for a password, or asleep
    if letter.kind in TO_A_MAIL:
        return True
    if letter.kind is LetterKind.DIGEST:
        return not _asleep(room, room.mentor.zone, letter, now)
    pair = _pair(reader, letter)
    if pair is None or (pair.mentorship.silent and not (letter.kind is LetterKind.WELCOME and pair.mentorship.open)):
        return False
    copy = letter.kind is LetterKind.AGENDA and letter.to is Side.MENTOR
    return (
        letter.kind in ANSWERS or copy or not _asleep(room, room.recipient(pair.protege, letter.to).zone, letter, now)
    )


def _asleep(room: MailRoom, zone: str, letter: Outgoing, now: datetime) -> bool:
    """Whether the recipient's quiet hours keep it, and it is still of use when they end."""
    quiet = room.rules.quiet_hours
    return is_quiet(now, zone, quiet) and waking(now, zone, quiet) < letter.useful_until


def _pair(reader: Reader, letter: Outgoing) -> Pair | None:
    mentorship = reader.get(MENTORSHIPS, letter.mentorship)
    protege = None if mentorship is None else reader.get(PEOPLE, mentorship.protege)
    return None if mentorship is None or protege is None else Pair(protege=protege, mentorship=mentorship)


def _waiting_twins(reader: Reader, letter: Outgoing) -> tuple[Outgoing, ...]:
    """The letters to the protégé that this one is the mentor's copy of, where they have certainly not left yet."""
    if letter.kind not in COPIED or letter.to is not Side.MENTOR:
        return ()
    return tuple(
        each
        for each in reader.find(OUTGOING, "meeting", letter.meeting)
        if each.kind is letter.kind and each.to is Side.PROTEGE and each.state in WAITING and not each.copies
    )
