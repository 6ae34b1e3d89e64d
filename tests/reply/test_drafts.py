"""Drafts of OKRs as people write them."""

from decimal import Decimal

import pytest

from okrmate.domain.metrics import MetricKind
from okrmate.reply.drafts import draft_okrs, key_result


def test_lines_marked_with_o_and_kr_become_objectives_and_the_rest_stays_prose() -> None:
    drafted = draft_okrs(
        "Here it is:\nO: A choir people cross town for\nKR: 40 singers who stay a year (now 12)\nHope it helps"
    )
    (objective,) = drafted.objectives
    assert objective.title == "A choir people cross town for"
    assert [(one.title, one.target, one.baseline) for one in objective.key_results] == [
        ("40 singers who stay a year", Decimal(40), Decimal(12))
    ]
    assert drafted.prose == "Here it is:\nHope it helps"


@pytest.mark.parametrize(
    ("said", "kind", "target"),
    [
        ("12 pupils come back", MetricKind.COUNT, 12),
        ("30% increase in readers", MetricKind.PERCENT_INCREASE, 30),
        ("At least 30% of schools answer", MetricKind.THRESHOLD, 30),
        ("70% of parents answer within a day", MetricKind.PERCENT, 70),
        ("€6,000 from workshops", MetricKind.CURRENCY, 6000),
        ("5% more singers a month", MetricKind.MOM_GROWTH, 5),
        ("The timetable is online", MetricKind.MILESTONE, 100),
        ("Bookings go from 3 to 9", MetricKind.COUNT, 9),
    ],
)
def test_a_key_results_words_say_its_kind_and_target(said: str, kind: MetricKind, target: int) -> None:
    drafted = key_result(said)
    assert drafted.kind is kind
    assert drafted.target == target


def test_a_start_that_is_not_said_is_missing_and_not_nought() -> None:
    assert key_result("12 pupils come back").baseline is None
    assert key_result("12 pupils come back").missing == ("baseline",)
