"""Meeting: the agenda beside the letter, planning, moving and holding."""

from datetime import datetime

from okrmate.domain.letters import LetterKind, OutgoingState
from okrmate.domain.meetings import MeetingState
from okrmate.services.outgoing import planning
from okrmate.services.tables import MEETINGS
from okrmate.tui.messages import GoTo
from tests.services.post_office import PostOffice
from tests.services.rooms import Office
from tests.tui.letters_and_mails import both_written, half_written, held, unseen
from tests.tui.terminal import assert_golden, both_sizes, played, terminal


def golden(name: str, size: tuple[int, int]) -> str:
    return f"meeting-{name}-{size[0]}x{size[1]}"


@both_sizes
@played
async def test_a_talk_ahead_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(unseen().room, size) as shown:
        await shown.press("4")

        assert_golden(golden("ahead", size), shown.text)


@both_sizes
@played
async def test_an_agenda_that_waits_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(held().room, size) as shown:
        await shown.press("4")

        assert_golden(golden("waiting", size), shown.text)


@both_sizes
@played
async def test_half_the_feedback_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    async with terminal(half_written().room, size) as shown:
        await shown.press("4")

        assert_golden(golden("sealed", size), shown.text)


@both_sizes
@played
async def test_both_halves_read_as_they_were_approved(size: tuple[int, int]) -> None:
    async with terminal(both_written().room, size) as shown:
        await shown.press("4")

        assert_golden(golden("both", size), shown.text)


@both_sizes
@played
async def test_somebody_without_a_talk_reads_as_it_was_approved(size: tuple[int, int]) -> None:
    office = Office()
    office.with_person()
    async with terminal(office.room, size) as shown:
        await shown.press("4")

        assert_golden(golden("unplanned", size), shown.text)


@both_sizes
@played
async def test_where_nobody_is_it_says_where_people_are_added(size: tuple[int, int]) -> None:
    async with terminal(Office().room, size) as shown:
        await shown.press("4")

        assert_golden(golden("nobody", size), shown.text)


@played
async def test_a_talk_is_planned_from_words_and_the_date_stands_beside_them() -> None:
    office = Office()
    office.with_person(reviewed=True)
    async with terminal(office.room) as shown:
        await shown.press("4", "P")
        await shown.type("thu 15:00")
        await shown.until_shown("Thu 5 Mar 14:00 on your clock, in 3 d")
        await shown.press("enter", "enter")
        await shown.type("video")
        await shown.press("enter")
        await shown.type("2 weeks")
        await shown.press("enter")
        await shown.until_shown("Talk 1 planned.")
        await shown.until_shown("Thu 5 Mar 14:00, 60 min, video, every 2 weeks on Thursday")
        await shown.press("R")
        await shown.until_shown("2 weeks on Thursday")
        await shown.press("ctrl+u")
        await shown.type("now and then")
        await shown.press("ctrl+s")
        await shown.until_shown("is not how often talks repeat")
        await shown.press("ctrl+u", "ctrl+s")
        await shown.until_shown("Talk 1 is the last that repeats.")
        await shown.until_shown("Thu 5 Mar 14:00, 60 min, video, 15:00 in Madrid")

    (talk,) = office.store.every(MEETINGS)
    assert (talk.starts.hour, talk.minutes, talk.place) == (15, 60, "video")


@played
async def test_a_time_that_is_none_is_refused_where_it_was_written_and_nothing_is_lost() -> None:
    office = Office()
    office.with_person()
    async with terminal(office.room) as shown:
        await shown.press("4", "P")
        await shown.type("someday")
        await shown.press("ctrl+s")
        await shown.until_shown("is not understood")

        assert "someday" in shown.text
    assert office.store.every(MEETINGS) == ()


@played
async def test_a_length_that_is_no_number_is_refused() -> None:
    office = Office()
    office.with_person()
    async with terminal(office.room) as shown:
        await shown.press("4", "P")
        await shown.type("thu 15:00")
        await shown.press("enter")
        await shown.type("h")
        await shown.press("ctrl+s")

        await shown.until_shown("is no number of minutes.")


@played
async def test_a_talk_is_moved_and_undo_moves_it_back() -> None:
    office = unseen()
    async with terminal(office.room) as shown:
        await shown.press("4", "M")
        await shown.type("13.3. 9:30")
        await shown.press("enter")
        await shown.until_shown("Fri 13 Mar 08:30")
        await shown.press("u")
        await shown.until_shown("Take this back?")
        await shown.press("t")

        await shown.until_shown("Thu 12 Mar 14:00")


@played
async def test_a_cancelled_talk_is_asked_about_and_gone() -> None:
    office = unseen()
    async with terminal(office.room) as shown:
        await shown.press("4", "C")
        await shown.until_shown("Cancel talk 1?")
        await shown.press("escape")
        assert "Proposed agenda" in shown.text

        await shown.press("C", "C")
        await shown.until_shown("No talk with Sam is planned.")
    assert office.talk.state is MeetingState.CANCELLED


@played
async def test_a_talk_cannot_have_been_held_before_it_begins() -> None:
    office = unseen()
    async with terminal(office.room) as shown:
        await shown.press("4", "H")

        await shown.until_shown("has not begun yet")


@played
async def test_a_talk_that_ended_early_is_held_and_asks_for_feedback() -> None:
    office = unseen()
    office.clock.set(office.talk.begins_at)
    async with terminal(office.room) as shown:
        await shown.press("4", "H")

        await shown.until_shown("Feedback")
    assert office.talk.state is MeetingState.HELD


@played
async def test_no_meeting_is_asked_about_and_withdraws_the_forms() -> None:
    office = half_written()
    async with terminal(office.room) as shown:
        await shown.press("4", "N")
        await shown.until_shown("Did talk 1 not take place?")
        await shown.press("N")

        await shown.until(lambda: office.talk.state is MeetingState.MISSED)


@played
async def test_the_agenda_that_waits_is_let_go_by_one_key() -> None:
    office = held()
    async with terminal(office.room) as shown:
        await shown.press("4")
        assert "y lets it go" in shown.text
        await shown.press("y")
        await shown.until_shown("Free to leave.")

    assert office.letter(LetterKind.AGENDA).state is OutgoingState.QUEUED


@played
async def test_approving_an_agenda_that_does_not_wait_says_so() -> None:
    async with terminal(unseen().room) as shown:
        await shown.press("4", "y")

        await shown.until_shown("No agenda of this talk waits for you")


@played
async def test_the_letter_beside_the_agenda_is_the_one_that_leaves() -> None:
    office = unseen()
    async with terminal(office.room) as shown:
        await shown.press("4", "v")
        await shown.until_shown("Agenda to Sam Ortiz")
        before = shown.text
    office.clock.set(planned_for(office))
    planning.plan(office.room)
    async with terminal(office.room) as shown:
        await shown.press("4", "v")
        await shown.until_shown("Agenda to Sam Ortiz")

        assert shown.text == before


def planned_for(office: PostOffice) -> datetime:
    """When the agenda of Sam's talk is written."""
    return office.talk.begins_at.replace(day=9, hour=8)


@played
async def test_brackets_go_round_the_talks_and_then_people_without_one() -> None:
    office = unseen()
    office.with_person(name="lee")
    async with terminal(office.room) as shown:
        await shown.press("4")
        assert "Sam Ortiz" in shown.text
        await shown.press("right_square_bracket")
        await shown.until_shown("No talk with Lee is planned.")
        await shown.press("left_square_bracket")

        await shown.until_shown("Proposed agenda")


@played
async def test_the_person_in_hand_on_another_screen_is_the_one_shown_here() -> None:
    office = unseen()
    office.with_person(name="lee")
    async with terminal(office.room) as shown:
        shown.shown.mentorship = "lee-pair"
        await shown.press("4")
        assert "No talk with Lee is planned." in shown.text
        shown.app.post_message(GoTo("meeting", office.talk_id))

        await shown.until_shown("Proposed agenda")


@played
async def test_an_agenda_that_left_says_when_and_what_it_was_shows_beside_what_stands_now() -> None:
    office = PostOffice()
    office.agenda()
    async with terminal(office.room) as shown:
        await shown.press("4")

        assert "agenda sent 08:00" in shown.text
        assert "As Sam read it" in shown.text


@played
async def test_a_yes_or_no_to_the_invitation_stands_in_the_first_line() -> None:
    office = PostOffice()
    (invitation, _) = office.letters(LetterKind.INVITATION)
    office.answer(invitation, "no")
    async with terminal(office.room) as shown:
        await shown.press("4")

        assert "! cannot come" in shown.text


@played
async def test_what_another_process_commits_shows_and_the_chosen_point_stays() -> None:
    office = unseen()
    async with terminal(office.room) as shown:
        await shown.press("4", "down", "down")
        chosen = shown.view("agenda").chosen
        (welcome,) = office.letters(LetterKind.WELCOME)
        office.answer(welcome, "1.2: 66 %")

        await shown.until_shown("66 % of 80 %")
        assert shown.view("agenda").chosen == chosen
