"""The journal: transactions younger than the checkpoint, one line each, acknowledged when the disk has them.

Whoever writes is alone (`Turns`); readers need no lock, for a line counts only when it is whole. A checkpoint begins
the journal anew in another file under the same name, so that who has the old one open still reads it to its end.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from okrmate.adapters.file import Disk, unwritable
from okrmate.adapters.log.entries import (
    FIRST,
    FRAME,
    Entry,
    Operation,
    Position,
    entry_in,
    entry_line,
    header_in,
    header_line,
    is_newer,
    is_unfinished,
    lines_of,
)
from okrmate.adapters.log.growing_file import GrowingFile
from okrmate.domain.errors import NewerError, StoreError

TORN = ".torn"
"""The end of the name under which what was cut off is kept."""


class DisconnectedError(Exception):
    """What stands in the journal does not go on from where its reader is."""


class DamagedError(Exception):
    """Transactions that were acknowledged cannot be read; the message says where."""


class Stretch(NamedTuple):
    """Whole lines that follow one another: behind the first, up to byte `end`; the last of them begins at `last`."""

    begin: Position
    entries: list[Entry]
    last: int
    end: int
    known: bytes
    """The last line, and the first bytes of what stands unfinished behind it."""


class Mark(NamedTuple):
    """A place in the journal: behind which transaction, in which file, at which byte."""

    position: Position
    inode: int
    end: int


class Journal:
    """The journal at `path`, read and written up to `position`; of documents in layouts up to `layout`."""

    def __init__(self, path: Path, disk: Disk, layout: int = FIRST) -> None:
        self.path = path
        self._layout = layout
        self.position = Position()
        self.in_doubt = False
        """Whether a line may stand in the file though writing it failed, or its name may not outlast a power cut.

        A new beginning ends the doubt.
        """
        self._file = GrowingFile(path, disk)
        self._goes_on = False
        """Whether the file is that of `position`; else the next transaction begins another."""
        self._last = 0
        self._end = 0
        """It is understood up to this byte, and the line before that begins at the other."""
        self._known = b""
        """What stands from there on: times are too coarse to tell two commits apart that follow each other."""

    @property
    def size(self) -> int:
        """Bytes of it that are understood; none where there is no transaction in it."""
        return self._end if self._goes_on and self._last else 0

    def changed(self) -> bool:
        """Whether something else stands there than was read or written last; `OSError` where it cannot be told."""
        if self._file.there() != self._file.seen:
            return True
        return self._goes_on and self._file.peek(self._last, self._end - self._last + FRAME) != self._known

    def read(self, position: Position) -> list[Entry]:
        """All that is younger than `position`; afterwards the journal is behind the last of it.

        Raises `DisconnectedError` where it holds transactions and does not go on from `position`, `DamagedError`,
        `StoreError` where a newer program wrote it, or `OSError`.
        """
        self.position, self._goes_on = position, False
        if not self._file.open():
            return []
        content = self._file.read()
        found = _stretch(content, 0, self._layout)
        if found is None and is_newer((lines_of(content) or [b""])[0], self._layout):
            raise NewerError(f"{self.path} was written by a newer okrmate and was left untouched; update okrmate.")
        if found is None:
            raise DamagedError("its first line is not that of a journal")
        places = [found.begin, *(entry.position for entry in found.entries)]
        if position not in places:
            if found.entries:
                raise DisconnectedError
            return []
        self._take(found)
        return found.entries[places.index(position) :]

    def news(self) -> tuple[list[Entry], bool]:
        """What was written since, and whether the journal was begun anew behind a checkpoint meanwhile.

        The line read last is read again: a writer whose disk failed may have taken it back after it was seen.
        Raises `DisconnectedError` where all has to be read anew, or `OSError`.
        """
        there, seen = self._file.there(), self._file.seen
        if there is None or seen is None or not self._goes_on:
            raise DisconnectedError
        try:
            found = _stretch(self._file.read(self._last), self._last, self._layout)
            if found is None or found.begin != self.position:
                raise DisconnectedError
            self._take(found)
            entries = found.entries
            if there.inode == seen.inode:
                return entries, False
            entries += self.read(self.position)
        except DamagedError as error:
            raise DisconnectedError from error
        if not self._goes_on:
            raise DisconnectedError
        return entries, True

    def mend(self) -> None:
        """Cut off a line that was never finished, and keep its bytes beside. Only while alone, after reading.

        Raises `StoreError` where the disk does not allow it.
        """
        if not self._goes_on or len(self._known) == self._end - self._last:
            return
        try:
            tail = self._file.read(self._end)
            with suppress(OSError):
                _keep(self.path.with_name(f"{self.path.name}{TORN}"), tail)
            self._file.cut(self._end)
        except OSError as error:
            raise unwritable(self.path, error) from error
        self._known = self._known[: self._end - self._last]

    def append(self, operations: Iterable[Operation]) -> None:
        """Write a transaction; when this returns it survives a power cut. Only while alone, after `mend`.

        Raises `StoreError` where the disk did not take it: then it is as if it had never been tried, or `in_doubt`.
        """
        line, position = entry_line(self.position, operations)
        if self._goes_on:
            self._write(line)
        else:
            self._begin(self.position, line, 0)
            self._goes_on = False
            try:
                self._file.settle()
            except BaseException as failure:
                self._undo(self._file.remove, failure)  # nothing else stands in it
                raise
            self._goes_on = True
        self.position = position

    def mark(self) -> Mark:
        """Where it is now; what is committed later stands behind."""
        return Mark(self.position, 0 if self._file.seen is None else self._file.seen.inode, self._end)

    def restart(self, mark: Mark | None = None) -> None:
        """Begin anew behind a checkpoint that holds all of it, or all up to the mark: what is younger is kept.

        Only while alone; `StoreError` loses nothing: the old file or the new one stands there, and both hold what is
        younger. Which of them a power cut would leave is in doubt then.
        """
        if mark is None or mark.end == self._end:
            self._begin(self.position, b"", 0)
        else:
            try:
                younger = self._file.peek(mark.end, self._end - mark.end)
            except OSError as error:
                raise unwritable(self.path, error) from error
            self._begin(mark.position, younger, self._last - mark.end)
        self.in_doubt = True
        try:
            self._file.settle()
        except OSError as error:
            raise unwritable(self.path, error) from error
        self.in_doubt = False

    def close(self) -> None:
        """Let go of what is open."""
        self._file.close()
        self._goes_on = False

    def _take(self, found: Stretch) -> None:
        self._stand(found.last, found.end, found.known)
        if found.entries:
            self.position = found.entries[-1].position

    def _stand(self, last: int, end: int, known: bytes) -> None:
        self._goes_on, self._last, self._end, self._known = True, last, end, known

    def _write(self, line: bytes) -> None:
        try:
            self._file.write(line, self._end)
        except BaseException as failure:
            self._undo(partial(self._file.cut, self._end), failure)
            raise
        self._stand(self._end, self._end + len(line), line)

    def _begin(self, behind: Position, lines: bytes, last: int) -> None:
        """Put a new file in place of the old one: a header, and perhaps transactions, whose last begins at `last`.

        Its name is still to be settled.
        """
        header = header_line(behind, self._layout)
        try:
            self._file.begin([header, lines])
        except OSError as error:
            raise unwritable(self.path, error) from error
        self._stand(len(header) + last if lines else 0, len(header) + len(lines), lines[last:] or header)

    def _undo(self, step: Callable[[], None], failure: BaseException) -> None:
        """Make a write that failed unwritten; where even that fails, whoever reads the file next may find it whole."""
        try:
            step()
        except OSError as error:
            self.in_doubt = True
            raise StoreError(
                f"{self.path} could neither be written nor mended: {error.strerror}. The last change may be stored "
                "or not; check the disk, and look at what was stored before going on."
            ) from error
        if isinstance(failure, OSError):
            raise unwritable(self.path, failure) from failure


def _stretch(content: bytes, at: int, layout: int) -> Stretch | None:
    """The lines of `content`, which stands at byte `at`, as far as they are whole; None where the first is not.

    Raises `DamagedError` where more is wrong than that the last line is unfinished.
    """
    first, *lines = lines_of(content) or [b""]
    begin = header_in(first, layout) if at == 0 else _behind(first)
    if begin is None:
        return None
    entries: list[Entry] = []
    last, end, behind = at, at + len(first), begin
    for line in lines:
        entry = entry_in(line)
        if entry is None:
            if not is_unfinished(content[end - at :]):
                raise DamagedError(f"at byte {end}")
            break
        if entry.before != behind:
            raise DamagedError(f"at byte {end}, where a transaction is missing")
        entries.append(entry)
        last, end, behind = end, end + len(line), entry.position
    return Stretch(begin, entries, last, end, content[last - at : end - at + FRAME])


def _behind(line: bytes) -> Position | None:
    entry = entry_in(line)
    return None if entry is None else entry.position


def _keep(file: Path, tail: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as kept:
        kept.write(tail + b"\n")
