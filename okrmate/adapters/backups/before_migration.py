"""The backup that is made before a store of an older layout is written anew: both its files as they are."""

from pathlib import Path

from okrmate.adapters.backups.archive import Archive, pieces_of, write_archive
from okrmate.adapters.backups.contents import FOLDER, FORMAT, MANIFEST, Manifest
from okrmate.adapters.backups.unpacking import opened
from okrmate.adapters.documents import encode_json
from okrmate.adapters.store_files import FILE, JOURNAL
from okrmate.services.ports import Clock
from okrmate.version import VERSION


def keep_before_migration(home: Path, clock: Clock, layout: int) -> None:
    """Keep the store of this layout in the home's backups; `StoreError` where that cannot be done."""
    now = clock.now()
    target = home / FOLDER / f"okrmate-layout-{layout}-{now:%Y-%m-%d-%H%M%S}.zip"
    if target.exists():
        return  # the write behind it failed, and is tried again in the same second

    def fill(archive: Archive) -> None:
        manifest = Manifest(format=FORMAT, made_at=now, version=VERSION, home="", mails=0)
        archive.add(MANIFEST, [encode_json(manifest)])
        for name in (FILE, JOURNAL):
            if (home / name).exists():
                archive.add(name, pieces_of(home / name))

    write_archive(target, fill, _check, now)


def _check(path: Path) -> None:
    with opened(path) as backup:
        backup.read_all()
