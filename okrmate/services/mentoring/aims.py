"""Aims of both sides: kept from an answer to the welcome, or written by the mentor for either side."""

from okrmate.domain.aims import Aims
from okrmate.domain.changes import Source
from okrmate.domain.errors import UsageError
from okrmate.domain.people import Side
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import AIMS


def aims_of(reader: Reader, mentorship: str, side: Side) -> Aims | None:
    """What one side hopes for, if it was said."""
    return next((each for each in reader.find(AIMS, "mentorship", mentorship) if each.by is side), None)


def keep_in(
    tx: Transaction, desk: Desk, pair: Pair, side: Side, *, aims: tuple[str, ...], gain: str, source: Source
) -> Aims:
    """Keep what one side wrote inside a transaction; what was written anew replaces what was there."""
    now = desk.clock.now()
    known = aims_of(tx, pair.mentorship.id, side)
    if known is None:
        known = Aims(id=desk.tokens.new_id(), mentorship=pair.mentorship.id, by=side, at=now, source=source)
    kept = known.with_words(aims, gain, now, source)
    tx.put(AIMS, kept)
    return kept


def write_aims(desk: Desk, pair: Pair, side: Side, *, aims: tuple[str, ...] = (), gain: str = "") -> Aims:
    """What one side hopes for, as the mentor writes it down; `UsageError` where nothing is said."""
    said = tuple(filter(None, (" ".join(each.split()) for each in aims)))
    gained = " ".join(gain.split())
    if not said and not gained:
        raise UsageError("Write at least one aim, or what it would bring.")
    source = trail.by_command("person edit")
    with desk.store.transaction() as tx:
        kept = keep_in(tx, desk, pair, side, aims=said, gain=gained, source=source)
        whose = desk.mentor.name if side is Side.MENTOR else pair.protege.name
        what = f"{pair.protege.name}: aims of {whose}"
        trail.record(tx, desk, what=what, source=source, mentorship=pair.mentorship.id)
    return kept
