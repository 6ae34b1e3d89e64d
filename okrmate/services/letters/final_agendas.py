"""Whether people have changed the list of a talk since its agenda left, so that both get it once more."""

from collections.abc import Iterator
from datetime import datetime

from okrmate.domain.agenda import propose
from okrmate.domain.letters import Item, Items, Outgoing
from okrmate.domain.meetings import ItemState, Meeting
from okrmate.services.mentoring.agenda_facts import agenda_facts
from okrmate.services.ports import Reader
from okrmate.services.tables import AGENDA_CHOICES, AGENDA_ITEMS, QUESTION_CHOICES


def listed(agenda: Outgoing) -> tuple[Item, ...]:
    """The points of an agenda as it was written."""
    return tuple(item for block in agenda.blocks if isinstance(block, Items) for item in block.items)


def is_changed(reader: Reader, meeting: Meeting, agenda: Outgoing, now: datetime) -> bool:
    """Whether somebody put in, took out or moved a point since `agenda` was written, and the list is another by that.

    What only the time brings about, such as a number that stands still by now, is no reason for another mail.
    """
    if not any(at >= agenda.created_at for at in _touched(reader, meeting, agenda)):
        return False
    proposed = (each for each in propose(agenda_facts(reader, meeting, now)) if each.fits)
    return [(each.key, each.minutes) for each in proposed] != [(each.id, each.minutes) for each in listed(agenda)]


def _touched(reader: Reader, meeting: Meeting, agenda: Outgoing) -> Iterator[datetime]:
    """When people said something of the list."""
    known = {each.id for each in listed(agenda)}
    for item in reader.find(AGENDA_ITEMS, "mentorship", meeting.mentorship):
        if item.meeting in ("", meeting.id) and item.state is ItemState.OPEN and f"own:{item.id}" not in known:
            yield item.at
    yield from (each.at for each in reader.find(AGENDA_CHOICES, "meeting", meeting.id) if each.at is not None)
    yield from (each.at for each in reader.find(QUESTION_CHOICES, "mentorship", meeting.mentorship))
