"""Sets of OKRs whose time is over: they close by themselves, with what has come, once there was time to answer."""

from datetime import datetime, timedelta

from okrmate.domain.okrs import OkrSet, OkrSetState
from okrmate.domain.people import MentorshipState
from okrmate.services import trail
from okrmate.services.letters.set_dues import closes_by_itself_at
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.closing import close_in, not_closed_for
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.mentoring.okrs import set_in
from okrmate.services.ports import Reader

OVER = "its time was over"
A_DAY = timedelta(days=1)


def next_close(room: MailRoom, reader: Reader, pair: Pair) -> datetime | None:
    """When the active set of a mentorship closes by itself; None where none does, as while it is paused."""
    active = _running(reader, pair)
    return closes_by_itself_at(room, reader, pair, active) if active is not None else None


def _running(reader: Reader, pair: Pair) -> OkrSet | None:
    if pair.mentorship.state is not MentorshipState.ACTIVE:
        return None
    return set_in(reader, pair.mentorship.id, OkrSetState.ACTIVE)


def _may_be_over(reader: Reader, pair: Pair, now: datetime) -> bool:
    """Whether its last day has come, wherever they live: nothing else of it has to be worked out before."""
    active = _running(reader, pair)
    return active is not None and active.ends is not None and active.ends <= (now + A_DAY).date()


def close_over(room: MailRoom, now: datetime) -> tuple[OkrSet, ...]:
    """Close every set whose time is over by `now`; what nobody has said stays as the numbers say."""
    reader = room.store.reader()
    near = [pair for pair in pairs(reader) if _may_be_over(reader, pair, now)]
    over = [pair for pair in near if (at := next_close(room, reader, pair)) is not None and at <= now]
    closed = []
    for pair in over:
        with room.store.transaction() as tx:
            at, active = next_close(room, tx, pair), set_in(tx, pair.mentorship.id, OkrSetState.ACTIVE)
            if active is not None and at is not None and at <= now:  # nobody has given it more time a moment ago
                reason = OVER if not_closed_for(tx, room.desk, pair) else ""
                closed.append(close_in(tx, room.desk, pair, active, reason=reason, source=trail.BY_PROGRAM))
    return tuple(closed)
