"""One file that is replaced whole or left as it was, by one writer at a time among all processes.

A new content is written beside the file, synced, renamed over it, and the folder is synced; only then is it
acknowledged. Measured on ext4 with 1 MB: write 0.2 ms, fsync 0.8 ms, rename 0.3 ms, folder 0.15 ms.
Writers take turns by `flock` on a file of its own, which the kernel lets go of when a process dies.
"""

import errno
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from okrmate.domain.errors import StoreError

if sys.platform == "win32":
    raise StoreError("okrmate keeps its data safe by means Windows does not have; run it inside WSL.")

import fcntl

PATIENCE = 10.0
"""Seconds to wait for another writer; a commit takes milliseconds."""
TURN = 0.002
"""Seconds between two looks whether the other writer has finished."""
PIECES = 1024
"""How many pieces of a content one call may write (IOV_MAX of Linux and macOS)."""
ADVICE = {
    errno.ENOSPC: "The disk is full; make some room and try again",
    errno.EDQUOT: "The disk quota is used up; make some room and try again",
    errno.EACCES: "Permission is missing; allow it or choose another home",
    errno.EPERM: "Permission is missing; allow it or choose another home",
    errno.EROFS: "The disk is read-only; choose another home",
    errno.ENOTDIR: "Part of the path is a file where a folder should be; choose another home",
    errno.EIO: "The disk reports an error; check it, and keep a backup",
}

Signature = tuple[int, int, int, int]


def unwritable(path: Path, error: OSError) -> StoreError:
    """The sentence for a file or folder that could not be written."""
    advice = ADVICE.get(error.errno or 0, error.strerror or type(error).__name__)
    return StoreError(f"{path} could not be written, nothing was changed. {advice}.")


class Disk:
    """The calls that carry a file to the disk, each of which may fail with `OSError`."""

    def write(self, descriptor: int, pieces: Sequence[bytes]) -> None:
        """Write all of them, one behind the other; joining a megabyte of them first would copy it once more."""
        for first in range(0, len(pieces), PIECES):
            some = pieces[first : first + PIECES]
            written = os.writev(descriptor, some)
            if written < sum(map(len, some)):
                self._write_rest(descriptor, memoryview(b"".join(some))[written:])

    @staticmethod
    def _write_rest(descriptor: int, rest: memoryview) -> None:
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    def begin(self, descriptor: int) -> None:
        """Let the disk begin with what was written and is not read again soon, so that a later sync waits for less.

        Linux starts to write out what is declared to be of no more need, so that the files of a batch are on their
        way side by side (measured: 50 files of 2 kB synced in 6 ms instead of 13). Elsewhere nothing happens.
        """
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)

    def sync(self, descriptor: int) -> None:
        """Return when it would survive a power cut; macOS needs more than fsync for that."""
        if hasattr(fcntl, "F_FULLFSYNC"):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        else:
            os.fsync(descriptor)

    def rename(self, source: Path, target: Path) -> None:
        """Put one file in another's place in one step."""
        os.replace(source, target)  # noqa: PTH105 - with every commit; Path.replace takes twice as long


def sync_folder(folder: Path, disk: Disk) -> None:
    """Make the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        disk.sync(descriptor)
    finally:
        os.close(descriptor)


def make_folder(folder: Path, disk: Disk) -> None:
    """Make a folder, and those above it, for the owner alone; where it stands already it is left as it is."""
    if not folder.is_dir():
        make_folder(folder.parent, disk)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent, disk)


class WholeFile:
    """The file at `path`; nothing is made before the first writer comes.

    What was read or written last stays open, so that its inode is not given to another content and comparing
    signatures is enough to see a peer's commit.
    """

    def __init__(self, path: Path, disk: Disk, patience: float = PATIENCE) -> None:
        self.path = path
        self._name = str(path)
        self._beside = path.with_name(f"{path.name}.new")
        self._disk = disk
        self._patience = patience
        self._folder: int | None = None
        self._lock: int | None = None
        self._held: int | None = None
        self._signature: Signature | None = None

    def changed(self) -> bool:
        """Whether another content stands there than the one read or written last."""
        return self._there() != self._signature

    def read(self) -> bytes | None:
        """The content; None where there is no file yet; `StoreError` where it cannot be read or has vanished."""
        try:
            descriptor = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError as error:
            if self._signature is None:
                return None
            raise StoreError(f"{self.path} has vanished while it was used; restore it from a backup.") from error
        except OSError as error:
            raise self._unreadable(error) from error
        self._hold(descriptor)
        try:
            with os.fdopen(os.dup(descriptor), "rb") as file:
                return file.read()
        except OSError as error:
            raise self._unreadable(error) from error

    def replace(self, content: Sequence[bytes], before: Sequence[bytes] | None) -> None:
        """Put `content` in place of `before`, or raise `StoreError` and leave `before`. Only while `alone`.

        Both are given in pieces that stand one behind the other.
        """
        try:
            self._put(content)
        except OSError as error:
            raise unwritable(self.path, error) from error
        try:
            self._sync_folder()
        except OSError as error:
            if self._put_back(before):
                raise unwritable(self.path, error) from error
            raise StoreError(
                f"{self.path} holds the last change, but a power cut may still take it back: {error.strerror}. "
                "Check the disk, and look at what was stored before going on."
            ) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other writer out; `StoreError` where another one does not finish in time."""
        try:
            self._take_turn()
        except OSError as error:
            raise unwritable(self.path, error) from error
        try:
            yield
        finally:
            if self._lock is not None:
                fcntl.flock(self._lock, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of what is open."""
        for descriptor in (self._folder, self._lock, self._held):
            if descriptor is not None:
                os.close(descriptor)
        self._folder = self._lock = self._held = self._signature = None

    def __del__(self) -> None:
        self.close()  # descriptors are not let go of by themselves when a store is dropped without closing

    def _there(self) -> Signature | None:
        try:
            return _signature(os.stat(self._name))  # noqa: PTH116 - asked before every read; a Path takes twice as long
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: OSError) -> StoreError:
        return StoreError(f"{self.path} could not be read: {error.strerror}.")

    def _hold(self, descriptor: int) -> None:
        if self._held is not None:
            os.close(self._held)
        self._held = descriptor
        self._signature = _signature(os.fstat(descriptor))

    def _put(self, content: Sequence[bytes]) -> None:
        descriptor = os.open(self._beside, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            self._disk.write(descriptor, content)
            self._disk.sync(descriptor)
            self._disk.rename(self._beside, self.path)
        except BaseException:
            os.close(descriptor)
            with suppress(OSError):
                self._beside.unlink()
            raise
        self._hold(descriptor)

    def _sync_folder(self) -> None:
        """As `sync_folder`, of the folder that was opened once."""
        if self._folder is None:
            self._folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._disk.sync(self._folder)

    def _put_back(self, before: Sequence[bytes] | None) -> bool:
        """Undo a rename that may not survive; where even that fails, the next look reads what is there."""
        self._signature = None
        try:
            if before is None:
                self.path.unlink()
            else:
                self._put(before)
        except OSError:
            return False
        with suppress(OSError):
            self._sync_folder()
        return True

    def _take_turn(self) -> None:
        end = time.monotonic() + self._patience
        while not self._locked():
            if time.monotonic() > end:
                raise StoreError(
                    f"{self.path} is being written by another okrmate for more than {self._patience:g} s; "
                    "end that one and try again."
                )
            time.sleep(TURN)

    def _locked(self) -> bool:
        if self._lock is None:
            make_folder(self.path.parent, self._disk)
            beside = self.path.with_name(f"{self.path.name}.lock")
            self._lock = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _signature(found: os.stat_result) -> Signature:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
