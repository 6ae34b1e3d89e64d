"""The pause of the whole outbox: why no letter leaves until the mentor has looked."""

from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.ports import Reader
from okrmate.services.tables import SETTINGS, Setting

PAUSE = "outbox pause"
"""The setting that holds the whole outbox; its value is the reason, empty or absent where nothing is held."""


def pause_reason(reader: Reader) -> str:
    """Why the whole outbox is held, empty where it is not."""
    setting = reader.get(SETTINGS, PAUSE)
    return setting.value if setting else ""


def pause(desk: Desk, reason: str) -> None:
    """Hold the whole outbox until the mentor has looked."""
    with desk.store.transaction() as tx:
        tx.put(SETTINGS, Setting(id=PAUSE, value=reason))
        trail.record(tx, desk, what=f"the whole outbox held: {reason}", source=trail.BY_PROGRAM, by="okrmate")
