"""The tables in memory and the two files they stand in: what anybody committed is followed, what is new is written.

The checkpoint holds all up to some transaction, the journal what is younger; what both hold may be read twice without
harm. A commit is one line of the journal.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from okrmate.adapters.documents import DocumentError
from okrmate.adapters.log.checkpoint import Checkpoint
from okrmate.adapters.log.entries import Entry, Operation, Position
from okrmate.adapters.log.journal import DamagedError, DisconnectedError, Journal, Mark
from okrmate.adapters.migrations import LAYOUTS, Documents, Layouts
from okrmate.adapters.shelf import changed_by
from okrmate.adapters.table_file import Found, Meta, TableFile, content_of
from okrmate.adapters.work import Changed, Records, Shelves
from okrmate.domain.errors import StoreError
from okrmate.frozen import Frozen, replace

LARGE = 4_000_000
SHARE = 0.25
"""A journal of more bytes than these, and than this share of its checkpoint, is long."""


def keep_nothing(_: int) -> None:
    """For who brings a store up that lies in a backup anyway."""


class Snapshot(Frozen, kw_only=False):
    """All that was committed at a moment."""

    meta: Meta
    documents: Documents
    mark: Mark


class Tables:
    """The tables in memory; `pick_up` follows what other processes wrote, `commit` writes."""

    def __init__(
        self,
        file: Checkpoint,
        journal: Journal,
        fresh: Meta,
        layouts: Layouts = LAYOUTS,
        keep: Callable[[int], None] = keep_nothing,
    ) -> None:
        """`keep` is called with the number of an older layout before the first file of the latest takes its place."""
        # The first journal of a home goes on from its id: that of another home would not be taken for its own.
        journal.position = Position(checksum=fresh.home)
        self.meta = fresh
        self.shelves = Shelves()
        self._file = file
        self._journal = journal
        self._tables = TableFile(file, layouts)
        self._layouts = layouts
        self._keep = keep
        self._old_layout = 0
        """That of the files, where it is older than what is in memory."""
        self._understood = True
        self._refused = ""
        """Why the files as they stand cannot be taken."""

    def pick_up(self) -> set[str]:
        """Read what is not as last seen; the names of the tables that differ.

        Raises `StoreError` where the files are damaged, newer, unreadable or gone; until that is mended nothing is
        served or written, so that they stay untouched.
        """
        try:
            if not self._journal.changed() and not self._file.changed():
                if self._refused:  # read whole once, not at each of the many looks of the screens
                    raise StoreError(self._refused)
                if self._understood:
                    return set()
            return self._read()
        except OSError as error:
            raise StoreError(f"{self._journal.path} could not be read: {error.strerror}.") from error

    def mend(self) -> None:
        """Cut off what a writer that was killed left unfinished. Only while alone, after picking up."""
        self._journal.mend()

    def commit(self, changes: Changed, records: Records) -> set[str]:
        """Write these changes, then apply them; the names of the tables that changed. Only while alone.

        `records` are those of the documents whose records are known.
        """
        changed = {name: of_table for name, of_table in changes.items() if of_table}
        if changed:
            if self._journal.in_doubt or self._old_layout:
                self.checkpoint()
            elif not self._file.size:
                self._write_file()
            self._understood = False  # where this is broken off, what the files say counts: all is read anew
            self._journal.append(
                Operation(name, number, document)
                for name, of_table in changed.items()
                for number, document in of_table.items()
            )
            for name, of_table in changed.items():
                self.shelves.apply(name, of_table, records.get(name, {}))
            self._understood = True
        return set(changed)

    def is_behind(self, *, far: bool = False) -> bool:
        """Whether the journal holds what the file does not; `far`: so much that a checkpoint spares more than it costs.

        It costs writing all, and spares reading the journal at each opening.
        """
        return self._journal.size > (max(LARGE, SHARE * self._file.size) if far else 0)

    def checkpoint(self) -> None:
        """Write the file anew, with all that was committed, and begin the journal behind it. Only while alone.

        After a `StoreError` both still hold everything: a journal that begins before its checkpoint does no harm.
        """
        self._write_file()
        self._journal.restart()

    def snapshot(self) -> Snapshot:
        """All as it is committed now, for a checkpoint that is written while others go on committing."""
        documents = {name: dict(rows) for name, rows in self.shelves.documents().items()}
        return Snapshot(_at(self.meta, self._journal.position), documents, self._journal.mark())

    @contextmanager
    def written_beside(self, snapshot: Snapshot) -> Iterator[int | None]:
        """The descriptor of a file beside that holds a snapshot, on the disk; None where a peer writes such a one.

        Nobody has to wait for it. Raises `StoreError` where the disk did not take it.
        """
        with self._file.beside(content_of(snapshot.meta, snapshot.documents)) as descriptor:
            yield descriptor

    def install(self, snapshot: Snapshot, beside: int | None) -> None:
        """Put the file written beside in the place of the file, and begin the journal behind it. Only while alone.

        Nothing is done where a peer has left a checkpoint meanwhile. Errors as of `checkpoint`.
        """
        if beside is None or self._journal.in_doubt or self._journal.mark().inode != snapshot.mark.inode:
            return
        self._file.install(beside)
        self.meta = snapshot.meta
        self._journal.restart(snapshot.mark)

    def close(self) -> None:
        """Let go of the files."""
        self._tables.close()
        self._journal.close()

    def _write_file(self) -> None:
        if self._old_layout:
            self._keep(self._old_layout)
        self.meta = _at(self.meta, self._journal.position)
        self._tables.write(self.meta, self.shelves.documents())
        self._old_layout = 0

    def _read(self) -> set[str]:
        """Follow the journal, or read all where that is not enough."""
        followable = self._understood and not self._old_layout  # what an older program adds is of its layout
        self._understood, self._refused = False, ""
        try:
            touched = self._follow() if followable else None
            if touched is None or self._file.changed():
                touched = self._read_all() | (touched or set())
        except StoreError as error:
            self._refused = str(error)
            raise
        except (DocumentError, ValueError, KeyError) as error:
            self._refused = _damaged(self._file.path, error)
            raise StoreError(self._refused) from error
        except DamagedError as error:
            self._refused = _damaged(self._journal.path, error)
            raise StoreError(self._refused) from error
        self._understood = True
        return touched

    def _follow(self) -> set[str] | None:
        """Take over what the journal has gained; None where it does not go on from what is known."""
        if not self._journal.changed():
            return set()
        try:
            entries, begun_anew = self._journal.news()
        except DisconnectedError:
            return None
        touched = self.shelves.follow(_news(entries))
        if begun_anew:
            self._file.adopt()  # a peer's checkpoint, which holds what is known here
        return touched

    def _read_all(self) -> set[str]:
        """Both files from their beginning, again where a peer's checkpoint came between them."""
        while True:
            try:
                found = self._tables.read()
                entries = self._journal.read(Position(found.meta.sequence, found.meta.checksum))
            except DisconnectedError as error:
                if not self._file.changed():
                    raise StoreError(_disconnected(self._file.path, self._journal.path)) from error
            else:
                if not self._file.changed():
                    return self._take(found, _news(entries))

    def _take(self, found: Found, younger: Changed) -> set[str]:
        documents, before = found.documents, self.shelves
        for name, changes in younger.items():
            documents[name] = changed_by(documents.get(name, {}), changes)
        is_old = found.meta.schema < self._layouts.latest
        documents = self._layouts.brought_up(documents, found.meta.schema)
        unchecked: Changed = younger if found.own and not is_old else documents
        for name, shelf in before.shelves.items():
            shelf.check(unchecked.get(name, {}).items())
        shelves = {name: shelf.read_again(documents.pop(name, {})) for name, shelf in before.shelves.items()}
        self._old_layout = found.meta.schema if is_old else 0
        self.meta = replace(found.meta, schema=self._layouts.latest)
        self.shelves = Shelves(shelves, documents)
        return {name for name, shelf in shelves.items() if shelf is not before.shelves[name]}


def _news(entries: Iterable[Entry]) -> dict[str, dict[int, bytes | None]]:
    """What these transactions, taken together, did to each table."""
    found: dict[str, dict[int, bytes | None]] = {}
    for entry in entries:
        for table, number, document in entry.operations:
            found.setdefault(table, {})[number] = document
    return found


def _at(meta: Meta, position: Position) -> Meta:
    return replace(meta, sequence=position.sequence, checksum=position.checksum)


def _damaged(path: Path, why: Exception) -> str:
    return f"{path} is damaged and was left untouched ({why}); `okrmate restore FILE` puts a backup in its place."


def _disconnected(file: Path, journal: Path) -> str:
    return (
        f"{journal} does not go on from {file}, as if one of them were of another day; both were left untouched. "
        f"`okrmate restore FILE` puts a backup there; or move {journal.name} away to go on with {file.name} alone."
    )
