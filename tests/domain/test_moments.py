"""Moments and dates as people type them, in English and German."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.errors import Refusal
from okrmate.domain.moments import MONTHS, WEEKDAYS, parse_date, parse_moment

BERLIN = "Europe/Berlin"
NOW = datetime(2026, 3, 12, 13, 0, tzinfo=UTC)  # a Thursday, 14:00 in Berlin


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-12T15:00:00Z", "2026-03-12 15:00"),
        ("2026-03-12t15:00:00z", "2026-03-12 15:00"),
        ("2026-03-12T15:00:30.5-05:00", "2026-03-12 20:00:30.500000"),
        ("2026-03-12 15:00+05:45", "2026-03-12 09:15"),
        ("2026-03-12 15:00", "2026-03-12 14:00"),
        ("2026-03-12T15:00", "2026-03-12 14:00"),
        ("thu 15:00", "2026-03-12 14:00"),
        ("Thu 14:00", "2026-03-19 13:00"),  # this very minute is not in the future
        ("thu 9:00", "2026-03-19 08:00"),
        ("Do. 15:00", "2026-03-12 14:00"),
        ("donnerstag, 15:00 Uhr", "2026-03-12 14:00"),
        ("Mittwoch um 9 Uhr", "2026-03-18 08:00"),
        ("wednesday at 3pm", "2026-03-18 14:00"),
        ("fri 12:30 am", "2026-03-12 23:30"),
        ("fri 12 pm", "2026-03-13 11:00"),
        ("tomorrow 10:00", "2026-03-13 09:00"),
        ("morgen 10:00", "2026-03-13 09:00"),
        ("übermorgen 10:00", "2026-03-14 09:00"),
        ("ÜBERMORGEN  10:00", "2026-03-14 09:00"),
        ("today 18:00", "2026-03-12 17:00"),
        ("heute 8:00", "2026-03-12 07:00"),  # taken at its word, though it has passed
        ("12.3. 15:00", "2026-03-12 14:00"),
        ("12.3. 13:00", "2027-03-12 12:00"),
        ("12. 3. 2025 15:00", "2025-03-12 14:00"),
        ("01.04.26 15:00", "2026-04-01 13:00"),
        ("29.2. 12:00", "2028-02-29 11:00"),
        ("thu 12 mar 15:00", "2026-03-12 14:00"),  # as the program writes it
        ("Thu 19 Nov 2026 15:00", "2026-11-19 14:00"),
        ("12 march 13:00", "2027-03-12 12:00"),
        ("26 Oct 15:00", "2026-10-26 14:00"),
        ("26. August um 9 Uhr", "2026-08-26 07:00"),
        ("Donnerstag, 19. März 9:00", "2026-03-19 08:00"),
        ("June 30th, 2027 3pm", "2027-06-30 13:00"),
        ("+3d 15:00", "2026-03-15 14:00"),
        ("+2w 15:00", "2026-03-26 14:00"),
        ("+18d 15:00", "2026-03-30 13:00"),  # over the beginning of summer time, still 15:00
        ("29.3. 02:30", "2026-03-29 01:30"),  # skipped by summer time: moves forward
    ],
)
def test_a_moment_is_read_on_the_clock_of_the_person(text: str, moment: str) -> None:
    assert parse_moment(text, BERLIN, NOW) == utc(moment)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-12", date(2026, 3, 12)),
        ("12.3.", date(2027, 3, 12)),
        ("2 weeks", date(2026, 3, 26)),
        ("in 10 days", date(2026, 3, 22)),
        ("1 Woche", date(2026, 3, 19)),
        ("13.3", date(2026, 3, 13)),
        ("1.4.2026", date(2026, 4, 1)),
        ("thu", date(2026, 3, 19)),
        ("Freitag", date(2026, 3, 13)),
        ("30 june", date(2026, 6, 30)),
        ("Feb 29", date(2028, 2, 29)),
        ("heute", date(2026, 3, 12)),
        ("+7t", date(2026, 3, 19)),
        (" Sun. ", date(2026, 3, 15)),
    ],
)
def test_a_date_is_read_on_the_calendar_of_the_person(text: str, day: date) -> None:
    assert parse_date(text, BERLIN, NOW) == day


def test_today_is_where_the_person_is() -> None:
    assert parse_date("today", "Pacific/Chatham", NOW) == date(2026, 3, 13)
    assert parse_moment("tomorrow 9:00", "Pacific/Chatham", NOW) == utc("2026-03-13 19:15")


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("", "not_understood", "thu 15:00"),
        ("soon", "not_understood", '"soon"'),
        ("soon 15:00", "not_understood", "soon 15:00"),
        ("thu", "no_time", "thu 15:00"),
        ("12.3.", "no_time", "12.3. 15:00"),
        ("15:00", "no_day", "tomorrow 15:00"),
        ("thu 25:00", "not_understood", "25:00"),
        ("thu 13pm", "not_understood", "13pm"),
        ("thu 15", "not_understood", "thu 15"),
        ("31.2. 15:00", "no_such_date", "31.2."),
        ("31 june 15:00", "no_such_date", "31 june"),
        ("30 juno 15:00", "not_understood", "30 juno"),
        ("the 30 june 15:00", "not_understood", "the 30"),
        ("fri 12 mar 15:00", "other_weekday", "2026-03-12 is a Thursday"),
        ("12 mar", "no_time", "12 mar 15:00"),
        ("2026-02-30 15:00", "no_such_date", "2026-02-30"),
        ("2026-02-30T15:00Z", "no_such_date", "2026-02-30"),
        ("2026-03-12T15:00+25:00", "no_such_date", "+25:00"),
        ("0000-01-01 15:00", "no_such_date", "0000"),
        ("0001-01-01T00:00+01:00", "no_such_date", "0001"),
        ("0001-01-01 00:00", "too_far", "ten years"),
        ("9999-12-31 23:59", "too_far", "ten years"),
        ("9999-12-31T23:59Z", "too_far", "ten years"),
        ("+9999w 15:00", "too_far", "ten years"),
        ("x" * 500, "not_understood", "…"),
    ],
)
def test_what_is_no_moment_is_refused_by_a_sentence(text: str, name: str, words: str) -> None:
    refusal = parse_moment(text, "America/New_York", NOW)
    assert isinstance(refusal, Refusal)
    assert refusal.name == name
    assert words in refusal.sentence
    assert len(refusal.sentence) < 160


@pytest.mark.parametrize(("text", "name"), [("soon", "not_understood"), ("30.2.", "no_such_date"), ("15:00", None)])
def test_what_is_no_date_is_refused_by_a_sentence(text: str, name: str | None) -> None:
    refusal = parse_date(text, BERLIN, NOW)
    assert isinstance(refusal, Refusal)
    assert refusal.name == (name or "not_understood")


def test_no_name_means_two_days_or_months() -> None:
    names = [name for names in (*WEEKDAYS, *MONTHS) for name in names]
    assert len(names) == len(set(names))


@given(
    st.sampled_from([(number, name) for number, names in enumerate(WEEKDAYS) for name in names]),
    st.times(),
    st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2028, 1, 1)),  # noqa: DTZ001 -- hypothesis adds it
    st.sampled_from((BERLIN, "Pacific/Chatham", "America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe")),
)
def test_a_weekday_is_the_next_one_strictly_in_the_future(
    weekday: tuple[int, str], clock: time, naive_now: datetime, zone: str
) -> None:
    now = naive_now.replace(tzinfo=UTC)
    moment = parse_moment(f"{weekday[1]} {clock:%H:%M}", zone, now)
    assert isinstance(moment, datetime)
    assert now < moment <= now + timedelta(days=7, hours=2)
    local = moment.astimezone(ZoneInfo(zone))
    if (local.hour, local.minute) == (clock.hour, clock.minute):  # else summer time has skipped it
        assert local.weekday() == weekday[0]


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_crashes(text: str) -> None:
    assert isinstance(parse_moment(text, BERLIN, NOW), datetime | Refusal)
    assert isinstance(parse_date(text, BERLIN, NOW), date | Refusal)


@given(st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2030, 1, 1)))  # noqa: DTZ001 -- made aware below
def test_what_is_printed_as_rfc_3339_is_read_back(naive: datetime) -> None:
    moment = naive.replace(tzinfo=UTC)
    assert parse_moment(moment.isoformat(), BERLIN, NOW) == moment
