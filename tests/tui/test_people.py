"""People: one line each by name, what is known of one of them, and adding somebody."""

import pytest

from okrmate.domain.people import MentorshipState
from okrmate.frozen import replace
from okrmate.services.mail_rules import Review
from okrmate.services.mentoring.mentorships import pairs
from okrmate.services.tables import FEEDBACK, MEETINGS, PEOPLE
from tests.builders import a_feedback
from tests.services.rooms import Office
from tests.tui.mentorships import MORNING, four_people, held_welcome, mentored_maya
from tests.tui.pasting import paste
from tests.tui.terminal import Terminal, assert_golden, both_sizes, played, terminal

both_rules = pytest.mark.parametrize(
    ("review", "said", "told"),
    [
        (Review.FIRST, "waits for you: nothing is sent before you have seen it", "waits for you in 5 Mail"),
        (Review.NONE, "a welcome is written and leaves by itself", "leaves by itself"),
    ],
    ids=["first", "none"],
)
NAMES = ("Leo Brandt", "Maya Okafor", "Sara Lindqvist", "Tomasz Nowak")


def row_of(shown: Terminal, name: str) -> str:
    """The line of somebody in the list, which stands above everything else with the name."""
    return next(line for line in shown.text.splitlines() if name in line)


def golden(name: str, size: tuple[int, int]) -> str:
    return f"people-{name}-{size[0]}x{size[1]}"


@both_sizes
@played
async def test_four_people_read_as_they_were_approved(size: tuple[int, int]) -> None:
    async with terminal(mentored_maya().room, size) as shown:
        await shown.press("2", "down")

        assert_golden(golden("four", size), shown.text)


@both_sizes
@played
async def test_the_page_of_one_person_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(mentored_maya().room, size) as shown:
        await shown.press("2", "down", "enter")

        assert_golden(golden("whole", size), shown.text)


@both_sizes
@played
async def test_where_nobody_is_it_says_what_adding_somebody_does(size: tuple[int, int]) -> None:
    async with terminal(Office(now=MORNING).room, size) as shown:
        await shown.press("2")

        assert_golden(golden("empty", size), shown.text)


@played
async def test_people_stand_by_name_whatever_their_key_results_are() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2")
        rows = [row for row in shown.text.splitlines() if "reference" in row or " read " in row]

        assert [next(name for name in NAMES if name in row) for row in rows] == list(NAMES)


@played
async def test_whom_a_mentorship_waits_for_stands_behind_each_name() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2")

        assert row_of(shown, "Leo Brandt").endswith("you   unclear mail")
        assert row_of(shown, "Maya Okafor").endswith("you   mail to read")
        assert row_of(shown, "Sara Lindqvist").endswith("them  feedback, 2 d")
        assert row_of(shown, "Tomasz Nowak").endswith("them  draft, 16 d")


@played
async def test_a_paused_mentorship_says_that_nothing_is_sent() -> None:
    office = four_people()
    office.become("leo-pair", MentorshipState.PAUSED)
    async with terminal(office.room) as shown:
        await shown.press("2")

        assert "paused" in row_of(shown, "Leo Brandt")
        assert "nothing is sent" in shown.text


@played
async def test_a_letter_that_waits_for_her_is_shown_with_its_reason() -> None:
    office = four_people()
    held_welcome(office, "tomasz-pair")
    async with terminal(office.room) as shown:
        await shown.press("2", "end")

        assert "first letter to this person" in shown.line("! welcome")


@played
async def test_what_one_side_wrote_stays_sealed_until_the_other_has() -> None:
    office = four_people()
    sealed = a_feedback(id="his", mentorship="leo-pair", meeting="leo-pair-talk-4", positive=("a secret",))
    with office.store.transaction() as tx:
        talk = office.meeting("leo-pair-talk-4")
        tx.put(MEETINGS, replace(talk, starts=talk.starts.replace(day=14)))
        tx.put(FEEDBACK, sealed)
    async with terminal(office.room) as shown:
        await shown.press("2", "enter")

        assert "sealed until both of you have written" in shown.text
        assert "a secret" not in shown.text


async def fill(shown: Terminal, name: str, address: str) -> None:
    """The form for somebody new, sent off from its last line."""
    await shown.press("2", "a")
    await paste(shown, name)
    await shown.press("enter")
    await paste(shown, address)
    await shown.press("enter", "enter", "enter")


@both_rules
@played
async def test_the_rules_for_letters_say_what_becomes_of_the_welcome(review: Review, said: str, told: str) -> None:
    office = Office(now=MORNING, review=review)
    async with terminal(office.room) as shown:
        assert said in " ".join(shown.text.split())
        await shown.press("2")
        assert said in " ".join(shown.text.split())
        await fill(shown, "Tom Reuter", "tom@example.net")

        await shown.until_shown(f"Tom Reuter added; the welcome {told}")


@played
async def test_somebody_is_added_chosen_and_can_be_taken_back() -> None:
    office = Office(now=MORNING)
    async with terminal(office.room) as shown:
        await fill(shown, "Tom Reuter", "tom@example.net")

        (pair,) = pairs(office.store)
        assert (pair.protege.name, pair.protege.zone) == ("Tom Reuter", "Europe/London")
        await shown.until_shown("Tom Reuter added")
        assert shown.view("list").chosen == shown.shown.mentorship == pair.mentorship.id

        await shown.press("u", "t")

        await shown.until_shown("You mentor nobody here yet.")
        assert office.store.every(PEOPLE) == ()


@played
async def test_an_address_that_is_none_is_said_beside_it_and_the_form_stays() -> None:
    office = Office(now=MORNING)
    async with terminal(office.room) as shown:
        await fill(shown, "Tom Reuter", "tom")

        assert "“tom” is not a mail address" in shown.text
        assert shown.app.focused is not None
        assert shown.app.focused.id == "address"
        assert pairs(office.store) == ()

        await paste(shown, "tom@example.net")
        await shown.press("ctrl+s")

        assert [pair.protege.address for pair in pairs(office.store)] == ["tom@example.net"]


@played
async def test_somebody_copied_from_a_mail_program_fills_both_lines_and_a_city_is_zone_enough() -> None:
    office = Office(now=MORNING)
    async with terminal(office.room) as shown:
        await shown.press("2", "a")
        await paste(shown, "Maya Lindqvist <maya@example.net>")
        await shown.press("enter", "enter", "ctrl+u")
        await paste(shown, "tokyo")
        await shown.until_shown("Asia/Tokyo, ")
        await shown.press("ctrl+s")

        (pair,) = pairs(office.store)
        assert (pair.protege.name, pair.protege.address) == ("Maya Lindqvist", "maya@example.net")
        assert pair.protege.zone == "Asia/Tokyo"


@played
async def test_an_address_that_is_here_already_is_refused_in_the_form() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await fill(shown, "Leo Again", "leo@example.net")

        assert "leo@example.net is already the address of" in shown.text
        assert len(pairs(office.store)) == 4


@played
async def test_the_form_tells_what_time_it_is_in_the_zone_or_which_was_meant() -> None:
    async with terminal(Office(now=MORNING).room) as shown:
        await shown.press("2", "a", "tab", "tab")
        await paste(shown, "Europe/Berln")
        assert "Europe/Berlin?" in shown.text

        await shown.press("backspace")
        await paste(shown, "in")
        assert "11:42 there" in shown.text


@played
async def test_the_list_gives_way_to_one_person_and_comes_back() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2", "down", "enter")
        assert "Leo Brandt" not in shown.text

        await shown.press("escape")
        assert "Leo Brandt" in shown.text
        assert shown.app.focused is shown.view("list")


@played
async def test_a_key_result_on_the_page_of_a_person_leads_to_it_among_the_okrs() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2", "down", "enter", "tab", "tab", "down", "enter")

        await shown.until_shown("Oct to Dec")
        assert shown.view("tree").chosen == "maya-pair-1.2"


@played
async def test_the_okrs_and_the_list_keep_the_same_person_in_hand() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2", "down", "down", "o")
        await shown.until_shown("Run a network conferences turn to")

        await shown.press("right_square_bracket", "2")

        assert shown.view("list").chosen == "tomasz-pair"


@played
async def test_what_another_process_commits_comes_without_losing_the_place() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await shown.press("2", "down", "down")
        held_welcome(office, "tomasz-pair")

        await shown.until_shown("you   welcome to see")

        assert shown.view("list").chosen == "sara-pair"


@played
async def test_a_filter_leaves_those_whose_line_holds_the_words() -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2", "slash")
        await paste(shown, "them")

        assert shown.view("list").keys == ("sara-pair", "tomasz-pair")
        await shown.press("escape")
        assert len(shown.view("list").keys) == 4


@played
async def test_names_that_look_like_markup_stand_as_they_are() -> None:
    office = Office(now=MORNING)
    async with terminal(office.room) as shown:
        await fill(shown, "[/b] O'Neil [red]", "o@example.net")

        assert "[/b] O'Neil [red]" in shown.text


@pytest.mark.parametrize("size", [(20, 6), (60, 18), (100, 30), (200, 60)], ids=str)
@played
async def test_any_size_of_terminal_can_be_shown_and_changed(size: tuple[int, int]) -> None:
    async with terminal(four_people().room) as shown:
        await shown.press("2", "down")
        await shown.resize(*size)
        await shown.press("enter", "escape", "down")

        assert shown.view("list").chosen == "sara-pair"
