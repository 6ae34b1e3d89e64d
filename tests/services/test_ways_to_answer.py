"""What an acknowledgement says of how to answer it: nothing that would not be understood, or not be obeyed."""

import pytest

from okrmate.domain.letters import LetterKind
from okrmate.domain.people import Side
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_the_help_for_the_mentor_names_only_what_is_done_for_her(office: PostOffice) -> None:
    said = office.said_to(office.answer_of_mentor(office.agenda(Side.MENTOR), "help"))

    assert "Add:" in said
    assert "undo" in said
    assert not [word for word in ("Sam", "status", "pause", "stop", "my data") if word in said]


def test_no_code_is_asked_for_where_the_question_is_about_no_key_result(office: PostOffice) -> None:
    office.answer(office.agenda(), "1.1 4\n1.2 70%")
    mail = office.answer(office.letter(LetterKind.INVITATION), "yes\nno")

    assert "There are two answers" in office.said_to(mail)
    assert "code" not in office.said_to(mail)


def test_the_code_is_asked_for_where_several_lines_were_not_clear(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "1.1: more than last time\n1.2: more than last time")

    assert "with its code" in office.said_to(mail)
