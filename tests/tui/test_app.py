"""What holds on every screen: where one is, going elsewhere, taking back, what went wrong, what others commit."""

from datetime import timedelta
from pathlib import Path

import pytest
from textual.css.stylesheet import Stylesheet

from okrmate.bootstrap.desk import open_home
from okrmate.bootstrap.mail import mail_room
from okrmate.domain.errors import StoreError
from okrmate.services.loop_state import LoopKind, LoopState
from okrmate.services.mentoring.mentorships import NewPerson, add_person
from okrmate.services.pause import pause
from okrmate.tui.commands.everywhere import EVERYWHERE, Keys
from okrmate.tui.screens.page import Page
from okrmate.tui.themes import INK, PALETTES, PAPER
from okrmate.tui.views.places import SCREENS
from okrmate.tui.widgets.lines_view import LinesView
from tests.services.rooms import Office
from tests.tui.mentorships import MORNING, four_people
from tests.tui.terminal import NARROW, WIDE, played, terminal

LOOP = LoopState(kind=LoopKind.SCREENS, pid=7, beat_at=MORNING, looked_at=MORNING - timedelta(hours=1))
HOME = """
[mentor]
name = "Vera Lund"
address = "vera@example.org"
zone = "Europe/Berlin"
"""


@pytest.mark.parametrize("size", [WIDE, NARROW])
@played
async def test_digits_and_clicks_on_the_tabs_lead_to_the_six_screens(size: tuple[int, int]) -> None:
    async with terminal(four_people().room, size) as shown:
        for digit, (name, title) in enumerate(SCREENS.items(), start=1):
            await shown.press(str(digit))
            assert isinstance(shown.app.screen, Page)
            assert name == shown.app.screen.NAME
            assert f"{digit} {title}" in shown.text.splitlines()[0]
        column = shown.text.splitlines()[0].index("1 Today")
        await shown.pilot.click("#header", offset=(column + 1, 0))
        await shown.until(lambda: isinstance(shown.app.screen, Page) and shown.app.screen.NAME == "today")


@pytest.mark.parametrize("name", SCREENS)
@played
async def test_the_footer_has_at_most_six_keys_and_the_last_is_for_help(name: str) -> None:
    async with terminal(four_people().room) as shown:
        await shown.press(str(list(SCREENS).index(name) + 1))
        footer = shown.text.splitlines()[-1]

        assert footer.rstrip().endswith("? keys")
        assert len([part for part in footer.strip().split("  ") if part]) <= 6


@pytest.mark.parametrize("name", SCREENS)
@played
async def test_every_command_has_a_key_of_its_own_and_an_answer(name: str) -> None:
    async with terminal(four_people().room) as shown:
        await shown.press(str(list(SCREENS).index(name) + 1))
        page = shown.app.screen
        assert isinstance(page, Page)
        offered = (*page.OFFERS, *EVERYWHERE)
        keys = [command.key for command in offered if command.key]

        assert len(keys) == len(set(keys))
        assert len({command.command_id() for command in offered}) == len(offered)
        for command in offered:
            assert hasattr(page, command.handler_name) or hasattr(shown.app, command.handler_name), command


@played
async def test_help_shows_the_keys_of_the_screen_one_came_from_and_goes_back_to_it() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("question_mark")
        assert "Keys of Today" in shown.text
        assert Keys.help in shown.text
        await shown.press("escape")
        assert "Needs you" in shown.text


@played
async def test_behind_a_sheet_the_page_can_still_be_seen() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("ctrl+p")

        assert "take back the last change" in shown.text
        assert "Moved since" in shown.text


@played
async def test_the_palette_does_what_a_key_does() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("ctrl+p")
        await shown.type("go to Reports")
        await shown.until_shown("go to Reports ")
        await shown.press("enter")
        await shown.until(lambda: isinstance(shown.app.screen, Page) and shown.app.screen.NAME == "reports")


@played
async def test_undo_asks_before_it_takes_the_last_change_back() -> None:
    office = Office()
    async with terminal(office.room) as shown:
        add_person(office.desk, NewPerson(name="Maya Okafor", address="maya@example.net"))
        await shown.until(lambda: "Nobody here yet" not in shown.text)
        await shown.press("u")
        assert "Take this back?" in shown.text
        assert "Maya Okafor added" in shown.text
        await shown.press("escape", "u", "t")
        await shown.until_shown("Nobody here yet")


@played
async def test_what_cannot_be_done_is_said_under_the_header_until_something_succeeds() -> None:
    async with terminal(Office().room) as shown:
        await shown.press("u")
        assert "! Nothing to undo." in shown.text.splitlines()[1]
        add_person(shown.shown.desk, NewPerson(name="Maya Okafor", address="maya@example.net"))
        await shown.press("u", "t")
        await shown.until(lambda: "Nothing to undo" not in shown.text)


@played
async def test_to_look_now_is_to_insist_also_where_the_login_was_refused() -> None:
    asked: list[str] = []
    async with terminal(
        four_people().room, rouse=lambda: asked.append("rouse"), insist=lambda: asked.append("insist")
    ) as shown:
        await shown.press("ctrl+r")
        await shown.until(lambda: bool(asked))

    assert asked == ["insist"]


@played
async def test_trouble_with_the_mail_takes_the_right_side_of_the_header() -> None:
    state = [LOOP]
    async with terminal(four_people().room, loop=lambda: state[0]) as shown:
        assert "↓ looked 09:42" in shown.text
        state[0] = LOOP.troubled("password refused", MORNING - timedelta(hours=2))
        await shown.until_shown("! mail since 08:42: password refused")


@played
async def test_trouble_too_long_for_the_right_side_stands_whole_under_the_header() -> None:
    sentence = (
        "The IMAP server imap.example.org refused the login of vera: check username and password under [mail.imap]."
    )
    state = LOOP.troubled(sentence, MORNING - timedelta(hours=2))
    async with terminal(four_people().room, (100, 30), loop=lambda: state) as shown:
        first, *below = shown.text.splitlines()[:3]
        assert first.endswith("! no mail since 08:42")
        assert " ".join(" ".join(below).split()) == f"! {sentence}"


@played
async def test_a_header_with_little_room_names_the_moment_of_the_next_letter_rather_than_half_a_name() -> None:
    async with terminal(four_people().room, (100, 30), loop=lambda: LOOP) as shown:
        assert shown.text.splitlines()[0].endswith("↓09:42 ↑Tue 08:00")


@played
async def test_a_held_outbox_takes_the_right_side_of_the_header() -> None:
    office = four_people()
    async with terminal(office.room, loop=lambda: LOOP) as shown:
        pause(office.desk, "the clock was set back")
        await shown.until_shown("held, 5 Mail")


@played
async def test_in_a_wide_terminal_the_header_says_that_letters_need_this_machine() -> None:
    async with terminal(four_people().room, (170, 40), loop=lambda: LOOP) as shown:
        assert "next Tue 08:00 to Leo, needs this machine awake" in shown.text


@played
async def test_the_theme_can_be_changed_and_every_screen_follows() -> None:
    async with terminal(four_people().room) as shown:
        assert shown.app.theme == INK.name
        await shown.press("ctrl+p")
        await shown.type("dark and")
        await shown.until_shown("change between")
        await shown.press("enter")
        await shown.until(lambda: shown.app.theme == PAPER.name)
        assert PALETTES[PAPER.name].background in shown.app.export_screenshot()


@played
async def test_a_screen_that_is_not_shown_follows_another_theme_when_it_is() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2", "1")
        shown.app.theme = PAPER.name
        await shown.press("2")
        assert PALETTES[INK.name].background not in shown.app.export_screenshot()


@played
async def test_no_style_sheet_is_read_again_for_another_screen() -> None:
    async with terminal(four_people().room) as shown:
        read: list[Stylesheet] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Stylesheet, "reparse", read.append)
            await shown.press("2", "3", "2")
        assert read == []


@played
async def test_without_wide_signs_only_plain_ones_are_drawn() -> None:
    async with terminal(four_people().room, ascii_only=True) as shown:
        for digit in "123456":
            await shown.press(digit)
            signs = {sign for sign in shown.text if sign in "▲●▼■○✓↑↓◇◆▾▸▌━"}
            assert signs == set(), digit


@played
async def test_a_commit_of_another_process_is_shown_soon_and_the_choice_stays(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(HOME, encoding="utf-8")
    here, there = open_home(tmp_path), open_home(tmp_path)
    for name in ("Ann", "Ben"):
        add_person(here.desk, NewPerson(name=f"{name} Aru", address=f"{name}@example.net"))
    async with terminal(mail_room(here)) as shown:
        await shown.press("2")
        await shown.press("down")
        people = shown.app.screen.query(LinesView).first()
        chosen = people.chosen
        add_person(there.desk, NewPerson(name="Abe Aru", address="abe@example.net"))
        await shown.until_shown("Abe Aru")

        assert people.chosen == chosen != ""


@played
async def test_a_store_that_breaks_while_it_is_shown_is_said_and_nothing_crashes() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        office.store.refresh = lambda: (_ for _ in ()).throw(StoreError("The store is damaged."))  # type: ignore[method-assign]
        await shown.until_shown("! The store is damaged.")
