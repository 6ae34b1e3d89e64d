"""Whether people have changed the list of a talk since its agenda left, so that both get it once more."""

from collections.abc import Iterator
from datetime import datetime

from okrmate.domain.agenda import propose
from okrmate.domain.errors import UsageError
from okrmate.domain.letters import Item, Items, LetterKind, Outgoing
from okrmate.domain.meetings import ItemState, Meeting
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.mentoring.agenda_facts import agenda_facts
from okrmate.services.ports import Reader
from okrmate.services.tables import AGENDA_CHOICES, AGENDA_ITEMS, MEETINGS, OUTGOING, QUESTION_CHOICES


def listed(agenda: Outgoing) -> tuple[Item, ...]:
    """The points of an agenda as it was written."""
    return tuple(item for block in agenda.blocks if isinstance(block, Items) for item in block.items)


def changed_at(reader: Reader, meeting: Meeting, agenda: Outgoing, now: datetime) -> datetime | None:
    """When somebody last put in, took out or moved a point since `agenda` was written; None where the list is the same.

    What only the time brings about, such as a number that stands still by now, is no reason for another mail.
    """
    touched = max((at for at in _touched(reader, meeting, agenda) if at >= agenda.created_at), default=None)
    if touched is None:
        return None
    proposed = (each for each in propose(agenda_facts(reader, meeting, now)) if each.fits)
    same = [(each.key, each.minutes) for each in proposed] == [(each.id, each.minutes) for each in listed(agenda)]
    return None if same else touched


def _touched(reader: Reader, meeting: Meeting, agenda: Outgoing) -> Iterator[datetime]:
    """When people said something of the list."""
    known = {each.id for each in listed(agenda)}
    for item in reader.find(AGENDA_ITEMS, "mentorship", meeting.mentorship):
        if item.meeting in ("", meeting.id) and item.state is ItemState.OPEN and f"own:{item.id}" not in known:
            yield item.at
    yield from (each.at for each in reader.find(AGENDA_CHOICES, "meeting", meeting.id) if each.at is not None)
    yield from (each.at for each in reader.find(QUESTION_CHOICES, "mentorship", meeting.mentorship))


def approve(desk: Desk, meeting: Meeting) -> Meeting:
    """Let the changed list leave to both now, and not only the day before; `UsageError` where nothing has changed."""
    now = desk.clock.now()
    with desk.store.transaction() as tx:
        agendas = [
            each
            for each in tx.find(OUTGOING, "meeting", meeting.id)
            if each.kind is LetterKind.AGENDA and each.to is Side.PROTEGE and each.sent_at is not None
        ]
        if not agendas or agendas[-1].final or changed_at(tx, meeting, agendas[-1], now) is None:
            raise UsageError("The list of this talk is as both have it, or has not left yet; nothing leaves once more.")
        approved = replace(tx.get(MEETINGS, meeting.id) or meeting, list_approved_at=now)
        tx.put(MEETINGS, approved)
        what = f"agenda of talk {meeting.number}: the list as it stands now approved"
        trail.record(tx, desk, what=what, source=trail.by_command("agenda"), mentorship=meeting.mentorship)
    return approved
