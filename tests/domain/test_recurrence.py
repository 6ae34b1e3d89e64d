"""Rules by which talks repeat: read from plain words or a calendar, told in words again, and bounded."""

from datetime import datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.errors import Refusal
from okrmate.domain.recurrence import checked, times
from okrmate.domain.recurrence_words import DAYS, in_words, rule_of

THURSDAY = datetime(2026, 3, 12, 15, 0)  # noqa: DTZ001 - wall time
MADRID = "Europe/Madrid"


@pytest.mark.parametrize(
    ("words", "said", "days"),
    [
        ("2 weeks", "every 2 weeks on Thursday", "26 Mar, 09 Apr, 23 Apr"),
        ("Every other week", "every 2 weeks on Thursday", "26 Mar, 09 Apr, 23 Apr"),
        ("weekly, 3 times", "every week on Thursday, 3 times", "19 Mar, 26 Mar"),
        ("week until 2026-03-26", "every week on Thursday, until 2026-03-26", "19 Mar, 26 Mar"),
        ("tuesdays and thursdays", "every week on Tuesday and Thursday", "17 Mar, 19 Mar, 24 Mar"),
        ("month", "every month on the second Thursday", "09 Apr, 14 May, 11 Jun"),
        ("month on the first tuesday", "every month on the first Tuesday", "07 Apr, 05 May, 02 Jun"),
        ("the last friday of the month", "every month on the last Friday", "27 Mar, 24 Apr, 29 May"),
        ("alle zwei Wochen am Dienstag", "every 2 weeks on Tuesday", "24 Mar, 07 Apr, 21 Apr"),
        ("FREQ=WEEKLY;UNTIL=20260326T150000Z", "every week, until 2026-03-26", "19 Mar, 26 Mar"),
        ("rrule:freq=monthly;byday=tu;bysetpos=1", "by FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1", "07 Apr, 05 May, 02 Jun"),
    ],
)
def test_plain_words_and_rules_name_the_days_of_talks(words: str, said: str, days: str) -> None:
    rule = rule_of(words, THURSDAY, MADRID)

    assert isinstance(rule, str)
    assert in_words(rule) == said
    assert ", ".join(f"{wall:%d %b}" for wall in islice(times(rule, THURSDAY, THURSDAY), 3)) == days
    assert all(wall.time() == THURSDAY.time() for wall in islice(times(rule, THURSDAY, THURSDAY), 3))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("now and then", "not how often"),
        ("0 weeks", "not how often"),
        ("month on the fifth tuesday", "not how often"),
        ("FREQ=HOURLY", "cannot repeat by"),
        ("FREQ=WEEKLY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "BYMONTH=2"),
        ("FREQ=WEEKLY;COUNT=2;UNTIL=20270101", "cannot repeat by"),
        ("FREQ=WEEKLY;UNTIL=20261340", "no such date"),
        ("FREQ=WEEKLY;UNTIL=20200101", "No talk ever falls"),
        ("FREQ=WEEKLY;FREQ=DAILY", "cannot repeat by"),
    ],
)
def test_what_is_no_rule_for_talks_is_refused_by_a_sentence(words: str, said: str) -> None:
    found = rule_of(words, THURSDAY, MADRID)

    assert isinstance(found, Refusal)
    assert said in found.sentence


@given(
    often=st.sampled_from(("DAILY", "WEEKLY", "MONTHLY")),
    interval=st.integers(1, 12),
    place=st.sampled_from((1, 2, 3, 4, -1)),
    day=st.sampled_from(DAYS),
    end=st.sampled_from(("", ";COUNT=5", ";UNTIL=20290101T235959")),
    starts=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)),  # noqa: DTZ001 - wall times
)
def test_what_a_rule_is_said_to_be_is_read_as_the_same_rule(
    often: str, interval: int, place: int, day: str, end: str, starts: datetime
) -> None:
    by = {"DAILY": "", "WEEKLY": f";BYDAY={day}", "MONTHLY": f";BYDAY={place}{day}"}[often]
    rule = checked(f"FREQ={often};INTERVAL={interval}{by}{end}", starts, MADRID)

    if isinstance(rule, str):  # an end may lie before the first day the rule names
        assert rule_of(in_words(rule), starts, MADRID) == rule
        found = list(islice(times(rule, starts, starts + timedelta(days=40)), 5))
        assert found == sorted(set(found))
        assert all(wall > starts + timedelta(days=40) for wall in found)
