"""The checkpoint: one file that is replaced whole or left as it was, and whose replacing by others is seen."""

import os
from collections.abc import Sequence
from pathlib import Path

from okrmate.adapters.file import Disk, Signature, replace, signature, sync_folder, unwritable
from okrmate.domain.errors import StoreError


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
            raise StoreError(f"{self.path} has vanished while it was used; restore it from a backup.") from error
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

    def close(self) -> None:
        """Let go of what is open."""
        if self._held is not None:
            os.close(self._held)
        self._held = self._signature = None

    def __del__(self) -> None:
        self.close()  # a descriptor is not let go of by itself when a store is dropped without closing

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
