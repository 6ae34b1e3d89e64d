"""The mentor's digest: one letter on Monday at 07:30 of her own time, about everybody at once."""

from datetime import datetime, time, timedelta

from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.domain.people import Side
from okrmate.domain.rhythm import at_local, waking
from okrmate.mail.outbound import message_id
from okrmate.services.letters.contexts import write
from okrmate.services.letters.digests import digest_context, working
from okrmate.services.mailroom import MailRoom
from okrmate.services.ports import Reader
from okrmate.services.tables import OUTGOING

HOUR = time(7, 30)
USEFUL = timedelta(days=3)
"""Until Wednesday is over: then the week is no longer ahead."""
WEEK = timedelta(days=7)


def digest_due(room: MailRoom, now: datetime) -> datetime:
    """When the digest of the week leaves that `now` is in, in her waking hours."""
    today = room.mentor.local(now).date()
    monday = today - timedelta(days=today.weekday())
    return waking(at_local(monday, HOUR, room.mentor.zone), room.mentor.zone, room.rules.quiet_hours)


def next_digest(room: MailRoom, reader: Reader, now: datetime) -> datetime | None:
    """When the next one is due that does not exist; None where nobody is mentored, or she wants none."""
    if not room.rules.digest or not working(reader):
        return None
    due = digest_due(room, now)
    return due if due > now else digest_due(room, now + WEEK)


def missing_digest(room: MailRoom, reader: Reader, now: datetime) -> Outgoing | None:
    """This week's digest, where it should exist by now, still helps, and does not exist.

    A mentorship that has begun since its hour has no week behind it that could be told of.
    """
    if not room.rules.digest:
        return None
    due = digest_due(room, now)
    began_before = any(pair.mentorship.begun_at < due for pair in working(reader))
    if not due <= now < _useful_until(room, due) or not began_before or reader.find(OUTGOING, "key", _key(room, due)):
        return None
    return digest_now(room, reader, now)


def digest_now(room: MailRoom, reader: Reader, now: datetime) -> Outgoing:
    """The digest of this week as it would leave now; it belongs to no mentorship, so that of its record is empty."""
    due = digest_due(room, now)
    words = room.composer.words(room.mentor)
    composed = write(room.composer, digest_context(room, reader, words, now), words)
    token = room.desk.tokens.new_token()
    return Outgoing(
        id=room.desk.tokens.new_id(),
        key=_key(room, due),
        kind=LetterKind.DIGEST,
        mentorship="",
        to=Side.MENTOR,
        address=room.mentor.address,
        name=room.mentor.name,
        language=words.language,
        subject=composed.subject,
        blocks=composed.blocks,
        message_id=message_id(token, room.store.home.id, room.rules.domain),
        token=token,
        state=OutgoingState.QUEUED,
        created_at=now,
        due_at=due,
        useful_until=_useful_until(room, due),
    )


def _useful_until(room: MailRoom, due: datetime) -> datetime:
    return at_local(room.mentor.local(due).date() + USEFUL, time(), room.mentor.zone)


def _key(room: MailRoom, due: datetime) -> str:
    return f":{Side.MENTOR}:{LetterKind.DIGEST}:{room.mentor.local(due).date().isoformat()}:"
