"""One transaction as one line of the journal: what it changed, with a checksum, tied to the line before it.

A line is `CRC32 LENGTH BODY`, both numbers in eight hexadecimal digits, LENGTH in bytes, BODY a JSON list without a
line break. The first line, the header, says where the journal begins; every other holds its number, the checksum
of the line before, and whole documents (`null` takes one out), so that reading it twice does no harm.
"""

import zlib
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from okrmate.frozen import Frozen

MAGIC = "okrmate journal"
FIRST = 1
"""The number of the documents' first layout, which the header names: who does not know it must not go on behind it."""
FRAME = 18
"""Bytes of a line before its body."""


class Operation(NamedTuple):
    """One document of a table as it is after the transaction; None where it is no more."""

    table: str
    number: int
    document: bytes | None


class Position(Frozen, kw_only=False):
    """A place in the history of a home: behind which transaction, known by its number and its line's checksum.

    Before the first transaction the id of the home stands for that.
    """

    sequence: int = 0
    checksum: str = ""


class Entry(Frozen, kw_only=False):
    """A transaction read from its line."""

    before: Position
    position: Position
    operations: tuple[Operation, ...]


_Body = msgspec.json.Decoder(tuple[int, str, tuple[tuple[str, int, msgspec.Raw], ...]])
_Header = msgspec.json.Decoder(tuple[str, int, int, str])
_NOTHING = b"null"


def header_line(begin: Position, layout: int = FIRST) -> bytes:
    """The first line of a journal of documents in this layout, which goes on from `begin`."""
    return _framed(msgspec.json.encode((MAGIC, layout, begin.sequence, begin.checksum)))


def entry_line(before: Position, operations: Iterable[Operation]) -> tuple[bytes, Position]:
    """The line of the transaction that follows `before`, and the position behind it."""
    parts = b",".join(
        b"[%s,%d,%s]" % (msgspec.json.encode(table), number, _NOTHING if document is None else document)
        for table, number, document in operations
    )
    line = _framed(b'[%d,"%s",[%s]]' % (before.sequence + 1, before.checksum.encode(), parts))
    return line, Position(before.sequence + 1, _checksum(line))


def header_in(line: bytes, latest: int = FIRST) -> Position | None:
    """Where the journal with this first line begins; None where it is no such line, or of a layout after `latest`."""
    try:
        magic, layout, sequence, checksum = _Header.decode(_body(line) or b"")
    except msgspec.DecodeError:
        return None
    return Position(sequence, checksum) if magic == MAGIC and FIRST <= layout <= latest else None


def is_newer(line: bytes, latest: int) -> bool:
    """Whether this is the first line of a journal of a layout after `latest`, whatever else that says."""
    try:
        magic, layout, *_ = msgspec.json.decode(_body(line) or b"", type=list[object])
    except (msgspec.DecodeError, ValueError):
        return False
    return magic == MAGIC and isinstance(layout, int) and layout > latest


def entry_in(line: bytes) -> Entry | None:
    """The transaction of a line; None where the line is unfinished or damaged."""
    body = _body(line)
    if body is None:
        return None
    try:
        sequence, before, operations = _Body.decode(body)
    except msgspec.DecodeError:
        return None
    return Entry(
        Position(sequence - 1, before),
        Position(sequence, _checksum(line)),
        tuple(Operation(table, number, _document(bytes(raw))) for table, number, raw in operations),
    )


def lines_of(content: bytes) -> list[bytes]:
    """The lines of a journal with their ends; what stands behind the last end is a line as well."""
    lines = [line + b"\n" for line in content.split(b"\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def is_unfinished(tail: bytes) -> bool:
    """Whether bytes at the end of a journal may be one line whose writing was cut short, or came out wrong.

    They are not where a whole line follows, or any line behind the length that the first begins with: then what was
    acknowledged is damaged. A line's end may have reached the disk without its middle.
    """
    first, *others = lines_of(tail) or [b""]
    try:
        behind = tail[FRAME + int(first[9 : FRAME - 1], 16) + 1 :]
    except ValueError:
        behind = b""  # not even the length is there
    if behind and others:
        return False
    return all(_body(line) is None for line in (*others, *lines_of(behind)))


def _framed(body: bytes) -> bytes:
    return b"%08x %08x %s\n" % (zlib.crc32(body), len(body), body)


def _body(line: bytes) -> bytes | None:
    body = line[FRAME:-1]
    whole = line[-1:] == b"\n" and line[:FRAME] == b"%08x %08x " % (zlib.crc32(body), len(body))
    return body if whole else None


def _checksum(line: bytes) -> str:
    return line[:8].decode()


def _document(raw: bytes) -> bytes | None:
    return None if raw == _NOTHING else raw
