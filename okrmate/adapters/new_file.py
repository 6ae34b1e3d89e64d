"""Writing a file somebody asked for: one that is not there yet, and that nobody else may read."""

import os
from pathlib import Path

from okrmate.domain.errors import UsageError


def write_new(path: str, text: str) -> None:
    """Write the file, `~` being the folder of whoever asks; `UsageError` where it is there already or cannot be."""
    try:
        file = Path(path).expanduser()
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
    except FileExistsError as error:
        raise UsageError(f"{path} is there already; name a new file.") from error
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(f"{path} cannot be written: {why}.") from error
