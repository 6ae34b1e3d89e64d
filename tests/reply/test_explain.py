"""`explain --jsonl`: the contract's shapes, and an error instead of an exception."""

from hypothesis import given
from hypothesis import strategies as st

from okrmate.reply.explain import explain

KR = {"ref": "1.1", "title": "Pupils", "kind": "count", "baseline": 0, "target": 10, "current": 4, "unit": "pupils"}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_updates_have_the_contracts_shape() -> None:
    said = explain({"id": "x", "text": "1.1: about 6\nKR 1.1 blocked by rain", "context": {"krs": [KR]}})
    assert said == {
        "id": "x",
        "updates": [
            {"kr": "1.1", "op": "set", "value": 6, "approx": True},
            {"kr": "1.1", "op": "blocked", "note": "by rain"},
        ],
    }


def test_a_command_leaves_the_updates_empty() -> None:
    assert explain({"id": "x", "text": "undo", "context": {"krs": [KR]}}) == {
        "id": "x",
        "updates": [],
        "command": "undo",
    }


def test_a_reply_to_a_letter_is_read_against_its_text() -> None:
    sent = "Ines, what was good?\n\n· · · Write above this line · · ·\n\nOne positive:\nOne suggestion:"
    said = explain(
        {
            "id": "x",
            "letter": "feedback",
            "state": "normal",
            "language": "en",
            "sent": sent,
            "context": {"krs": [KR]},
            "reply": "> One positive: calm\n> One suggestion:\nearlier",
        }
    )
    assert said["feedback"] == {"positive": ["calm"], "suggestion": ["earlier"]}


def test_an_odd_record_is_answered_by_a_sentence() -> None:
    assert explain({"id": 7})["error"]
    assert explain({"id": 7, "text": "x", "context": {"krs": [{"kind": "magic"}]}})["error"]
    assert explain({"id": 7, "form": "poem", "text": "x"})["error"]


@given(
    record=st.dictionaries(
        st.sampled_from(["id", "text", "form", "context", "reply", "letter", "sent", "state", "language"]),
        ANYTHING,
        max_size=9,
    )
)
def test_no_record_raises(record: dict[str, object]) -> None:
    assert explain(record)["id"] == record.get("id")
