"""Whether somebody comes, where an answer is short, has another time in it, or is taken back below."""

import pytest

from okrmate.domain.letters import Choice
from okrmate.domain.meetings import Participation
from okrmate.reply.invitations import invitation

CHOICES = (
    Choice(id="yes", letter="a", text="yes"),
    Choice(id="maybe", letter="b", text="maybe"),
    Choice(id="no", letter="c", text="no, and these times would:"),
)
QUESTION = "Sam, does Thursday 12 March, 15:00 to 16:00 your time, work for you?"


def answered(text: str) -> Participation | None:
    return invitation(text.splitlines(), CHOICES, (), "", "", QUESTION).rsvp


@pytest.mark.parametrize(
    "text", ["👍", "👍🏽", "Prima!", "はい", "Super", "Yes, 3 pm works", "Ja, 15 Uhr passt", "oui, 15h"]
)
def test_a_word_or_a_sign_and_the_very_time_of_the_talk_are_a_yes(text: str) -> None:
    assert answered(text) is Participation.ACCEPTED


@pytest.mark.parametrize(
    "text",
    [
        "Yes, 16:00 works",
        "yes from 15:30",
        "Yes, at 4",
        "Ja, um 16 Uhr",
        "yes, 4 pm is great",
        "sí, pero el viernes",
        "oui mais plutôt vendredi",
        "Yes, but Friday",
    ],
)
def test_a_yes_to_another_time_is_none_to_the_talk(text: str) -> None:
    assert answered(text) is None


@pytest.mark.parametrize("text", ["yes\nscratch that", "Yes\nno wait, I have the dentist", "a\nno wait", "Ok\nor not"])
def test_an_answer_that_is_taken_back_below_is_none(text: str) -> None:
    assert answered(text) is None


@pytest.mark.parametrize("text", ["a\nNo problem at all", "Yes!\nMaybe we can walk?", "Yes\nNo need to call before"])
def test_kind_words_below_take_nothing_back(text: str) -> None:
    assert answered(text) is Participation.ACCEPTED


@pytest.mark.parametrize(
    "text",
    [
        "ok, will check my calendar",
        "Yes, I got your mail, answer follows",
        "ja, ich gebe Bescheid",
        "yes and no",
        "jein",
    ],
)
def test_who_has_yet_to_look_has_not_said_yes(text: str) -> None:
    assert answered(text) is None


def test_a_no_with_a_promise_of_other_times_is_a_no() -> None:
    assert answered("I can't make it, will let you know other times") is Participation.DECLINED


def test_a_no_below_its_letter_is_part_of_it() -> None:
    assert answered("c\nno, Friday 10 would be possible") is Participation.DECLINED
