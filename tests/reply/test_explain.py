"""`explain --jsonl`: the contract's shapes, and an error instead of an exception."""

import pytest
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


def test_the_mail_of_another_in_a_reply_is_told_by_the_names_in_the_letter() -> None:
    sent = "Ines, how many pupils?\n\n· · · Write above this line · · ·\n\nKR 1.1:\n\nRosa (sent by okrmate)"
    headers = "From: Anna Berg <anna@example.com>\nDate: Mon, 9 Mar 2026\nSubject: mine\nTo: Ines"
    reply = f"See below.\n\n---------- Forwarded message ---------\n{headers}\n\n1.1 9"
    said = explain({"id": "x", "letter": "check-in", "sent": sent, "context": {"krs": [KR]}, "reply": reply})
    assert said == {"id": "x", "updates": [], "message": "See below."}


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


def form(name: str, text: str) -> object:
    return explain({"id": "x", "form": name, "text": text})["form"]


@pytest.mark.parametrize(
    ("text", "helpful", "because"),
    [
        ("4 because you ask before you answer", 4, "you ask before you answer"),
        ("5/5", 5, ""),
        ("3 out of 5. I would like more time", 3, "I would like more time"),
        ("two: too rare", 2, "too rare"),
        ("Helpful, 1 to 5: 4\nI come back to it", 4, "I come back to it"),
        ("5 weil du zuhörst", 5, "du zuhörst"),
        ("3 things helped me", None, "3 things helped me"),
        ("3-4", None, "3-4"),
        ("3 or 4", None, "3 or 4"),
        ("4.5", None, "4.5"),
        ("4,5", None, "4,5"),
        ("7 because it is great", None, "7 because it is great"),
        ("10", None, "10"),
        ("0", None, "0"),
        ("", None, ""),
        ("It helps me a lot", None, "It helps me a lot"),
    ],
)
def test_a_pulse_is_the_number_that_leads_it_and_the_reason(text: str, helpful: int | None, because: str) -> None:
    assert form("pulse", text) == {"helpful": helpful, "because": because}


def test_aims_are_told_line_by_line_and_apart_from_the_gain() -> None:
    assert form("aims", "- speak in public; lead a team\nlearn to say no\nWhat I would gain: calm") == {
        "aims": ["speak in public", "lead a team", "learn to say no"],
        "gain": "calm",
    }
    assert form("aims", "My aims: write\nWhat I would gain:\ntime: an hour a day") == {
        "aims": ["write"],
        "gain": "time: an hour a day",
    }


def test_consent_is_whole_words_and_everything_else_a_wish() -> None:
    assert form("agree", "Agreed!") == {"agree": True, "wishes": []}
    assert form("agree", "I agree\nCould we talk for 45 minutes?") == {
        "agree": True,
        "wishes": ["Could we talk for 45 minutes?"],
    }
    assert form("agree", "I agree if it is by phone") == {"agree": False, "wishes": ["I agree if it is by phone"]}


def test_what_was_read_and_what_is_asked_about_it_are_told_apart() -> None:
    assert form("read", "read") == {"read": True, "questions": []}
    assert form("read", "I have read it.\nWhat is a stretch?") == {"read": True, "questions": ["What is a stretch?"]}
    assert form("read", "I do not agree") == {"read": False, "questions": ["I do not agree"]}


@given(name=st.sampled_from(["pulse", "aims", "agree", "read"]), text=st.text(max_size=700))
def test_no_answer_to_these_forms_raises_or_counts_beyond_five(name: str, text: str) -> None:
    said = form(name, text)
    assert isinstance(said, dict)
    assert said.get("helpful") in {None, 1, 2, 3, 4, 5}


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
