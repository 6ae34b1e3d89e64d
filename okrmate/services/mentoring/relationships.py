"""The relationship of a pair as its own key results: counted from talks, agendas that left, advice and feedback."""

from datetime import datetime

from okrmate.domain.cycle import elapsed
from okrmate.domain.feedback import by_side
from okrmate.domain.letters import LetterKind
from okrmate.domain.meetings import Meeting, MeetingState
from okrmate.domain.okrs import OkrSet
from okrmate.domain.people import Side
from okrmate.domain.relationship import Relationship, TalkFacts, relationship
from okrmate.domain.rhythm import FORM_USEFUL, agenda_deadline
from okrmate.services.mentoring.advice import advice_log
from okrmate.services.mentoring.meetings import GONE
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.ports import Reader
from okrmate.services.tables import AGENDA_ITEMS, FEEDBACK, MEETINGS, OKR_SETS, OUTGOING


def relationship_of(reader: Reader, pair: Pair, now: datetime) -> Relationship:
    """The three key results of the cycle that runs, or of the last one, or of the time since the mentorship began."""
    sets = reader.find(OKR_SETS, "mentorship", pair.mentorship.id)
    cycle = _newest(sets)
    since = pair.mentorship.begun_at if cycle is None or cycle is _first(sets) else cycle.created_at
    talks = [
        _facts(reader, pair, meeting, now)
        for meeting in reader.find(MEETINGS, "mentorship", pair.mentorship.id)
        if meeting.state not in GONE and meeting.begins_at >= since
    ]
    impacts = [
        each
        for each in advice_log(reader, pair.mentorship.id, now)
        if each.counts and (each.impact_at or each.at) >= since
    ]
    gone = elapsed(since, cycle.ends, now) if cycle is not None else None
    return relationship(talks, len(impacts), gone=gone, now=now)


def _facts(reader: Reader, pair: Pair, meeting: Meeting, now: datetime) -> TalkFacts:
    left = [
        letter.sent_at
        for letter in reader.find(OUTGOING, "meeting", meeting.id)
        if letter.kind is LetterKind.AGENDA and letter.to is Side.PROTEGE and letter.sent_at is not None
    ]
    items = (each for each in reader.find(AGENDA_ITEMS, "meeting", meeting.id) if each.by is Side.PROTEGE)
    given = reader.find(FEEDBACK, "meeting", meeting.id)
    both = all((found := by_side(given, side)) is not None and found.whole for side in Side)
    return TalkFacts(
        begins_at=meeting.begins_at,
        deadline=agenda_deadline(meeting, pair.protege.zone),
        left_at=min(left, default=None),
        taken_up=meeting.agenda_suits_at is not None or any(items),
        closed=meeting.state is MeetingState.REVIEWED
        or (meeting.state is MeetingState.HELD and meeting.ends_at + FORM_USEFUL <= now),
        both_wrote=both,
    )


def _first(sets: tuple[OkrSet, ...]) -> OkrSet | None:
    return min(sets, key=lambda each: each.created_at, default=None)


def _newest(sets: tuple[OkrSet, ...]) -> OkrSet | None:
    """The cycle that began last; drafts have not begun."""
    begun = (each for each in sets if each.activated_at is not None)
    return max(begun, key=lambda each: each.created_at, default=None)
