"""The checkpoint: one file that is replaced whole or left as it was, and whose replacing by others is seen."""

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from okrmate.adapters.file import Disk, Signature, replace, signature, sync_folder, unwritable
from okrmate.domain.errors import StoreError

NEXT = ".next"
"""The end of the name of the file in which a checkpoint is made while others go on."""


class Checkpoint:
    """The file at `path`; nothing is made before the first writer comes.

    What was read or written last stays open, so that its inode is not given to another content and comparing
    signatures is enough to see that somebody replaced it.
    """

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self._name = str(path)
        self._disk = disk
        self._held: int | None = None
        self._signature: Signature | None = None

    @property
    def size(self) -> int:
        """Bytes of what was read or written last."""
        return 0 if self._signature is None else self._signature.size

    def changed(self) -> bool:
        """Whether another content stands there than the one read or written last."""
        return self._there() != self._signature

    def read(self) -> bytes | None:
        """The content; None where there is no file yet; `StoreError` where it cannot be read or has vanished."""
        self.adopt()
        if self._held is None:
            return None
        try:
            with os.fdopen(os.dup(self._held), "rb") as file:
                return file.read()
        except OSError as error:
            raise self._unreadable(error) from error

    def adopt(self) -> None:
        """Take what stands there for read, as its content is known from elsewhere; errors as of `read`."""
        try:
            descriptor = os.open(self._name, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError as error:
            if self._signature is None:
                return
            raise StoreError(
                f"{self.path} has vanished while it was used; `okrmate restore FILE` puts a backup there."
            ) from error
        except OSError as error:
            raise self._unreadable(error) from error
        self._hold(descriptor)

    def replace(self, content: Sequence[bytes]) -> None:
        """Put `content`, in pieces, in the place of what was there; only while alone.

        After a `StoreError` either of the two stands there.
        """
        try:
            self._hold(replace(self.path, content, self._disk))
            sync_folder(self.path.parent, self._disk)
        except OSError as error:
            raise unwritable(self.path, error) from error

    @contextmanager
    def beside(self, content: Sequence[bytes]) -> Iterator[int | None]:
        """The descriptor of a file beside with this content, on the disk, to `install`; None where a peer has one.

        One writer at a time has it, by `flock`; what one that was killed left there is written over.
        """
        path = self.path.with_name(f"{self.path.name}{NEXT}")
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise unwritable(path, error) from error
        try:
            if not _claimed(descriptor, path):
                yield None
                return
            try:
                self._fill(descriptor, path, content)
                yield descriptor
            finally:
                with suppress(OSError):  # on a disk that takes no more it is left, to be written over
                    if _stands_at(path, descriptor):
                        path.unlink()
        finally:
            os.close(descriptor)

    def install(self, beside: int) -> None:
        """Put the file beside in the place of what was there; only while alone. Errors as of `replace`."""
        try:
            self._disk.rename(self.path.with_name(f"{self.path.name}{NEXT}"), self.path)
            self._hold(os.dup(beside))
            sync_folder(self.path.parent, self._disk)
        except OSError as error:
            raise unwritable(self.path, error) from error

    def close(self) -> None:
        """Let go of what is open."""
        if self._held is not None:
            os.close(self._held)
        self._held = self._signature = None

    def __del__(self) -> None:
        self.close()  # a descriptor is not let go of by itself when a store is dropped without closing

    def _fill(self, descriptor: int, path: Path, content: Sequence[bytes]) -> None:
        try:
            if os.fstat(descriptor).st_size:
                self._disk.cut(descriptor, 0)
            self._disk.write(descriptor, content)
            self._disk.sync(descriptor)
        except OSError as error:
            raise unwritable(path, error) from error

    def _there(self) -> Signature | None:
        try:
            return signature(os.stat(self._name))  # noqa: PTH116 - asked before every read; a Path takes twice as long
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
        self._signature = signature(os.fstat(descriptor))


def _claimed(descriptor: int, path: Path) -> bool:
    """Whether the file is now this writer's alone."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise unwritable(path, error) from error
    return _stands_at(path, descriptor)


def _stands_at(path: Path, descriptor: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False
