"""`okrmate check-in`: what can be said by hand, and what cannot."""

import pytest

from tests.cli.running import Okrmate


@pytest.mark.parametrize(
    ("ref", "value", "before", "after"),
    [
        ("1.1", "3", None, 3),
        ("1.1", "+2", None, 3),
        ("1.1", "done", None, 6),
        ("1.1", "no change", None, 1),
        ("KR 1.2", "70%", None, 70),
        ("1.2", "70.5", None, 70.5),
        ("1.2", "64,5 %", None, 64.5),
    ],
)
def test_a_value_is_taken_as_it_is_typed(
    busy: Okrmate, ref: str, value: str, before: float | None, after: float
) -> None:
    moved = busy.done("check-in", "tom", ref, value, "--json").data

    assert isinstance(moved, dict)
    assert (moved["before"], moved["after"]) == (before, after)
    assert moved["id"]


def test_a_number_that_falls_is_taken_behind_two_dashes(busy: Okrmate) -> None:
    busy.done("check-in", "tom", "1.1", "5")

    moved = busy.done("check-in", "tom", "1.1", "--json", "--", "-2").data

    assert isinstance(moved, dict)
    assert (moved["before"], moved["after"]) == (5, 3)


def test_what_moved_is_said_by_its_title(busy: Okrmate) -> None:
    busy.done("check-in", "tom", "1.1", "2")

    assert busy.done("check-in", "tom", "1.1", "3").out == "6 invitations: 2 → 3 of 6 (KR 1.1)\n"


def test_a_note_confidence_and_a_day_go_with_it(busy: Okrmate) -> None:
    busy.done("check-in", "tom", "1.1", "4")
    busy.done("check-in", "tom", "1.1", "2", "--note", "two calls", "--confidence", "7", "--at", "2026-01-05T10:00:00Z")

    shown = busy.done("okr", "show", "tom", "--json").data
    assert isinstance(shown, dict)
    key_result = shown["objectives"][0]["key_results"][0]
    assert key_result["confidence"] == 7
    assert key_result["value"] == 4  # what is older never replaces what is newer
    assert "two calls" in (busy.home / "okrmate.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tom", "1.1", "lots"), "is no clear value for KR 1.1"),
        (("tom", "1.1", ""), "is no clear value"),
        (("tom", "1.2", "140%"), "140"),
        (("tom", "1.2", "--", "-5%"), ""),
        (("tom", "9.9", "3"), "there are 1.1, 1.2"),
        (("tom", "first", "3"), "there are 1.1, 1.2"),
        (("tom", "1.1", "3", "--confidence", "11"), "from 0 to 10"),
        (("tom", "1.1", "3", "--confidence", "high"), "invalid int value"),
        (("tom", "1.1", "3", "--at", "someday"), "someday"),
        (("tom", "1.1", "3", "--at", "2090-01-01T00:00:00Z"), ""),
        (("nobody", "1.1", "3"), "Nobody here is called"),
    ],
)
def test_what_cannot_be_taken_gets_a_sentence_and_changes_nothing(
    busy: Okrmate, words: tuple[str, ...], said: str
) -> None:
    before = (busy.home / "okrmate.json").read_bytes()

    told = busy("check-in", *words)

    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert len(told.err.splitlines()) == 1
    assert (busy.home / "okrmate.json").read_bytes() == before


def test_a_draft_takes_no_reading(okrmate: Okrmate) -> None:
    okrmate.done("person", "add", "Ana Faye", "ana@example.net")

    told = okrmate("check-in", "ana", "1.1", "3")

    assert (told.code, "has no active OKRs" in told.err) == (2, True)


def test_a_reading_that_is_older_than_what_is_known_is_kept_and_replaces_nothing(busy: Okrmate) -> None:
    busy.done("check-in", "tom", "1.1", "5")

    told = busy.done("check-in", "tom", "1.1", "2", "--at", "2020-01-01T00:00:00Z")

    assert "2 is kept; it is older than what is known and replaces nothing (KR 1.1)" in told.out
