"""The files that lie where raw mails are kept: listing them, and removing those that nobody needs."""

import stat
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from okrmate.adapters.file import unwritable
from okrmate.adapters.raw_mail import FOLDER
from okrmate.services.checks.kept_mail import Kept


def mail_files(home: Path, now: datetime) -> tuple[Kept, ...]:
    """Every file in the folders of days, also what a crash left half written there."""
    found = []
    for path in (home / FOLDER).glob("[0-9]*-[0-9]*-[0-9]*/*"):
        try:
            state = path.lstat()
        except FileNotFoundError:
            continue  # a mail just being written has another name by now
        if stat.S_ISREG(state.st_mode):
            written = datetime.fromtimestamp(state.st_mtime, UTC)
            found.append(Kept(place=path.relative_to(home).as_posix(), size=state.st_size, age=now - written))
    return tuple(sorted(found, key=lambda kept: kept.place))


def remove(home: Path, kept: Iterable[Kept]) -> None:
    """Remove these; `StoreError` where that fails."""
    for each in kept:
        path = home / each.place
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(path, error) from error
