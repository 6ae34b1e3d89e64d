"""The points of an agenda in two wordings."""

import re
from datetime import UTC, date, datetime

import pytest

from okrmate.adapters.resources import Resources
from okrmate.domain.people import Person
from okrmate.mail.rendering import Composer
from okrmate.mail.words import BrokenTemplateError
from okrmate.services.letters.item_texts import ITEM_VALUES, Wording, item_texts
from tests.cases import of_every

COMPOSER = Composer(Resources(None))
HERS = COMPOSER.words(Person(name="Ines Aldana", address="ines@example.org", zone="Europe/Madrid"))
HIS = COMPOSER.words(Person(name="Aiko Brandt", address="aiko@example.net", zone="Asia/Tokyo"))
SAID = {
    "topic": "the letter",
    "title": "Visits",
    "old": "2",
    "new": "3 of 8",
    "value": "40 %",
    "ref": "1.3",
    "words": "fewer points",
    "protege": "Aiko",
    "mentor": "Ines",
    "number": "1",
    "question": "What is in the way?",
}


@of_every((kind,) for kind in Wording)
def test_every_point_has_two_wordings_made_of_its_values_alone(kind: Wording) -> None:
    values: dict[str, str | date] = {
        name: date(2026, 3, 4) if name == "date" else SAID[name] for name in ITEM_VALUES[kind]
    }

    texts = item_texts(kind, values, HERS, HIS)

    assert texts.hers
    assert texts.his
    assert "{" not in texts.hers + texts.his


@of_every((kind,) for kind in Wording)
def test_the_wording_for_the_protege_judges_nobody_and_counts_no_days_at_them(kind: Wording) -> None:
    values: dict[str, str | date] = {
        name: date(2026, 3, 4) if name == "date" else SAID[name] for name in ITEM_VALUES[kind]
    }

    his = item_texts(kind, values, HERS, HIS).his

    assert not re.search(r"\b(stuck|still|days|weeks|late|overdue|KR)\b", his)


def test_a_moment_is_a_day_of_each_readers_own() -> None:
    late_evening = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
    values: dict[str, str | date] = {"title": "Visits", "value": "2", "date": late_evening, "ref": "1.1"}

    texts = item_texts(Wording.WAITING, values, HERS, HIS)

    assert "since 4 Mar" in texts.hers
    assert "since 5 Mar" in texts.his


def test_a_value_that_is_not_told_is_no_silent_gap() -> None:
    with pytest.raises(BrokenTemplateError, match=re.escape("[items.moved] hers")):
        item_texts(Wording.MOVED, {}, HERS, HIS)
