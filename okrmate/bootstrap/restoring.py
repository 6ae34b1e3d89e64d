"""Putting a backup into a home that is not at work: looked at beside, all letters held, and what was there kept."""

import shutil
from contextlib import suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from zoneinfo import ZoneInfo

from okrmate.adapters.backups.contents import FOLDER, MANIFEST, is_mail
from okrmate.adapters.backups.replacing import Replacing
from okrmate.adapters.backups.secret_free import with_secrets_of, zone_in
from okrmate.adapters.backups.unpacking import Backup, opened
from okrmate.adapters.config_file import write_config
from okrmate.adapters.file import Disk, make_folder, unwritable
from okrmate.adapters.lease import Lease
from okrmate.adapters.log.turns import Turns
from okrmate.adapters.store_files import FILE
from okrmate.adapters.tokens import SystemTokens
from okrmate.bootstrap.backups import check_backup, staged_store
from okrmate.config import CONFIG_NAME, load, parse
from okrmate.domain.errors import ConfigError, StoreError
from okrmate.domain.people import Mentor
from okrmate.frozen import Frozen
from okrmate.services.desk import Desk
from okrmate.services.loop_state import LoopKind
from okrmate.services.pause import pause_restored
from okrmate.services.ports import Clock
from okrmate.services.tables import PEOPLE

AT_WORK = "okrmate is at work in this home, and nothing was changed; end `okrmate run` and the screens, then try again."
STAGE = ".restoring"
"""Where in a home a backup is unpacked and looked at, before it takes anything's place."""
NOBODY = Mentor(name="okrmate", address="", zone="UTC", locale="en", language="en")
"""Who puts a home back: its configuration may not be one yet."""


class Restored(Frozen):
    """What stands in a home after a backup was put into it."""

    made_at: datetime
    people: int
    mails: int
    zone: str
    """The mentor's."""
    aside: Path | None
    """Where that lies which was there before; None where nothing was in the way."""
    problems: tuple[str, ...] = ()
    """What its configuration lacks."""


def restore(path: Path, home: Path, clock: Clock) -> Restored:
    """Put a backup into a home, with every letter held; what stood there is kept aside.

    All of it is read and its store opened before anything is changed. Raises `StoreError` where the backup cannot be
    used, the home is at work, or the disk does not allow it; then the home is as it was.
    """
    check_backup(path)
    with opened(path) as backup:
        try:
            make_folder(home, Disk())
        except OSError as error:
            raise unwritable(home, error) from error
        lease = Lease(home, LoopKind.COMMAND, clock)
        if not lease.take():
            raise StoreError(AT_WORK)
        try:
            return _into(home, backup, clock)
        finally:
            lease.let_go()


def _into(home: Path, backup: Backup, clock: Clock) -> Restored:
    stage = home / STAGE
    aside = _free(home / f"before-restore-{clock.now():%Y-%m-%d-%H%M%S}")
    _clear(stage)
    try:
        backup.refuse_without_room(home)
        for name in backup.names:
            if name != MANIFEST:
                backup.unpack(name, stage, Disk())
        zone = _zone(stage)
        people = _held(backup, stage, zone, clock)
        problems = _configured(home, stage)
        moved = _alone(home, Replacing(home, stage, aside))
    finally:
        _clear(stage)
    return Restored(
        made_at=backup.manifest.made_at,
        people=people,
        mails=sum(map(is_mail, backup.names)),
        zone=zone,
        aside=aside if moved else None,
        problems=problems,
    )


def _held(backup: Backup, stage: Path, zone: str, clock: Clock) -> int:
    """Hold every letter in the staged store; how many people it knows."""
    made = backup.manifest.made_at.astimezone(ZoneInfo(zone))
    with staged_store(backup.path, stage) as store:
        pause_restored(
            Desk(store=store, clock=clock, tokens=SystemTokens(), mentor=NOBODY), f"{made:%a %d %b %Y %H:%M}"
        )
        people = len(store.every(PEOPLE))
    _clear(stage / FOLDER)  # that of an older layout, which is the backup itself
    (stage / f"{FILE}.lock").unlink(missing_ok=True)
    return people


def _alone(home: Path, replacing: Replacing) -> bool:
    turns = Turns(home / FILE, Disk())
    try:
        with turns:
            return replacing.run()
    finally:
        turns.close()


def _zone(stage: Path) -> str:
    try:
        return zone_in((stage / CONFIG_NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return NOBODY.zone


def _configured(home: Path, stage: Path) -> tuple[str, ...]:
    """Fill the passwords that a backup does not hold from the configuration that is there; what is still lacking."""
    staged, there = stage / CONFIG_NAME, home / CONFIG_NAME
    try:
        if not staged.exists():
            load(there)
            return ()
        text = staged.read_text(encoding="utf-8")
        with suppress(OSError, UnicodeDecodeError):
            text = with_secrets_of(text, there.read_text(encoding="utf-8"))
            write_config(staged, text)
        parse(text, there)
    except ConfigError as error:
        return error.problems
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"The {CONFIG_NAME} of the backup cannot be read; nothing was changed.") from error
    return ()


def _free(folder: Path) -> Path:
    """The folder, or one named like it where it is there already: what another restore put aside stays as it is."""
    others = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return next(path for path in chain([folder], others) if not path.exists())


def _clear(folder: Path) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise unwritable(folder, error) from error
