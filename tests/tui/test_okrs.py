"""OKRs: the tree, the chosen key result and its plot, a reading in place, starting a draft."""

import pytest

from okrmate.domain.okrs import OkrSetState
from okrmate.frozen import replace
from okrmate.reply.drafts import draft_okrs
from okrmate.services.mentoring import okrs
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.tables import OKR_SETS, READINGS
from okrmate.tui.messages import GoTo
from tests.builders import a_reading
from tests.services.rooms import Office
from tests.tui.mentorships import BY_HAND, MORNING, four_people
from tests.tui.pasting import paste
from tests.tui.terminal import Terminal, assert_golden, both_sizes, played, terminal

DRAFT = """\
O: Be the one they ask
KR: 6 invitations to speak (now 1)
KR: Portfolio site live
"""


def golden(name: str, size: tuple[int, int]) -> str:
    return f"okrs-{name}-{size[0]}x{size[1]}"


def with_draft() -> Office:
    """Tomasz has written a draft by now."""
    office = four_people()
    okrs.import_objectives(office.desk, pair(office.store, "tomasz-pair"), as_new(draft_okrs(DRAFT)))
    return office


def read_elsewhere(office: Office, key_result: str, value: int) -> None:
    """A reading that comes by another way than this screen."""
    reading = a_reading(value, id="elsewhere", key_result=key_result, at=MORNING, source=BY_HAND)
    with office.store.transaction() as tx:
        tx.put(READINGS, reading)


def take_back_the_start(office: Office, mentorship: str) -> None:
    """The running set of this mentorship becomes a draft again by another way than this screen."""
    active = okrs.set_in(office.store, mentorship, OkrSetState.ACTIVE)
    assert active is not None
    with office.store.transaction() as tx:
        tx.put(OKR_SETS, replace(active, state=OkrSetState.DRAFT))


async def at_revenue(shown: Terminal) -> None:
    """To Maya's second objective, its first key result."""
    await shown.press("2", "down", "o", "down", "down", "down", "down")


@both_sizes
@played
async def test_a_set_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(four_people().room, size) as shown:
        await at_revenue(shown)

        assert_golden(golden("tree", size), shown.text)


@both_sizes
@played
async def test_a_key_result_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(four_people().room, size) as shown:
        await at_revenue(shown)
        await shown.press("enter")

        assert_golden(golden("whole", size), shown.text)


@both_sizes
@played
async def test_a_draft_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(with_draft().room, size) as shown:
        await shown.press("2", "end", "o")

        assert_golden(golden("draft", size), shown.text)


@both_sizes
@played
async def test_somebody_without_okrs_gets_a_sentence(size: tuple[int, int]) -> None:
    async with terminal(four_people().room, size) as shown:
        await shown.press("2", "end", "o")

        assert_golden(golden("none", size), shown.text)


@both_sizes
@played
async def test_a_home_without_anybody_leads_to_people(size: tuple[int, int]) -> None:
    async with terminal(Office(now=MORNING).room, size) as shown:
        await shown.press("3")

        assert_golden(golden("empty", size), shown.text)


@played
async def test_the_first_key_result_is_shown_at_once_with_its_plot() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("3")

        assert shown.view("tree").chosen == "leo-pair-1.1"
        assert "● now 9" in shown.text
        assert "─ target 12" in shown.text


@played
async def test_every_state_stands_as_a_sign_and_in_words() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2", "down", "o")
        words = []
        for _ in range(3):
            words.append(next(each for each in ("on pace", "stuck", "behind") if f" {each}" in shown.text))
            await shown.press("down")

        assert words == ["on pace", "on pace", "stuck"]
        assert "■ Paid speaking gigs" in shown.text
        assert "○ Sign-ups by referral" in shown.text


@played
async def test_a_folded_objective_hides_its_key_results_and_opens_again() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2", "down", "o", "space")
        assert "Guest talk requests  " not in shown.text.split("│")[0]
        assert "▸ ■ Become a speaker people ask back" in shown.text
        assert len([key for key in shown.view("tree").keys if key.startswith("maya")]) == 5

        await shown.press("enter")
        assert len([key for key in shown.view("tree").keys if key.startswith("maya")]) == 8


@played
async def test_another_screen_leads_to_the_key_result_of_anybody() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("3")
        shown.app.post_message(GoTo("okrs", "sara-pair-1.2"))

        await shown.until(lambda: shown.view("tree").chosen == "sara-pair-1.2")

        assert "Portfolio site live  KR 1.2" in shown.text
        assert shown.shown.mentorship == "sara-pair"


@played
async def test_brackets_go_round_all_people_by_name() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("3", "left_square_bracket")
        assert "Tomasz Nowak has no OKRs yet." in shown.text

        await shown.press("right_square_bracket", "right_square_bracket")
        assert "Become a speaker people ask back" in shown.text


@played
async def test_a_reading_tells_while_it_is_typed_what_it_would_do_and_is_taken() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await at_revenue(shown)
        await shown.press("r")
        await paste(shown, "4500, confidence 8")
        assert "✓ 4,350 € → 4,500 €" in shown.text

        await shown.press("enter")

        await shown.until_shown("KR 2.1 read.")
        assert "now 4,500 €" in shown.text
        assert "4,500 €  conf 8" in shown.line("by hand")
        assert office.store.summary("maya-pair-2.1").value == 4500
        assert shown.app.focused is shown.view("tree")


@played
async def test_a_reading_is_taken_back_by_u() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await shown.press("3", "r")
        await paste(shown, "+2")
        await shown.press("enter")
        assert office.store.summary("leo-pair-1.1").value == 11

        await shown.press("u", "t")

        await shown.until_shown("● now 9")
        assert office.store.summary("leo-pair-1.1").value == 9


@both_sizes
@played
async def test_what_cannot_be_taken_is_said_and_the_line_stays(size: tuple[int, int]) -> None:
    office = four_people()
    async with terminal(office.room, size) as shown:
        await shown.press("3", "r")
        await paste(shown, "quite a few")
        assert "“quite a few” is no clear value for KR 1.1" in shown.text

        await shown.press("enter")

        await shown.until_shown("! “quite a few”")
        assert "quite a few" in shown.text
        assert office.store.summary("leo-pair-1.1").value == 9

        await shown.press("escape")
        assert "Reading of KR 1.1" not in shown.text


@played
async def test_a_pasted_set_becomes_the_draft_that_is_shown() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await shown.press("2", "end", "o", "i")
        await paste(shown, DRAFT)
        await shown.until_shown("1 objective, 2 KRs")
        await shown.press("ctrl+s", "escape")

        await shown.until_shown("Tomasz Nowak  write · draft")
        assert "1 → 6" in shown.text
        assert okrs.set_in(office.store, "tomasz-pair", OkrSetState.DRAFT) is not None


@played
async def test_a_draft_is_started_with_a_reason_and_an_end() -> None:
    office = with_draft()
    async with terminal(office.room) as shown:
        await shown.press("2", "end", "o", "A")
        await paste(shown, "agreed by phone")
        await shown.press("enter")
        await paste(shown, "2027-01-31")
        assert "Sunday 31 January 2027" in shown.text
        await shown.press("enter")

        await shown.until_shown("Nov to Jan · reference")
        active = okrs.set_in(office.store, "tomasz-pair", OkrSetState.ACTIVE)
        assert active is not None
        assert (active.override, str(active.ends)) == ("agreed by phone", "2027-01-31")

        await shown.press("u", "t")
        await shown.until_shown("write · draft")


@played
async def test_a_day_that_is_none_keeps_the_sheet_open() -> None:
    office = with_draft()
    async with terminal(office.room) as shown:
        await shown.press("2", "end", "o", "A", "tab")
        await paste(shown, "31 of January")
        await shown.press("ctrl+s")

        assert "31 of January" in shown.text
        assert okrs.set_in(office.store, "tomasz-pair", OkrSetState.ACTIVE) is None


@played
async def test_a_draft_cannot_be_read_and_a_running_set_not_started() -> None:
    async with terminal(with_draft().room) as shown:
        await shown.press("2", "end", "o")
        assert "A activate" in shown.text
        assert "r reading" not in shown.text

        await shown.press("right_square_bracket")
        assert "A activate" not in shown.text
        assert "r reading" in shown.text


@played
async def test_what_another_process_commits_moves_the_bar_and_keeps_the_place() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await at_revenue(shown)
        read_elsewhere(office, "maya-pair-2.1", 6000)

        await shown.until_shown("now 6,000 €")

        assert shown.view("tree").chosen == "maya-pair-2.1"


@played
async def test_a_reading_one_is_writing_outlives_a_commit() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await shown.press("3", "r")
        await paste(shown, "10")
        read_elsewhere(office, "leo-pair-1.2", 50)
        await shown.until(lambda: "50 %" in shown.text)

        await shown.press("enter")

        assert office.store.summary("leo-pair-1.1").value == 10


@played
async def test_a_reading_goes_to_the_key_result_that_was_asked_about_though_another_is_chosen_by_then() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await shown.press("3", "r")
        await paste(shown, "11")
        shown.view("tree").choose("leo-pair-1.2")
        await shown.press("enter")

        await shown.until_shown("KR 1.1 read.")
    assert office.store.summary("leo-pair-1.1").value == 11
    assert office.store.summary("leo-pair-1.2").value == 45


@both_sizes
@played
async def test_a_key_result_that_is_taken_off_while_its_reading_is_typed_is_said_and_no_letter_becomes_a_command(
    size: tuple[int, int],
) -> None:
    office = four_people()
    async with terminal(office.room, size) as shown:
        await shown.press("3", "r")
        await paste(shown, "11")
        take_back_the_start(office, "leo-pair")
        await shown.until_shown("runs no more")
        await shown.type("iA")
        assert "11iA" in shown.text

        await shown.press("enter")
        assert "11iA" in shown.text
        await shown.press("escape")
        await shown.until_shown("write · draft")
    assert office.store.summary("leo-pair-1.1").value == 9
    assert office.store.summary("leo-pair-1.2").value == 45


@played
async def test_going_on_to_another_person_leaves_a_reading_that_was_not_taken() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await shown.press("3", "r")
        await paste(shown, "11")
        shown.app.post_message(GoTo("okrs", "sara-pair-1.2"))

        await shown.until_shown("Portfolio site live  KR 1.2")
        assert "Reading of KR" not in shown.text


@played
async def test_the_plain_signs_draw_the_same_screen() -> None:
    async with terminal(four_people().room, ascii_only=True) as shown:
        await at_revenue(shown)

        assert "v Course revenue" in shown.text
        assert "* now 4,350" in shown.text


@pytest.mark.parametrize("size", [(20, 6), (60, 18), (100, 30), (200, 60)], ids=str)
@played
async def test_any_size_of_terminal_can_be_shown_and_changed(size: tuple[int, int]) -> None:
    async with terminal(four_people().room) as shown:
        await at_revenue(shown)
        await shown.resize(*size)
        await shown.press("enter", "r", "escape", "down", "up")

        assert shown.view("tree").chosen == "maya-pair-2.1"
