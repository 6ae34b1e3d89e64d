"""Writing a file somebody asked for: one that is not there yet, and that nobody else may read."""

import os
from collections.abc import Mapping
from pathlib import Path

from okrmate.domain.errors import UsageError


def write_new(path: str, text: str) -> None:
    """Write the file, `~` being the folder of whoever asks; `UsageError` where it is there already or cannot be."""
    _write(path, text.encode())


def write_new_files(folder: str, contents: Mapping[str, bytes]) -> None:
    """Write files by name into a folder, which is made where it is missing; errors as of `write_new`.

    Where one of them is there already, none is written.
    """
    try:
        place = Path(folder).expanduser()
        place.mkdir(mode=0o700, exist_ok=True)
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"The folder {folder} cannot be made: {why}.") from error
    there = next((name for name in contents if (place / name).exists()), None)
    if there is not None:
        raise UsageError(f"{place / there} is there already; name another folder.")
    for name, content in contents.items():
        _write(str(place / name), content)


def _write(path: str, content: bytes) -> None:
    try:
        file = Path(path).expanduser()
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
    except FileExistsError as error:
        raise UsageError(f"{path} is there already; name a new file.") from error
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{path} cannot be written: {why}.") from error
