"""No change of a key result of which no number was ever heard: a note, and no number that nobody said."""

import pytest

from okrmate.services.tables import READINGS
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_no_change_before_any_number_is_kept_as_a_note(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "no change")

    assert [(each.value, each.note) for each in office.every(READINGS)] == [(None, "nothing new")] * 3
    assert 'Portfolio site live: noted, "nothing new" (KR 1.3)' in office.said_to(mail)


def test_no_change_beside_a_number_gives_none_to_the_others(office: PostOffice) -> None:
    office.answer(office.agenda(), "1.1 4\nrest unchanged")

    assert [each.value for each in office.every(READINGS) if each.value is not None] == [4]


def test_no_change_after_a_number_is_that_number_once_more(office: PostOffice) -> None:
    office.answer(office.agenda(), "1.1 4")
    office.answer(office.agenda(), "1.1 no change, Berlin is slow")

    assert [each.value for each in office.every(READINGS)] == [4, 4]


@pytest.mark.parametrize("said", ["1.1 still 1", "1.1 unchanged at 1"])
def test_a_number_that_is_said_counts_though_it_is_where_it_began(office: PostOffice, said: str) -> None:
    office.answer(office.agenda(), said)

    assert [each.value for each in office.every(READINGS)] == [1]
