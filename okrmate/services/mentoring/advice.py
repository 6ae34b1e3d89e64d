"""The advice log of a mentorship: what was advised, by hand or as a suggestion, what was done and what it changed."""

from datetime import datetime

from okrmate.domain.advice import Advice
from okrmate.domain.changes import Source
from okrmate.domain.errors import UsageError
from okrmate.domain.feedback import unsealed
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import ADVICE, FEEDBACK, MEETINGS


def advice_log(reader: Reader, mentorship: str, now: datetime) -> tuple[Advice, ...]:
    """All advice, oldest first: what was written down, and the mentor's suggestions that both have seen.

    A suggestion is advice as soon as it is not sealed any more; its id is that of the feedback until something is
    said of it.
    """
    kept = reader.find(ADVICE, "mentorship", mentorship)
    known = {each.suggestion for each in kept if each.suggestion}
    suggested = (each for each in _suggested(reader, mentorship, now) if each.suggestion not in known)
    return tuple(sorted((*kept, *suggested), key=lambda each: each.at))


def _suggested(reader: Reader, mentorship: str, now: datetime) -> tuple[Advice, ...]:
    found = []
    for given in reader.find(FEEDBACK, "mentorship", mentorship):
        meeting = reader.get(MEETINGS, given.meeting)
        if given.by is not Side.MENTOR or not given.suggestion or meeting is None:
            continue
        if unsealed(reader.find(FEEDBACK, "meeting", meeting.id), meeting.ends_at, now):
            found.append(
                Advice(
                    id=given.id,
                    mentorship=mentorship,
                    words=" ".join(given.suggestion),
                    at=given.at,
                    source=given.source,
                    meeting=meeting.id,
                    suggestion=given.id,
                )
            )
    return tuple(found)


def give(desk: Desk, pair: Pair, words: str) -> Advice:
    """Write down a piece of advice that the mentor gave."""
    source = trail.by_command("advice add")
    given = Advice(
        id=desk.tokens.new_id(),
        mentorship=pair.mentorship.id,
        words=_said(words),
        at=desk.clock.now(),
        source=source,
    )
    with desk.store.transaction() as tx:
        tx.put(ADVICE, given)
        trail.record(tx, desk, what="advice written down", source=source, mentorship=given.mentorship)
    return given


def tell(desk: Desk, pair: Pair, advice_id: str, *, did: str = "", impact: str = "") -> Advice:
    """Write down what was done with a piece of advice, what it changed, or both."""
    if not did.strip() and not impact.strip():
        raise UsageError("Say what was done (--did), what it changed (--impact), or both.")
    source = trail.by_command("advice told")
    with desk.store.transaction() as tx:
        known = find(tx, pair, advice_id, desk.clock.now())
        told = known.told(did=did.strip(), impact=impact.strip(), at=desk.clock.now())
        _keep(tx, desk, told)
        what = "advice put to use, with what it changed" if told.counts else "advice put to use"
        trail.record(tx, desk, what=what, source=source, mentorship=told.mentorship)
    return told


def drop(desk: Desk, pair: Pair, advice_id: str) -> Advice:
    """Ask about a piece of advice no more; it stays in the log."""
    with desk.store.transaction() as tx:
        dropped = _keep(tx, desk, replace(find(tx, pair, advice_id, desk.clock.now()), dropped=True))
        what, source = "advice not asked about any more", trail.by_command("advice drop")
        trail.record(tx, desk, what=what, source=source, mentorship=dropped.mentorship)
    return dropped


def take_told(
    tx: Transaction, desk: Desk, mentorship: str, asked: Advice | None, *, did: str, impact: str, source: Source
) -> Advice:
    """Keep what the protégé wrote of the advice that was asked about, or of one that nobody has written down."""
    now = desk.clock.now()
    known = asked or Advice(id=desk.tokens.new_id(), mentorship=mentorship, words="", at=now, source=source)
    return _keep(tx, desk, known.told(did=did, impact=impact, at=now))


def find(reader: Reader, pair: Pair, advice_id: str, now: datetime) -> Advice:
    """The piece of advice with this id, or `UsageError`."""
    for each in advice_log(reader, pair.mentorship.id, now):
        if each.id == advice_id:
            return each
    raise UsageError(f"{pair.protege.name} has no advice “{advice_id}”; see `okrmate advice list`.")


def _keep(tx: Transaction, desk: Desk, advice: Advice) -> Advice:
    """Put it into the log; a suggestion gets an entry of its own with the first word on it."""
    known = tx.get(ADVICE, advice.id) is not None or advice.id != advice.suggestion
    kept = advice if known else replace(advice, id=desk.tokens.new_id())
    tx.put(ADVICE, kept)
    return kept


def _said(words: str) -> str:
    said = " ".join(words.split())
    if not said:
        raise UsageError("Advice needs words.")
    return said
