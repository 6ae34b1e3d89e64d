"""What stands in the file `okrmate.json`: tables of documents as TinyDB writes them, and what the file says of itself.

What okrmate wrote itself is known by a checksum and taken as it is; what anybody else wrote (a script with a stock
TinyDB, an editor) is looked at document by document.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from okrmate.adapters.documents import (
    DocumentError,
    decode_tables,
    document_in,
    encode_json,
    encode_tables,
    from_document,
)
from okrmate.adapters.log.checkpoint import Checkpoint
from okrmate.adapters.migrations import LAYOUTS, Documents, Layouts
from okrmate.domain.errors import NewerError, StoreError
from okrmate.frozen import Frozen, replace

META = "_meta"
SCHEMA = LAYOUTS.latest
"""The number of the file's layout; a program refuses files of a later one."""


class Meta(Frozen):
    """What the file says of itself, in the one document of `_meta`.

    `sequence` and `checksum` tell up to which transaction it holds all; `content` is the checksum of the tables.
    """

    schema: int
    home: str
    created_at: datetime
    sequence: int = 0
    checksum: str = ""
    content: str = ""


class Found(Frozen, kw_only=False):
    """What stands in the file, in the layout that it has."""

    meta: Meta
    documents: Documents
    own: bool
    """Whether okrmate wrote the tables as they stand: then each document is of the type of its table."""


class TableFile:
    """The tables in their file."""

    def __init__(self, file: Checkpoint, layouts: Layouts = LAYOUTS) -> None:
        self._file = file
        self._layouts = layouts

    def read(self) -> Found:
        """What stands there.

        Raises `StoreError` where it is newer, unreadable or gone, `DocumentError` where it is damaged.
        """
        content = self._file.read()
        if content is None:
            raise StoreError(
                f"{self._file.path} has vanished from beside its journal; `okrmate restore FILE` puts a backup there."
            )
        tables = decode_tables(content)
        meta = self._checked(tables.pop(META, {}))
        if meta.content == _checksum([content[_after_two_lines(content) :]]):
            return Found(meta, tables, own=True)
        return Found(meta, {name: _normal(rows) for name, rows in tables.items()}, own=False)

    def write(self, meta: Meta, documents: Documents) -> None:
        """Replace the file; after a `StoreError` it is the old or the new one."""
        self._file.replace(content_of(meta, documents))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _checked(self, documents: Mapping[int, bytes]) -> Meta:
        if 1 not in documents:
            raise DocumentError("it does not say which home it belongs to")
        document: dict[str, Any] = json.loads(documents[1])
        schema = document.get("schema")
        if isinstance(schema, int) and schema > self._layouts.latest:
            raise NewerError(
                f"{self._file.path} was written by a newer okrmate (layout {schema}, this one knows "
                f"{self._layouts.latest}) and was left untouched; update okrmate."
            )
        if not isinstance(schema, int) or schema < 1:
            raise DocumentError(f"its layout {schema!r} is unknown")
        return from_document(Meta, document)


def content_of(meta: Meta, documents: Documents) -> list[bytes]:
    """The file's content, in pieces one behind the other: `_meta` on two lines, then the tables that hold anything."""
    filled = {name: rows for name, rows in documents.items() if rows}
    if not filled:
        return encode_tables({META: {1: encode_json(replace(meta, content=""))}})
    _opening, *tables = encode_tables(filled)
    said = encode_json(replace(meta, content=_checksum(tables)))
    return [b'{"%s":{\n"1":%s},\n' % (META.encode(), said), *tables]


def _checksum(pieces: Sequence[bytes]) -> str:
    checksum = 0
    for piece in pieces:
        checksum = zlib.crc32(piece, checksum)
    return f"{checksum:08x}"


def _after_two_lines(content: bytes) -> int:
    return content.find(b"\n", content.find(b"\n") + 1) + 1


def _normal(documents: Mapping[int, bytes]) -> dict[int, bytes]:
    """In the order of their numbers, and each on one line."""
    return {number: encode_json(document_in(documents[number])) for number in sorted(documents)}
