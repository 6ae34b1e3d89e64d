"""A key result in one line: as it stands, and what an answer made of it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from okrmate.adapters.resources import Resources
from okrmate.domain.changes import Source, SourceKind
from okrmate.domain.metrics import (
    Bound,
    Count,
    Currency,
    Metric,
    Milestone,
    MomGrowth,
    Percent,
    PercentIncrease,
    Threshold,
)
from okrmate.domain.okrs import KeyResult, Reading
from okrmate.domain.people import Person
from okrmate.domain.summaries import summarise
from okrmate.mail.rendering import Composer
from okrmate.services.letters.key_result_lines import (
    Heard,
    Remark,
    changed_line,
    display_key_result,
    heard_line,
    restored_line,
)

WORDS = Composer(Resources(None)).words(Person(name="A", address="a@b.example", locale="en-GB"))
SIX = Count(target=Decimal(6), baseline=Decimal(1))
STRETCHED = Count(target=Decimal(6), baseline=Decimal(1), stretch=Decimal(8))
FALLING = Count(target=Decimal(2), baseline=Decimal(9), stretch=Decimal(1))
OPEN_FALLING = Count(target=Decimal(5), stretch=Decimal(3))
"""Its beginning is not known; the stretch below the target says that less is better."""
EIGHTY = Percent(target=Decimal(80), baseline=Decimal(62))
AT_LEAST = Threshold(target=Decimal(30), bound=Bound.AT_LEAST, unit="%")
AT_MOST = Threshold(target=Decimal(3), bound=Bound.AT_MOST, unit="h")
REVENUE = Currency(target=Decimal(12000), baseline=Decimal(1200), unit="EUR")


def key_result(metric: Metric) -> KeyResult:
    return KeyResult(id="kr", mentorship="m", objective="o", ref="1.1", title="Visits", metric=metric)


def readings(*values: str, approximate: bool = False) -> tuple[Reading, ...]:
    return tuple(
        Reading(
            id=str(day),
            mentorship="m",
            key_result="kr",
            at=datetime(2026, 3, day, tzinfo=UTC),
            source=Source(kind=SourceKind.MAIL),
            value=Decimal(value),
            approximate=approximate,
        )
        for day, value in enumerate(values, start=1)
    )


@pytest.mark.parametrize(
    ("metric", "values", "shown"),
    [
        (SIX, ("3",), "Visits: 3 of 6, began at 1 (KR 1.1)"),
        (SIX, (), "Visits: from 1 to 6, no number yet (KR 1.1)"),
        (Count(target=Decimal(6)), (), "Visits: goal 6, no number yet (KR 1.1)"),
        (Count(target=Decimal(6)), ("2", "4"), "Visits: 4 of 6, began at 2 (KR 1.1)"),
        (EIGHTY, ("68",), "Visits: 68\u00a0% of 80\u00a0%, began at 62\u00a0% (KR 1.1)"),
        (Milestone(), ("40",), "Visits: 40\u00a0%, began at 0\u00a0% (KR 1.1)"),
        (Milestone(), ("100",), "Visits: done (KR 1.1)"),
        (Milestone(), (), "Visits: no number yet (KR 1.1)"),
        (AT_LEAST, ("18",), "Visits: 18\u00a0%, goal at least 30\u00a0% (KR 1.1)"),
        (AT_MOST, ("4.5",), "Visits: 4.5\u00a0h, goal at most 3\u00a0h (KR 1.1)"),
        (AT_MOST, (), "Visits: goal at most 3\u00a0h, no number yet (KR 1.1)"),
        (REVENUE, ("1500",), "Visits: 1,500\u00a0€ of 12,000\u00a0€, began at 1,200\u00a0€ (KR 1.1)"),
        (PercentIncrease(target=Decimal(8), baseline=Decimal(4)), ("5",), "Visits: 5 of 8, began at 4 (KR 1.1)"),
        (MomGrowth(target=Decimal(10)), ("12",), "Visits: 12\u00a0%, goal 10\u00a0% more a month (KR 1.1)"),
    ],
)
def test_a_key_result_is_shown_with_its_target_and_its_start(
    metric: Metric, values: tuple[str, ...], shown: str
) -> None:
    line = display_key_result(key_result(metric), summarise(readings(*values)), WORDS)

    assert (line.display, line.ref, line.key_result) == (shown, "1.1", "kr")


def test_a_round_number_is_shown_as_one() -> None:
    line = display_key_result(key_result(SIX), summarise(readings("3", approximate=True)), WORDS)

    assert line.display == "Visits: about 3 of 6, began at 1 (KR 1.1)"


@pytest.mark.parametrize(
    ("metric", "before", "after", "shown", "remark"),
    [
        (SIX, "3", "4", "Visits: 3 → 4 of 6 (KR 1.1)", Remark.NONE),
        (SIX, None, "4", "Visits: 4, the first number (KR 1.1)", Remark.NONE),
        (SIX, "4", "4", "Visits: 4, as before (KR 1.1)", Remark.NONE),
        (SIX, "5", "6", "Visits: 5 → 6 of 6 (KR 1.1)", Remark.REACHED),
        (SIX, "5", "7", "Visits: 5 → 7, target 6 (KR 1.1)", Remark.PAST),
        (SIX, "7", "8", "Visits: 7 → 8 of 6 (KR 1.1)", Remark.NONE),
        (STRETCHED, "5", "7", "Visits: 5 → 7, target 6, stretch 8 (KR 1.1)", Remark.PAST),
        (STRETCHED, "5", "9", "Visits: 5 → 9, past the stretch of 8 (KR 1.1)", Remark.PAST),
        (SIX, "4", "3", "Visits: 4 → 3 of 6, down from last time (KR 1.1)", Remark.BACK),
        (FALLING, "5", "4", "Visits: 5 → 4 of 2 (KR 1.1)", Remark.NONE),
        (FALLING, "4", "5", "Visits: 4 → 5 of 2, up from last time (KR 1.1)", Remark.BACK),
        (OPEN_FALLING, "7", "6", "Visits: 7 → 6 of 5 (KR 1.1)", Remark.NONE),
        (OPEN_FALLING, "6", "7", "Visits: 6 → 7 of 5, up from last time (KR 1.1)", Remark.BACK),
        (OPEN_FALLING, "6", "5", "Visits: 6 → 5 of 5 (KR 1.1)", Remark.REACHED),
        (FALLING, "4", "0", "Visits: 4 → 0, past the stretch of 1 (KR 1.1)", Remark.PAST),
        (AT_LEAST, "18", "33", "Visits: 18\u00a0% → 33\u00a0%, goal at least 30\u00a0% (KR 1.1)", Remark.REACHED),
        (AT_MOST, "4", "2", "Visits: 4\u00a0h → 2\u00a0h, goal at most 3\u00a0h (KR 1.1)", Remark.REACHED),
        (
            AT_MOST,
            "2",
            "4",
            "Visits: 2\u00a0h → 4\u00a0h, goal at most 3\u00a0h, up from last time (KR 1.1)",
            Remark.BACK,
        ),
        (Milestone(), "40", "60", "Visits: 40\u00a0% → 60\u00a0% (KR 1.1)", Remark.NONE),
        (Milestone(), "60", "100", "Visits: 60\u00a0% → done (KR 1.1)", Remark.REACHED),
    ],
)
def test_a_change_says_old_and_new_and_what_is_worth_saying(
    metric: Metric, before: str | None, after: str, shown: str, remark: Remark
) -> None:
    line = changed_line(key_result(metric), None if before is None else Decimal(before), Decimal(after), WORDS)

    assert (line.text, line.remark) == (shown, remark)


def test_an_undo_says_what_counts_now() -> None:
    kr = key_result(SIX)

    assert restored_line(kr, Decimal(3), WORDS).text == "Visits: 3 again (KR 1.1)"
    assert restored_line(kr, None, WORDS).text == "Visits: no number again (KR 1.1)"


@pytest.mark.parametrize(
    ("heard", "said", "shown"),
    [
        (Heard.NOTED, "two of them were rude", 'Visits: noted, "two of them were rude" (KR 1.1)'),
        (Heard.BLOCKED, "the printer", 'Visits: blocked, "the printer" (KR 1.1)'),
        (Heard.BLOCKED, "", "Visits: blocked (KR 1.1)"),
        (Heard.CONFIDENCE, "7", "Visits: confidence 7 of 10 (KR 1.1)"),
        (Heard.ON_TRACK, "", "Visits: on track (KR 1.1)"),
        (Heard.AT_RISK, "", "Visits: at risk (KR 1.1)"),
        (Heard.OFF_TRACK, "", "Visits: off track (KR 1.1)"),
    ],
)
def test_what_is_no_value_is_said_in_the_persons_words(heard: Heard, said: str, shown: str) -> None:
    assert heard_line(key_result(SIX), heard, said, WORDS).text == shown


def test_a_title_full_of_braces_is_only_a_title() -> None:
    kr = KeyResult(id="kr", mentorship="m", objective="o", ref="1.1", title="{value} {0} {x.y}", metric=SIX)

    assert changed_line(kr, Decimal(1), Decimal(2), WORDS).text == "{value} {0} {x.y}: 1 → 2 of 6 (KR 1.1)"
