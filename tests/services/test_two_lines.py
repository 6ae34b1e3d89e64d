"""Two lines without signs in answer to a feedback form: jotted down they are its answers, sentences wait for her."""

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import IncomingState
from okrmate.services.history import undo
from okrmate.services.incoming.review import keep_feedback
from okrmate.services.reports.need import About
from okrmate.services.reports.today import today
from okrmate.services.tables import FEEDBACK
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_the_mentor_keeps_them_as_the_two_answers_and_takes_that_back(office: PostOffice) -> None:
    mail = office.answer(office.form(), "The questions and your patience with my slow answers\nA bit shorter")

    kept = keep_feedback(office.room, mail.id)

    assert (kept.state, kept.left) == (IncomingState.APPLIED, ())
    (given,) = office.every(FEEDBACK)
    assert (given.by, given.positive, given.suggestion) == (
        "protege",
        ("The questions and your patience with my slow answers",),
        ("A bit shorter",),
    )
    undo(office.desk)
    assert (office.now(mail), office.every(FEEDBACK)) == (mail, ())


def test_a_few_words_in_each_are_the_two_answers_told_back_and_sealed(office: PostOffice) -> None:
    mail = office.answer(office.form(), "Great questions\nA bit shorter")

    (given,) = office.every(FEEDBACK)
    assert (given.positive, given.suggestion, mail.left) == (("Great questions",), ("A bit shorter",), ())
    assert 'What was good: "Great questions" For the next talk: "A bit shorter"' in office.said_to(mail)
    assert [need.about for need in today(office.desk, office.room.rules).needs] == [About.MEETING]
    office.answer(office.acknowledgement(mail), "undo")
    assert office.every(FEEDBACK) == ()


@pytest.mark.parametrize(
    "body",
    ["Hard month\nPlease call me", "I am ill\nSee you in May", "Work is crazy.\nHome is worse.", "Why?\nA bit shorter"],
)
def test_words_to_her_are_no_feedback_and_reach_her_at_once(office: PostOffice, body: str) -> None:
    mail = office.answer(office.form(), body)

    assert (mail.state, mail.left, office.every(FEEDBACK)) == (IncomingState.HELD, tuple(body.splitlines()), ())


@pytest.mark.parametrize("body", ["Great talk!", "Great talk!\nA bit short\nand warm"])
def test_another_number_of_lines_is_no_feedback(office: PostOffice, body: str) -> None:
    mail = office.answer(office.form(), body)

    with pytest.raises(UsageError, match="two lines"):
        keep_feedback(office.room, mail.id)


def test_what_answers_another_letter_is_no_feedback(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "I had a hard month.\nPlease call me.")

    with pytest.raises(UsageError, match="no feedback form"):
        keep_feedback(office.room, mail.id)
