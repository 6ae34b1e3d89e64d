"""The file config.toml as it is put into a home: whole, for the owner alone, an earlier one kept beside it."""

import os
from contextlib import suppress
from pathlib import Path

from okrmate.adapters.file import Disk, make_folder, sync_folder, unwritable


def write_config(path: Path, text: str) -> None:
    """Put the text there with mode 0600, in one step; `StoreError` where that fails, and then nothing has changed."""
    _put(path, text.encode())


def put_aside(path: Path) -> Path | None:
    """Keep a copy of the file under another name, for the owner alone; None where there is no file.

    The file itself stays until another takes its place, so that a home is never without one.
    """
    aside = path.with_name(f"{path.name}.old")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unwritable(aside, error) from error
    _put(aside, content)
    return aside


def _put(path: Path, content: bytes) -> None:
    """The file with this content and mode 0600, in one step."""
    disk = Disk()
    beside = path.with_name(f"{path.name}.new")
    try:
        make_folder(path.parent, disk)
        beside.unlink(missing_ok=True)  # one that a crash left, perhaps with other rights
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            disk.sync(descriptor)
        disk.rename(beside, path)
        sync_folder(path.parent, disk)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise unwritable(path, error) from error
