"""Writing a backup: one ZIP file for the owner alone, whole under its name or not there, never in another's place."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from okrmate.adapters.file import Disk, make_folder, sync_folder, unwritable
from okrmate.domain.errors import StoreError, UsageError

EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""No file in a ZIP is older (APPNOTE.TXT 4.4.6, MS-DOS time)."""

STALE = 86_400
"""Seconds after which nobody writes an unfinished backup any more."""


class Archive:
    """A backup that is being written."""

    def __init__(self, zipped: ZipFile, at: datetime) -> None:
        self._zipped = zipped
        self._date = max(at.astimezone(UTC), EARLIEST).timetuple()[:6]

    def add(self, name: str, pieces: Iterable[bytes], size: int = 0) -> None:
        """Add a file of this content, in pieces that stand one behind the other; `size` where it may be over 2 GB."""
        info = ZipInfo(name, self._date)
        info.compress_type = ZIP_DEFLATED
        info.external_attr = (stat.S_IFREG | 0o600) << 16
        info.file_size = size
        with self._zipped.open(info, "w") as member:
            for piece in pieces:
                member.write(piece)


def write_archive(
    target: Path,
    fill: Callable[[Archive], None],
    check: Callable[[Path], object],
    at: datetime,
    disk: Disk | None = None,
) -> None:
    """Have `fill` write the backup and `check` look at it, and only then give it its name.

    Raises `UsageError` where something stands under that name, which is left as it is, and `StoreError` where the
    disk does not take it; then nothing of it stays.
    """
    disk = Disk() if disk is None else disk
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    if os.path.lexists(target):
        raise _taken(target)
    try:
        make_folder(target.parent, disk)
        with _swept(beside, target.name, at):
            _write(beside, fill, at, disk)
            check(beside)
            _give_name(beside, target)
        sync_folder(target.parent, disk)
    except OSError as error:
        raise unwritable(target, error) from error


def pieces_of(path: Path, size: int = 1_000_000) -> Iterator[bytes]:
    """The content of a file, so many bytes at a time; `StoreError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            while piece := file.read(size):
                yield piece
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}.") from error


def _write(path: Path, fill: Callable[[Archive], None], at: datetime, disk: Disk) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with ZipFile(file, "w") as zipped:
            fill(Archive(zipped, at))
        file.flush()
        disk.sync(descriptor)


@contextmanager
def _swept(beside: Path, name: str, at: datetime) -> Iterator[None]:
    """Take away what was written beside, and what backups left there that were killed; others may be at work."""
    for pattern in (f".{name}.*.new", ".okrmate-*.zip.*.new"):
        for path in beside.parent.glob(pattern):
            with suppress(FileNotFoundError):  # whoever wrote it is done
                if path == beside or at.timestamp() - path.stat().st_mtime > STALE:
                    path.unlink()
    try:
        yield
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _give_name(beside: Path, target: Path) -> None:
    try:
        target.hardlink_to(beside)
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError:
        _take_name(beside, target)


def _take_name(beside: Path, target: Path) -> None:
    """The same where the file system knows no links, as that of a stick: the name is taken first, then its file."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError as error:
        raise _taken(target) from error
    try:
        beside.replace(target)
    except OSError:
        target.unlink()
        raise


def _taken(target: Path) -> UsageError:
    return UsageError(f"{target} is there already and was left as it is; choose another name.")
