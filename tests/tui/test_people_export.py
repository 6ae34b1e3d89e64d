"""What is kept of a person, written into a file from the palette of People; never over another file."""

from pathlib import Path

from tests.tui.mentorships import four_people
from tests.tui.terminal import Terminal, played, terminal


async def asked(shown: Terminal, file: Path) -> None:
    """The sheet, with this file in place of the one it offers."""
    await shown.press("2", "ctrl+p")
    await shown.until_shown("go to People")
    await shown.press(*"write down what is kept", "enter")
    await shown.until_shown("Write down what is kept of Leo?")
    assert "~/leo-brandt.txt" in shown.text
    await shown.press("ctrl+u", *str(file), "enter")


@played
async def test_what_is_kept_of_the_chosen_person_is_written_down_for_them(tmp_path: Path) -> None:
    file = tmp_path / "leo.txt"
    async with terminal(four_people().room) as shown:
        await asked(shown, file)

        await shown.until_shown("Written: what is kept of Leo.")
        assert "undoes" not in shown.text
    assert file.read_text(encoding="utf-8").count("Leo Brandt") >= 1
    assert file.stat().st_mode & 0o777 == 0o600


@played
async def test_a_file_that_is_there_stays_as_it_is_and_the_sheet_says_so(tmp_path: Path) -> None:
    file = tmp_path / "leo.txt"
    file.write_text("mine", encoding="utf-8")
    async with terminal(four_people().room) as shown:
        await asked(shown, file)

        await shown.until_shown("is there already; name a new file.")
    assert file.read_text(encoding="utf-8") == "mine"
