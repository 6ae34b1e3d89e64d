"""Pulses: how helpful the mentoring is to each side, kept from an answer or as the mentor says it."""

from datetime import datetime

from okrmate.domain.changes import Source
from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.people import Side
from okrmate.domain.pulse import LEAST, MOST, Pulse, moment_of
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import set_in
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import PULSES


def pulses_of(reader: Reader, mentorship: str) -> tuple[Pulse, ...]:
    """What both sides said so far, the oldest first."""
    return tuple(sorted(reader.find(PULSES, "mentorship", mentorship), key=lambda pulse: pulse.at))


def beside(reader: Reader, pulse: Pulse) -> Pulse | None:
    """What the other side said of the same part of the same cycle, if anything."""
    same = (pulse.by.other, pulse.okr_set, pulse.moment)
    others = reader.find(PULSES, "mentorship", pulse.mentorship)
    return next((each for each in others if (each.by, each.okr_set, each.moment) == same), None)


def take_in(  # noqa: PLR0913 - one argument a field of it
    tx: Transaction,
    desk: Desk,
    pair: Pair,
    side: Side,
    *,
    helpful: int,
    because: str = "",
    one_higher: str = "",
    asked_at: datetime,
    source: Source,
) -> Pulse:
    """Keep a pulse inside a transaction; said anew of the same part of a cycle, it replaces what was said before.

    `asked_at` tells which part: when the letter that asked was written, or now.
    """
    running = set_in(tx, pair.mentorship.id, OkrSetState.ACTIVE)
    moment = moment_of(running.ends if running is not None else None, desk.mentor.local(asked_at).date())
    cycle = running.id if running is not None else ""
    before = tx.find(PULSES, "mentorship", pair.mentorship.id)
    of_it = (each for each in before if (each.by, each.okr_set, each.moment) == (side, cycle, moment))
    known = next(of_it, None)
    pulse = Pulse(
        id=known.id if known is not None else desk.tokens.new_id(),
        mentorship=pair.mentorship.id,
        by=side,
        at=desk.clock.now(),
        source=source,
        moment=moment,
        okr_set=cycle,
        helpful=helpful,
        because=because or (known.because if known is not None else ""),
        one_higher=one_higher or (known.one_higher if known is not None else ""),
    )
    tx.put(PULSES, pulse)
    return pulse


def give_pulse(desk: Desk, pair: Pair, side: Side, helpful: int, *, because: str = "", one_higher: str = "") -> Pulse:
    """A pulse as the mentor writes it down, her own or what the other side told her; `UsageError` off the scale."""
    if not LEAST <= helpful <= MOST:
        raise UsageError(f"The pulse is a whole number from {LEAST} to {MOST}, not {helpful}.")
    source = trail.by_command("person edit")
    with desk.store.transaction() as tx:
        pulse = take_in(
            tx,
            desk,
            pair,
            side,
            helpful=helpful,
            because=because.strip(),
            one_higher=one_higher.strip(),
            asked_at=desk.clock.now(),
            source=source,
        )
        whose = desk.mentor.name if side is Side.MENTOR else pair.protege.name
        what = f"{pair.protege.name}: pulse of {whose}"
        trail.record(tx, desk, what=what, source=source, mentorship=pair.mentorship.id)
    return pulse
