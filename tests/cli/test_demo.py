"""`okrmate demo`: the whole story as a transcript, for people and for programs."""

import json
from contextlib import redirect_stdout
from io import StringIO

import pytest

from okrmate.__main__ import main
from tests.cli.running import Okrmate

KINDS = {
    "letter_sent",
    "reply_received",
    "key_result_moved",
    "question_asked",
    "acknowledged",
    "meeting_held",
    "feedback_received",
    "feedback_exchanged",
}


@pytest.fixture(scope="module")
def told() -> list[dict[str, object]]:
    """The story as JSON lines."""
    with redirect_stdout(StringIO()) as out:
        main(("demo", "--script", "--json"))
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_every_line_is_an_event_of_the_contract_in_the_order_of_time(told: list[dict[str, object]]) -> None:
    assert {event["event"] for event in told} - {"held_for_review"} == KINDS
    assert all({"at", "event", "who"} <= event.keys() for event in told)
    assert [event["at"] for event in told] == sorted(str(event["at"]) for event in told)
    assert all({"kr", "before", "after"} <= event.keys() for event in told if event["event"] == "key_result_moved")
    assert all(event["letter"] for event in told if event["event"] == "letter_sent")


def test_the_story_comes_to_its_end_in_order(told: list[dict[str, object]]) -> None:
    events = [event["event"] for event in told]

    moved = events.index("key_result_moved")
    assert "letter_sent" in events[:moved]
    assert "reply_received" in events[:moved]
    assert "acknowledged" in events[moved:]
    assert events.index("meeting_held") < events.index("feedback_received") < events.index("feedback_exchanged")


def test_without_screens_the_demo_is_the_transcript_and_begins_when_it_is_told_to(nowhere: Okrmate) -> None:
    told = nowhere.bare("demo", "--now", "2026-03-01T08:00:00Z")

    assert (told.code, told.err) == (0, "")
    assert "KR 1.1" in told.out
    assert "Sun 01 Mar 2026" in told.lines[0]
    assert not nowhere.home.exists()
