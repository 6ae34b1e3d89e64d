"""Today and Reports of a crowded world, and going down their long lists."""

from okrmate.services.mailroom import MailRoom
from tests.tui.letters_and_mails import at_mail
from tests.tui.terminal import assert_golden, both_sizes, played, terminal


@both_sizes
@played
async def test_today_of_a_hundred_people_reads_as_it_was_approved(
    crowded_room: MailRoom, size: tuple[int, int]
) -> None:
    async with terminal(crowded_room, size) as shown:
        assert_golden(f"today-crowded-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_the_trends_of_a_hundred_people_read_as_they_were_approved(
    crowded_room: MailRoom, size: tuple[int, int]
) -> None:
    async with terminal(crowded_room, size) as shown:
        await shown.press("6", "pagedown")

        assert_golden(f"reports-crowded-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_the_mails_of_a_hundred_people_read_as_they_were_approved(
    crowded_room: MailRoom, size: tuple[int, int]
) -> None:
    async with terminal(crowded_room, size) as shown:
        await at_mail(shown)
        assert_golden(f"mail-crowded-{size[0]}x{size[1]}", shown.text)
        await shown.press("pagedown", "pagedown", "pagedown", "enter")
        await shown.until_shown("I guess")

        assert_golden(f"mail-crowded-opened-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_the_letters_to_a_hundred_people_read_as_they_were_approved(
    crowded_room: MailRoom, size: tuple[int, int]
) -> None:
    async with terminal(crowded_room, size) as shown:
        await shown.press("5", "o", "pagedown")

        assert_golden(f"mail-crowded-letters-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_the_talk_about_thirty_key_results_reads_as_it_was_approved(
    crowded_room: MailRoom, size: tuple[int, int]
) -> None:
    async with terminal(crowded_room, size) as shown:
        await shown.press("2", "end", "4")

        assert_golden(f"meeting-crowded-{size[0]}x{size[1]}", shown.text)


@played
async def test_the_end_of_a_list_of_thousands_is_one_key_away(crowded_room: MailRoom) -> None:
    async with terminal(crowded_room) as shown:
        await shown.press("6", "end")

        assert len(shown.view().keys) > 2_000
        assert shown.view().chosen == shown.view().keys[-1]
        assert "P099 Somebody" in shown.text or "Key result 6.5" in shown.text
