"""The mentor's own line for an agenda: written ahead, said where she signs, and without a trace where there is none."""

from okrmate.domain.errors import UsageError
from okrmate.domain.meetings import Meeting, OwnLine
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.ports import Reader, Transaction
from okrmate.services.tables import OWN_LINES

LONGEST = 300
"""Signs: a line, and no second letter."""


def own_line(reader: Reader, meeting: str) -> str:
    """Her line for the agenda of one talk, empty where she wrote none."""
    found = reader.get(OWN_LINES, meeting)
    return found.text if found else ""


def write(desk: Desk, meeting: Meeting, text: str) -> str:
    """Keep her line for the agenda of one talk; an empty one takes back what she wrote before."""
    source = trail.by_command("agenda --line")
    with desk.store.transaction() as tx:
        said = write_in(tx, meeting, text)
        what = f"own line for talk {meeting.number} {'written' if said else 'taken out'}"
        trail.record(tx, desk, what=what, source=source, mentorship=meeting.mentorship)
    return said


def write_in(tx: Transaction, meeting: Meeting, text: str) -> str:
    """The same inside a transaction that does more."""
    said = " ".join(text.split())
    if len(said) > LONGEST:
        raise UsageError(f"A line has at most {LONGEST} signs, not {len(said)}; what is more belongs in a mail.")
    if said:
        tx.put(OWN_LINES, OwnLine(id=meeting.id, mentorship=meeting.mentorship, text=said))
    else:
        tx.delete(OWN_LINES, meeting.id)
    return said
