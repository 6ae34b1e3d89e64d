"""Letting somebody's letters rest from People, until a day or without an end, and letting them leave again."""

from datetime import UTC, datetime

from okrmate.domain.people import MentorshipState, Side
from okrmate.services import trail
from okrmate.services.mentoring import silence
from okrmate.services.mentoring.mentorships import pair
from okrmate.tui.commands.people import PauseLetters, ResumeLetters
from tests.services.rooms import Office
from tests.tui.mentorships import four_people
from tests.tui.terminal import NARROW, WIDE, Terminal, assert_golden, both_sizes, played, terminal

DECEMBER = datetime(2026, 12, 6, 23, 0, tzinfo=UTC)
"""The beginning of 7 December in Berlin, where Leo and Maya live."""


def two_paused() -> Office:
    """Leo until a day, at the mentor's word; Maya without an end, at her own."""
    office = four_people()
    silence.pause(office.desk, pair(office.store, "leo-pair"), DECEMBER)
    with office.store.transaction() as tx:
        silence.pause_in(tx, office.desk, pair(tx, "maya-pair"), Side.PROTEGE, None, trail.BY_PROGRAM)
    return office


def of_leo(office: Office) -> tuple[MentorshipState, datetime | None]:
    mentorship = office.mentorship("leo-pair")
    return mentorship.state, mentorship.paused_until


async def paused(shown: Terminal, written: str) -> None:
    """Leo, the first of the list, paused until what is written."""
    await shown.press("2", "z")
    await shown.type(written)
    await shown.press("enter")


@both_sizes
@played
async def test_people_and_their_pauses_read_as_they_were_approved(size: tuple[int, int]) -> None:
    async with terminal(two_paused().room, size) as shown:
        await shown.press("2")

        assert_golden(f"people-paused-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_the_form_for_a_pause_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(four_people().room, size) as shown:
        await shown.press("2", "z")
        await shown.type("3 weeks")

        assert_golden(f"people-pausing-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_today_with_letters_at_rest_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(two_paused().room, size) as shown:
        await shown.press(*(() if size == WIDE else ("end",)))

        assert_golden(f"today-resting-{size[0]}x{size[1]}", shown.text)


@played
async def test_a_pause_ends_on_the_day_that_was_written_and_can_be_taken_back() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await paused(shown, "7 dec")

        assert of_leo(office) == (MentorshipState.PAUSED, DECEMBER)
        await shown.until_shown("The letters to Leo rest until Mon 7 Dec. u undoes it.")
        assert shown.line("Leo Brandt    ").endswith("rests until 7 Dec")

        await shown.press("u", "t")

        assert of_leo(office) == (MentorshipState.ACTIVE, None)


@played
async def test_a_pause_without_a_day_lasts_until_she_resumes() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await paused(shown, "")

        assert of_leo(office) == (MentorshipState.PAUSED, None)
        assert shown.line("Leo Brandt    ").endswith("rests until you resume")


@played
async def test_a_pause_there_is_gets_another_end() -> None:
    office = two_paused()
    async with terminal(office.room) as shown:
        await paused(shown, "8 dec")

        assert of_leo(office) == (MentorshipState.PAUSED, DECEMBER.replace(day=7))


@played
async def test_a_day_that_is_none_or_past_is_said_and_nobody_is_paused() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await paused(shown, "soon")
        await shown.until_shown('"soon" is not understood')
        await shown.press("ctrl+u")
        await shown.type("2026-11-02")
        await shown.press("enter")
        await shown.until_shown("A pause ends on a day ahead")

        assert of_leo(office) == (MentorshipState.ACTIVE, None)


@played
async def test_a_pause_is_ended_after_asking_and_the_letters_go_on() -> None:
    office, roused = two_paused(), list[str]()
    async with terminal(office.room, rouse=lambda: roused.append("now")) as shown:
        await shown.press("2", "r")
        assert "Let the letters to Leo leave again?" in shown.text
        assert of_leo(office)[0] is MentorshipState.PAUSED

        await shown.press("r")

        assert of_leo(office) == (MentorshipState.ACTIVE, None)
        assert roused == ["now"]
        await shown.until_shown("The letters to Leo leave again.")


@played
async def test_only_a_pause_can_be_ended() -> None:
    office = two_paused()
    async with terminal(office.room) as shown:
        await shown.press("2")
        assert "r resume" in shown.text.splitlines()[-1]

        await shown.press("end")

        assert "r resume" not in shown.text.splitlines()[-1]
        await shown.press("r", "r")
        await shown.until_shown("The mentorship with Tomasz Nowak is active, not paused.")


@played
async def test_whose_letters_rest_leads_from_today_to_people() -> None:
    async with terminal(two_paused().room, NARROW) as shown:
        await shown.press("end", "enter")

        assert shown.view("list").chosen == "maya-pair"


@played
async def test_help_tells_how_somebody_is_paused() -> None:
    async with terminal(two_paused().room) as shown:
        await shown.press("2", "question_mark")

        assert PauseLetters.help in shown.text
        assert ResumeLetters.help in shown.text
