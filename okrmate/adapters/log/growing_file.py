"""A file that grows at its end until another is begun in its place, read by others while it does.

Behind what is written it holds zeros: a write into them leaves its size as it is, and a sync has less to do (measured
on ext4: 0.15 ms instead of 0.3 to 1.5 ms). Whoever reads leaves them out; what is written never ends in one.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from okrmate.adapters.file import Disk, Signature, replace, signature, sync_folder

ROOM = 128 * 1024
"""Bytes of zeros that a write beyond the file's size leaves behind itself."""
ZERO = b"\0"


class GrowingFile:
    """The file at `path`; every method may raise `OSError`."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self._name = str(path)
        self._disk = disk
        self._descriptor: int | None = None
        self._writable = False
        self.seen: Signature | None = None
        """How it was when it was read or written last; None where there was none."""

    def there(self) -> Signature | None:
        """How the file at the path is now; None where there is none."""
        try:
            return signature(os.stat(self._name))  # noqa: PTH116 - asked before every read; a Path takes twice as long
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
        self.seen = signature(os.fstat(self._opened()))
        return self.peek(begin, self.seen.size - begin)

    def peek(self, begin: int, size: int) -> bytes:
        """At most `size` bytes from `begin` on, without the zeros they end in."""
        parts = []
        while size > 0 and (part := os.pread(self._opened(), size, begin)):
            parts.append(part)
            begin, size = begin + len(part), size - len(part)
        return b"".join(parts).rstrip(ZERO)

    def write(self, content: bytes, begin: int) -> None:
        """Write from byte `begin` on, where it is to end; the content is on the disk when this returns.

        Only while nobody else changes it, after a look whether somebody has.
        """
        descriptor = self._to_write()
        size = 0 if self.seen is None else self.seen.size
        os.lseek(descriptor, begin, os.SEEK_SET)
        self._disk.write(descriptor, [content] if begin + len(content) <= size else [content, bytes(ROOM)])
        self._disk.sync_data(descriptor)
        self.seen = signature(os.fstat(descriptor))

    def cut(self, size: int) -> None:
        """Leave only the first `size` bytes."""
        descriptor = self._to_write()
        self._disk.cut(descriptor, size)
        self._disk.sync(descriptor)
        self.seen = signature(os.fstat(descriptor))

    def begin(self, content: Sequence[bytes]) -> None:
        """Begin another in its place, with this content in pieces; its name is not yet safe from a power cut."""
        descriptor = replace(self.path, content, self._disk)
        self.close()
        self._descriptor, self._writable, self.seen = descriptor, True, signature(os.fstat(descriptor))

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
        self._descriptor, self._writable, self.seen = None, False, None

    def __del__(self) -> None:
        self.close()  # a descriptor is not let go of by itself when a store is dropped without closing

    def _opened(self) -> int:
        assert self._descriptor is not None  # noqa: S101 - asked only of an open file
        return self._descriptor

    def _to_write(self) -> int:
        """Its descriptor, for writing; most who open it only read, and may not be allowed more."""
        before = self._opened()
        if not self._writable:
            self._descriptor, self._writable = os.open(self._name, os.O_RDWR | os.O_CLOEXEC), True
            os.close(before)
        return self._opened()
