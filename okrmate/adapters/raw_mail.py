"""The raw bytes of every mail that concerns okrmate: one file each under the home's `mail/`, by day and id."""

import os
import re
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

from okrmate.adapters.file import Disk, make_folder, sync_folder, unwritable
from okrmate.domain.errors import StoreError

FOLDER = "mail"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
"""What a record's id may be made of; nothing that leads to another folder."""
PLACE = re.compile(rf"{FOLDER}/\d{{4}}-\d\d-\d\d/{NAME.pattern}\.eml")


class RawMailFolder:
    """`mail/YYYY-MM-DD/<id>.eml` (UTC day) under `home`, files 0600, folders 0700; `mail/reading` counts attempts."""

    def __init__(self, home: Path, disk: Disk | None = None) -> None:
        self._home = home
        self._disk = Disk() if disk is None else disk
        self._notes = home / FOLDER / "reading"
        self._notebook: int | None = None
        self._attempts: list[str] | None = None

    def __del__(self) -> None:
        if self._notebook is not None:
            os.close(self._notebook)

    def keep(self, name: str, content: bytes, at: datetime) -> str:
        """As the port says; `StoreError` where it cannot be written. The file is linked into place whole."""
        return self.keep_all({name: content}, at)[name]

    def keep_all(self, mails: Mapping[str, bytes], at: datetime) -> Mapping[str, str]:
        """As the port says; `StoreError` where one cannot be written. Each file is linked into place whole.

        All are written, and the disk has begun with them, before the first is synced: one round for a batch.
        """
        day = f"{FOLDER}/{at.astimezone(UTC):%Y-%m-%d}"
        folder = self._home / day
        beside = {_checked(name): folder / f".{name}.new" for name in mails}
        try:
            make_folder(folder, self._disk)
            self._write_all((beside[name], content) for name, content in mails.items())
            for name, path in beside.items():
                with suppress(FileExistsError):  # the first stays
                    (folder / f"{name}.eml").hardlink_to(path)
                path.unlink()
            sync_folder(folder, self._disk)
        except OSError as error:
            for path in beside.values():
                with suppress(OSError):
                    path.unlink(missing_ok=True)
            raise unwritable(folder, error) from error
        return {name: f"{day}/{name}.eml" for name in mails}

    def read(self, where: str) -> bytes:
        """As the port says."""
        if not PLACE.fullmatch(where):
            raise StoreError(f"{where!r} is no place where raw mail is kept; the store was changed by hand.")
        try:
            return (self._home / where).read_bytes()
        except OSError as error:
            raise StoreError(f"The raw mail {self._home / where} cannot be read: {error.strerror}.") from error

    def begin(self, name: str) -> int:
        """As the port says; the names of what is being read stand in one small file, which a crash leaves as it was."""
        begun = self._begun()
        before = begun.count(_checked(name))
        self._note([*begun, name])
        return before

    def end(self, name: str) -> None:
        """As the port says."""
        begun = self._begun()
        if _checked(name) in begun:
            self._note([each for each in begun if each != name])

    def _begun(self) -> list[str]:
        """The names noted, one for each attempt that never ended; what a broken write left of one does not count."""
        if self._attempts is None:
            try:
                self._attempts = [name for name in self._notes.read_text("ascii").split() if NAME.fullmatch(name)]
            except FileNotFoundError:
                self._attempts = []
            except (OSError, UnicodeDecodeError) as error:
                raise StoreError(f"{self._notes} cannot be read; delete it, it only counts attempts.") from error
        return self._attempts

    def _note(self, begun: list[str]) -> None:
        try:
            if self._notebook is None:
                make_folder(self._notes.parent, self._disk)
                self._notebook = os.open(self._notes, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            os.ftruncate(self._notebook, 0)
            os.lseek(self._notebook, 0, os.SEEK_SET)
            self._disk.write(self._notebook, ["".join(f"{name}\n" for name in begun).encode("ascii")])
        except OSError as error:
            raise unwritable(self._notes, error) from error
        self._attempts = begun

    def _write_all(self, contents: Iterable[tuple[Path, bytes]]) -> None:
        with ExitStack() as opened:
            descriptors = []
            for path, content in contents:
                path.unlink(missing_ok=True)  # what a crash left may be linked: writing into it would change kept mail
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
                opened.callback(os.close, descriptor)
                self._disk.write(descriptor, [content])
                self._disk.begin(descriptor)
                descriptors.append(descriptor)
            for descriptor in descriptors:
                self._disk.sync(descriptor)


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no id of a record")
    return name
