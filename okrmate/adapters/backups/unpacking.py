"""Reading a backup: every name, size and checksum in it is doubted before a byte is written anywhere."""

import os
import shutil
import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from okrmate.adapters.backups.contents import FORMAT, MANIFEST, SMALL, Manifest, is_known, is_small
from okrmate.adapters.documents import DocumentError, decode_json
from okrmate.adapters.file import Disk, make_folder, sync_folder, unwritable
from okrmate.adapters.store_files import FILE
from okrmate.domain.errors import StoreError, UsageError

MANY = 2_000_000
"""More files than a home ever has."""
SWELLING = 300
SLACK = 10_000_000
"""A backup unpacks to at most so many times its own size, and so many bytes; records of one kind shrink fiftyfold."""
PIECE = 1_000_000
UNREADABLE = (
    ArithmeticError,
    BadZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What reading a damaged ZIP may raise: a wrong number in it leads anywhere."""
ENCRYPTED = 0x1
"""The flag of a file that asks for a password (APPNOTE.TXT 4.4.4)."""


class Backup:
    """A backup that is open, its names and sizes checked; `read_all` and `unpack` check the contents."""

    def __init__(self, path: Path, zipped: ZipFile, members: dict[str, ZipInfo], manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self.names = tuple(members)
        self._zipped = zipped
        self._members = members

    @property
    def size(self) -> int:
        """Bytes of all that is in it."""
        return sum(info.file_size for info in self._members.values())

    def read_all(self) -> None:
        """Read all of it once; `StoreError` where anything is damaged."""
        for name in self.names:
            for _ in self._pieces(name):
                pass

    def unpack(self, name: str, folder: Path, disk: Disk) -> None:
        """Write one file of it into a folder, where nothing of that name stands; `StoreError` where that fails."""
        target = folder / name
        try:
            make_folder(target.parent, disk)
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                for piece in self._pieces(name):
                    file.write(piece)
                file.flush()
                disk.sync(descriptor)
            sync_folder(target.parent, disk)
        except OSError as error:
            raise unwritable(target, error) from error

    def refuse_without_room(self, folder: Path) -> None:
        """`StoreError` where the disk of this folder has no room for all of it."""
        free = shutil.disk_usage(folder).free
        if self.size > free:
            raise StoreError(
                f"{self.path} needs {self.size // 1_000_000 + 1} MB and the disk has {free // 1_000_000} MB left; "
                "nothing was changed. Make some room and try again."
            )

    def _pieces(self, name: str) -> Iterator[bytes]:
        try:
            with self._zipped.open(self._members[name]) as member:
                while piece := member.read(PIECE):
                    yield piece
        except UNREADABLE as error:
            raise damaged(self.path, f"{name} in it cannot be read") from error


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """The backup at `path`; `StoreError` where it is none, is damaged, or holds what none of okrmate's does.

    `UsageError` where there is no file that can be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    with file:
        try:
            zipped = ZipFile(file)
        except UNREADABLE as error:
            raise StoreError(f"{path} is no backup of okrmate's, or not a whole one; nothing was changed.") from error
        with zipped:
            members = _checked(path, zipped)
            yield Backup(path, zipped, members, _manifest(path, zipped, members))


def damaged(path: Path, why: str) -> StoreError:
    """The sentence for a backup that cannot be used."""
    return StoreError(f"{path} is damaged ({why}); nothing was changed. Take another backup.")


def newer(path: Path, version: str = "") -> StoreError:
    """The sentence for a backup that a later program made."""
    which = f" ({version})" if version else ""
    return StoreError(f"{path} was written by a newer okrmate{which}; nothing was changed. Update okrmate.")


def _checked(path: Path, zipped: ZipFile) -> dict[str, ZipInfo]:
    """Its files by name, all of them such as a backup has."""
    members = zipped.infolist()
    strange = next((each.orig_filename for each in members if not _is_ours(each)), None)
    if strange is not None:
        raise StoreError(
            f"{path} holds {strange[:100]!r}, which no backup of okrmate's does; nothing was changed, and none of it "
            "is to be trusted."
        )
    found = {each.filename: each for each in members}
    if len({name.casefold() for name in found}) < len(members):
        raise damaged(path, "two files in it have the same name")
    if len(members) > MANY or sum(each.file_size for each in members) > SLACK + SWELLING * path.stat().st_size:
        raise StoreError(f"{path} would unpack to far more than a backup holds; nothing was changed.")
    if MANIFEST not in found or FILE not in found:
        raise StoreError(f"{path} is no backup of okrmate's: there is no {MANIFEST} and {FILE} in it.")
    return found


def _is_ours(member: ZipInfo) -> bool:
    kind = stat.S_IFMT(member.external_attr >> 16)
    return (
        is_known(member.orig_filename)
        and kind in (0, stat.S_IFREG)
        and not member.flag_bits & ENCRYPTED
        and (member.file_size <= SMALL or not is_small(member.filename))
    )


def _manifest(path: Path, zipped: ZipFile, members: dict[str, ZipInfo]) -> Manifest:
    try:
        manifest = decode_json(Manifest, zipped.read(members[MANIFEST]))
    except (DocumentError, *UNREADABLE) as error:
        raise damaged(path, f"{MANIFEST} in it cannot be read") from error
    if manifest.format > FORMAT:
        raise newer(path, manifest.version)
    return manifest
