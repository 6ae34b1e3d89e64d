"""Records as documents and as JSON, and back: the door to msgspec for what is stored.

A document leaves out what has its default value. A closed union of records (`Metric`, `Block`) is told apart
by the `kind` its members carry, which stands in the document under that name. For each record type a second
Struct of the same fields is made once, which knows that; msgspec checks and encodes it, and only nested records
are carried over by hand.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import repeat
from types import UnionType
from typing import Any, ClassVar, TypeGuard, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from okrmate.frozen import Frozen

T = TypeVar("T")
TAG = "kind"


class DocumentError(ValueError):
    """A document does not fit its record; the message says what was expected, and at which path."""


class _Form(Frozen, kw_only=False):
    """How one record type is written: the Struct of its fields."""

    wire: type[msgspec.Struct]
    names: tuple[str, ...]
    nested: tuple[str, ...]
    """Those of the names whose values are, or hold, records; msgspec leaves the others as they are to be."""
    carried: tuple[str, ...]
    """Those of the names whose values are not written as they are: records, moments, and what holds them."""
    decoder: msgspec.json.Decoder[Any]


_FORMS: dict[type, _Form] = {}
_RECORDS: dict[type[msgspec.Struct], type] = {}
_READERS: dict[type, Callable[[bytes], Any] | None] = {}


def to_document(record: object) -> dict[str, object]:
    """The record as text, numbers, lists and dicts; decimals and moments are text, aware moments RFC 3339 in UTC."""
    document: dict[str, object] = msgspec.json.decode(encode_json(record))
    return document


def from_document(record_type: type[T], document: Mapping[str, object]) -> T:
    """The record a document stands for, or `DocumentError`."""
    try:
        return _typed(record_type, msgspec.convert(dict(document), _form(record_type).wire))
    except msgspec.ValidationError as error:
        raise DocumentError(str(error)) from error


def encode_json(record: object) -> bytes:
    """The record's document as JSON on one line."""
    return _ENCODER.encode(_to_wire(record))


def decode_json(record_type: type[T], content: bytes) -> T:
    """The record a JSON document stands for, or `DocumentError`."""
    try:
        return _typed(record_type, _form(record_type).decoder.decode(content))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DocumentError(str(error)) from error


def check_json(record_type: type, content: bytes) -> None:
    """Raise `DocumentError` where no record of the type can be made of a JSON document."""
    try:
        _form(record_type).decoder.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DocumentError(str(error)) from error


def read_json(record_type: type[T], content: bytes) -> T:
    """The record of a JSON document that `check_json` takes; in half the time of `decode_json`.

    msgspec makes records by itself, but for members of unions, and it passes over fields that it does not know.
    """
    if record_type not in _READERS:
        is_plain = _is_plain(record_type)
        _READERS[record_type] = msgspec.json.Decoder(record_type).decode if is_plain else None
    read = _READERS[record_type]
    if read is None:
        return decode_json(record_type, content)
    try:
        record: T = read(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DocumentError(str(error)) from error
    return record


def keys_reader(record_type: type, names: Sequence[str]) -> Callable[[Iterable[bytes]], list[tuple[str, ...]]]:
    """What reads the named text fields out of JSON documents of the type, without all the rest; for finding.

    It raises `DocumentError` where one of them is missing that has no default.
    """
    defaults = {field.name: field.default for field in _fields(record_type)}
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


def _form(record_type: type) -> _Form:
    if record_type not in _FORMS:
        _FORMS[record_type] = _made(record_type)
    return _FORMS[record_type]


def _made(record_type: type) -> _Form:
    hints = get_type_hints(record_type)
    own = _fields(record_type)
    checked = {field.name: _hint(hints[field.name]) for field in own}
    wire = msgspec.defstruct(
        record_type.__name__,
        [
            (field.name, checked[field.name], field.default)
            if field.default is not msgspec.NODEFAULT
            else (field.name, checked[field.name])
            for field in own
        ],
        tag_field=TAG if _is_tagged(hints) else None,
        tag=str(getattr(record_type, TAG)) if _is_tagged(hints) else None,
        omit_defaults=True,
        forbid_unknown_fields=True,
        kw_only=True,
        frozen=True,
    )
    _RECORDS[wire] = record_type
    nested = tuple(name for name, hint in checked.items() if hint != hints[name] and get_origin(hint) is not dict)
    carried = tuple(name for name in checked if name in nested or _holds_moments(hints[name]))
    return _Form(wire, tuple(checked), nested, carried, msgspec.json.Decoder(wire))


def _is_plain(hint: object) -> bool:
    """Whether nothing in values of this type is told apart by its `kind`."""
    if _is_record(hint):
        hints = get_type_hints(hint)
        return not _is_tagged(hints) and all(map(_is_plain, hints.values()))
    return all(map(_is_plain, get_args(hint)))


def _is_record(hint: object) -> TypeGuard[type[Frozen]]:
    return isinstance(hint, type) and issubclass(hint, Frozen)


def _fields(record_type: type) -> tuple[msgspec.structs.FieldInfo, ...]:
    assert _is_record(record_type), record_type  # noqa: S101 - what is stored is made of `Frozen`
    return msgspec.structs.fields(record_type)


def _holds_moments(hint: object) -> bool:
    return hint is datetime or any(_holds_moments(part) for part in get_args(hint))


def _is_tagged(hints: Mapping[str, object]) -> bool:
    """Whether `kind` is a constant of the class, not a field."""
    return get_origin(hints.get(TAG)) is ClassVar


def _hint(hint: Any) -> Any:  # noqa: ANN401 - a type hint may be anything
    """The type msgspec is to check instead of `hint`."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return Union[tuple(_hint(member) for member in get_args(hint))]  # noqa: UP007 - made from a tuple
    if origin is tuple:
        return tuple[tuple(part if part is ... else _hint(part) for part in get_args(hint))]  # type: ignore[misc]
    if origin is Mapping:
        return dict[str, Any]
    return _form(hint).wire if _is_record(hint) else hint


def _to_wire(value: Any) -> Any:  # noqa: ANN401 - a field's value may be anything
    form = _FORMS.get(type(value))  # known already, but for the very first record of a type
    if form is not None:
        return _in_form(value, form)
    if isinstance(value, tuple):
        return tuple(map(_to_wire, value))
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value
    return _in_form(value, _form(type(value))) if isinstance(value, Frozen) else value


def _in_form(record: object, form: _Form) -> msgspec.Struct:
    values = dict(zip(form.names, map(getattr, repeat(record), form.names), strict=True))
    for name in form.carried:
        values[name] = _to_wire(values[name])
    return form.wire(**values)


def _typed(record_type: type[T], wire: object) -> T:
    record = _from_wire(wire)
    assert isinstance(record, record_type)  # noqa: S101 - the wire type was made from the record type
    return record


def _from_wire(value: Any) -> Any:  # noqa: ANN401 - a field's value may be anything
    if isinstance(value, tuple):
        return tuple(map(_from_wire, value))
    if isinstance(value, msgspec.Struct):
        record_type = _RECORDS[type(value)]
        values = msgspec.structs.asdict(value)
        for name in _FORMS[record_type].nested:
            values[name] = _from_wire(values[name])
        return record_type(**values)
    return value
