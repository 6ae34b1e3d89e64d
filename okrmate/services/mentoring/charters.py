"""Charters: the words of one, who agrees to them, by an answer to the welcome or as the mentor records it."""

from datetime import datetime

from okrmate.domain.changes import Source
from okrmate.domain.charter import Agreement, Charter, Terms
from okrmate.domain.errors import UsageError
from okrmate.domain.people import Side
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.meetings import LONGEST
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import CHARTERS, MEETINGS

MINUTES = int(LONGEST.total_seconds() // 60)


def charter_of(reader: Reader, mentorship: str) -> Charter | None:
    """The charter of a mentorship, once it was worded or agreed to."""
    return reader.get(CHARTERS, mentorship)


def terms_in_force(reader: Reader, mentorship: str) -> Terms:
    """What the charter says; before there is one, length and place of the first talk that is planned."""
    known = charter_of(reader, mentorship)
    if known is not None:
        return known.terms
    planned = sorted(reader.find(MEETINGS, "mentorship", mentorship), key=lambda each: each.begins_at)
    return Terms(minutes=planned[0].minutes, channel=planned[0].place) if planned else Terms()


def word_charter(desk: Desk, pair: Pair, terms: Terms) -> Charter:
    """Word the charter, which is the mentor's yes to it; other words take back the yes of the other side.

    `UsageError` where the minutes can be no talk's, or nothing is said.
    """
    if not 0 <= terms.minutes <= MINUTES:
        raise UsageError(f"A talk takes between 1 minute and 12 hours, not {terms.minutes} minutes.")
    if terms == Terms():
        raise UsageError("A charter says at least one of: rhythm, minutes, channel, confidentiality.")
    source, now = trail.by_command("person edit"), desk.clock.now()
    with desk.store.transaction() as tx:
        before = charter_of(tx, pair.mentorship.id) or _new(pair, terms, now)
        charter = before.reworded(terms, now).agreeing(Agreement(by=Side.MENTOR, at=now, source=source))
        tx.put(CHARTERS, charter)
        what = f"{pair.protege.name}: charter worded"
        trail.record(tx, desk, what=what, source=source, mentorship=pair.mentorship.id)
    return charter


def record_agreement(desk: Desk, pair: Pair) -> Charter:
    """Record that both said yes when they talked; `UsageError` where there is no charter, or both have already."""
    source, now = trail.by_command("person edit"), desk.clock.now()
    with desk.store.transaction() as tx:
        known = charter_of(tx, pair.mentorship.id)
        if known is None:
            raise UsageError(f"There is no charter with {pair.protege.name} yet; word it first.")
        if known.agreed:
            raise UsageError(f"You and {pair.protege.name} have both agreed to the charter already.")
        charter = known
        for side in Side:
            charter = charter.agreeing(Agreement(by=side, at=now, source=source))
        tx.put(CHARTERS, charter)
        what = f"{pair.protege.name}: charter agreed, as {desk.mentor.name} recorded"
        trail.record(tx, desk, what=what, source=source, mentorship=pair.mentorship.id)
    return charter


def agree_in(tx: Transaction, pair: Pair, source: Source, *, read_at: datetime, at: datetime) -> Charter | None:
    """The protégé's yes to the charter of a letter written at `read_at`; None where it says something else since.

    Where the mentor never worded one, what the letter said in her name is the charter, and so has her yes.
    """
    known = charter_of(tx, pair.mentorship.id)
    if known is None:
        hers = Agreement(by=Side.MENTOR, at=read_at, source=trail.BY_PROGRAM)
        known = _new(pair, terms_in_force(tx, pair.mentorship.id), read_at).agreeing(hers)
    elif known.worded_at > read_at:
        return None
    charter = known.agreeing(Agreement(by=Side.PROTEGE, at=at, source=source))
    tx.put(CHARTERS, charter)
    return charter


def _new(pair: Pair, terms: Terms, at: datetime) -> Charter:
    return Charter(id=pair.mentorship.id, mentorship=pair.mentorship.id, terms=terms, worded_at=at)
