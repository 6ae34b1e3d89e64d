"""Reports: the trends of everybody, and what is said where there are none."""

from pathlib import Path

from okrmate.tui.screens.page import Page
from tests.services.rooms import Office
from tests.tui.mentorships import MORNING, four_people
from tests.tui.terminal import assert_golden, both_sizes, played, terminal


@both_sizes
@played
async def test_the_trends_read_as_they_were_approved(size: tuple[int, int]) -> None:
    async with terminal(four_people().room, size) as shown:
        await shown.press("6")
        assert_golden(f"reports-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_where_nothing_moves_yet_it_says_what_makes_a_trend(size: tuple[int, int]) -> None:
    async with terminal(Office(now=MORNING).room, size) as shown:
        await shown.press("6")
        assert_golden(f"reports-empty-{size[0]}x{size[1]}", shown.text)


@played
async def test_people_stand_there_by_name_and_enter_leads_to_the_key_result() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("6")
        lines = [line.split("│")[0].strip() for line in shown.text.splitlines()]
        names = [line for line in lines if line in {"Leo Brandt", "Maya Okafor"}]
        assert names == ["Leo Brandt", "Maya Okafor"]

        title = shown.line("▌").split("  ")[0].strip("▌▲●▼■○✓ ")
        await shown.press("enter")
        await shown.until(lambda: isinstance(shown.app.screen, Page) and shown.app.screen.NAME == "okrs")
        await shown.until_shown(title[:20])


@played
async def test_the_cycle_of_the_person_in_hand_is_closed_from_there() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("6", "c")
        await shown.until_shown("Close the OKRs of Leo Brandt?")
        await shown.type("ask on the same day")
        await shown.press("enter", "enter")
        await shown.type("he changes teams")
        await shown.press("enter")
        await shown.until_shown("The OKRs of Leo Brandt are closed.")


@played
async def test_a_report_is_written_into_a_file_whose_ending_says_how(tmp_path: Path) -> None:
    file = tmp_path / "maya.html"
    async with terminal(four_people().room) as shown:
        await shown.press("6", "x")
        await shown.until_shown("Write a report?")
        await shown.press(*"maya")
        await shown.until_shown("Maya Okafor, to look at together")
        await shown.press("enter", "ctrl+u", *str(tmp_path / "maya.pdf"), "enter")
        await shown.until_shown("Name a file that ends in .html, .md, .json, .csv.")
        await shown.press("ctrl+u", *str(file), "enter")
        await shown.until_shown("The report is written.")
    written = file.read_text(encoding="utf-8")
    assert written.startswith("<!DOCTYPE html>")
    assert "Leo" not in written
