"""What stands in the TinyDB file: its tables as documents, and what it says of itself; the one door to tinydb.

It is read by TinyDB's own tables over a storage of ours, so that what any TinyDB wrote is understood as TinyDB does.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage

from okrmate.adapters.documents import DocumentError, decode_tables, encode_json, encode_tables, from_document
from okrmate.adapters.log.checkpoint import Checkpoint
from okrmate.adapters.migrations import LAYOUTS, Documents, Layouts
from okrmate.domain.errors import StoreError

META = "_meta"
SCHEMA = LAYOUTS.latest
"""The number of the file's layout; a program refuses files of a later one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meta:
    """What the file says of itself, in the one document of `_meta`; last, up to which transaction it holds all."""

    schema: int
    home: str
    created_at: datetime
    sequence: int = 0
    checksum: str = ""


class CheckpointStorage(Storage):
    """TinyDB's storage over the checkpoint."""

    def __init__(self, file: Checkpoint) -> None:
        self._file = file
        self._tables: dict[str, dict[str, Any]] | None = None

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables, all of them of one content until `forget`; `DocumentError` where it holds none.

        A peer may replace the file meanwhile. Were some tables read from what it wrote, the others would be taken for
        up to date as well, and be written over the peer's.
        """
        if self._tables is None:
            content = self._file.read()
            self._tables = None if content is None else {**decode_tables(content)}
        return self._tables

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Replace the file by these tables of encoded documents; after a `StoreError` it is the old or the new one."""
        self._file.replace(encode_tables(data))

    def forget(self) -> None:
        """Let go of the parsed tables."""
        self._tables = None

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class TableFile:
    """The TinyDB file over its checkpoint."""

    def __init__(self, file: Checkpoint, layouts: Layouts = LAYOUTS) -> None:
        self._file = file
        self._layouts = layouts
        self._storage = CheckpointStorage(file)
        self._database = TinyDB(storage=lambda: self._storage)

    def read(self) -> tuple[Meta, Documents]:
        """What the file says of itself, and its tables, both in the layout that it has.

        Raises `StoreError` where it is newer, unreadable or gone, `DocumentError`, `ValueError` or `KeyError` where it
        is damaged.
        """
        self._storage.forget()
        try:
            tables = self._storage.read()
            if tables is None:
                raise StoreError(f"{self._file.path} has vanished from beside its journal; restore it from a backup.")
            meta = self._checked(self._documents(META))
            return meta, {name: self._documents(name) for name in tables if name != META}
        finally:
            self._storage.forget()

    def write(self, meta: Meta, documents: Documents) -> None:
        """Replace the file; after a `StoreError` it is the old or the new one."""
        self._storage.write(_filled(meta, documents))

    def content(self, meta: Meta, documents: Documents) -> tuple[bytes, ...]:
        """What `write` would write, in pieces that stand one behind the other."""
        return tuple(encode_tables(_filled(meta, documents)))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def _documents(self, name: str) -> dict[int, bytes]:
        return {document.doc_id: encode_json(dict(document)) for document in self._database.table(name)}

    def _checked(self, documents: Mapping[int, bytes]) -> Meta:
        if 1 not in documents:
            raise DocumentError("it does not say which home it belongs to")
        document = json.loads(documents[1])
        schema = document.get("schema")
        if isinstance(schema, int) and schema > self._layouts.latest:
            raise StoreError(
                f"{self._file.path} was written by a newer okrmate (layout {schema}, this one knows "
                f"{self._layouts.latest}) and was left untouched; update okrmate."
            )
        if not isinstance(schema, int) or schema < 1:
            raise DocumentError(f"its layout {schema!r} is unknown")
        return from_document(Meta, document)


def _filled(meta: Meta, documents: Documents) -> Documents:
    """The tables in which something stands, with what the file says of itself in front."""
    tables = {META: {1: encode_json(meta)}, **documents}
    return {name: rows for name, rows in tables.items() if rows}
