"""Writers taking turns, among all threads and processes, by `flock` on a file of its own.

The kernel lets go of the lock when a process dies, so that a killed writer keeps nobody out.
"""

import fcntl
import os
import time
from pathlib import Path

from okrmate.adapters.file import Disk, make_folder, unwritable
from okrmate.domain.errors import StoreError

PATIENCE = 10.0
"""Seconds to wait for another writer; a commit takes milliseconds."""
PAUSE = 0.002
"""Seconds between two looks whether the other writer has finished."""


class Turns:
    """The turns of those who write the file at `path`: `with` them, every other writer is kept out.

    The lock's own file beside it is made when the first of them comes.
    """

    def __init__(self, path: Path, disk: Disk, patience: float = PATIENCE) -> None:
        self._path = path
        self._beside = f"{path}.lock"
        self._disk = disk
        self._patience = patience
        self._lock: int | None = None
        self._inode = 0

    def __enter__(self) -> None:
        """Wait for the turn; `StoreError` where another writer does not finish in time."""
        end = time.monotonic() + self._patience
        try:
            while not self._taken():
                if time.monotonic() > end:
                    raise StoreError(
                        f"{self._path} is being written by another okrmate for more than {self._patience:g} s; "
                        "end that one and try again."
                    )
                time.sleep(PAUSE)
        except OSError as error:
            raise unwritable(self._path, error) from error

    def __exit__(self, *_: object) -> None:
        """Let the next one have it."""
        if self._lock is not None:
            fcntl.flock(self._lock, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of what is open."""
        if self._lock is not None:
            os.close(self._lock)
        self._lock = None

    def __del__(self) -> None:
        self.close()  # a descriptor is not let go of by itself when a store is dropped without closing

    def _taken(self) -> bool:
        if self._lock is None:
            make_folder(self._path.parent, self._disk)
            self._lock = os.open(self._beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            self._inode = os.fstat(self._lock).st_ino
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        if self._is_there():
            return True
        self.close()  # somebody removed the file, and who comes next locks another
        return False

    def _is_there(self) -> bool:
        try:
            return os.stat(self._beside).st_ino == self._inode  # noqa: PTH116 - with every commit; a Path takes longer
        except OSError:
            return False  # what is wrong is told by who opens it again, with nothing held
