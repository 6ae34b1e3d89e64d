"""A few hundred damaged mails; `make fuzz` reads many more of them."""

from pathlib import Path

import pytest

from okrmate.frozen import replace
from okrmate.mail.rendering import Composer
from tests.corpus.made_answers import made_answer
from tests.fuzz.__main__ import Finding, kept, read_share, shares
from tests.fuzz.damage import damaged
from tests.fuzz.desk import ReadingDesk
from tests.fuzz.seeds import MENTOR, seeds

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def desk() -> ReadingDesk:
    return ReadingDesk()


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_no_damaged_mail_is_too_much_for_reading(first: int) -> None:
    found, _ = read_share(7, None, range(first, first + 100))

    assert found == []


def test_no_mail_that_damage_begins_with_is_too_much_either(desk: ReadingDesk) -> None:
    assert [trouble for raw in seeds(desk) if (trouble := desk.read(raw, explained=False)[0])] == []


def test_the_same_seed_damages_the_same_mails_in_the_same_way(desk: ReadingDesk) -> None:
    mails, again = seeds(desk), seeds(ReadingDesk())

    first = [damaged(mails, 3, number) for number in range(50)]

    assert first == [damaged(again, 3, number) for number in range(50)]
    assert first != [damaged(mails, 4, number) for number in range(50)]
    assert len({*first}) == len(first)


def test_a_mail_is_read_as_if_it_were_the_first(desk: ReadingDesk) -> None:
    raw = seeds(desk)[0]
    before = desk.office.store.records

    desk.read(raw)

    assert desk.office.store.records is before


class NoTemplates:
    """A home out of which every template was lost."""

    def template(self, name: str) -> str:
        raise LookupError(name)


def test_a_bug_in_reading_is_found(desk: ReadingDesk) -> None:
    room = desk.office.room
    desk.office.room = replace(room, composer=Composer(NoTemplates()))
    trouble, _ = desk.read(seeds(desk)[0], explained=False)
    desk.office.room = room

    assert "read with a bug" in trouble


def test_a_mail_that_takes_too_long_is_found() -> None:
    desk = ReadingDesk(bound=0.001)

    trouble, _ = desk.read(made_answer(b"\n\n" + b"1.1: 5, and so on\n" * 900, desk.letters[0], mentor=MENTOR))

    assert "TooSlowError" in trouble


def test_what_went_wrong_is_kept_with_what_was_raised(tmp_path: Path) -> None:
    mail = kept(Finding(number=4, raw=b"\xff", trouble="ValueError: \ud800"), 7, tmp_path / "fuzz")

    assert mail.read_bytes() == b"\xff"
    assert "ValueError" in mail.with_suffix(".txt").read_text(encoding="utf-8")


def test_every_number_has_its_share() -> None:
    assert [number for share in shares(5, 1_201) for number in share] == list(range(5, 1_206))
