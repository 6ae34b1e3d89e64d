"""What is written of a record is what is read again, and what does not fit is refused by its path."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import fields

from okrmate.adapters.documents import (
    DocumentError,
    decode_json,
    decode_tables,
    encode_json,
    encode_tables,
    from_document,
    to_document,
)
from okrmate.domain.letters import Outgoing
from okrmate.domain.metrics import Metric, Milestone, Percent
from okrmate.domain.okrs import KeyResult, Reading
from okrmate.services.tables import TABLES
from tests.builders import NOW, a_key_result, a_meeting, a_protege, a_reading, an_outgoing

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
ZONES = (UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-3)))
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from(ZONES))  # noqa: DTZ001 - the zones are drawn beside
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)


def values(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a type hint may be anything
    """Any value of one field's type."""
    if isinstance(hint, UnionType):
        return st.one_of(*map(values, get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(values(get_args(hint)[0]), max_size=3).map(tuple)
    if get_origin(hint) is not None:
        return st.dictionaries(TEXT, JSON, max_size=3)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    leaves: dict[type, st.SearchStrategy[Any]] = {
        type(None): st.none(),
        str: TEXT,
        int: st.integers(-(2**53), 2**53),
        bool: st.booleans(),
        Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9),
        datetime: MOMENTS,
        date: st.dates(),
    }
    return leaves[hint] if hint in leaves else records(hint)


def records(record_type: type) -> st.SearchStrategy[Any]:
    """Any record of a type, every field of it drawn."""
    hints = get_type_hints(record_type)
    return st.builds(record_type, **{field.name: values(hints[field.name]) for field in fields(record_type)})


@settings(max_examples=20)
@given(data=st.data())
@pytest.mark.parametrize("record_type", [table.record for table in TABLES], ids=lambda kind: str(kind.__name__))
def test_every_stored_record_is_read_as_it_was_written(data: st.DataObject, record_type: type[object]) -> None:
    record = data.draw(records(record_type))
    assert from_document(record_type, to_document(record)) == record
    assert decode_json(record_type, encode_json(record)) == record


def test_a_document_leaves_out_what_has_its_default() -> None:
    assert to_document(a_protege(zone="UTC", name="Sam", address="sam@example.net")) == {
        "name": "Sam",
        "address": "sam@example.net",
        "id": "sam",
    }


def test_decimals_and_moments_are_text() -> None:
    reading = a_reading("6.50", at=datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Europe/Zurich")))
    document = to_document(reading)
    assert document["value"] == "6.50"
    assert document["at"] == "2026-07-01T07:00:00Z"


def test_a_wall_time_stays_a_wall_time() -> None:
    document = to_document(a_meeting())
    assert document["starts"] == "2026-03-12T15:00:00"


@pytest.mark.parametrize("metric", [Percent(target=Decimal(80)), Milestone()])
def test_members_of_a_union_are_told_apart_by_their_kind(metric: Metric) -> None:
    document = to_document(a_key_result(metric=metric))
    assert dict(document["metric"])["kind"] == metric.kind  # type: ignore[call-overload]
    assert from_document(KeyResult, document).metric == metric


def test_a_letters_own_kind_is_a_field_and_its_blocks_have_theirs() -> None:
    letter = an_outgoing()
    document = to_document(letter)
    assert document["kind"] == "agenda"
    assert [block["kind"] for block in document["blocks"]] == [block.kind for block in letter.blocks]  # type: ignore[attr-defined]
    assert from_document(Outgoing, document) == letter


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"at": "yesterday"}, "$.at"),
        ({"value": "six"}, "$.value"),
        ({"source": {"kind": "pigeon"}}, "$.source.kind"),
        ({"approximate": 1}, "$.approximate"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_path(change: dict[str, object], path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        from_document(Reading, {**to_document(a_reading()), **change})
    assert path in str(caught.value)


def test_a_metric_of_an_unknown_kind_is_refused() -> None:
    document = {**to_document(a_key_result()), "metric": {"kind": "mood", "target": "3"}}
    with pytest.raises(DocumentError, match=r"\$\.metric\.kind"):
        from_document(KeyResult, document)


def test_a_document_is_what_stands_in_the_file() -> None:
    letter = an_outgoing(references=("<a@example.org>",))
    assert to_document(letter) == json.loads(encode_json(letter))


def test_a_missing_field_is_refused() -> None:
    document = to_document(a_reading())
    del document["key_result"]
    with pytest.raises(DocumentError, match="key_result"):
        from_document(Reading, document)


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{", b'{"people": []}', b'{"people": {"1": {}}', b'{"a\xff": {}}', b'{"a": {"one": {}}}'],
)
def test_what_is_no_file_of_tables_is_refused(content: bytes) -> None:
    with pytest.raises(DocumentError):
        decode_tables(content)


def test_a_file_of_tables_has_one_line_a_document() -> None:
    content = b"".join(encode_tables({"people": {1: b'{"id":"a"}', 7: b'{"id":"b"}'}, "_meta": {}}))
    assert content == b'{"people":{\n"1":{"id":"a"},\n"7":{"id":"b"}},\n"_meta":{\n}}\n'
    assert decode_tables(content) == {"people": {1: b'{"id":"a"}', 7: b'{"id":"b"}'}, "_meta": {}}


def test_an_aware_moment_keeps_its_microseconds() -> None:
    moment = NOW.replace(microsecond=5)
    assert decode_json(Reading, encode_json(a_reading(at=moment))).at == moment
