"""Meeting: the points of a talk before it, and what is written down while it runs."""

from datetime import timedelta

from okrmate.domain.meetings import PromiseState
from okrmate.domain.people import Side
from okrmate.domain.questions import ChoiceKind
from okrmate.services.tables import AGENDA_CHOICES, AGENDA_ITEMS, NOTES, OWN_LINES, PROMISES, QUESTION_CHOICES
from tests.services.post_office import PostOffice
from tests.tui.letters_and_mails import unseen
from tests.tui.terminal import NARROW, Terminal, assert_golden, played, terminal


async def ask_of_the_bank(shown: Terminal, office: PostOffice) -> None:
    """A question is found by some of its words; words of none are said to be that."""
    await shown.press("b")
    await shown.until_shown("Ask a question of the bank")
    await shown.type("nobody puts it so")
    await shown.press("enter")
    await shown.until_shown("No question of the bank has these words.")
    await shown.press("ctrl+u")
    await shown.type("Goal by goal")
    await shown.until_shown("where are you compared")
    await shown.press("enter")
    await shown.until(lambda: any(each.kind is ChoiceKind.PINNED for each in office.every(QUESTION_CHOICES)))


@played
async def test_before_a_talk_points_go_in_and_out_and_change_and_the_letter_with_them() -> None:
    office = unseen()
    async with terminal(office.room) as shown:
        await shown.press("4")
        await shown.until_shown("Private preparation")
        await shown.press("space")
        await shown.until_shown("left out")
        assert "5 items, 40 of 60 min" in shown.text
        await shown.press("m")
        await shown.until_shown("How many minutes?")
        await shown.press("backspace", "backspace", "5", "enter")
        await shown.press("a")
        await shown.until_shown("A point of your own")
        await shown.type("the salary")
        await shown.press("enter")
        await shown.until_shown("1. From Olivia: the salary (10 min)")
        await shown.press("s")
        await shown.until(lambda: "Question 1: Goal by goal" not in shown.text)
        await ask_of_the_bank(shown, office)
        await shown.press("l")
        await shown.until_shown("A line of your own")
        await shown.type("Bring tea.")
        await shown.press("enter")
        await shown.until(lambda: bool(office.every(OWN_LINES)))
        await shown.press("e")
        await shown.until_shown("this one is proposed")
        await shown.press("home", "e")
        await shown.until_shown("Your point")
        await shown.type("the salary talk")
        await shown.press("enter")
        await shown.until_shown("1. From Olivia: the salary talk (10 min)")
        await shown.press("down", "K")
        await shown.until(lambda: any(each.place == 1 for each in office.every(AGENDA_CHOICES)))
        await shown.press("p")
        await shown.until_shown("Ask most of all")
        await shown.press("escape", "v")
        await shown.until_shown("Agenda to Sam Ortiz")

    assert [(each.text, each.by) for each in office.every(AGENDA_ITEMS)] == [("the salary talk", Side.MENTOR)]
    assert {(each.taken, each.minutes) for each in office.every(AGENDA_CHOICES)} >= {(False, 5)}


def in_the_talk() -> PostOffice:
    """Twenty minutes after a talk with one of Sam's own points has begun."""
    office = PostOffice()
    office.answer(office.agenda(), "Add: how to say no")
    office.clock.set(office.talk.begins_at + timedelta(minutes=20))
    return office


@played
async def test_while_it_runs_points_are_ticked_and_notes_and_promises_written_down() -> None:
    office = in_the_talk()
    async with terminal(office.room) as shown:
        await shown.press("4")
        await shown.until_shown("minute 20, 40 min left")
        await shown.press("space")
        await shown.until_shown("✓ “how to say no”")
        await shown.press("n")
        await shown.until_shown("A note on this talk")
        await shown.type("begins with the editor")
        await shown.press("enter")
        await shown.type("he was tired")
        await shown.press("enter")
        await shown.until_shown("◆ he was tired")
        await shown.press("o")
        await shown.until_shown("What was promised?")
        await shown.type("the introduction")
        await shown.press("enter")
        await shown.type("a first page")
        await shown.press("ctrl+s")
        await shown.until_shown("Sam: a first page")
        assert_golden("meeting-running-120x40", shown.text)
    async with terminal(office.room, NARROW) as shown:
        await shown.press("4")
        await shown.until_shown("minute 20, 40 min left")
        assert_golden("meeting-running-80x24", shown.text)
        await shown.press("k")
        await shown.until_shown("Which promise?")
        await shown.press("a")
        await shown.until_shown("Kept, or dropped?")
        await shown.press("k")
        await shown.until(lambda: office.every(PROMISES)[0].state is PromiseState.KEPT)

    assert [(each.text, each.shared) for each in office.every(NOTES)] == [
        ("begins with the editor", True),
        ("he was tired", False),
    ]
    assert [(each.by, each.meeting) for each in office.every(PROMISES)] == [
        (Side.MENTOR, office.talk_id),
        (Side.PROTEGE, office.talk_id),
    ]
