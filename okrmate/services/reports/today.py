"""The two-minute view: what needs the mentor, what moved, what comes, and whom she waits for."""

from datetime import UTC, datetime, time

from okrmate.domain.letters import NEEDS_MENTOR
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.people import MentorshipState
from okrmate.frozen import Frozen
from okrmate.services.desk import Desk
from okrmate.services.loop_state import LoopState
from okrmate.services.mail_rules import MailRules
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.mentoring.tracking import tree
from okrmate.services.pause import pause_reason
from okrmate.services.ports import Reader
from okrmate.services.reports.coming import Coming, Rules, coming
from okrmate.services.reports.moved import Moved, moved
from okrmate.services.reports.need import Need
from okrmate.services.reports.needs import needs
from okrmate.services.reports.standing import Known
from okrmate.services.reports.visits import visited_before
from okrmate.services.reports.waiting import Thing, on_protege, post_of
from okrmate.services.tables import INCOMING


class Today(Frozen):
    """What a mentor should know now."""

    at: datetime
    since: datetime
    """When she was here last: `moved` counts from then."""
    people: int
    pause: str
    needs: tuple[Need, ...]
    moved: tuple[Moved, ...]
    coming: tuple[Coming, ...]
    waiting: tuple[tuple[Pair, Thing], ...]
    """What the protégés were asked for and have not given yet, the oldest first."""
    next_talk: tuple[Pair, Meeting] | None = None
    resting: tuple[Pair, ...] = ()
    """Whose letters rest, the first to leave again first; without an end last."""
    loop: LoopState | None = None
    """How the mail loop is; None where none ever ran."""


def waiting(reader: Reader) -> int:
    """How many mails wait for the mentor's word."""
    return sum(len(reader.find(INCOMING, "state", state)) for state in NEEDS_MENTOR)


def today(desk: Desk, rules: MailRules, loop: LoopState | None = None) -> Today:
    """The view as the store is now, and what the loop has told; sealed feedback never shows in it."""
    store, now = desk.store.reader(), desk.clock.now()
    everyone = tuple(
        Known(pair=pair, post=post_of(store, pair.mentorship.id), tree=tree(store, pair.mentorship.id, now))
        for pair in pairs(store)
    )
    pause, since = pause_reason(store), visited_before(store, now)
    local = desk.mentor.local(now)
    return Today(
        at=now,
        since=since,
        people=len(everyone),
        pause=pause,
        needs=needs(store, desk.mentor, everyone, pause, now),
        moved=moved(((known.pair, known.tree) for known in everyone), since),
        coming=coming(
            store,
            Rules(mentor=desk.mentor, rules=rules),
            [(known.pair, known.post) for known in everyone if known.pair.mentorship.open],
            datetime.combine(local.date(), time(), tzinfo=local.tzinfo),
            now,
        ),
        waiting=_waiting(store, everyone, now),
        next_talk=_next_talk(everyone, now),
        resting=_resting(everyone),
        loop=loop,
    )


def _waiting(reader: Reader, everyone: tuple[Known, ...], now: datetime) -> tuple[tuple[Pair, Thing], ...]:
    found = [
        (known.pair, thing)
        for known in everyone
        if not known.pair.mentorship.silent
        for thing in on_protege(reader, known.pair, known.post, now)
    ]
    return tuple(sorted(found, key=lambda each: each[1].since or now))


def _resting(everyone: tuple[Known, ...]) -> tuple[Pair, ...]:
    paused = (known.pair for known in everyone if known.pair.mentorship.state is MentorshipState.PAUSED)
    return tuple(sorted(paused, key=lambda pair: pair.mentorship.paused_until or datetime.max.replace(tzinfo=UTC)))


def _next_talk(everyone: tuple[Known, ...], now: datetime) -> tuple[Pair, Meeting] | None:
    ahead = [
        (known.pair, meeting)
        for known in everyone
        for meeting in known.post.meetings
        if meeting.state is MeetingState.SCHEDULED and meeting.begins_at > now
    ]
    return min(ahead, key=lambda each: each[1].begins_at, default=None)
