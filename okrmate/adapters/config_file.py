"""The file config.toml as it is put into a home: whole, for the owner alone, an earlier one kept beside it."""

import os
from pathlib import Path

from okrmate.adapters.file import Disk, make_folder, replace, sync_folder, unwritable


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
    try:
        make_folder(path.parent, disk)
        os.close(replace(path, [content], disk))
        sync_folder(path.parent, disk)
    except OSError as error:
        raise unwritable(path, error) from error
