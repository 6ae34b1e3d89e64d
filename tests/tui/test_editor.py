"""The editor: what is typed or pasted beside what is understood of it, and nothing of it lost."""

from decimal import Decimal

import pytest
from textual.events import Paste
from textual.widgets import TextArea

from okrmate.domain.letters import IncomingState
from okrmate.domain.okrs import OkrSetState
from okrmate.services.mentoring.okrs import Outline, outline, set_in
from okrmate.services.tables import INCOMING
from okrmate.tui.screens.editor import EditorScreen
from tests.builders import an_incoming
from tests.services.rooms import Office
from tests.tui.terminal import NARROW, Terminal, assert_golden, both_sizes, played, terminal

TYPED = """\
O: Run a network conferences turn to
by 31 December
KR: at least 30 % of conferences book a speaker from our network (now 8)
KR: portfolio site live
KR: Listeners who rate the talk 4 or 5, from 62 % to 80 %
KR: newsletter readers, from 5 to 5

O: Set up a mentoring circle
KR: 6 people meet twice a month without me
"""
GOOD = "O: Be known as somebody who writes well\nKR: Requests for a guest article, from 1 to 6\n"


def golden(name: str, size: tuple[int, int]) -> str:
    return f"editor-{name}-{size[0]}x{size[1]}"


def an_office() -> Office:
    office = Office()
    office.with_person(reviewed=True)
    return office


async def at_editor(shown: Terminal) -> TextArea:
    await shown.press("3", "i")
    await shown.until(lambda: isinstance(shown.app.screen, EditorScreen) and bool(shown.app.screen.query(TextArea)))
    return shown.app.screen.query_one(TextArea)


async def paste(shown: Terminal, text: str) -> None:
    """As a terminal hands it over."""
    shown.app.post_message(Paste(text))
    await shown.pilot.pause()


def draft(office: Office) -> Outline:
    found = set_in(office.store, "sam-pair", OkrSetState.DRAFT)
    assert found is not None
    return outline(office.store, found)


@played
async def test_a_draft_that_came_by_mail_is_there_to_be_shaped_and_kept() -> None:
    office = an_office()
    mail = an_incoming(mentorship="sam-pair", state=IncomingState.HELD, left=("Hello!", *GOOD.splitlines()))
    with office.store.transaction() as work:
        work.put(INCOMING, mail)
    async with terminal(office.room) as shown:
        await shown.press("3")
        assert "has sent a first draft." in shown.text

        area = await at_editor(shown)
        assert area.text == GOOD.strip()
        await shown.until_shown("1 objective, 1 KR")
        await shown.press("ctrl+s")

        assert [each.title for each, _ in draft(office).objectives] == ["Be known as somebody who writes well"]


@both_sizes
@played
async def test_an_empty_window_shows_how_it_is_written(size: tuple[int, int]) -> None:
    async with terminal(an_office().room, size) as shown:
        await at_editor(shown)

        assert_golden(golden("empty", size), shown.text)


@both_sizes
@played
async def test_a_pasted_set_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(an_office().room, size) as shown:
        area = await at_editor(shown)
        await paste(shown, TYPED)
        await shown.until_shown("5 K")
        area.cursor_location = (4, 0)
        await shown.until_shown("Line 5")

        assert_golden(golden("pasted", size), shown.text)


@both_sizes
@played
async def test_what_cannot_be_saved_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(an_office().room, size) as shown:
        await at_editor(shown)
        await paste(shown, TYPED)
        await shown.until_shown("5 K")
        await shown.press("ctrl+s", "s")
        await shown.until_shown("Not saved")

        assert_golden(golden("refused", size), shown.text)


@played
async def test_a_set_is_saved_as_the_command_line_takes_it() -> None:
    office = an_office()
    async with terminal(office.room) as shown:
        await at_editor(shown)
        await paste(shown, GOOD)
        await shown.press("ctrl+s")
        await shown.until_shown("Drafted 1 objective for Sam Ortiz.")

    ((objective, (standing,)),) = draft(office).objectives
    assert objective.title == "Be known as somebody who writes well"
    assert (standing.key_result.title, standing.key_result.metric.target) == (
        "Requests for a guest article",
        Decimal(6),
    )


@played
async def test_what_is_saved_is_taken_back_by_undo() -> None:
    office = an_office()
    async with terminal(office.room) as shown:
        await at_editor(shown)
        await paste(shown, GOOD)
        await shown.press("ctrl+s")
        await shown.until_shown("Drafted 1 objective")
        await shown.press("u")
        await shown.until_shown("Take this back?")
        await shown.press("t")

        await shown.until(lambda: set_in(office.store, "sam-pair", OkrSetState.DRAFT) is None)


@played
async def test_lines_that_are_not_understood_stay_in_the_window() -> None:
    office = an_office()
    async with terminal(office.room) as shown:
        area = await at_editor(shown)
        await paste(shown, f"My plan:\n{GOOD}and more later\n")
        await shown.press("ctrl+s")
        await shown.until_shown("2 lines were not understood")
        await shown.press("s")

        await shown.until(lambda: area.text == "My plan:\nand more later")
    assert len(draft(office).objectives) == 1


@played
async def test_nothing_is_saved_while_one_line_cannot_be() -> None:
    office = an_office()
    async with terminal(office.room) as shown:
        area = await at_editor(shown)
        await paste(shown, f"{GOOD}KR: readers, from 5 to 5\n")
        await shown.press("ctrl+s")
        await shown.until_shown("Not saved")

        assert "from 5 to 5" in area.text
    assert set_in(office.store, "sam-pair", OkrSetState.DRAFT) is None


@played
async def test_an_empty_text_is_not_saved_and_says_why() -> None:
    async with terminal(an_office().room) as shown:
        await at_editor(shown)
        await shown.press("ctrl+s")

        await shown.until_shown("no line begins with “O:” or “KR:”")


@played
async def test_counts_follow_what_is_typed() -> None:
    async with terminal(an_office().room) as shown:
        await at_editor(shown)
        await shown.type("O: Sing")
        await shown.until_shown("1 objective, 0 KRs")
        await shown.press("enter")
        await shown.type("KR: 12 concerts (now 2)")

        await shown.until_shown("1 objective, 1 KR")
        await shown.until_shown("count · 2 → 12")


@played
async def test_a_key_result_above_every_objective_says_what_it_lacks() -> None:
    async with terminal(an_office().room) as shown:
        await at_editor(shown)
        await paste(shown, "KR: 12 concerts")

        await shown.until_shown("write an “O:” line above it")


@played
async def test_an_objective_that_is_in_the_draft_already_is_said_while_typing() -> None:
    office = an_office()
    async with terminal(office.room) as shown:
        await at_editor(shown)
        await paste(shown, GOOD)
        await shown.press("ctrl+s")
        await shown.until(lambda: not isinstance(shown.app.screen, EditorScreen))
        await at_editor(shown)
        await paste(shown, GOOD)

        await shown.until_shown("in the draft already")


@played
async def test_the_entry_of_the_cursors_line_is_lit_and_a_click_on_one_goes_to_its_line() -> None:
    async with terminal(an_office().room) as shown:
        area = await at_editor(shown)
        await paste(shown, TYPED)
        await shown.until_shown("5 KRs")
        area.cursor_location = (3, 2)
        await shown.until(lambda: shown.view("understood").chosen == "4")

        await shown.pilot.click("#understood", offset=(12, 2))
        await shown.until(lambda: area.cursor_location[0] == 0)


@played
async def test_f8_goes_round_the_findings() -> None:
    async with terminal(an_office().room) as shown:
        area = await at_editor(shown)
        await paste(shown, TYPED)
        await shown.until_shown("5 KRs")
        area.cursor_location = (0, 0)
        lines = []
        for _ in range(4):
            await shown.press("f8")
            lines.append(area.cursor_location[0] + 1)

        assert lines == [2, 6, 8, 2]


@played
async def test_leaving_asks_only_where_something_would_be_lost() -> None:
    async with terminal(an_office().room) as shown:
        await at_editor(shown)
        await shown.press("escape")
        await shown.until(lambda: not isinstance(shown.app.screen, EditorScreen))

        area = await at_editor(shown)
        await shown.type("O: Sing")
        await shown.press("escape")
        await shown.until_shown("Leave without saving?")
        await shown.press("escape")
        assert area.text == "O: Sing"

        await shown.press("escape", "x")
        await shown.until(lambda: not isinstance(shown.app.screen, EditorScreen))


@played
async def test_keys_that_are_commands_elsewhere_are_letters_here() -> None:
    async with terminal(an_office().room) as shown:
        area = await at_editor(shown)
        await shown.type("1 u / ? o")

        assert area.text == "1 u / ? o"
        await shown.press("f1")
        await shown.until_shown("The editor")
        await shown.press("escape")
        assert area.text == "1 u / ? o"


@pytest.mark.long
@played
async def test_ten_thousand_lines_are_read_while_keys_still_do_what_they_do() -> None:
    lines = (f"KR: {number} articles (now 1)" if number % 10 else f"O: Goal {number}" for number in range(10_000))
    async with terminal(an_office().room) as shown:
        area = await at_editor(shown)
        await paste(shown, "\n".join(lines))
        await shown.until(lambda: area.document.line_count == 10_000)
        await shown.type("xyz")

        assert area.text.endswith("xyz")
        await shown.app.workers.wait_for_complete()
        await shown.until_shown("1000 objectives, 9000 KRs")
        area.cursor_location = (5_000, 0)
        await shown.until(lambda: shown.view("understood").chosen == "5001")


@both_sizes
@played
async def test_hostile_text_is_drawn_and_never_obeyed(size: tuple[int, int]) -> None:
    office = an_office()
    with office.store.transaction() as work:
        draft_by_mail = ("O: \x1b]0;owned\x07 by mail",)
        work.put(INCOMING, an_incoming(mentorship="sam-pair", state=IncomingState.HELD, left=draft_by_mail))
    async with terminal(office.room, size) as shown:
        area = await at_editor(shown)
        assert area.text == "O: ·]0;owned· by mail"
        area.text = ""
        await paste(shown, "O: [/x] \x1b[31mred \u202eevil\nKR: 漢字漢字 e\u0301\u0301 5 (now 1)\n" + "y" * 20_000)
        await shown.until_shown("1 O" if size == NARROW else "1 objective, 1 KR")
        await shown.until_shown("[/x] ·[31mred ·evil")

        assert all(line.isprintable() for line in area.document.lines)
