"""What is being tried: taking up, beginning and ending tactics, and the table of what was tried and what it did."""

from datetime import datetime
from typing import assert_never

from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import KeyResult, OkrSetState
from okrmate.domain.tactics import Effect, Tactic, TacticState, effect, had_its_chance
from okrmate.frozen import Frozen, replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.altering import Alteration, Drop, Rewrite, edit_in, revise_in
from okrmate.services.mentoring.key_results import Found, find_key_result
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import NewKeyResult, current_outline
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import KEY_RESULTS, READINGS, TACTICS


class Tried(Frozen):
    """A tactic, the key result it is for, and what that did meanwhile; no effect where it never began."""

    tactic: Tactic
    key_result: KeyResult
    effect: Effect | None
    had_its_chance: bool = False
    """Whether it is time to ask: wrong tactic, or the right one done badly?"""


def tactics_of(reader: Reader, key_result: KeyResult, now: datetime) -> tuple[Tried, ...]:
    """Everything tried for one key result, or planned, in the order it was written down."""
    tactics = reader.find(TACTICS, "key_result", key_result.id)
    readings = reader.find(READINGS, "key_result", key_result.id) if tactics else ()
    return tuple(
        Tried(
            tactic=tactic,
            key_result=key_result,
            effect=effect(tactic, key_result.metric, readings, now),
            had_its_chance=had_its_chance(tactic, key_result.metric, readings, now),
        )
        for tactic in tactics
    )


def tried(reader: Reader, pair: Pair, now: datetime) -> tuple[Tried, ...]:
    """Everything tried for the set the pair works on, in the order of its key results."""
    outline = current_outline(reader, pair.mentorship.id)
    standings = outline.standings if outline else ()
    return tuple(row for each in standings for row in tactics_of(reader, each.key_result, now))


def add_tactic(desk: Desk, pair: Pair, ref: str, title: str, *, begun_at: datetime | None = None) -> Tactic:
    """Write down what is to be tried for the key result; with `begun_at` it is being tried since then."""
    with desk.store.transaction() as tx:
        found = find_key_result(tx, pair, ref)
        tactic = put_tactic(tx, desk, found.key_result, title)
        if begun_at is not None:
            tactic = _begun(tactic, begun_at, desk)
            tx.put(TACTICS, tactic)
        trail.record(
            tx,
            desk,
            what=f"tactic “{tactic.title}” for KR {found.key_result.ref} {_became(tactic.state)}",
            source=trail.by_command("tactic add"),
            mentorship=pair.mentorship.id,
        )
    return tactic


def put_tactic(tx: Transaction, desk: Desk, key_result: KeyResult, title: str) -> Tactic:
    """Put a planned tactic into the store; whoever calls it writes the trail. `UsageError` where it has no words."""
    words = " ".join(title.split())
    if not words or not words.isprintable():
        raise UsageError("A tactic needs visible letters.")
    tactic = Tactic(
        id=desk.tokens.new_id(),
        mentorship=key_result.mentorship,
        key_result=key_result.id,
        title=words,
        state=TacticState.PLANNED,
        created_at=desk.clock.now(),
    )
    tx.put(TACTICS, tactic)
    return tactic


def begins_at_once(reader: Reader, pair: Pair, now: datetime) -> datetime | None:
    """When a tactic that is added now begins: at once while the set runs, later while it is being written."""
    outline = current_outline(reader, pair.mentorship.id)
    return now if outline is not None and outline.okr_set.state is OkrSetState.ACTIVE else None


def begin_tactic(desk: Desk, tactic_id: str, at: datetime | None = None) -> Tactic:
    """Say that it is being tried, from now on or since a moment that has passed."""
    with desk.store.transaction() as tx:
        tactic = _begun(find_tactic(tx, tactic_id), at or desk.clock.now(), desk)
        return _changed(tx, desk, tactic, "tactic start")


def end_tactic(desk: Desk, tactic_id: str, learned: str = "", at: datetime | None = None) -> Tactic:
    """Say that it is no longer tried, and what the pair takes from it; what was only planned is left."""
    with desk.store.transaction() as tx:
        tactic, moment = find_tactic(tx, tactic_id), _passed(at or desk.clock.now(), desk)
        if tactic.begun_at is not None and moment < tactic.begun_at:
            raise UsageError("A tactic cannot end before it began.")
        return _changed(tx, desk, tactic.over(moment, " ".join(learned.split())), "tactic end")


def turn_into_tactic(desk: Desk, pair: Pair, ref: str, *, under: str, reason: str = "") -> Tactic:
    """Make what a key result says a tactic for another one, whose code `under` is; the line itself is dropped.

    An activity is no result, but it may bring one about (seed 002). Of active OKRs that is a revision, which needs a
    `reason`. `UsageError` where it is the same one, or the set cannot be altered so.
    """
    with desk.store.transaction() as tx:
        line, outcome = find_key_result(tx, pair, ref), find_key_result(tx, pair, under)
        if line.key_result.id == outcome.key_result.id:
            raise UsageError(f"KR {outcome.key_result.ref} cannot be its own tactic; name the outcome it is to bring.")
        return _turned(tx, desk, pair, line, outcome.key_result, (Drop(ref=line.key_result.ref),), reason)


def turn_into_outcome(desk: Desk, pair: Pair, ref: str, outcome: NewKeyResult, *, reason: str = "") -> Tactic:
    """Write a key result anew as the outcome it is to bring; what it said before becomes the first tactic for it."""
    with desk.store.transaction() as tx:
        line = find_key_result(tx, pair, ref)
        anew = Rewrite(ref=line.key_result.ref, new=outcome)
        return _turned(tx, desk, pair, line, line.key_result, (anew,), reason)


def _turned(
    tx: Transaction,
    desk: Desk,
    pair: Pair,
    line: Found,
    outcome: KeyResult,
    alterations: tuple[Alteration, ...],
    reason: str,
) -> Tactic:
    tactic = put_tactic(tx, desk, outcome, line.key_result.title)
    for earlier in tx.find(TACTICS, "key_result", line.key_result.id):
        tx.put(TACTICS, replace(earlier, key_result=outcome.id))
    source = trail.by_command("tactic turn")
    if line.okr_set.state is OkrSetState.ACTIVE:
        tactic = tactic.begun(desk.clock.now())
        tx.put(TACTICS, tactic)
        revise_in(tx, desk, pair, alterations, reason=reason, source=source)
    else:
        edit_in(tx, desk, pair, alterations, reason=reason or "an activity, kept as a tactic", source=source)
    return tactic


def find_tactic(reader: Reader, tactic_id: str) -> Tactic:
    """The tactic with this id, or `UsageError`."""
    found = reader.get(TACTICS, tactic_id)
    if found is None:
        raise UsageError(f"There is no tactic “{tactic_id}”; `okrmate tactic list PERSON` shows them with their ids.")
    return found


def _begun(tactic: Tactic, at: datetime, desk: Desk) -> Tactic:
    return tactic.begun(_passed(at, desk))


def _passed(at: datetime, desk: Desk) -> datetime:
    if at > desk.clock.now():
        raise UsageError("A tactic begins and ends now or earlier; one for later is added with --planned.")
    return at


def _changed(tx: Transaction, desk: Desk, tactic: Tactic, command: str) -> Tactic:
    tx.put(TACTICS, tactic)
    key_result = tx.get(KEY_RESULTS, tactic.key_result)
    about = f" for KR {key_result.ref}" if key_result else ""
    trail.record(
        tx,
        desk,
        what=f"tactic “{tactic.title}”{about} {_became(tactic.state)}",
        source=trail.by_command(command),
        mentorship=tactic.mentorship,
    )
    return tactic


def _became(state: TacticState) -> str:
    match state:
        case TacticState.PLANNED:
            return "planned"
        case TacticState.RUNNING:
            return "begun"
        case TacticState.ENDED:
            return "ended"
        case TacticState.DROPPED:
            return "left before it began"
        case _:
            assert_never(state)
