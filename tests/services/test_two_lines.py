"""Two lines without signs in answer to a feedback form: they wait for the mentor, who can keep them as feedback."""

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import IncomingState
from okrmate.services.history import undo
from okrmate.services.incoming.review import keep_feedback
from okrmate.services.tables import FEEDBACK
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_the_mentor_keeps_them_as_the_two_answers_and_takes_that_back(office: PostOffice) -> None:
    mail = office.answer(office.form(), "Great questions\nA bit shorter")

    kept = keep_feedback(office.room, mail.id)

    assert (kept.state, kept.left) == (IncomingState.APPLIED, ())
    (given,) = office.every(FEEDBACK)
    assert (given.by, given.positive, given.suggestion) == ("protege", ("Great questions",), ("A bit shorter",))
    undo(office.desk)
    assert (office.now(mail), office.every(FEEDBACK)) == (mail, ())


@pytest.mark.parametrize("body", ["Great talk!", "Great talk!\nA bit short\nand warm"])
def test_another_number_of_lines_is_no_feedback(office: PostOffice, body: str) -> None:
    mail = office.answer(office.form(), body)

    with pytest.raises(UsageError, match="two lines"):
        keep_feedback(office.room, mail.id)


def test_what_answers_another_letter_is_no_feedback(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "I had a hard month.\nPlease call me.")

    with pytest.raises(UsageError, match="no feedback form"):
        keep_feedback(office.room, mail.id)
