"""Help: the page behind `?`, as it was approved, and true to what is understood."""

import pytest

from okrmate.reply.commands import CommandName
from okrmate.reply.explain import explain
from okrmate.tui.views.help import GRAMMAR
from tests.tui.mentorships import four_people
from tests.tui.terminal import NARROW, WIDE, assert_golden, played, terminal


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@played
async def test_the_help_of_today_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(four_people().room, size) as shown:
        await shown.press("question_mark")
        assert_golden(f"help-{size[0]}x{size[1]}", shown.text)


@played
async def test_help_scrolls_to_its_end_in_a_small_terminal() -> None:
    async with terminal(four_people().room, NARROW) as shown:
        await shown.press("question_mark", "end")
        assert "is never guessed" in shown.text


KEY_RESULTS = [
    {"ref": "1.1", "title": "Talks given", "kind": "count", "baseline": 1, "target": 6, "current": 2},
    {"ref": "1.2", "title": "Listeners who rate it 4 or 5", "kind": "percent", "baseline": 40, "target": 80},
]
EXAMPLES = [example.replace("…", "the move") for example, _ in GRAMMAR if "1." in example]


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_help_says_people_can_write_is_understood(example: str) -> None:
    (update,) = updates(example)

    assert update["kr"] in {"1.1", "1.2"}
    assert update["op"] != "ambiguous"


def test_a_point_for_the_talk_is_understood_as_help_says() -> None:
    assert explain({"id": "1", "form": "agenda", "text": "add: the move"})["form"] == {"add": ["the move"]}


def updates(text: str) -> list[dict[str, object]]:
    """What would be done with a line."""
    found = explain({"id": "1", "text": text, "context": {"krs": KEY_RESULTS}})["updates"]
    assert isinstance(found, list)
    return found


def test_the_commands_that_help_tells_of_are_obeyed() -> None:
    told = {key for key, _ in GRAMMAR}

    assert {CommandName.UNDO, CommandName.STOP} <= told
