"""Telling each protégé once that the mentor is away: a letter in her name, which leaves however silent all else is."""

from collections.abc import Iterator
from datetime import datetime

from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.people import MentorshipState, Side
from okrmate.domain.rhythm import waking
from okrmate.frozen import Frozen
from okrmate.mail.words import Words
from okrmate.services import trail
from okrmate.services.letters.contexts import OwnReplyContext, write
from okrmate.services.letters.writing import Written, addressed, held_if_needed
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.absences import Days, rest
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.ports import Reader
from okrmate.services.tables import ABSENCES, MEETINGS, OUTGOING, Absence


class Away(Frozen):
    """The absence, the letters that tell of it, and the talks that fall into it."""

    absence: Absence
    letters: tuple[Outgoing, ...]
    talks: tuple[Meeting, ...]


def go_away(room: MailRoom, days: Days, line: str = "") -> Away:
    """Be away on these days: everybody who gets letters is told once, and letters rest from the first day on.

    `line` is the mentor's own, added to each. Who has not got a first letter yet is told nothing. Taken back as long
    as no letter has left.
    """
    desk = room.desk
    with room.store.transaction() as tx:
        absence = Absence(
            id=desk.tokens.new_id(),
            begins_at=days.begins_at(desk.mentor),
            ends_at=days.ends_at(desk.mentor),
            at=desk.clock.now(),
            line=" ".join(line.split()),
        )
        told = tuple(pair for pair in pairs(tx) if _is_told(tx, pair))
        talks = tuple(talk for pair in pairs(tx) for talk in _talks(tx, pair, absence))
        letters = tuple(_letter(room, pair, days, absence, talks) for pair in told)
        tx.put(ABSENCES, absence)
        for letter in letters:
            tx.put(OUTGOING, letter)
        what = f"away from {days.first.isoformat()} to {days.last.isoformat()}"
        trail.record(tx, desk, what=what, source=trail.by_command("away"), wrote=tuple(each.id for each in letters))
    rest(desk, pairs(room.store.reader()))
    return Away(absence=absence, letters=letters, talks=talks)


def _is_told(reader: Reader, pair: Pair) -> bool:
    letters = reader.find(OUTGOING, "mentorship", pair.mentorship.id)
    known = any(each.to is Side.PROTEGE and each.state is OutgoingState.SENT for each in letters)
    return known and pair.mentorship.state is MentorshipState.ACTIVE


def _talks(reader: Reader, pair: Pair, absence: Absence) -> Iterator[Meeting]:
    for talk in reader.find(MEETINGS, "mentorship", pair.mentorship.id):
        if talk.state is MeetingState.SCHEDULED and absence.begins_at <= talk.begins_at < absence.ends_at:
            yield talk


def _letter(room: MailRoom, pair: Pair, days: Days, absence: Absence, talks: tuple[Meeting, ...]) -> Outgoing:
    now, words = room.desk.clock.now(), room.composer.words(pair.protege)
    theirs = tuple(talk for talk in talks if talk.mentorship == pair.mentorship.id)
    context = OwnReplyContext(
        name=pair.protege.first_name,
        other=room.mentor.first_name,
        said=tuple(_said(words, pair, days, theirs, absence.line)),
    )
    written = Written(
        key=f"{pair.protege.id}:{Side.PROTEGE}:{LetterKind.REPLY}:away:{absence.id}",
        kind=LetterKind.REPLY,
        language=words.language,
        subject=words.phrase("away", "subject", **_period(words, days)),
        blocks=write(room.composer, context, words).blocks,
        due_at=_at_day(room, pair, now),
        useful_until=absence.ends_at,
    )
    return held_if_needed(room, pair, addressed(room, pair, Side.PROTEGE, written, now))


def _at_day(room: MailRoom, pair: Pair, now: datetime) -> datetime:
    """Not at night."""
    return waking(now, pair.protege.zone, room.rules.quiet_hours)


def _said(words: Words, pair: Pair, days: Days, talks: tuple[Meeting, ...], line: str) -> Iterator[str]:
    yield words.phrase("away", "told", reader=pair.protege.first_name, **_period(words, days))
    for talk in talks:
        yield words.phrase("away", "talk", talk=words.when(talk.begins_at, "moment"))
    yield words.phrase("away", "meanwhile")
    if line:
        yield ""
        yield line


def _period(words: Words, days: Days) -> dict[str, str]:
    return {"first": words.when(days.first, "day"), "last": words.when(days.last, "day")}
