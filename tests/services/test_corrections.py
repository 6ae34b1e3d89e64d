"""A second mail that corrects the first: "sorry, 5" in answer to the letter that told of one change."""

import pytest

from okrmate.domain.letters import IncomingState
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("sorry, 5", "5"),
        ("Sorry, 3!", "3"),
        ("oops, 4", "4"),
        ("should be 5", "5"),
        ("No, 3!", "3"),
        ("5 actually", "5"),
    ],
)
def test_a_number_behind_a_sorry_corrects_the_one_change_that_was_told(
    office: PostOffice, body: str, value: str
) -> None:
    told = office.acknowledgement(office.answer(office.agenda(), "1.1 4"))

    mail = office.answer(told, body)

    assert (mail.state, office.values()["1.1"]) == (IncomingState.APPLIED, value)
    assert f"→ {value}" in office.said_to(mail) or value == "4"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1.1 4\n1.2 70%", "sorry, 5"),
        ("1.1 4\n1.2: more than last time", "sorry, 5"),
        ("1.1 4\nAdd: salary", "sorry, 5"),
        ("1.1 blocked by the jury", "sorry, 5"),
        ("1.1 4", "5"),
        ("1.1 4", "sorry, I was 5 minutes late"),
        ("1.1 4", "should be 5 by Friday"),
        ("1.1 4", "no, at 5"),
        ("1.1 4", "No, 5?"),
    ],
)
def test_where_it_is_open_what_is_corrected_nothing_is(office: PostOffice, first: str, second: str) -> None:
    told = office.acknowledgement(office.answer(office.agenda(), first))
    before = office.values()

    office.answer(told, second)

    assert office.values() == before
