"""Feedback on Meeting: her half written in its place, the other sealed until both are in."""

from datetime import datetime

from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import Side
from okrmate.services.mentoring import meetings
from okrmate.services.tables import FEEDBACK, MEETINGS
from okrmate.services.trail import by_command
from okrmate.tui.messages import GoTo
from tests.builders import a_meeting
from tests.services.post_office import TALK_OVER, PostOffice
from tests.tui.letters_and_mails import half_written, unseen
from tests.tui.terminal import played, terminal


@played
async def test_the_other_half_is_shown_when_hers_is_in_and_not_a_moment_before() -> None:
    office = half_written()
    async with terminal(office.room) as shown:
        await shown.press("4")
        assert "you listened to the end" not in shown.text
        await shown.press("f")
        await shown.type("clear questions")
        await shown.press("enter")
        assert "you listened to the end" not in shown.text
        await shown.type("numbers first")
        await shown.press("enter")

        await shown.until_shown("you listened to the end")
        assert "clear questions" in shown.text
    assert {given.by for given in office.store.every(FEEDBACK)} == {Side.MENTOR, Side.PROTEGE}


@played
async def test_one_line_of_feedback_is_kept_and_the_other_is_still_asked_for() -> None:
    office = half_written()
    async with terminal(office.room) as shown:
        await shown.press("4", "f")
        await shown.type("clear questions")
        await shown.press("enter", "enter")

        await shown.until_shown("the suggestion is not in yet")
        assert "you listened to the end" not in shown.text


@played
async def test_the_line_that_is_missing_is_asked_for_beside_the_one_that_is_in() -> None:
    office = half_written()
    async with terminal(office.room) as shown:
        await shown.press("4", "f")
        await shown.type("clear questions")
        await shown.press("enter", "enter")
        await shown.until_shown("the suggestion is not in yet")

        await shown.press("f")
        await shown.type("fewer slides")
        await shown.press("enter")

        (hers,) = [given for given in office.store.every(FEEDBACK) if given.by is Side.MENTOR]
        assert (hers.positive, hers.suggestion) == (("clear questions",), ("fewer slides",))


@played
async def test_feedback_without_words_is_refused_and_the_lines_stay_open() -> None:
    office = half_written()
    async with terminal(office.room) as shown:
        await shown.press("4", "f", "enter", "enter")

        await shown.until_shown("Feedback needs a positive, a suggestion, or both.")
        assert "One suggestion for the next talk" in shown.text


@played
async def test_esc_leaves_the_lines_of_feedback() -> None:
    async with terminal(half_written().room) as shown:
        await shown.press("4", "f")
        await shown.until_shown("One suggestion for the next talk")
        await shown.press("escape")

        await shown.until(lambda: "One suggestion for the next talk" not in shown.text)


@played
async def test_feedback_before_a_talk_is_refused() -> None:
    async with terminal(unseen().room) as shown:
        await shown.press("4", "f")

        await shown.until_shown("Feedback is written after the talk")


@played
async def test_a_talk_that_is_just_over_waits_for_both_halves() -> None:
    office = PostOffice()
    office.agenda()
    office.clock.set(TALK_OVER)
    office.work()
    async with terminal(office.room) as shown:
        await shown.press("4")

        assert shown.text.count("not in yet") == 2


def two_talks_over() -> PostOffice:
    """Sam's talk is over and Lee's, which was before it; neither has been written about."""
    office = PostOffice()
    office.form()
    office.with_person(name="lee", reviewed=True)
    over = a_meeting(id="lee-talk", mentorship="lee-pair", starts=datetime(2026, 3, 11, 15), state=MeetingState.HELD)  # noqa: DTZ001
    with office.store.transaction() as tx:
        tx.put(MEETINGS, over)
    return office


@played
async def test_words_for_one_person_never_stand_in_the_lines_of_another_and_are_there_when_one_comes_back() -> None:
    office = two_talks_over()
    async with terminal(office.room) as shown:
        shown.app.post_message(GoTo("meeting", "lee-talk"))
        await shown.until_shown("Lee Ortiz")
        await shown.press("f")
        await shown.type("you cried and stayed")
        await shown.press("escape", "right_square_bracket")
        await shown.until_shown("Sam Ortiz")
        await shown.press("f")
        await shown.until_shown("One suggestion for the next talk")
        assert "you cried and stayed" not in shown.text

        await shown.press("escape", "left_square_bracket", "f")
        await shown.until_shown("you cried and stayed")
        await shown.press("enter", "enter")
        await shown.until(lambda: bool(office.store.every(FEEDBACK)))

    (given,) = office.store.every(FEEDBACK)
    assert (given.meeting, given.positive) == ("lee-talk", ("you cried and stayed",))


@played
async def test_a_talk_that_is_taken_off_while_she_writes_leaves_her_where_she_writes_and_says_so() -> None:
    office = two_talks_over()
    async with terminal(office.room) as shown:
        shown.app.post_message(GoTo("meeting", "lee-talk"))
        await shown.until_shown("Lee Ortiz")
        await shown.press("f")
        await shown.type("you cried ")
        meetings.become(office.desk, "lee-talk", MeetingState.MISSED, source=by_command("meeting missed"))
        await shown.until_shown("Talk 1 with Lee is missed now")
        await shown.type("Nobody")
        assert "you cried Nobody" in shown.text
        assert office.talk.state is MeetingState.HELD

        await shown.press("enter", "enter")
        await shown.until_shown("Talk 1 with Lee is missed now")
        assert "you cried Nobody" in shown.text
        await shown.press("escape")
        await shown.until_shown("No talk with Lee is planned.")
    assert office.store.every(FEEDBACK) == ()


@played
async def test_feedback_that_completes_the_talk_is_not_said_to_be_sealed() -> None:
    async with terminal(half_written().room) as shown:
        await shown.press("4", "f")
        await shown.type("clear questions")
        await shown.press("enter")
        await shown.type("numbers first")
        await shown.press("enter")

        await shown.until_shown("Kept; both are in.")
