"""The pause of the whole outbox: why no letter leaves until the mentor has looked."""

from datetime import datetime

from okrmate.services import trail
from okrmate.services.desk import Desk
from okrmate.services.ports import Reader
from okrmate.services.tables import SETTINGS, Setting

PAUSE = "outbox pause"
"""The setting that holds the whole outbox; its value is the reason, empty or absent where nothing is held."""

RESTORED = "restored at"
"""The setting that says when this home was put back from a backup (RFC 3339): what left after that was made is not
known here, so that each letter that was due by then is doubted."""


OF_A_RESTORED_HOME = "restored from a backup"
"""How the reason begins for which a home is held that was just put back."""


def pause_reason(reader: Reader) -> str:
    """Why the whole outbox is held, empty where it is not."""
    setting = reader.get(SETTINGS, PAUSE)
    return setting.value if setting else ""


def pause(desk: Desk, reason: str) -> None:
    """Hold the whole outbox until the mentor has looked; that its home was put back stays a reason, too."""
    with desk.store.transaction() as tx:
        standing = pause_reason(tx)
        also = OF_A_RESTORED_HOME in standing and OF_A_RESTORED_HOME not in reason
        tx.put(SETTINGS, Setting(id=PAUSE, value=f"{standing}; {reason}" if also else reason))
        trail.record(tx, desk, what=f"the whole outbox held: {reason}", source=trail.BY_PROGRAM, by="okrmate")


def restored_at(reader: Reader) -> datetime | None:
    """When this home was last put back from a backup; None where it never was."""
    setting = reader.get(SETTINGS, RESTORED)
    return datetime.fromisoformat(setting.value) if setting else None


def is_restored_and_held(reader: Reader) -> bool:
    """Whether the mentor of a home that was put back has not looked yet; then even answers are written in doubt.

    A mail that came before is read once more, and had its answer already.
    """
    return OF_A_RESTORED_HOME in pause_reason(reader)


def pause_restored(desk: Desk, made: str) -> None:
    """Hold the whole outbox of a home that was just put back from a backup, with the reasons it was held for before.

    `made` says of when the backup is.
    """
    reason = f"{OF_A_RESTORED_HOME} of {made}; see among sent mail what has left since, then release"
    with desk.store.transaction() as tx:
        standing = pause_reason(tx)
        tx.put(SETTINGS, Setting(id=PAUSE, value=f"{standing}; {reason}" if standing else reason))
        tx.put(SETTINGS, Setting(id=RESTORED, value=desk.clock.now().isoformat()))
        trail.record(tx, desk, what=f"the whole outbox held: {reason}", source=trail.BY_PROGRAM, by="okrmate")
