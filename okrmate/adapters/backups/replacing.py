"""Putting a home's files in the place of others: what was there is kept aside first, and never lost on the way."""

from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from okrmate.adapters.file import Disk, make_folder, sync_folder, unwritable
from okrmate.adapters.store_files import FILE, JOURNAL, TORN

STORE = (FILE, JOURNAL)


class Replacing:
    """The files of `home`, into whose place those of `staged` come; both lie on one disk.

    What has no counterpart stays: a mail that was kept later, a template of the mentor's own.
    """

    def __init__(self, home: Path, staged: Path, aside: Path, disk: Disk | None = None) -> None:
        self._home = home
        self._staged = staged
        self.aside = aside
        self._disk = Disk() if disk is None else disk
        self._put_there: list[Path] = []
        """The names that were put into the home so far, in order."""

    def run(self) -> bool:
        """Do it; whether anything had to be moved aside. `StoreError` where the disk does not allow it: all is undone.

        Mails come first, which do no harm, and the store last. A crash between its two files leaves two that do not
        belong together, which is refused until this is done again; what was there is aside by then.
        """
        try:
            for path in sorted(self._staged.rglob("*"), key=lambda path: (path.suffix != ".eml", path)):
                name = path.relative_to(self._staged)
                if path.is_file() and str(name) not in STORE:
                    self._put(name)
            if (self._home / TORN).exists():
                self._move_aside(Path(TORN))
            self._put_store()
            sync_folder(self._home, self._disk)
        except OSError as error:
            self._undo()
            raise unwritable(self._home, error) from error
        return self.aside.exists()

    def _put(self, name: Path) -> None:
        source, target = self._staged / name, self._home / name
        if target.is_file() and target.read_bytes() == source.read_bytes():
            return
        if target.exists():
            self._move_aside(name)
        make_folder(target.parent, self._disk)
        self._disk.rename(source, target)
        self._put_there.append(name)
        sync_folder(target.parent, self._disk)

    def _put_store(self) -> None:
        """Both files get a second name aside, and are replaced then: there is no moment in which there is none."""
        for name in STORE:
            if (self._home / name).exists():
                self._ready_aside(Path(name)).hardlink_to(self._home / name)
        if self.aside.exists():
            sync_folder(self.aside, self._disk)
        for name in STORE:
            self._disk.rename(self._staged / name, self._home / name)
            self._put_there.append(Path(name))

    def _undo(self) -> None:
        """Take away what was put there, and put back what is aside, as far as the disk allows it."""
        with suppress(OSError):
            for name in reversed(self._put_there):
                (self._home / name).unlink()
            for path in sorted(self.aside.rglob("*")):
                if path.is_file():
                    path.replace(self._home / path.relative_to(self.aside))
            if self.aside.exists():
                rmtree(self.aside)

    def _move_aside(self, name: Path) -> None:
        self._disk.rename(self._home / name, self._ready_aside(name))

    def _ready_aside(self, name: Path) -> Path:
        make_folder((self.aside / name).parent, self._disk)
        return self.aside / name
