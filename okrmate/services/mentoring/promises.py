"""Promises of both sides: made in a talk or between two, carried until they are kept or dropped."""

from datetime import date

from okrmate.domain.errors import Refusal, UsageError
from okrmate.domain.meetings import Promise, PromiseState
from okrmate.domain.moments import parse_date
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.meetings import last_meeting
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import PROMISES


def make(desk: Desk, pair: Pair, words: str, *, by: Side, due: date | None = None, meeting: str = "") -> Promise:
    """Write down what one side promised; it belongs to the last talk where none is named."""
    said = " ".join(words.split())
    if not said:
        raise UsageError("A promise needs words.")
    with desk.store.transaction() as tx:
        promise = make_in(tx, desk, pair.mentorship.id, said, by=by, due=due, meeting=meeting)
        whose = desk.mentor.first_name if by is Side.MENTOR else pair.protege.first_name
        source = trail.by_command("promise add")
        trail.record(tx, desk, what=f"promise of {whose} written down", source=source, mentorship=promise.mentorship)
    return promise


def make_in(
    tx: Transaction, desk: Desk, mentorship: str, words: str, *, by: Side, due: date | None = None, meeting: str = ""
) -> Promise:
    """The same inside a transaction that does more."""
    now = desk.clock.now()
    last = None if meeting else last_meeting(tx, mentorship, now)
    promise = Promise(
        id=desk.tokens.new_id(),
        mentorship=mentorship,
        meeting=meeting or (last.id if last else ""),
        by=by,
        text=words,
        at=now,
        due=due,
    )
    tx.put(PROMISES, promise)
    return promise


def become(desk: Desk, promise_id: str, state: PromiseState) -> Promise:
    """A promise kept or dropped, or open again."""
    with desk.store.transaction() as tx:
        known = find(tx, promise_id)
        if known.state is state:
            raise UsageError(f"That promise is {state} already.")
        after = replace(known, state=state)
        tx.put(PROMISES, after)
        trail.record(
            tx,
            desk,
            what=f"promise {state}: {known.text}",
            source=trail.by_command(f"promise {state}"),
            mentorship=known.mentorship,
        )
    return after


def find(reader: Reader, promise_id: str) -> Promise:
    """The promise with this id, or `UsageError`."""
    found = reader.get(PROMISES, promise_id)
    if found is None:
        raise UsageError(f"There is no promise “{promise_id}”; see `okrmate promise list`.")
    return found


def open_promises(reader: Reader, mentorship: str) -> tuple[Promise, ...]:
    """What both promised and neither kept nor dropped, those with a day first, the soonest before."""
    waiting = [each for each in reader.find(PROMISES, "mentorship", mentorship) if each.state is PromiseState.OPEN]
    return tuple(sorted(waiting, key=lambda each: (each.due is None, each.due or each.at.date())))


def day(desk: Desk, text: str) -> date | None:
    """The day on the mentor's clock that somebody typed (`fri`, `12 mar`, `2026-03-12`), or `UsageError`."""
    if not text.strip():
        return None
    found = parse_date(text, desk.mentor.zone, desk.clock.now())
    if isinstance(found, Refusal):
        raise UsageError(found.sentence)
    return found
