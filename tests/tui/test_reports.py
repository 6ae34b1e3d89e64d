"""Reports: the trends of everybody, and what is said where there are none."""

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
        names = [line.strip() for line in shown.text.splitlines() if line.strip() in {"Leo Brandt", "Maya Okafor"}]
        assert names == ["Leo Brandt", "Maya Okafor"]

        title = shown.line("▌").split("  ")[0].strip("▌▲●▼■○✓ ")
        await shown.press("enter")
        await shown.until(lambda: isinstance(shown.app.screen, Page) and shown.app.screen.NAME == "okrs")
        await shown.until_shown(title[:20])
