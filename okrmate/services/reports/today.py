"""The two-minute view: who needs the mentor, what moved, what leaves next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from okrmate.domain.feedback import by_side
from okrmate.domain.letters import NEEDS_MENTOR, WAITING, Incoming, IncomingState, Outgoing, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState, Participation
from okrmate.domain.okrs import KeyResult
from okrmate.domain.people import Side
from okrmate.domain.summaries import Summary
from okrmate.services.desk import Desk
from okrmate.services.loop_state import LoopState
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.mentoring.okrs import active_standings
from okrmate.services.outgoing.outbox import pause_reason
from okrmate.services.ports import Reader
from okrmate.services.tables import FEEDBACK, INCOMING, MEETINGS, OUTGOING

WEEK = timedelta(days=7)
FORMS_OPEN = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedThisWeek:
    """A key result that moved in the last week."""

    pair: Pair
    key_result: KeyResult
    summary: Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What a mentor should know now; `missing_forms` are talks whose own two lines she has not written.

    `declined` are talks ahead that the protégé cannot make.
    """

    at: datetime
    pause: str
    review: tuple[Incoming, ...]
    written: tuple[Incoming, ...]
    """Mails of the last week that were understood and hold words for her besides."""
    held: tuple[Outgoing, ...]
    troubled: tuple[Outgoing, ...]
    missing_forms: tuple[tuple[Pair, Meeting], ...]
    declined: tuple[tuple[Pair, Meeting], ...]
    moved: tuple[MovedThisWeek, ...]
    leaving: tuple[Outgoing, ...]
    talks: tuple[tuple[Pair, Meeting], ...]
    loop: LoopState | None = None
    """How the mail loop is; None where none ever ran."""

    @property
    def needs(self) -> int:
        """How many things need her."""
        lists = (self.review, self.held, self.troubled, self.missing_forms, self.declined)
        return sum(len(each) for each in lists) + bool(self.pause)


def waiting(reader: Reader) -> int:
    """How many mails wait for the mentor's word."""
    return sum(len(reader.find(INCOMING, "state", state)) for state in NEEDS_MENTOR)


def today(desk: Desk, loop: LoopState | None = None) -> Today:
    """The view as the store is now, and what the loop has told; sealed feedback never shows in it."""
    store, now = desk.store, desk.clock.now()
    everyone = pairs(store)
    letters = store.every(OUTGOING)
    mails = store.every(INCOMING)
    return Today(
        at=now,
        pause=pause_reason(store),
        review=tuple(mail for mail in mails if mail.state in NEEDS_MENTOR),
        written=tuple(
            mail
            for mail in mails
            if mail.state is IncomingState.APPLIED and mail.left and mail.received_at > now - WEEK
        ),
        held=tuple(letter for letter in letters if letter.state is OutgoingState.HELD),
        troubled=tuple(letter for letter in letters if _troubled(letter, now)),
        missing_forms=tuple(_missing_forms(store, everyone, now)),
        declined=tuple(
            (pair, meeting)
            for pair, meeting in _ahead(store, everyone, now)
            if meeting.participation is Participation.DECLINED
        ),
        moved=tuple(_moved(store, everyone, now)),
        leaving=tuple(letter for letter in letters if letter.state in WAITING - {OutgoingState.HELD}),
        talks=tuple(each for each in _ahead(store, everyone, now) if each[1].begins_at <= now + WEEK),
        loop=loop,
    )


def _troubled(letter: Outgoing, now: datetime) -> bool:
    failed = letter.state in (OutgoingState.FAILED, OutgoingState.BOUNCED, OutgoingState.DEFERRED)
    return (failed or (letter.state is OutgoingState.SENT and letter.perhaps_twice)) and letter.due_at > now - WEEK


def _missing_forms(reader: Reader, everyone: tuple[Pair, ...], now: datetime) -> list[tuple[Pair, Meeting]]:
    return [
        (pair, meeting)
        for pair in everyone
        for meeting in reader.find(MEETINGS, "mentorship", pair.mentorship.id)
        if meeting.state is MeetingState.HELD and meeting.ends_at > now - FORMS_OPEN
        if by_side(reader.find(FEEDBACK, "meeting", meeting.id), Side.MENTOR) is None
    ]


def _moved(reader: Reader, everyone: tuple[Pair, ...], now: datetime) -> list[MovedThisWeek]:
    return [
        MovedThisWeek(pair=pair, key_result=standing.key_result, summary=standing.summary)
        for pair in everyone
        for standing in active_standings(reader, pair.mentorship.id)
        if standing.summary.moved_at is not None and standing.summary.moved_at > now - WEEK
    ]


def _ahead(reader: Reader, everyone: tuple[Pair, ...], now: datetime) -> list[tuple[Pair, Meeting]]:
    known = {pair.mentorship.id: pair for pair in everyone}
    ahead = [
        meeting
        for meeting in reader.find(MEETINGS, "state", MeetingState.SCHEDULED)
        if meeting.mentorship in known and now < meeting.begins_at
    ]
    return [(known[meeting.mentorship], meeting) for meeting in sorted(ahead, key=lambda each: each.begins_at)]
