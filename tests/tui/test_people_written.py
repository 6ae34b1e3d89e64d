"""What is written down on People: charter, aims, a marker, the pulse and a note, each in a sheet and seen at once."""

from textual.widgets import Input

from okrmate.domain.people import MentorshipState, Side
from okrmate.services.mentoring.aims import aims_of, write_aims
from okrmate.services.mentoring.charters import charter_of
from okrmate.services.mentoring.mentorships import Pair, find_pair
from okrmate.services.mentoring.pulses import pulses_of
from okrmate.services.tables import ABSENCES
from tests.tui.mentorships import four_people
from tests.tui.pasting import paste
from tests.tui.terminal import Terminal, played, terminal

AS_IT_IS = "-"


async def _write(shown: Terminal, *lines: str) -> None:
    """One line after the other in the place of what is there, the last one saved."""
    for line in lines:
        if line != AS_IT_IS:
            await shown.press("ctrl+u")
            await paste(shown, line)
        await shown.press("enter")


async def _from_palette(shown: Terminal, words: str) -> None:
    await shown.press("ctrl+p")
    await shown.type(words)
    await shown.press("enter")


@played
async def test_what_two_people_agree_hope_and_feel_is_written_down_on_people() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await shown.press("2", "down")
        await shown.press("w", "c")
        await _write(shown, "weekly", "a", "video", AS_IT_IS, "yes")
        await shown.until_shown("Write a whole number.")
        await shown.press("escape")

        await shown.press("w", "c")
        await _write(shown, "weekly", "45", "video", AS_IT_IS, "yes")
        await shown.until_shown("charter agreed by both")
        await shown.press("w", "a")
        await _write(shown, "to teach; to speak", "courage", "to learn", AS_IT_IS)
        await shown.until_shown("to learn")
        await shown.press("w", "m")
        await _write(shown, "mid talk", "12 dec")
        await shown.until_shown("12 Dec  mid talk")
        await shown.press("w", "p")
        await _write(shown, "4", "it helps", "5", AS_IT_IS)
        await shown.until_shown("“it helps”")
        await shown.press("w", "d")
        await _write(shown, "23 dec - 6 jan; 2 feb")
        await shown.until_shown("off 23 Dec - 6 Jan")
        await shown.press("w", "i")
        await shown.press("ctrl+u")
        await _write(shown, "nobody")
        await shown.until_shown("Write okrmate, mine or none.")
        await shown.press("ctrl+u")
        await _write(shown, "none")
        await shown.until_shown("Written down of")
        await shown.press("n")
        await _write(shown, "tired lately")
        await shown.until_shown("tired lately")

    charter, hers = charter_of(office.store, "maya-pair"), aims_of(office.store, "maya-pair", Side.PROTEGE)
    assert charter is not None
    assert (charter.terms.minutes, charter.agreed) == (45, True)
    assert hers is not None
    assert (hers.aims, hers.gain) == (("to teach", "to speak"), "courage")
    assert {each.by: each.helpful for each in pulses_of(office.store, "maya-pair")} == {Side.MENTOR: 4, Side.PROTEGE: 5}


@played
async def test_a_talk_is_prepared_and_days_away_are_noted_on_people() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await shown.press("2", "down")
        await shown.press("p")
        await shown.until_shown("Ask most of all")
        await shown.press("escape", "V")
        await _write(shown, "21 dec", "6 jan", "The mountains call.")
        await shown.until_shown("Letters rest;")

    assert [each.line for each in office.store.every(ABSENCES)] == ["The mountains call."]


@played
async def test_a_mentorship_ends_after_a_question_and_not_with_a_talk_ahead() -> None:
    office = four_people()
    async with terminal(office.room) as shown:
        await shown.press("2", "down")
        await _from_palette(shown, "end the mentorship")
        await shown.until_shown("End the mentorship with")
        await shown.press("e")
        await shown.until_shown("stands in both calendars")

        await shown.press("end")
        await _from_palette(shown, "end the mentorship")
        await shown.until_shown("End the mentorship with")
        await shown.press("e")
        await shown.until_shown("has ended")

    assert office.mentorship("maya-pair").state is MentorshipState.ACTIVE
    assert office.mentorship("tomasz-pair").state is MentorshipState.ENDED


@played
async def test_somebody_is_erased_by_their_whole_name_and_backups_that_hold_them_are_named() -> None:
    erased: list[str] = []

    def erase(pair: Pair) -> tuple[str, ...]:
        erased.append(pair.protege.name)
        return ("okrmate-daily.zip",)

    async with terminal(four_people().room) as shown:
        shown.shown.erase = erase
        await shown.press("2")
        await _from_palette(shown, "erase everything")
        await shown.until_shown("Erase everything of Leo Brandt?")
        await _write(shown, "Leo")
        await shown.until_shown("Type Leo Brandt, or leave with esc.")
        before = tuple(erased)
        await _write(shown, "leo brandt")
        await shown.until_shown("okrmate-daily.zip")

    assert (before, erased) == ((), ["Leo Brandt"])


@played
async def test_aims_that_came_by_mail_are_written_in_and_never_obeyed() -> None:
    office = four_people()
    write_aims(office.desk, find_pair(office.store, "maya"), Side.PROTEGE, aims=("to \x1b[2Jteach",))
    async with terminal(office.room) as shown:
        await shown.press("2", "down", "w", "a")
        await shown.until(lambda: bool(shown.app.screen.query("#theirs")))

        assert shown.app.screen.query_one("#theirs", Input).value == "to ·[2Jteach"
