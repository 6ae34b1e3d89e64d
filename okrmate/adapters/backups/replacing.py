"""Putting a home's files in the place of others: what was there is moved aside first, and never lost on the way."""

import os
from pathlib import Path

from okrmate.adapters.backups.contents import TEMPLATES
from okrmate.adapters.file import Disk, make_folder, sync_folder, unwritable
from okrmate.adapters.raw_mail import FOLDER as MAIL
from okrmate.adapters.store_files import FILE, JOURNAL, TORN
from okrmate.config import CONFIG_NAME


class Replacing:
    """The files of `home`, into whose place those of `staged` come; both lie on one disk.

    Raw mails are never changed once they are written, so those of both stay, and one that is there differently is
    moved aside.
    """

    def __init__(self, home: Path, staged: Path, aside: Path, disk: Disk | None = None) -> None:
        self._home = home
        self._staged = staged
        self.aside = aside
        self._disk = Disk() if disk is None else disk

    def run(self) -> bool:
        """Do it; whether anything had to be moved aside. `StoreError` where the disk does not allow it.

        The store comes last. A crash between its two files leaves two that do not belong together, which is refused
        until this is done again; what was there is aside by then.
        """
        try:
            for path in sorted((self._staged / MAIL).rglob("*.eml")):
                self._put(path.relative_to(self._staged))
            self._move_aside(Path(TEMPLATES))
            for name in (TEMPLATES, CONFIG_NAME):
                self._put(Path(name))
            self._move_aside(Path(TORN))
            self._put_store()
            sync_folder(self._home, self._disk)
        except OSError as error:
            raise unwritable(self._home, error) from error
        return self.aside.exists()

    def _put(self, name: Path) -> None:
        source, target = self._staged / name, self._home / name
        if not source.exists() or (target.is_file() and target.read_bytes() == source.read_bytes()):
            return
        self._move_aside(name)
        make_folder(target.parent, self._disk)
        source.rename(target)
        sync_folder(target.parent, self._disk)

    def _put_store(self) -> None:
        """Both files are kept under a second name, and then replaced: there is no moment in which there is none."""
        for name in (FILE, JOURNAL):
            if (self._home / name).exists():
                self._ready_aside(Path(name)).hardlink_to(self._home / name)
        if self.aside.exists():
            sync_folder(self.aside, self._disk)
        (self._staged / FILE).rename(self._home / FILE)
        if (self._staged / JOURNAL).exists():
            (self._staged / JOURNAL).rename(self._home / JOURNAL)
        else:
            (self._home / JOURNAL).unlink(missing_ok=True)

    def _move_aside(self, name: Path) -> None:
        if os.path.lexists(self._home / name):
            (self._home / name).rename(self._ready_aside(name))

    def _ready_aside(self, name: Path) -> Path:
        make_folder((self.aside / name).parent, self._disk)
        return self.aside / name
