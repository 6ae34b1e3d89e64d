"""The facts from which a talk is proposed and prepared, as the store knows them."""

from datetime import datetime

from okrmate.domain import agenda
from okrmate.domain.feedback import unsealed
from okrmate.domain.meetings import AgendaItem, Meeting, MeetingState
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.pace import pace, stuck_since
from okrmate.domain.questions import to_ask
from okrmate.domain.summaries import summarise
from okrmate.services.mentoring.okrs import Standing, active_standings, set_in
from okrmate.services.mentoring.question_bank import bank
from okrmate.services.mentoring.questions import turn_of
from okrmate.services.ports import Reader
from okrmate.services.tables import AGENDA_CHOICES, AGENDA_ITEMS, FEEDBACK, MEETINGS, PROMISES, READINGS

SETTLED = (MeetingState.HELD, MeetingState.REVIEWED)
SUGGESTIONS_OF = 2
"""How many talks back a suggestion is carried: used in the next one, asked about in the one after."""


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
            if item.meeting == meeting.id or _waits(item, last_talk)
        ),
        promises=tuple(
            each for each in reader.find(PROMISES, "mentorship", meeting.mentorship) if each.meeting != meeting.id
        ),
        suggestions=_suggestions(reader, earlier, now),
        key_results=tuple(
            _facts(reader, standing, begun or now, last_talk, now)
            for standing in active_standings(reader, meeting.mentorship)
        ),
        questions=tuple(each.id for each in to_ask(bank(reader), turn_of(reader, meeting))),
        choices={each.item: each for each in reader.find(AGENDA_CHOICES, "meeting", meeting.id)},
    )


def _waits(item: AgendaItem, last_talk: datetime | None) -> bool:
    """Whether a point that was written down without a talk is for this one: it came after the last."""
    return not item.meeting and (last_talk is None or item.at > last_talk)


def _suggestions(reader: Reader, earlier: list[Meeting], now: datetime) -> tuple[agenda.Suggestion, ...]:
    """What was suggested after the last two talks, as far as it is not sealed any more."""
    found: list[agenda.Suggestion] = []
    for ago, held in enumerate(reversed(earlier[-SUGGESTIONS_OF:]), start=1):
        given = reader.find(FEEDBACK, "meeting", held.id)
        if unsealed(given, held.ends_at, now):
            found += (
                agenda.Suggestion(by=each.by, words=each.suggestion, meeting_at=held.begins_at, talks_ago=ago)
                for each in given
                if each.suggestion
            )
    return tuple(found)


def _facts(
    reader: Reader, standing: Standing, begun: datetime, last_talk: datetime | None, now: datetime
) -> agenda.KeyResultFacts:
    key_result, summary = standing.key_result, standing.summary
    readings = reader.find(READINGS, "key_result", key_result.id)
    return agenda.KeyResultFacts(
        key_result=key_result,
        summary=summary,
        before=summarise(each for each in readings if last_talk is not None and each.at <= last_talk),
        pace=pace(key_result.metric, summary.value, first=summary.first, begun=begun, ends=None, now=now),
        stuck_since=stuck_since(key_result.metric, readings),
    )
