"""The mentor's and the protégé's word on the points of a talk: in or out, how long, in which place, talked about."""

from datetime import datetime

from okrmate.domain.errors import UsageError
from okrmate.domain.meetings import AgendaChoice, AgendaItem, ItemState, Meeting
from okrmate.domain.people import Side
from okrmate.frozen import Frozen, replace
from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.ports import Transaction
from okrmate.services.tables import AGENDA_CHOICES, AGENDA_ITEMS

LONGEST = 12 * 60


class Wish(Frozen):
    """What is wanted of one point; what is None stays as it is proposed."""

    taken: bool | None = None
    minutes: int | None = None
    place: int | None = None
    talked: bool | None = None


def choose(desk: Desk, meeting: Meeting, item: str, wish: Wish, told: str) -> AgendaChoice:
    """Keep her word on one point; `told` is that for the trail, in a few words."""
    with desk.store.transaction() as tx:
        choice = choose_in(tx, meeting, item, wish, desk.clock.now())
        what = f"agenda of talk {meeting.number}: {told}"
        trail.record(tx, desk, what=what, source=trail.by_command("agenda"), mentorship=meeting.mentorship)
    return choice


def choose_in(tx: Transaction, meeting: Meeting, item: str, wish: Wish, at: datetime) -> AgendaChoice:
    """The same inside a transaction that does more; `at` is when it was said."""
    if wish.minutes is not None and not 0 < wish.minutes <= LONGEST:
        raise UsageError(f"A point takes between 1 minute and 12 hours, not {wish.minutes} minutes.")
    own = f"{meeting.id}.{item}"
    before = tx.get(AGENDA_CHOICES, own)
    known = before or AgendaChoice(id=own, mentorship=meeting.mentorship, meeting=meeting.id, item=item)
    after = replace(
        known,
        taken=known.taken if wish.taken is None else wish.taken,
        minutes=known.minutes if wish.minutes is None else wish.minutes,
        place=known.place if wish.place is None else wish.place,
        talked=known.talked if wish.talked is None else wish.talked,
        at=at,
    )
    tx.put(AGENDA_CHOICES, after)
    _tick(tx, item, wish)
    return after


def _tick(tx: Transaction, item: str, wish: Wish) -> None:
    """A point of one's own that was talked about waits for no other talk."""
    found = tx.get(AGENDA_ITEMS, item.removeprefix("own:")) if item.startswith("own:") else None
    if found is not None and wish.talked is not None:
        tx.put(AGENDA_ITEMS, replace(found, state=ItemState.DONE if wish.talked else ItemState.OPEN))


def reword_item(desk: Desk, item: AgendaItem, text: str) -> AgendaItem:
    """A point of the mentor's own in other words; what the protégé wrote stays as it was written."""
    if item.by is not Side.MENTOR:
        raise UsageError("That point is not yours; what somebody wrote stays as they wrote it.")
    with desk.store.transaction() as tx:
        after = replace(tx.get(AGENDA_ITEMS, item.id) or item, text=_said(text))
        tx.put(AGENDA_ITEMS, after)
        what = "a point of your own in other words"
        trail.record(tx, desk, what=what, source=trail.by_command("agenda"), mentorship=item.mentorship)
    return after


def add_item(desk: Desk, meeting: Meeting, text: str, minutes: int | None = None) -> AgendaItem:
    """A point of the mentor's own for one talk."""
    source = trail.by_command("agenda --add")
    item = AgendaItem(
        id=desk.tokens.new_id(),
        mentorship=meeting.mentorship,
        meeting=meeting.id,
        by=Side.MENTOR,
        text=_said(text),
        at=desk.clock.now(),
        source=source,
        minutes=minutes,
    )
    with desk.store.transaction() as tx:
        tx.put(AGENDA_ITEMS, item)
        what = f"a point of your own for talk {meeting.number}"
        trail.record(tx, desk, what=what, source=source, mentorship=meeting.mentorship)
    return item


def _said(text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise UsageError("A point needs words.")
    return said
