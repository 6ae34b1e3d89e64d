"""A file that grows at its end until another is begun in its place, read by others while it does."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from okrmate.adapters.file import Disk, replace, sync_folder


class Signature(NamedTuple):
    """What tells one state of a file from another."""

    inode: int
    size: int
    changed_at: int


class GrowingFile:
    """The file at `path`; every method may raise `OSError`."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self._name = str(path)
        self._disk = disk
        self._descriptor: int | None = None
        self.seen: Signature | None = None
        """How it was when it was read or written last; None where there was none."""

    def there(self) -> Signature | None:
        """How the file at the path is now; None where there is none."""
        try:
            return _signature(os.stat(self._name))  # noqa: PTH116 - asked before every read; a Path takes twice as long
        except FileNotFoundError:
            return None

    def open(self) -> bool:
        """Open what is at the path now; false where there is nothing."""
        self.close()
        try:
            self._descriptor = os.open(self._name, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        return True

    def read(self, begin: int = 0) -> bytes:
        """Everything from byte `begin` on of the file that is open, also when another has taken its place."""
        assert self._descriptor is not None  # noqa: S101 - asked only of an open file
        self.seen = _signature(os.fstat(self._descriptor))
        parts = []
        while begin < self.seen.size and (part := os.pread(self._descriptor, self.seen.size - begin, begin)):
            parts.append(part)
            begin += len(part)
        return b"".join(parts)

    def append(self, content: bytes) -> None:
        """Write at its end; the content is on the disk when this returns."""
        with self._writable() as descriptor:
            self._disk.write(descriptor, [content])
            self._disk.sync_data(descriptor)

    def cut(self, size: int) -> None:
        """Leave only the first `size` bytes."""
        with self._writable() as descriptor:
            self._disk.cut(descriptor, size)
            self._disk.sync(descriptor)

    def begin(self, content: Sequence[bytes]) -> None:
        """Begin another in its place, with this content in pieces; its name is not yet safe from a power cut."""
        descriptor = replace(self.path, content, self._disk)
        self.close()
        self._descriptor, self.seen = descriptor, _signature(os.fstat(descriptor))

    def settle(self) -> None:
        """Make its name survive a power cut."""
        sync_folder(self.path.parent, self._disk)

    def remove(self) -> None:
        """Take it away."""
        self.close()
        self.path.unlink()

    def close(self) -> None:
        """Let go of what is open."""
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._descriptor = self.seen = None

    def __del__(self) -> None:
        self.close()  # a descriptor is not let go of by itself when a store is dropped without closing

    @contextmanager
    def _writable(self) -> Iterator[int]:
        descriptor = os.open(self._name, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        try:
            yield descriptor
            self.seen = _signature(os.fstat(descriptor))
        finally:
            os.close(descriptor)


def _signature(found: os.stat_result) -> Signature:
    return Signature(found.st_ino, found.st_size, found.st_mtime_ns)
