"""What stands in the TinyDB file, as shelves in memory and back: the one door to tinydb.

The documents of a file are read by TinyDB's own tables over a storage of ours, so that what any TinyDB wrote is
understood as TinyDB does. A commit goes through the same storage: changed records are encoded, all others come
as the lines that are kept beside them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from okrmate.adapters.documents import (
    DocumentError,
    Pieces,
    decode_tables,
    encode_json,
    encode_tables,
    from_document,
    joined,
    line,
)
from okrmate.adapters.file import WholeFile
from okrmate.adapters.shelf import Draft
from okrmate.adapters.work import Shelves
from okrmate.domain.errors import StoreError

META = "_meta"
SCHEMA = 1
"""The number of the file's layout; a program refuses files of a later one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What the file says of itself, in the one document of `_meta`."""

    schema: int
    home: str
    created_at: datetime


class TableFile(Storage):
    """TinyDB's storage over a file that is replaced whole; a table may be given as the pieces of its lines."""

    def __init__(self, file: WholeFile) -> None:
        self._file = file
        self._content: Pieces | None = None
        self._tables: dict[str, dict[str, Any]] | None = None

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables, all of them of one content until `forget`; `DocumentError` where it holds none.

        A peer may replace the file meanwhile. Were some tables read from what it wrote, the others would be taken for
        up to date as well, and be written over the peer's.
        """
        if self._tables is None:
            content = self._file.read()
            self._content = None if content is None else (content,)
            self._tables = None if content is None else {**decode_tables(content)}
        return self._tables

    def write(self, data: Mapping[str, Mapping[str, Any] | Pieces]) -> None:
        """Replace the file, or `StoreError` and leave it."""
        content = encode_tables(data)
        self._file.replace(content, self._content)
        self._content, self._tables = content, None

    def forget(self) -> None:
        """Let go of the parsed tables."""
        self._tables = None

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Tables:
    """The file's tables in memory; `pick_up` follows what other processes wrote, `commit` writes."""

    def __init__(self, file: WholeFile, fresh: Meta) -> None:
        self.meta = fresh
        self.shelves = Shelves()
        self._file = file
        self._storage = TableFile(file)
        self._database = TinyDB(storage=lambda: self._storage)
        self._foreign: dict[str, dict[int, bytes]] = {}
        self._understood = True
        self._refused = ""
        """Why the file as it stands cannot be taken."""

    def pick_up(self) -> set[str]:
        """Read the file if it is not as last seen; the names of the tables that differ.

        Raises `StoreError` where it is damaged, newer, unreadable or gone; until that is mended nothing is
        served or written, so that the file stays untouched.
        """
        if not self._file.changed():
            if self._refused:  # read whole once, not at each of the many looks of the screens
                raise StoreError(self._refused)
            if self._understood:
                return set()
        self._understood, self._refused = False, ""
        try:
            touched = self._read_again()
        except (DocumentError, ValueError, KeyError) as error:
            self._refused = _damaged(self._file.path, error)
            raise StoreError(self._refused) from error
        finally:
            self._storage.forget()
        self._understood = True
        return touched

    def commit(self, drafts: Mapping[str, Draft[Any]]) -> set[str]:
        """Write the file with these drafts applied, then apply them; the names of the tables that changed."""
        changed = {name: draft for name, draft in drafts.items() if draft.changed}
        if changed:
            content: dict[str, Pieces] = {META: (line(1, encode_json(self.meta)),)}
            for name, shelf in self.shelves.shelves.items():
                content[name] = changed[name].pieces() if name in changed else shelf.pieces()
            for name, documents in self._foreign.items():
                content[name] = (joined(line(number, document) for number, document in documents.items()),)
            self._storage.write({name: pieces for name, pieces in content.items() if any(pieces)})
            self.shelves.apply(changed.values(), content)
        return set(changed)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _read_again(self) -> set[str]:
        names = tuple(self._storage.read() or ())
        meta = self._checked_meta()
        documents = {name: self._documents(name) for name in names if name != META}
        before = self.shelves
        shelves = {name: shelf.read_again(documents.pop(name, {})) for name, shelf in before.shelves.items()}
        touched = {name for name, shelf in shelves.items() if shelf is not before.shelves[name]}
        self.meta, self._foreign = meta, documents
        if touched:
            self.shelves = Shelves(shelves)
        return touched

    def _documents(self, name: str) -> dict[int, bytes]:
        return {document.doc_id: encode_json(dict(document)) for document in self._database.table(name)}

    def _checked_meta(self) -> Meta:
        documents = self._documents(META)
        if 1 not in documents:
            raise DocumentError("it does not say which home it belongs to")
        document = json.loads(documents[1])
        schema = document.get("schema")
        if isinstance(schema, int) and schema > SCHEMA:
            self._refused = (
                f"{self._file.path} was written by a newer okrmate (layout {schema}, this one knows {SCHEMA}) "
                "and was left untouched; update okrmate."
            )
            raise StoreError(self._refused)
        if schema != SCHEMA:
            raise DocumentError(f"its layout {schema!r} is unknown")
        return from_document(Meta, document)


def _damaged(path: Path, why: Exception) -> str:
    return f"{path} is damaged and was left untouched ({why}); put a backup in its place, or move it away."
