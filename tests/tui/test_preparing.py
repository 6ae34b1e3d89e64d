"""A talk prepared: one screen a talk, from Today and back."""

from tests.tui.mentorships import four_people
from tests.tui.terminal import assert_golden, both_sizes, played, terminal


@both_sizes
@played
async def test_four_talks_are_prepared_one_after_the_other_each_on_one_screen(size: tuple[int, int]) -> None:
    async with terminal(four_people().room, size) as shown:
        await shown.press("p")
        await shown.until_shown("Ask most of all")
        assert_golden(f"preparing-{size[0]}x{size[1]}", shown.text)
        first = shown.line("◆ Talk")
        await shown.press("right_square_bracket")
        await shown.until(lambda: "2 of 2" in shown.text)
        assert shown.line("◆ Talk") != first
        await shown.press("left_square_bracket", "enter")

        await shown.until_shown("Proposed agenda")
        assert "Maya" in shown.text
