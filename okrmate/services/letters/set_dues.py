"""Which letters a set of OKRs asks for: to agree to it, at half-time, before its end, and once it is closed."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from okrmate.domain.cycle import closing_day, half_time
from okrmate.domain.letters import WAITING, LetterKind, Outgoing, OutgoingState
from okrmate.domain.okrs import OkrSet, OkrSetState
from okrmate.domain.people import Side
from okrmate.domain.rhythm import at_local, waking
from okrmate.services.letters.due import Due, Rulebook, key
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader
from okrmate.services.tables import OKR_SETS, OUTGOING

CLOCK = time(9)
"""When they leave, on the reader's clock."""
USEFUL = timedelta(days=14)
ANSWERED_WITHIN = timedelta(days=7)
"""So long after the letter before the end has left somebody may answer, also where it left late."""
LOOK_BACK = timedelta(days=40)
"""What was useful until longer ago leaves no trace."""
NEVER_LEAVES = frozenset({OutgoingState.WITHDRAWN, OutgoingState.EXPIRED, OutgoingState.FAILED})


def dues_of_sets(book: Rulebook, reader: Reader, pair: Pair, now: datetime) -> Iterator[Due]:
    """Every letter about the sets of a mentorship that is due or will be."""
    for okr_set in reader.find(OKR_SETS, "mentorship", pair.mentorship.id):
        for due in _of_set(book, reader, pair, okr_set):
            if due.useful_until > now - LOOK_BACK:
                yield due


def _of_set(book: Rulebook, reader: Reader, pair: Pair, okr_set: OkrSet) -> Iterator[Due]:
    match okr_set.state:
        case OkrSetState.REFINED:
            yield from _to_agree(book, reader, pair, okr_set)
        case OkrSetState.ACTIVE:
            yield from _half_time(book, reader, pair, okr_set)
            yield from _before_the_end(book, reader, pair, okr_set)
        case OkrSetState.CLOSED:
            yield from _closed(book, reader, pair, okr_set)
        case OkrSetState.DRAFT | OkrSetState.ABANDONED:
            return


def closes_by_itself_at(book: Rulebook, reader: Reader, pair: Pair, okr_set: OkrSet) -> datetime | None:
    """When an active set closes although nobody closes it; None where it has no end.

    That is when its last day is over for the protégé, and there was a week to answer the letter before the end.
    """
    asked = next((due for due in _before_the_end(book, reader, pair, okr_set) if due.to is Side.PROTEGE), None)
    if asked is None or okr_set.ends is None:
        return None
    over = at_local(okr_set.ends + timedelta(days=1), time(0), pair.protege.zone)
    letter = next(iter(reader.find(OUTGOING, "key", asked.key)), None)
    if letter is None or letter.state in WAITING:
        return max(over, asked.useful_until)
    left = letter.sent_at or letter.claimed_at
    return over if left is None or letter.state in NEVER_LEAVES else max(over, left + ANSWERED_WITHIN)


def _to_agree(book: Rulebook, reader: Reader, pair: Pair, okr_set: OkrSet) -> Iterator[Due]:
    """In the thread of the welcome, which asked for a draft, where that has left."""
    if okr_set.refined_at is not None and okr_set.agreed_protege is None:
        yield _due(
            reader,
            pair,
            LetterKind.REFINE_SUMMARY,
            Side.PROTEGE,
            okr_set,
            waking(okr_set.refined_at, pair.protege.zone, book.rules.quiet_hours),
            occurrence=f"{okr_set.refined_at:%Y%m%dT%H%M%S}",
            known_at=okr_set.refined_at,
            after=_welcome(reader, pair),
        )


def _welcome(reader: Reader, pair: Pair) -> Outgoing | None:
    found = reader.find(OUTGOING, "key", key(pair, LetterKind.WELCOME, Side.PROTEGE, pair.mentorship.id, ""))
    return next((letter for letter in found if letter.sent_at is not None), None)


def _half_time(book: Rulebook, reader: Reader, pair: Pair, okr_set: OkrSet) -> Iterator[Due]:
    if okr_set.activated_at is None or okr_set.ends is None:
        return
    day = half_time(pair.protege.local(okr_set.activated_at).date(), okr_set.ends)
    if day is None:
        return
    for side in Side:
        due_at = at_local(day, CLOCK, _zone(book, pair, side))
        yield _due(reader, pair, LetterKind.MID_CYCLE, side, okr_set, due_at)


def _before_the_end(book: Rulebook, reader: Reader, pair: Pair, okr_set: OkrSet) -> Iterator[Due]:
    if okr_set.activated_at is None or okr_set.ends is None:
        return
    day = closing_day(pair.protege.local(okr_set.activated_at).date(), okr_set.ends)
    for side in Side:
        due_at = max(at_local(day, CLOCK, _zone(book, pair, side)), okr_set.activated_at)
        yield _due(reader, pair, LetterKind.CLOSING, side, okr_set, due_at)


def _closed(book: Rulebook, reader: Reader, pair: Pair, okr_set: OkrSet) -> Iterator[Due]:
    if okr_set.closed_at is None:
        return
    for side in Side:
        due_at = waking(okr_set.closed_at, _zone(book, pair, side), book.rules.quiet_hours)
        yield _due(reader, pair, LetterKind.CLOSED, side, okr_set, due_at)


def _zone(book: Rulebook, pair: Pair, side: Side) -> str:
    return book.mentor.zone if side is Side.MENTOR else pair.protege.zone


def _due(  # noqa: PLR0913 - one argument a field of it
    reader: Reader,
    pair: Pair,
    kind: LetterKind,
    side: Side,
    okr_set: OkrSet,
    due_at: datetime,
    *,
    occurrence: str = "",
    known_at: datetime | None = None,
    after: Outgoing | None = None,
) -> Due:
    own = key(pair, kind, side, okr_set.id, occurrence)
    return Due(
        key=own,
        kind=kind,
        to=side,
        pair=pair,
        due_at=due_at,
        useful_until=due_at + USEFUL,
        okr_set=okr_set,
        after=after,
        known_at=known_at,
        exists=bool(reader.find(OUTGOING, "key", own)),
    )
