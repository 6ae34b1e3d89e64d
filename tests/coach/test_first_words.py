"""The first answer to a draft names one good thing and asks at most one question."""

import pytest

from okrmate.domain.coach import FindingName
from okrmate.reply.drafts import draft_okrs
from okrmate.services.coaching.first_words import FirstWords, first_words
from okrmate.services.coaching.texts import Further, further_question, text_of

STRONG = """O: Be the speaker people ask for by name, by the end of June
KR: Invitations to speak: 1 → 6
KR: Listeners who rate the talk 4 or 5: 62 % → 80 %"""


def answer(text: str, language: str = "en") -> FirstWords:
    return first_words(draft_okrs(text, language), language)


def test_a_strong_draft_is_asked_for_what_would_make_its_writer_grin() -> None:
    said = answer(STRONG)
    assert said.good.startswith("in each result, someone else has to decide")
    assert (said.question, said.asked) == (further_question(Further.STRETCH), None)


def test_nothing_but_activities_is_asked_who_would_notice() -> None:
    said = answer("O: Become a confident speaker\nKR: Practise every Sunday\nKR: Make a list of what good speakers do")
    assert said.good.startswith("you know what you will be doing")
    assert said.question == text_of(FindingName.KR_ACTIVITY).question


def test_an_increase_without_a_start_is_asked_from_how_many() -> None:
    said = answer("O: A meetup people bring friends to, by the end of September\nKR: 20 % more first-time visitors")
    assert said.asked is not None
    assert (said.asked.name, said.asked.about) == (FindingName.KR_BASELINE, "1.1")


def test_five_objectives_are_asked_which_one_would_help_the_others() -> None:
    said = answer("\n".join(["O: A meetup that does not need me", *["O: Get better at things"] * 4]))
    assert said.good == "“A meetup that does not need me” is something people would tell each other about."
    assert said.question == text_of(FindingName.OBJECTIVES_MANY).question


def test_a_task_without_key_results_is_asked_who_will_act_once_it_is_done() -> None:
    said = answer("O: Set up a speaker programme")
    assert said.good == "it has an end that everybody could see."
    assert said.question == further_question(Further.NO_KEY_RESULTS)


def test_prose_is_praised_for_whom_it_names() -> None:
    said = answer("I want people older than me to listen.")
    assert said.good == "you said who it is about: “people”. That is half a key result."
    assert said.question == further_question(Further.PROSE)
    assert answer("Not sure yet, sorry.").good.startswith("you wrote down a first version")


def test_somebody_with_german_letters_is_answered_in_german() -> None:
    said = answer("O: Eine sichere Rednerin werden\nKR: Jeden Sonntag proben", "de")
    assert said.good == "du weißt, was du tun wirst. Daran scheitern die meisten."
    assert said.question == text_of(FindingName.KR_ACTIVITY, "de").question


def test_a_goal_in_english_is_understood_in_german_letters() -> None:
    assert answer("O: Be the one they ask by June\nKR: Rehearse my talk for the meetup", "de").asked is not None
    assert answer(STRONG, "de").question == further_question(Further.STRETCH, "de")


def test_a_language_the_coach_does_not_speak_is_answered_in_english() -> None:
    assert answer(STRONG, "sv") == answer(STRONG)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("name", list(FindingName))
def test_every_finding_can_be_explained(name: FindingName, language: str) -> None:
    text = text_of(name, language)
    assert all((text.name, text.principle, text.why, text.weak, text.strong))
    assert text.question.count("?") == 1
    assert (text == text_of(name, "en")) is (language == "en")
