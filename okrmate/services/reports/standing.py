"""How each one here stands: which key results are blocked or stand still, and whether the relationship fades."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from okrmate.domain.condition import Condition
from okrmate.domain.meetings import MeetingState
from okrmate.domain.pace import RHYTHM, SILENT_RHYTHMS, stuck_since
from okrmate.domain.people import Person, Side
from okrmate.domain.pulse import said_by
from okrmate.frozen import Frozen
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.tracking import Tracked, Tree
from okrmate.services.ports import Reader
from okrmate.services.reports.days import day_of, welcomed_at
from okrmate.services.reports.need import About, Need, Time, Verb
from okrmate.services.reports.waiting import Post
from okrmate.services.tables import PULSES

UNANSWERED = timedelta(days=14)
"""Somebody whose welcome is so old and who never wrote is silent."""
SEVERAL = 2
"""More key results of one person that stand still than this are told together."""
MISSED = 2
"""So many talks in a row that did not take place are no accident any more."""
LITTLE_HELP = 2
"""A pulse so low, of 5, asks for a word; so does one that is so much lower than the one before."""
FRESH = timedelta(days=28)
"""A pulse older than a rhythm was talked about since, or nobody will."""


class Known(Frozen):
    """Somebody here with everything that decides what of them needs the mentor."""

    pair: Pair
    post: Post
    tree: Tree | None

    @property
    def who(self) -> str:
        """The name they are called by."""
        return self.pair.protege.first_name

    @property
    def id(self) -> str:
        """The mentorship's."""
        return self.pair.mentorship.id


def goals(known: Known, mentor: Person, now: datetime) -> Iterator[Need]:
    """What is in the way of their key results, then those that stand still with nothing known in the way.

    Last those nobody has looked at for two rhythms, where the person is heard of otherwise.
    """
    tracked = known.tree.key_results if known.tree is not None and known.tree.active else ()
    blocked = [each for each in tracked if each.summary.blocker and each.position.condition is not Condition.REACHED]
    for each in blocked:
        yield Need(
            verb=Verb.ASK,
            about=About.KEY_RESULT,
            record=each.key_result.id,
            who=known.who,
            what=f"{each.key_result.title} is blocked",
            why=f"KR {each.key_result.ref}, “{each.summary.blocker}”: what would clear the way?",
            at=each.summary.heard_at,
            time=Time.SINCE,
            mentorship=known.id,
        )
    yield from _stuck(known, [each for each in tracked if each not in blocked])
    if not _silent(known, mentor, now):
        yield from _unlooked(known, [each for each in tracked if each not in blocked], now)


def _stuck(known: Known, several: Sequence[Tracked]) -> Iterator[Need]:
    """Each by itself, but more than two of one person as one thing to talk about."""
    still = [each for each in several if each.position.condition is Condition.STUCK]
    if len(still) > SEVERAL:
        yield _stands(known, still[0], f"{len(still)} key results have not moved", _among(still))
        return
    for each in still:
        why = f"KR {each.key_result.ref}, {_alike(each)}: another way, or more of it?"
        yield _stands(known, each, f"{each.key_result.title} has not moved", why)


def _unlooked(known: Known, several: Sequence[Tracked], now: datetime) -> Iterator[Need]:
    """The key results without a number for so long as one thing; the one looked at longest ago leads."""
    begun = known.tree.okr_set.activated_at if known.tree is not None else None
    looked = [
        (each.summary.value_at or begun, each) for each in several if each.position.condition is Condition.UNKNOWN
    ]
    old = [(at, each) for at, each in looked if at is not None and now - at >= SILENT_RHYTHMS * RHYTHM]
    if not old:
        return
    since, first = min(old, key=lambda each: each[0])
    what = (
        f"{first.key_result.title} was not looked at" if len(old) == 1 else f"{len(old)} key results without a number"
    )
    why = f"KR {first.key_result.ref}, {(now - since).days} days: does it still count?"
    yield _ask(known, first, what, why, since)


def _stands(known: Known, tracked: Tracked, what: str, why: str) -> Need:
    return _ask(known, tracked, what, why, stuck_since(tracked.metric, tracked.readings))


def _ask(known: Known, tracked: Tracked, what: str, why: str, since: datetime | None) -> Need:
    return Need(
        verb=Verb.ASK,
        about=About.KEY_RESULT,
        record=tracked.key_result.id,
        who=known.who,
        what=what,
        why=why,
        at=since,
        time=Time.SINCE,
        mentorship=known.id,
    )


def _among(still: list[Tracked]) -> str:
    return f"such as “{still[0].key_result.title}”: another way, or more of it?"


def _alike(tracked: Tracked) -> str:
    values = [reading.value for reading in tracked.readings if reading.value is not None]
    same = next((count for count, value in enumerate(reversed(values)) if value != values[-1]), len(values))
    return f"{same} readings alike" if same > 1 else "hardly apart"


def relationship(reader: Reader, known: Known, mentor: Person, now: datetime) -> Iterator[Need]:
    """Why she should reach out: nothing is heard, talks do not take place, or one of them finds little help in it."""
    found = _silent(known, mentor, now) or _missed(known, now) or _helps_little(reader, known, now)
    if found is None:
        return
    what, why, since = found
    yield Need(
        verb=Verb.REACH,
        about=About.MENTORSHIP,
        record=known.id,
        who=known.who,
        what=what,
        why=why,
        at=since,
        time=Time.SINCE,
        mentorship=known.id,
    )


def _silent(known: Known, mentor: Person, now: datetime) -> tuple[str, str, datetime] | None:
    theirs = [mail.received_at for mail in known.post.mails if mail.sender == known.pair.protege.address]
    welcome = welcomed_at(known.post.letters)
    why = "no goals yet" if known.tree is None else f"{len(known.tree.key_results)} key results without news"
    if theirs and now - max(theirs) > SILENT_RHYTHMS * RHYTHM:
        return f"silent since {day_of(max(theirs), mentor)}", why, max(theirs)
    if not theirs and welcome is not None and now - welcome > UNANSWERED:
        return "silent since the welcome", why, welcome
    return None


def _missed(known: Known, now: datetime) -> tuple[str, str, datetime] | None:
    """The last talks, where each of them was missed; one that was cancelled was called off in good time."""
    over = [each for each in known.post.meetings if each.ends_at <= now and each.state is not MeetingState.CANCELLED]
    last = sorted(over, key=lambda each: each.begins_at)[-MISSED:]
    if len(last) < MISSED or any(each.state is not MeetingState.MISSED for each in last):
        return None
    ahead = [each for each in known.post.meetings if each.state is MeetingState.SCHEDULED and each.ends_at > now]
    if any(each.begins_at <= now for each in ahead):
        return None  # they talk at this moment
    why = "a call before the next one may do more than a letter" if ahead else "none is planned"
    return f"the last {MISSED} talks did not take place", why, last[0].begins_at


def _helps_little(reader: Reader, known: Known, now: datetime) -> tuple[str, str, datetime] | None:
    """What either of them said last of how helpful it is, theirs first."""
    pulses = reader.find(PULSES, "mentorship", known.id)
    for side, who in ((Side.PROTEGE, known.who), (Side.MENTOR, "you")):
        said = said_by(pulses, side)
        if not said or now - said[-1].at > FRESH:
            continue
        last, before = said[-1], said[-2] if len(said) > 1 else None
        if last.helpful > LITTLE_HELP and (before is None or before.helpful - last.helpful < LITTLE_HELP):
            continue
        finds = "finds" if side is Side.PROTEGE else "find"
        fell = f", after {before.helpful}" if before is not None else ""
        why = f"“{last.because or last.one_higher}”" if last.because or last.one_higher else "ask what would help more"
        return f"{who} {finds} it {last.helpful} of 5 helpful{fell}", why, last.at
    return None
