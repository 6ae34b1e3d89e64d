"""Help: the page behind `?`, as it was approved, and true to what is understood."""

import pytest

from okrmate.cli.explain import Explain
from okrmate.reply.commands import CommandName, command
from okrmate.reply.explain import explain
from okrmate.reply.orders import EXAMPLES, ORDERS
from okrmate.tui.screens.page import Page
from okrmate.tui.views.help import GRAMMAR
from tests.architecture.house_map import ROOT
from tests.tui.letters_and_mails import morning
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
        assert all(does.split(maxsplit=1)[0] in shown.line(f" {order}  ") for order, does in ORDERS)


KEY_RESULTS = [
    {"ref": "1.1", "title": "Talks given", "kind": "count", "baseline": 1, "target": 6, "current": 2},
    {"ref": "1.2", "title": "Listeners who rate it 4 or 5", "kind": "percent", "baseline": 40, "target": 80},
]
LINES = [example.replace("…", "the move") for example, _ in GRAMMAR if "1." in example]


@pytest.mark.parametrize("example", LINES)
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


OF_QUESTIONS_AND_COPIES = {CommandName.CONFIRM, CommandName.REJECT, CommandName.CHOOSE, CommandName.HOLD}
"""What answers an open question, or the mentor's copy of an agenda."""


def test_every_command_that_somebody_may_write_is_told_of_and_obeyed() -> None:
    found = [command(order) for order, _ in ORDERS]

    assert all(each is not None for each in found)
    assert {each.name for each in found if each is not None} == set(CommandName) - OF_QUESTIONS_AND_COPIES


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_among_the_commands_is_quoted_there_and_obeyed(example: str) -> None:
    assert any(f"“{example}”" in does for _, does in ORDERS)
    assert command(example) is not None


def test_help_the_readme_and_explain_tell_of_the_same_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert all(f"| `{order}` | {does} |" in readme for order, does in ORDERS)
    assert all(f"  {order:<9}{does}" in Explain.behind for order, does in ORDERS)
    assert max(map(len, Explain.behind.splitlines())) <= NARROW[0]


@pytest.mark.parametrize("digit", "123456")
@played
async def test_every_key_of_a_screen_stands_in_its_help(digit: str) -> None:
    async with terminal(morning().room) as shown:
        await shown.press(digit)
        page = shown.app.screen
        assert isinstance(page, Page)
        offered = [(each.sign(), each.help) for each in page.everything() if each.key]
        await shown.press("question_mark")
        told = [" ".join(line.split()) for line in shown.text.splitlines()]

        # A row may end in a sign of the scrollbar.
        assert [words for key, words in offered if not any(row.startswith(f"{key} {words}") for row in told)] == []
