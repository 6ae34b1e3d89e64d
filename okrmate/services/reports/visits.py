"""When the mentor was here last: so that the screens can say what moved since then."""

from datetime import UTC, datetime, timedelta

from okrmate.services.desk import Desk
from okrmate.services.ports import Reader
from okrmate.services.tables import SETTINGS, Setting

LAST = "last visit"
BEFORE = "visit before"
"""The last visit on an earlier day than the last one: within a day, what moved is not forgotten at each look."""
AT_MOST = timedelta(days=28)
FIRST = timedelta(days=7)
"""How far back the first visit looks."""


def visited_before(reader: Reader, now: datetime) -> datetime:
    """Since when "moved since" counts: the last visit on an earlier day, at most four weeks ago."""
    before = _moment(reader, BEFORE)
    return max(before, now - AT_MOST) if before else now - FIRST


def visit(desk: Desk) -> None:
    """Note that the mentor is here; the first visit of a day puts the one before it on record."""
    now = desk.clock.now()
    with desk.store.transaction() as tx:
        last = _moment(tx, LAST)
        if last is not None and desk.mentor.local(last).date() < desk.mentor.local(now).date():
            tx.put(SETTINGS, Setting(id=BEFORE, value=last.isoformat()))
        tx.put(SETTINGS, Setting(id=LAST, value=now.isoformat()))


def _moment(reader: Reader, name: str) -> datetime | None:
    setting = reader.get(SETTINGS, name)
    return datetime.fromisoformat(setting.value).astimezone(UTC) if setting else None
