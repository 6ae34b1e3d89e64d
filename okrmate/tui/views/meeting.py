"""Meeting: one talk with its proposed agenda and the letter as it will be read; after it, what both say of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from okrmate.domain.errors import OkrmateError
from okrmate.domain.feedback import Feedback, by_side, unsealed
from okrmate.domain.letters import LetterKind, OutgoingState
from okrmate.domain.meetings import Meeting, MeetingState, Promise
from okrmate.domain.notes import Note
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, field, replace
from okrmate.services.letters.agendas import Point, points
from okrmate.services.letters.preparation_texts import PreparationTexts, preparation_texts
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import Pair, pairs
from okrmate.services.mentoring.own_lines import own_line
from okrmate.services.mentoring.preparation import prepare
from okrmate.services.mentoring.promises import open_promises
from okrmate.services.mentoring.series import repeats
from okrmate.services.outgoing.previews import AgendaAhead, agenda_of
from okrmate.services.pause import pause_reason
from okrmate.services.ports import Reader
from okrmate.services.tables import FEEDBACK, MEETINGS, NOTES, OUTGOING
from okrmate.tui.views.refusals import with_keys

SETTLED_FOR = timedelta(days=14)
"""A talk that was settled longer ago is no stop any more."""
TOOK_PLACE = (MeetingState.HELD, MeetingState.REVIEWED)


class Stop(Frozen):
    """Where `[` and `]` lead: a talk, or somebody with whom none is planned."""

    pair: Pair
    meeting: Meeting | None = None

    @property
    def id(self) -> str:
        """The talk's id, or the mentorship's."""
        return self.meeting.id if self.meeting else self.pair.mentorship.id


class Half(Frozen):
    """What one side wrote after the talk; None where it may not be seen yet, or nothing came."""

    given: Feedback | None
    sealed: bool = False
    """It is here, and is shown when both are."""
    asked_at: datetime | None = None
    """When the form left, where it has."""


class MeetingView(Frozen):
    """One stop with everything that is shown of it; `sentence` says why there is no letter."""

    now: datetime
    zone: ZoneInfo
    stop: Stop
    number: int
    stops: int
    points: tuple[Point, ...] = ()
    agenda: AgendaAhead | None = None
    sentence: str = ""
    halves: Mapping[Side, Half] = field(default_factory=lambda: MappingProxyType({}))
    unseen: bool = False
    """Whether letters to this person wait until the mentor has seen one."""
    pause: str = ""
    prepared: PreparationTexts | None = None
    notes: tuple[Note, ...] = ()
    promises: tuple[Promise, ...] = ()
    line: str = ""
    """Her own line for the agenda."""
    repeats: str = ""
    """How often their talks repeat, where they do."""

    @property
    def runs(self) -> bool:
        """Whether the talk has begun and is not over."""
        return self.stop.meeting is not None and not self.over and self.stop.meeting.begins_at <= self.now

    @property
    def over(self) -> bool:
        """Whether the talk has taken place."""
        return self.stop.meeting is not None and self.stop.meeting.state in TOOK_PLACE


def stops(reader: Reader, now: datetime) -> tuple[Stop, ...]:
    """Talks in the order of their days, those just held among them; then people with whom none is planned."""
    talks: list[Stop] = []
    idle: list[Stop] = []
    for pair in pairs(reader):
        found = [each for each in reader.find(MEETINGS, "mentorship", pair.mentorship.id) if _is_stop(each, now)]
        talks += [Stop(pair=pair, meeting=each) for each in found]
        if pair.mentorship.open and not any(each.state is MeetingState.SCHEDULED for each in found):
            idle.append(Stop(pair=pair))
    talks.sort(key=lambda stop: stop.meeting.begins_at if stop.meeting else now)
    return (*talks, *sorted(idle, key=lambda stop: stop.pair.protege.name))


def _is_stop(meeting: Meeting, now: datetime) -> bool:
    if meeting.state is MeetingState.SCHEDULED:
        return True
    return meeting.state in TOOK_PLACE and meeting.ends_at > now - SETTLED_FOR


def first_stop(found: tuple[Stop, ...], now: datetime, mentorship: str = "") -> int:
    """Where one begins: the next talk, of the person in hand if somebody is; -1 where there is nobody."""
    theirs = [number for number, stop in enumerate(found) if stop.pair.mentorship.id == mentorship]
    everywhere = theirs or list(range(len(found)))
    ahead = (number for number in everywhere if (talk := found[number].meeting) is not None and talk.ends_at > now)
    return next(ahead, everywhere[-1] if theirs else everywhere[0] if everywhere else -1)


def meeting_view(room: MailRoom, found: tuple[Stop, ...], number: int) -> MeetingView:
    """What is known of one stop now; never what is sealed."""
    desk, stop = room.desk, found[number]
    now = desk.clock.now()
    view = MeetingView(
        now=now,
        zone=ZoneInfo(desk.mentor.zone),
        stop=stop,
        number=number + 1,
        stops=len(found),
        unseen=room.must_see_first(stop.pair.mentorship),
        pause=pause_reason(room.store),
    )
    if stop.meeting is None:
        return view
    view = replace(
        view,
        notes=room.store.find(NOTES, "meeting", stop.meeting.id),
        promises=open_promises(room.store, stop.pair.mentorship.id),
        line=own_line(room.store, stop.meeting.id),
        repeats=repeats(room.store, stop.pair.mentorship.id),
    )
    return _after(room, view, stop.meeting) if view.over else _before(room, view, stop.meeting)


def _before(room: MailRoom, view: MeetingView, meeting: Meeting) -> MeetingView:
    pair = view.stop.pair
    prepared = prepare(room.store.reader(), room.mentor, pair, meeting, view.now)
    view = replace(
        view,
        points=points(room, pair, meeting, view.now),
        prepared=preparation_texts(prepared, room.composer.words(room.mentor)),
    )
    try:
        return replace(view, agenda=agenda_of(room, pair, meeting))
    except OkrmateError as error:
        return replace(view, sentence=with_keys(str(error)))


def _after(room: MailRoom, view: MeetingView, meeting: Meeting) -> MeetingView:
    store = room.store
    given = store.find(FEEDBACK, "meeting", meeting.id)
    open_now = unsealed(given, meeting.ends_at, view.now)
    hers, his = by_side(given, Side.MENTOR), by_side(given, Side.PROTEGE)
    halves = {
        Side.MENTOR: Half(given=hers, asked_at=_asked(store, meeting, Side.MENTOR)),
        Side.PROTEGE: Half(
            given=his if open_now else None,
            sealed=his is not None and not open_now,
            asked_at=_asked(store, meeting, Side.PROTEGE),
        ),
    }
    sent = [
        letter
        for letter in store.find(OUTGOING, "meeting", meeting.id)
        if letter.kind is LetterKind.AGENDA and letter.to is Side.PROTEGE and letter.state is OutgoingState.SENT
    ]
    agenda = AgendaAhead(letter=sent[-1], leaves_at=None, written=True) if sent else None
    return replace(view, halves=MappingProxyType(halves), agenda=agenda)


def _asked(reader: Reader, meeting: Meeting, side: Side) -> datetime | None:
    forms = (
        letter.sent_at
        for letter in reader.find(OUTGOING, "meeting", meeting.id)
        if letter.kind is LetterKind.FEEDBACK and letter.to is side and letter.sent_at is not None
    )
    return min(forms, default=None)
