"""Today: what needs the mentor, in words, and where enter leads."""

from okrmate.domain.letters import IncomingState
from okrmate.services.loop_state import LoopKind, LoopState
from okrmate.services.tables import INCOMING, READINGS, SETTINGS
from tests.builders import a_reading, an_incoming
from tests.services.rooms import Office
from tests.tui.mentorships import MORNING, four_people
from tests.tui.terminal import assert_golden, both_sizes, played, terminal

LOOKED = LoopState(kind=LoopKind.SCREENS, pid=7, beat_at=MORNING, looked_at=MORNING)


def office_with_words(*words: str) -> Office:
    """Four people, and a mail of Maya's with words for the mentor."""
    office = four_people()
    with office.store.transaction() as tx:
        tx.put(
            INCOMING,
            an_incoming(
                id="words",
                mentorship="maya-pair",
                sender="maya@example.net",
                state=IncomingState.HELD,
                reason="words for the mentor",
                left=words,
                received_at=MORNING,
            ),
        )
    return office


@both_sizes
@played
async def test_a_morning_with_something_to_do_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(four_people().room, size, loop=lambda: LOOKED) as shown:
        assert_golden(f"today-{size[0]}x{size[1]}", shown.text)


@both_sizes
@played
async def test_a_home_without_anybody_says_what_adding_somebody_does(size: tuple[int, int]) -> None:
    async with terminal(Office(now=MORNING).room, size, loop=lambda: LOOKED) as shown:
        assert_golden(f"today-empty-{size[0]}x{size[1]}", shown.text)


@played
async def test_what_somebody_wrote_to_her_comes_first_and_is_gone_when_she_has_read_it() -> None:
    office = office_with_words("May I call you?", "What now?")

    async with terminal(office.room) as shown:
        assert "● Read    Maya     wrote to you: “May I call you?”" in shown.line("Read")
        await shown.press("d")
        await shown.until(lambda: "Read" not in shown.text)

    mail = office.store.get(INCOMING, "words")
    assert mail is not None
    assert (mail.state, mail.left) == (IncomingState.APPLIED, ())


@played
async def test_what_is_more_than_read_is_not_put_aside_and_that_is_said() -> None:
    async with terminal(four_people().room) as shown:
        before = shown.view().keys
        await shown.press("d")

        assert "! This is done where ↵ leads" in shown.text
        assert shown.view().keys == before


@played
async def test_markup_and_control_signs_in_a_mail_are_shown_and_not_obeyed() -> None:
    async with terminal(office_with_words("[/b] [red]x \x1b[2J \u202egnirts").room) as shown:
        assert "“[/b] [red]x ·[2J ·gnirts”" in shown.line("Read")


@played
async def test_the_first_visit_of_a_day_is_noted() -> None:
    office = four_people()

    async with terminal(office.room) as shown:
        await shown.until(lambda: office.store.get(SETTINGS, "last visit") is not None)


@played
async def test_a_third_done_does_not_run_into_the_step_beside_it() -> None:
    office = four_people()
    third = a_reading("99.33", id="third", mentorship="sara-pair", key_result="sara-pair-1.2", at=MORNING)
    with office.store.transaction() as tx:
        tx.put(READINGS, third)

    async with terminal(office.room) as shown:
        (line,) = [line for line in shown.text.splitlines() if "99.33 %" in line]
        assert "99.33 % " in line
