"""The raw bytes of every mail that concerns okrmate: one file each under the home's `mail/`, by day and id."""

import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from okrmate.adapters.file import Disk, make_folder, sync_folder, unwritable
from okrmate.domain.errors import StoreError

FOLDER = "mail"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
"""What a record's id may be made of; nothing that leads to another folder."""
PLACE = re.compile(rf"{FOLDER}/\d{{4}}-\d\d-\d\d/{NAME.pattern}\.eml")


class RawMailFolder:
    """`mail/YYYY-MM-DD/<id>.eml` (UTC day) under `home`, files 0600, folders 0700; `mail/reading/` counts attempts."""

    def __init__(self, home: Path, disk: Disk | None = None) -> None:
        self._home = home
        self._disk = Disk() if disk is None else disk

    def keep(self, name: str, content: bytes, at: datetime) -> str:
        """As the port says; `StoreError` where it cannot be written. The file is linked into place whole."""
        where = f"{FOLDER}/{at.astimezone(UTC):%Y-%m-%d}/{_checked(name)}.eml"
        path = self._home / where
        beside = path.with_name(f".{name}.new")
        try:
            make_folder(path.parent, self._disk)
            self._write(beside, content)
            with suppress(FileExistsError):  # the first stays
                path.hardlink_to(beside)
            beside.unlink()
            sync_folder(path.parent, self._disk)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            raise unwritable(path, error) from error
        return where

    def read(self, where: str) -> bytes:
        """As the port says."""
        if not PLACE.fullmatch(where):
            raise StoreError(f"{where!r} is no place where raw mail is kept; the store was changed by hand.")
        try:
            return (self._home / where).read_bytes()
        except OSError as error:
            raise StoreError(f"The raw mail {self._home / where} cannot be read: {error.strerror}.") from error

    def begin(self, name: str) -> int:
        """As the port says; each attempt adds one byte, so that a crash in between is still counted."""
        path = self._attempts(name)
        try:
            make_folder(path.parent, self._disk)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            try:
                before = os.fstat(descriptor).st_size
                self._disk.write(descriptor, b".")
            finally:
                os.close(descriptor)
        except OSError as error:
            raise unwritable(path, error) from error
        return before

    def end(self, name: str) -> None:
        """As the port says."""
        path = self._attempts(name)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(path, error) from error

    def _attempts(self, name: str) -> Path:
        return self._home / FOLDER / "reading" / _checked(name)

    def _write(self, path: Path, content: bytes) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            self._disk.write(descriptor, content)
            self._disk.sync(descriptor)
        finally:
            os.close(descriptor)


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no id of a record")
    return name
