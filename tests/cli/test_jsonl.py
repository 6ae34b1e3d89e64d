"""`okrmate explain --jsonl`: one answer a line, in order, in the shapes of the contract, whatever comes."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.cli.jsonl import answered
from tests.cli.running import Okrmate, process

KRS = [
    {"ref": "1.1", "title": "Invitations to speak", "kind": "count", "baseline": 1, "target": 6, "current": 2},
    {"ref": "1.2", "title": "Ratings of 4 or 5", "kind": "percent", "baseline": 62, "target": 80, "unit": "%"},
]
SENT = "Tom, what is new?\n\nAdd:\n\nInvitations to speak (KR 1.1)\n2 of 6\nKR 1.1:\n"
HOSTILE = [
    b"not json",
    b"[1, 2]",
    b"null",
    b'"text"',
    b"12",
    b"{",
    b'{"id": "x"}',
    b'{"id": "x", "text": 5, "context": []}',
    b'{"id": "x", "text": "1.1: 3", "context": {"krs": "none"}}',
    b'{"id": "x", "text": "1.1: 3", "context": {"krs": [{"kind": "guess"}]}}',
    b'{"id": "x", "text": "1.1: 3", "context": {"krs": [7]}}',
    b'{"id": "x", "form": "poem", "text": ""}',
    b'{"id": "x", "form": ["feedback"], "text": {}}',
    b'{"id": "x", "eml": "/nowhere/at/all.eml"}',
    b'{"id": "x", "eml": "a\\u0000b"}',
    b'{"id": "x", "eml": 7}',
    b'{"id": "x", "eml": "/"}',
    b'{"id": "x", "number": 1e999}',
    b'{"id": NaN, "text": ""}',
    b'{"id": ' + b"9" * 5000 + b"}",
    b"[" * 100_000,
    b'{"id": "x", "text": ' + b"[" * 100_000,
    b"\xff\xfe\x00",
    b'{"id": "\xff"}',
    b"\x00",
]


def _asked(okrmate: Okrmate, *records: object) -> list[dict[str, object]]:
    told = okrmate.bare("explain", "--jsonl", given="\n".join(json.dumps(each) for each in records).encode())
    assert (told.code, told.err) == (0, "")
    return [json.loads(line) for line in told.lines]


def test_updates_come_in_the_shape_of_the_contract(nowhere: Okrmate) -> None:
    (answer,) = _asked(nowhere, {"id": "a", "text": "1.1: 4\n1.2: ~70%", "context": {"krs": KRS, "locale": "en"}})

    assert answer == {
        "id": "a",
        "updates": [{"kr": "1.1", "op": "set", "value": 4}, {"kr": "1.2", "op": "set", "value": 70, "approx": True}],
    }


def test_an_unclear_line_is_ambiguous_with_its_candidates_or_reason(nowhere: Okrmate) -> None:
    (answer,) = _asked(nowhere, {"id": "a", "text": "1.2: more than last time", "context": {"krs": KRS}})

    assert isinstance(answer["updates"], list)
    assert [update["op"] for update in answer["updates"]] == ["ambiguous"]


def test_a_command_is_named(nowhere: Okrmate) -> None:
    (answer,) = _asked(nowhere, {"id": "a", "text": "undo", "context": {"krs": KRS}})

    assert answer == {"id": "a", "updates": [], "command": "undo"}


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        (
            "feedback",
            "+ clear questions\n- shorter list",
            {"positive": ["clear questions"], "suggestion": ["shorter list"]},
        ),
        ("agenda", "Add: the salary talk (15 min)", {"add": [{"text": "the salary talk", "minutes": 15}]}),
        ("rsvp", "yes", {"rsvp": "ACCEPTED"}),
        ("advice", "", {"advice": []}),
    ],
)
def test_forms_come_in_the_shape_of_the_contract(
    nowhere: Okrmate, form: str, text: str, said: dict[str, object]
) -> None:
    (answer,) = _asked(nowhere, {"id": "f", "form": form, "text": text})

    assert answer == {"id": "f", "form": said}


def test_a_reply_to_a_letter_has_updates_and_only_what_applies_besides(nowhere: Okrmate) -> None:
    record = {"id": "l", "letter": "agenda", "state": "normal", "language": "en", "sent": SENT, "context": {"krs": KRS}}

    (answer,) = _asked(nowhere, {**record, "reply": "KR 1.1: 4\n"})

    assert answer == {"id": "l", "updates": [{"kr": "1.1", "op": "set", "value": 4}]}


def test_a_mail_gives_the_senders_words_and_what_was_removed(nowhere: Okrmate, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(
        b"From: tom@example.net\n\nThree talks.\n\n"
        b"On Mon, 2 Mar 2026 at 10:00, Vera Lund <vera@example.org> wrote:\n> What is new?\n"
    )
    sent = tmp_path / "sent.txt"
    sent.write_text("What is new?\n", encoding="utf-8")

    alone, beside = _asked(nowhere, {"id": "m", "eml": str(mail)}, {"id": "n", "eml": str(mail), "sent": str(sent)})

    assert alone["words"] == beside["words"] == "Three talks."
    assert alone.keys() == {"id", "words", "sure", "mode", "answers", "removed"}
    assert (alone["mode"], alone["sure"]) == ("plain", True)
    assert isinstance(alone["removed"], list)
    assert all(each.keys() == {"why", "lines"} for each in alone["removed"])


def test_a_mail_without_own_words_says_why(nowhere: Okrmate, tmp_path: Path) -> None:
    mail = tmp_path / "mail.eml"
    mail.write_bytes(b"From: tom@example.net\n\n> What is new?\n")

    (answer,) = _asked(nowhere, {"id": "m", "eml": str(mail)})

    assert answer["words"] == ""
    assert answer["empty"]


def test_a_mail_is_judged_by_the_facts_that_stand_beside_it(nowhere: Okrmate, tmp_path: Path) -> None:
    token = "abcdefghjkmnpqrstuvwxyz2345"
    mail = tmp_path / "mail.eml"
    mail.write_bytes(
        f"From: Tom <tom@example.net>\nTo: vera+{token}@example.org\nMessage-ID: <a@x>\n\n1.1: 4\n".encode()
    )
    known = {"known": ["tom@example.net"], "authserv": [], "tokens": [token]}

    answers = _asked(
        nowhere,
        {"id": "known", "eml": str(mail), "screen": known},
        {"id": "stranger", "eml": str(mail), "screen": {**known, "known": []}},
    )

    assert [answer["verdict"] for answer in answers] == ["accept", "hold"]
    assert all("reason" in answer and "words" in answer for answer in answers)


def test_no_line_stops_the_next_and_every_line_has_its_answer_in_order(nowhere: Okrmate) -> None:
    good = b'{"id": "good", "text": "1.1: 4", "context": {"krs": [{"ref": "1.1", "kind": "count", "target": 6}]}}'
    lines = [each for bad in HOSTILE for each in (bad, good)]

    told = nowhere.bare("explain", "--jsonl", given=b"\n".join([*lines, b"", b"  "]))
    answers = [json.loads(line) for line in told.lines]

    assert (told.code, told.err) == (0, "")
    assert len(answers) == len(lines)
    assert all(answer["id"] == "good" and answer["updates"] for answer in answers[1::2])
    assert all(answer.keys() == {"id", "error"} and "bug" not in answer["error"] for answer in answers[::2])


def test_an_id_comes_back_as_it_was_even_where_utf_8_cannot_write_it() -> None:
    assert json.loads(answered(b'{"id": "\\ud800", "form": "rsvp", "text": "yes"}'))["id"] == "\ud800"
    answered(b'{"id": "\\ud800", "form": "rsvp", "text": "yes"}').encode()


@given(st.binary(max_size=200))
def test_whatever_bytes_a_line_has_it_has_one_answer(line: bytes) -> None:
    assert json.loads(answered(line)).keys() == {"id", "error"} or b"{" in line


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from(["id", "text", "form", "reply", "sent", "letter", "state", "language", "context", "screen"])


@given(st.dictionaries(_KEYS, _JSON | st.fixed_dictionaries({"krs": _JSON, "pending": _JSON, "locale": _JSON})))
def test_whatever_a_record_holds_it_is_answered_without_a_bug(record: dict[str, object]) -> None:
    answer = json.loads(answered(json.dumps(record).encode()))

    assert "id" in answer
    assert "bug" not in str(answer.get("error", ""))


def test_a_process_answers_in_the_order_it_was_asked(tmp_path: Path) -> None:
    order = [str(number * 7 % 20) for number in range(20)]

    told = process(
        "--home",
        str(tmp_path / "none"),
        "explain",
        "--jsonl",
        given="\n".join(json.dumps({"id": each, "form": "rsvp", "text": "yes"}) for each in order).encode(),
    )

    assert (told.returncode, told.stderr) == (0, b"")
    assert [json.loads(line)["id"] for line in told.stdout.splitlines()] == order
