"""The file config.toml as it is put into a home: whole, for the owner alone, an earlier one kept beside it."""

import os
from pathlib import Path

from okrmate.adapters.file import Disk, make_folder, sync_folder, unwritable


def write_config(path: Path, text: str) -> None:
    """Put the text there with mode 0600, in one step; `StoreError` where that fails, and then nothing has changed."""
    disk = Disk()
    beside = path.with_name(f"{path.name}.new")
    try:
        make_folder(path.parent, disk)
        beside.unlink(missing_ok=True)  # one that a crash left, perhaps with other rights
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            file.flush()
            disk.sync(descriptor)
        disk.rename(beside, path)
        sync_folder(path.parent, disk)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise unwritable(path, error) from error


def put_aside(path: Path) -> Path | None:
    """Keep the file that stands there under another name, also for the owner alone; None where there is none."""
    aside = path.with_name(f"{path.name}.old")
    try:
        path.chmod(0o600)
        path.replace(aside)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unwritable(aside, error) from error
    return aside
