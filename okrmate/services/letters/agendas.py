"""The agenda of a talk: the facts its proposal is made from, and the proposal in two wordings."""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal

from okrmate.domain import agenda
from okrmate.domain.letters import Incoming, IncomingState, Item
from okrmate.domain.meetings import AgendaItem, Meeting, MeetingState
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.pace import pace, stuck_since
from okrmate.domain.people import Side
from okrmate.domain.rhythm import short_notice
from okrmate.domain.summaries import summarise
from okrmate.services.letters.agenda_wordings import Tellers, tell
from okrmate.services.letters.contexts import AgendaContext, AgendaCopyContext, Late
from okrmate.services.letters.dues import Due
from okrmate.services.letters.key_result_lines import display_key_result
from okrmate.services.mailroom import MailRoom
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.mentoring.okrs import Standing, active_standings, set_in
from okrmate.services.ports import Reader
from okrmate.services.tables import AGENDA_ITEMS, FEEDBACK, INCOMING, MEETINGS, PROMISES, READINGS

SETTLED = (MeetingState.HELD, MeetingState.REVIEWED)
SUGGESTIONS_OF = 2
"""How many talks back a suggestion is carried: used in the next one, asked about in the one after."""


def agenda_context(room: MailRoom, reader: Reader, due: Due, meeting: Meeting, now: datetime) -> AgendaContext:
    """What the agenda's template is told, for the protégé or, with what is for her alone, for the mentor."""
    protege = due.pair.protege
    facts = agenda_facts(reader, meeting, now)
    standings = active_standings(reader, meeting.mentorship)
    words = room.composer.words(room.recipient(protege, due.to))
    moved = max((each.summary.moved_at for each in standings if each.summary.moved_at), default=None)
    heard = max((each.summary.heard_at for each in standings if each.summary.heard_at), default=None)
    context = AgendaContext(
        name=protege.first_name,
        other=room.mentor.first_name,
        items=agenda_items(room, due, facts),
        krs=tuple(display_key_result(each.key_result, each.summary, words) for each in standings),
        state=agenda.state_of(facts),
        number=meeting.number,
        begins=meeting.begins_at,
        minutes=meeting.minutes,
        heard_on=protege.local(heard).date() if heard else None,
        since=protege.local(moved).date() if moved else None,
        late=_late(due, meeting),
        days_ahead=(protege.local(meeting.begins_at).date() - protege.local(now).date()).days,
    )
    return _copy(room, reader, due, context, now) if due.to is Side.MENTOR else context


def _copy(room: MailRoom, reader: Reader, due: Due, context: AgendaContext, now: datetime) -> AgendaCopyContext:
    same = {slot.name: getattr(context, slot.name) for slot in fields(context) if slot.init}
    answers = [
        mail.received_at
        for mail in reader.find(INCOMING, "mentorship", due.pair.mentorship.id)
        if _from_protege(mail, due)
    ]
    return AgendaCopyContext(
        **{
            **same,
            "name": room.mentor.first_name,
            "other": due.pair.protege.first_name,
            "sent_at": None if room.must_see_first(due.pair.mentorship) else now,
            "last_answer": room.mentor.local(max(answers)).date() if answers else None,
        }
    )


def _from_protege(mail: Incoming, due: Due) -> bool:
    read = (IncomingState.APPLIED, IncomingState.PARTLY_APPLIED, IncomingState.ASKED)
    return mail.sender == due.pair.protege.address and mail.state in read


def _late(due: Due, meeting: Meeting) -> Late:
    if not due.short_notice:
        return Late.NO
    planned_late = short_notice(meeting, due.pair.protege.zone, meeting.changed_at)
    return Late.PLANNED_LATE if planned_late else Late.ASLEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A proposed point of an agenda in the mentor's wording; `fits` is False for what is left out for time."""

    kind: agenda.ItemKind
    text: str
    minutes: int
    fits: bool
    own: AgendaItem | None = None


def points(room: MailRoom, pair: Pair, meeting: Meeting, now: datetime) -> tuple[Point, ...]:
    """What would be talked about, as she sees it: also what did not fit, each in its place."""
    tellers = _tellers(room, pair)
    return tuple(
        Point(
            kind=proposed.kind,
            text=tell(proposed, tellers).hers,
            minutes=proposed.minutes,
            fits=proposed.fits,
            own=proposed.own,
        )
        for proposed in agenda.propose(agenda_facts(room.store, meeting, now))
    )


def _tellers(room: MailRoom, pair: Pair) -> Tellers:
    return Tellers(
        mentor=room.mentor,
        protege=pair.protege,
        hers=room.composer.words(room.mentor),
        his=room.composer.words(pair.protege),
    )


def agenda_items(room: MailRoom, due: Due, facts: agenda.AgendaFacts) -> tuple[Item, ...]:
    """The proposal that fits, numbered, in the wording of the side it goes to."""
    tellers = _tellers(room, due.pair)
    fitting = [proposed for proposed in agenda.propose(facts) if proposed.fits]
    texts = [tell(proposed, tellers) for proposed in fitting]
    return tuple(
        Item(
            number=number,
            text=told.hers if due.to is Side.MENTOR else told.his,
            minutes=proposed.minutes,
            id=proposed.own.id if proposed.own else "",
        )
        for number, (proposed, told) in enumerate(zip(fitting, texts, strict=True), start=1)
    )


def agenda_facts(reader: Reader, meeting: Meeting, now: datetime) -> agenda.AgendaFacts:
    """Everything the proposal for a talk is made from, as the store knows it."""
    earlier = sorted(
        (
            each
            for each in reader.find(MEETINGS, "mentorship", meeting.mentorship)
            if each.state in SETTLED and each.begins_at < meeting.begins_at
        ),
        key=lambda each: each.begins_at,
    )
    last_talk = earlier[-1].begins_at if earlier else None
    active = set_in(reader, meeting.mentorship, OkrSetState.ACTIVE)
    begun = active.activated_at if active else None
    return agenda.AgendaFacts(
        minutes=meeting.minutes,
        number=meeting.number,
        meeting_at=meeting.begins_at,
        now=now,
        begun=begun,
        last_talk_at=last_talk,
        items=tuple(
            item
            for item in reader.find(AGENDA_ITEMS, "mentorship", meeting.mentorship)
            if item.meeting in ("", meeting.id)
        ),
        promises=reader.find(PROMISES, "mentorship", meeting.mentorship),
        suggestions=_suggestions(reader, earlier),
        key_results=tuple(
            _facts(reader, standing, begun or now, last_talk, now)
            for standing in active_standings(reader, meeting.mentorship)
        ),
    )


def _suggestions(reader: Reader, earlier: list[Meeting]) -> tuple[agenda.Suggestion, ...]:
    return tuple(
        agenda.Suggestion(by=given.by, words=given.suggestion, meeting_at=held.begins_at, talks_ago=ago)
        for ago, held in enumerate(reversed(earlier[-SUGGESTIONS_OF:]), start=1)
        for given in reader.find(FEEDBACK, "meeting", held.id)
        if given.suggestion
    )


def _facts(
    reader: Reader, standing: Standing, begun: datetime, last_talk: datetime | None, now: datetime
) -> agenda.KeyResultFacts:
    key_result, summary = standing.key_result, standing.summary
    readings = reader.find(READINGS, "key_result", key_result.id)
    value: Decimal | None = summary.value
    return agenda.KeyResultFacts(
        key_result=key_result,
        summary=summary,
        before=summarise(each for each in readings if last_talk is not None and each.at <= last_talk),
        pace=pace(key_result.metric, value, first=summary.first, begun=begun, ends=None, now=now),
        stuck_since=stuck_since(key_result.metric, readings),
    )
