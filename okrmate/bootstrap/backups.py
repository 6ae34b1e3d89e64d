"""Backing up a home that may be at work: everything of one moment in one file, opened once before it counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from okrmate.adapters.backups.archive import Archive, pieces_of, write_archive
from okrmate.adapters.backups.contents import FOLDER, FORMAT, MANIFEST, Manifest, files_of, is_mail
from okrmate.adapters.backups.secret_free import without_secrets
from okrmate.adapters.backups.unpacking import Backup, damaged, newer, opened
from okrmate.adapters.clock import SystemClock
from okrmate.adapters.documents import encode_json
from okrmate.adapters.file import Disk
from okrmate.adapters.store import TinyStore, open_store
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.adapters.tokens import SystemTokens
from okrmate.config import CONFIG_NAME
from okrmate.domain.errors import NewerError, OkrmateError, UsageError
from okrmate.frozen import Frozen
from okrmate.services.ports import Clock, Table
from okrmate.services.tables import PEOPLE, TABLES
from okrmate.version import VERSION


class Made(Frozen):
    """A backup that was made and opened once; `size` in bytes."""

    path: Path
    at: datetime
    size: int
    mails: int
    people: int
    without_config: bool
    """Whether config.toml is not in it, as its secrets could not be told from the rest."""


def back_up(home: Path, store: TinyStore, path: Path, clock: Clock) -> Made:
    """Write all of an open home into a new file, and open that; others may write meanwhile.

    The store is taken as it is at one moment, and the mails after that: each mail is on the disk before the store
    names it, so none that is named is missing. Raises `UsageError` where the file is there already, `StoreError` where
    it cannot be written or does not hold what it should.
    """
    now = clock.now()
    content, people = store.content(), len(store.every(PEOPLE))
    names = files_of(home)
    mails = sum(map(is_mail, names))
    config = _config(home / CONFIG_NAME)
    manifest = Manifest(format=FORMAT, made_at=now, version=VERSION, home=store.home.id, mails=mails)

    def fill(archive: Archive) -> None:
        archive.add(FILE, content, sum(map(len, content)))
        if config is not None:
            archive.add(CONFIG_NAME, [config.encode()])
        for name in names:
            archive.add(name, pieces_of(home / name))
        archive.add(MANIFEST, [encode_json(manifest)])

    write_archive(path, fill, check_backup, now)
    return Made(
        path=path,
        at=now,
        size=path.stat().st_size,
        mails=mails,
        people=people,
        without_config=config is None and (home / CONFIG_NAME).exists(),
    )


def place_for(home: Path, given: str | None, at: datetime) -> Path:
    """The file to write: the one asked for, one in the folder asked for, else one among the home's own backups."""
    name = f"okrmate-{at:%Y-%m-%d-%H%M%S}.zip"
    if given is None:
        return home / FOLDER / name
    path = Path(given).expanduser().absolute()
    if path.is_dir():
        return path / name
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent}; make it, or choose another place.")
    return path


def check_backup(path: Path) -> Manifest:
    """Read all of a backup and open the store in it; `StoreError` where it would not do in an emergency."""
    with opened(path) as backup, TemporaryDirectory(prefix="okrmate-") as folder:
        backup.read_all()
        unpack_store(backup, Path(folder))
        with staged_store(path, Path(folder)) as store:
            every: tuple[Table[Any], ...] = TABLES
            for table in every:
                store.every(table)
        return backup.manifest


def unpack_store(backup: Backup, folder: Path) -> None:
    """Write the files of its store into a folder."""
    for name in (FILE, JOURNAL):
        if name in backup.names:
            backup.unpack(name, folder, Disk())


@contextmanager
def staged_store(path: Path, folder: Path) -> Iterator[TinyStore]:
    """The store of the backup at `path` as it was unpacked into a folder; `StoreError` where that cannot be opened."""
    try:
        store = open_store(folder, SystemTokens(), SystemClock())
    except NewerError as error:
        raise newer(path) from error
    except OkrmateError as error:
        raise damaged(path, f"its {FILE} cannot be opened") from error
    try:
        yield store
    finally:
        store.close()


def _config(path: Path) -> str | None:
    try:
        return without_secrets(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None
