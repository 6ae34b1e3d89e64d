"""Records as documents and as JSON, and back: the door to msgspec for what is stored.

How a record is written is said by `Frozen`: a document leaves out what has its default value, and members of a
closed union (`Metric`, `Block`) are told apart by their `kind`. Aware moments are written in UTC.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from operator import is_
from typing import Any, TypeGuard, TypeVar, get_args, get_type_hints

import msgspec

from okrmate.frozen import Frozen, replace

T = TypeVar("T")


class DocumentError(ValueError):
    """A document does not fit its record; the message says what was expected, and at which path."""


def to_document(record: object) -> dict[str, object]:
    """The record as text, numbers, lists and dicts; decimals and moments are text, aware moments RFC 3339 in UTC."""
    return _DECODER.decode(encode_json(record))


def from_document(record_type: type[T], document: Mapping[str, object]) -> T:
    """The record a document stands for, or `DocumentError`."""
    try:
        return msgspec.convert(dict(document), record_type)
    except msgspec.ValidationError as error:
        raise DocumentError(str(error)) from error


def encode_json(record: object) -> bytes:
    """The record's document as JSON on one line."""
    return _ENCODER.encode(_in_utc(record))


def decode_json(record_type: type[T], content: bytes) -> T:
    """The record a JSON document stands for, or `DocumentError`."""
    try:
        record: T = _decoder(record_type).decode(content)  # type: ignore[arg-type] # mypy does not see that a type can be hashed
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DocumentError(str(error)) from error
    return record


def keys_reader(record_type: type, names: Sequence[str]) -> Callable[[Iterable[bytes]], list[tuple[str, ...]]]:
    """What reads the named text fields out of JSON documents of the type, without all the rest; for finding.

    It raises `DocumentError` where one of them is missing that has no default.
    """
    defaults = {field.name: field.default for field in msgspec.structs.fields(record_type)}
    keys = msgspec.defstruct(
        f"{record_type.__name__}Keys",
        [(name, str) if defaults[name] is msgspec.NODEFAULT else (name, str, str(defaults[name])) for name in names],
        kw_only=True,
        gc=False,
    )
    decode, values = msgspec.json.Decoder(keys).decode, msgspec.structs.astuple

    def read(documents: Iterable[bytes]) -> list[tuple[str, ...]]:
        try:
            return [values(decode(document)) for document in documents]
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DocumentError(str(error)) from error

    return read


def decode_tables(content: bytes) -> dict[str, dict[int, bytes]]:
    """The tables of a TinyDB file, their documents as they stand there; `DocumentError` where it is no such file."""
    try:
        tables = _TABLES.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DocumentError(str(error)) from error
    return {name: dict(zip(rows, map(bytes, rows.values()), strict=True)) for name, rows in tables.items()}


def encode_tables(tables: Mapping[str, Mapping[int, bytes]]) -> list[bytes]:
    """A TinyDB file of these documents, each on a line, so that it can be read and compared; in pieces."""
    pieces: list[bytes] = []
    for name, documents in tables.items():
        lines = b",\n".join(b'"%d":%s' % (number, document) for number, document in documents.items())
        pieces += (b",\n" if pieces else b"{", msgspec.json.encode(name), b":{\n", lines, b"}")
    return [*pieces, b"}\n"]


def document_in(content: bytes) -> dict[str, object]:
    """The document a JSON text holds, or `DocumentError`."""
    try:
        return _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DocumentError(str(error)) from error


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(dict[str, object])
_TABLES = msgspec.json.Decoder(dict[str, dict[int, msgspec.Raw]])


@cache
def _decoder(record_type: type) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(record_type)


def _in_utc(value: Any) -> Any:  # noqa: ANN401 - a field's value may be anything
    """The same with its aware moments in UTC: the very value where they are already, as nearly always."""
    if isinstance(value, datetime):
        return value if value.tzinfo is UTC or value.tzinfo is None else value.astimezone(UTC)
    if isinstance(value, Frozen):
        before = {name: getattr(value, name) for name in _moments_in(type(value))}
        after = {name: _in_utc(each) for name, each in before.items()}
        return value if all(map(is_, before.values(), after.values())) else replace(value, **after)
    if isinstance(value, tuple):
        moved = tuple(map(_in_utc, value))
        return value if all(map(is_, value, moved)) else moved
    return value


@cache
def _moments_in(record_type: type[Frozen]) -> tuple[str, ...]:
    """The names of the fields that are moments, or hold some."""
    return tuple(name for name, hint in get_type_hints(record_type).items() if _holds_moments(hint))


def _holds_moments(hint: object) -> bool:
    if _is_record(hint):
        return bool(_moments_in(hint))
    return hint is datetime or any(map(_holds_moments, get_args(hint)))


def _is_record(hint: object) -> TypeGuard[type[Frozen]]:
    return isinstance(hint, type) and issubclass(hint, Frozen)
