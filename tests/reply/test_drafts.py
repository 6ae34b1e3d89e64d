"""Drafts of OKRs as people write them."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from okrmate.domain.metrics import Bound, MetricKind
from okrmate.reply.drafts import DraftKeyResult, draft_line, draft_okrs, key_result


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


@pytest.mark.parametrize(
    ("said", "kind", "start", "target"),
    [
        ("Lessons that begin on time, from 55 % to 90 %", MetricKind.PERCENT, 55, 90),
        ("Letters answered within a day, from 55% to 90%", MetricKind.PERCENT, 55, 90),
        ("Families who rate the evening 4 or 5, from 62 % to 80 %", MetricKind.PERCENT, 62, 80),
        ("Monthly rent from 12 000 € to 8 000 €", MetricKind.CURRENCY, 12000, 8000),
        ("Rent, from €12,000 to €8,000", MetricKind.CURRENCY, 12000, 8000),
        ("Wrong notes from 40 to 10", MetricKind.COUNT, 40, 10),
        ("Newsletter subscribers 40 -> 200", MetricKind.COUNT, 40, 200),
        ("Listeners who rate the talk 4 or 5: 62 % → 80 %", MetricKind.PERCENT, 62, 80),
        ("Course revenue €4,000 => €12,000", MetricKind.CURRENCY, 4000, 12000),
        ("Letters a year: from 1 000 → 1 500", MetricKind.COUNT, 1000, 1500),
    ],
)
def test_from_and_to_are_the_start_and_the_target(said: str, kind: MetricKind, start: int, target: int) -> None:
    drafted = key_result(said)
    assert (drafted.kind, drafted.baseline, drafted.target) == (kind, Decimal(start), Decimal(target))
    assert drafted.missing == ()


def test_a_start_that_is_not_said_is_missing_and_not_nought() -> None:
    assert key_result("12 pupils come back").baseline is None
    assert key_result("12 pupils come back").missing == ("baseline",)


@pytest.mark.parametrize(
    ("line", "objective", "is_key_result"),
    [
        ("O: A choir people cross town for", "A choir people cross town for", False),
        ("  KR: 40 singers stay (now 12)", None, True),
        ("Hello", None, False),
        ("", None, False),
        ("KR: " + "x" * 1000, None, False),
    ],
)
def test_a_line_is_an_objective_a_key_result_or_neither(line: str, objective: str | None, is_key_result: bool) -> None:
    taken = draft_line(line)
    assert (taken.objective, taken.key_result is not None) == (objective, is_key_result)
    assert taken.text == line.strip()


TITLES = [
    (locale, title, meant)
    for locale, titles in tomllib.loads(Path(__file__).with_name("titles.toml").read_text(encoding="utf-8")).items()
    for title, meant in titles
]


def test_a_title_is_read_as_it_is_typed() -> None:
    read = {title: _shortly(key_result(title, locale)) for locale, title, _ in TITLES}
    assert read == {title: meant for _, title, meant in TITLES}
    assert {meant.split()[0] for _, _, meant in TITLES} == set(MetricKind)


def _shortly(drafted: DraftKeyResult) -> str:
    if drafted.kind is MetricKind.MILESTONE:
        return drafted.kind
    if drafted.upper is not None:
        return f"{drafted.kind} {drafted.target} to {drafted.upper}"
    if drafted.bound is not None:
        return f"{drafted.kind} {'≥' if drafted.bound is Bound.AT_LEAST else '≤'} {drafted.target}"
    start = drafted.previous if drafted.previous is not None else drafted.baseline
    return f"{drafted.kind} {'?' if start is None else start} → {drafted.target:f}"
