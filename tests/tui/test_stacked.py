"""A mail over what can be done with it: the one grows, the other stays in sight."""

from tests.services.post_office import PostOffice
from tests.tui.terminal import Terminal, both_sizes, played, terminal


def wrote(lines: int) -> PostOffice:
    """Sam has written to the mentor, so many lines."""
    office = PostOffice()
    body = "\n\n".join(f"Thought {number} of many." for number in range(lines))
    office.receive(office.written(body, Subject="About Thursday"))
    return office


def row_of(shown: Terminal, words: str) -> int:
    return next(at for at, line in enumerate(shown.text.splitlines()) if words in line)


@both_sizes
@played
async def test_what_can_be_done_stands_right_under_a_short_mail(size: tuple[int, int]) -> None:
    async with terminal(wrote(1).room, size) as shown:
        await shown.press("5", "enter")
        await shown.until_shown("For you")
        await shown.until(lambda: row_of(shown, "For you") <= row_of(shown, "Thought 0") + 3)


@both_sizes
@played
async def test_what_can_be_done_stays_in_sight_under_a_long_mail(size: tuple[int, int]) -> None:
    async with terminal(wrote(80).room, size) as shown:
        await shown.press("5", "enter")
        await shown.until_shown("put it away")
        await shown.press("end")
        await shown.until_shown("Thought 79 of many.")

        assert "put it away" in shown.text
