"""When letters are due, in zones with half and quarter hours and over both changes of the clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.meetings import Meeting
from okrmate.domain.people import DaysOff
from okrmate.domain.rhythm import (
    QuietHours,
    agenda_deadline,
    agenda_due,
    agenda_useful_until,
    at_local,
    exchange_due_at_latest,
    form_due,
    form_useful_until,
    is_quiet,
    reminder_due,
    short_notice,
    waking,
)
from tests.builders import a_meeting

ZONES = (
    "Africa/Casablanca",
    "America/New_York",
    "America/Santiago",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Pacific/Apia",
    "Pacific/Chatham",
    "UTC",
)
BERLIN = "Europe/Berlin"
MINUTE = timedelta(minutes=1)
zones = st.sampled_from(ZONES)
# Minutes from 2024 to 2028 hold nine changes of the clock in each zone that has them.
moments = st.integers(0, 4 * 366 * 24 * 60).map(lambda minutes: datetime(2024, 1, 1, tzinfo=UTC) + minutes * MINUTE)
lengths = st.integers(5, 240)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def talk(starts: str, zone: str = BERLIN, minutes: int = 60) -> Meeting:
    return a_meeting(starts=wall(starts), zone=zone, minutes=minutes)


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    """Talks at any wall time, also one that a change of the clock skips or repeats, agreed on in any zone."""
    return a_meeting(starts=draw(moments).replace(tzinfo=None), zone=draw(zones), minutes=draw(lengths))


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        ("2026-03-12 15:00", "2026-03-09 08:00"),  # Thursday: Monday
        ("2026-03-17 15:00", "2026-03-13 08:00"),  # Tuesday: Saturday, so Friday
        ("2026-03-18 15:00", "2026-03-13 08:00"),  # Wednesday: Sunday, so Friday
        ("2026-03-16 15:00", "2026-03-13 08:00"),  # Monday: Friday itself
        ("2026-03-31 15:00", "2026-03-27 08:00"),  # summer time begins in between: still 09:00 of that day
        ("2026-03-13 00:15", "2026-03-10 08:00"),  # by the calendar, not 72 hours
    ],
)
def test_an_agenda_leaves_three_days_before_the_meeting_or_the_friday_before(starts: str, due: str) -> None:
    assert agenda_due(talk(starts), BERLIN) == utc(due)


def test_the_three_days_are_counted_on_the_calendar_of_the_protege() -> None:
    meeting = talk("2026-03-12 20:00", "America/New_York")  # already Friday, 13 March, in Kathmandu
    assert agenda_due(meeting, "Asia/Kathmandu") == utc("2026-03-10 03:15")
    assert agenda_due(meeting, "America/New_York") == utc("2026-03-09 13:00")


def test_an_agenda_is_useful_until_two_hours_before_the_talk() -> None:
    assert agenda_useful_until(talk("2026-03-12 15:00")) == utc("2026-03-12 12:00")


@pytest.mark.parametrize(
    ("starts", "due"),
    [
        ("2026-03-12 15:00", "2026-03-12 16:00"),
        ("2026-03-12 18:00", "2026-03-13 06:30"),  # 20:00 itself is quiet
        ("2026-03-12 17:59", "2026-03-12 18:59"),
        ("2026-03-12 22:30", "2026-03-13 06:30"),  # past midnight: the same morning
        ("2026-03-28 21:00", "2026-03-29 05:30"),  # the night summer time begins
    ],
)
def test_a_form_leaves_an_hour_after_the_end_in_waking_hours(starts: str, due: str) -> None:
    assert form_due(talk(starts), BERLIN) == utc(due)


def test_the_form_asks_for_seven_days_and_reminds_once_after_two() -> None:
    meeting = talk("2026-03-12 15:00")
    assert reminder_due(form_due(meeting, BERLIN), BERLIN) == utc("2026-03-14 16:00")
    assert reminder_due(utc("2026-03-13 20:00"), BERLIN) == utc("2026-03-16 06:30")  # it counts from when it left
    assert form_useful_until(meeting, BERLIN) == utc("2026-03-19 16:00")


def test_the_exchange_leaves_five_days_after_the_end_at_the_latest() -> None:
    assert exchange_due_at_latest(talk("2026-03-12 15:00"), BERLIN) == utc("2026-03-17 15:00")
    assert exchange_due_at_latest(talk("2026-03-12 20:00"), BERLIN) == utc("2026-03-18 06:30")


@pytest.mark.parametrize(
    ("now", "short"),
    [
        ("2026-03-13 08:00", False),
        ("2026-03-14 12:00", False),  # the Saturday after its Friday: still three days ahead
        ("2026-03-15 08:01", False),  # the loop looks in steps
        ("2026-03-15 08:02", True),
        ("2026-03-17 08:00", True),
    ],
)
def test_short_notice_is_what_leaves_after_nine_o_clock_three_days_before(now: str, short: bool) -> None:
    assert short_notice(talk("2026-03-18 15:00"), BERLIN, utc(now)) is short


def test_a_wall_time_that_is_skipped_moves_forward_and_one_that_happens_twice_is_the_first() -> None:
    assert at_local(date(2026, 3, 29), time(2, 30), BERLIN) == utc("2026-03-29 01:30")
    assert at_local(date(2026, 10, 25), time(2, 30), BERLIN) == utc("2026-10-25 00:30")
    assert at_local(date(2026, 10, 25), time(2, 30, fold=1), BERLIN) == utc("2026-10-25 00:30")
    assert at_local(date(2011, 12, 30), time(9), "Pacific/Apia") == utc("2011-12-30 19:00")  # a day that was left out


def test_quiet_hours_may_lie_within_a_day_or_not_be_at_all() -> None:
    siesta, none = QuietHours(begins=time(13), ends=time(15)), QuietHours(begins=time(0), ends=time(0))
    assert waking(utc("2026-03-12 13:00"), "UTC", siesta) == utc("2026-03-12 15:00")
    assert waking(utc("2026-03-12 15:00"), "UTC", siesta) == utc("2026-03-12 15:00")
    assert waking(utc("2026-03-12 23:00"), "UTC", siesta) == utc("2026-03-12 23:00")
    assert waking(utc("2026-03-12 00:00"), "UTC", none) == utc("2026-03-12 00:00")


@given(meetings(), zones)
def test_no_agenda_is_due_later_than_nine_o_clock_three_days_before(meeting: Meeting, zone: str) -> None:
    due = agenda_due(meeting, zone)
    local = due.astimezone(ZoneInfo(zone))
    talk_day = meeting.begins_at.astimezone(ZoneInfo(zone)).date()
    assert local.time() == time(9)
    assert local.weekday() < 5
    assert 3 <= (talk_day - local.date()).days <= 5
    assert due <= agenda_deadline(meeting, zone) < agenda_useful_until(meeting)
    assert not short_notice(meeting, zone, due)
    assert not is_quiet(due, zone)


@given(meetings(), zones, st.lists(st.tuples(st.integers(-3, 30), st.integers(0, 12)), max_size=4))
def test_days_off_shift_an_agenda_earlier_past_days_off_and_weekends_only(
    meeting: Meeting, zone: str, spans: list[tuple[int, int]]
) -> None:
    usual = agenda_due(meeting, zone).astimezone(ZoneInfo(zone)).date()
    starts = [(usual - timedelta(days=before), length) for before, length in spans]
    off = [DaysOff(first=first, last=first + timedelta(days=length)) for first, length in starts]
    due = agenda_due(meeting, zone, off)
    local = due.astimezone(ZoneInfo(zone))

    assert local.time() == time(9)
    assert due <= agenda_due(meeting, zone)
    passed = [local.date() + timedelta(days=number) for number in range((usual - local.date()).days + 1)]
    free = [day for day in passed if day.weekday() < 5 and not any(each.holds(day) for each in off)]
    assert free == [local.date()]


@given(meetings(), zones)
def test_no_form_reminder_or_exchange_falls_into_quiet_hours_or_before_the_end(meeting: Meeting, zone: str) -> None:
    form = form_due(meeting, zone)
    reminder = reminder_due(form, zone)
    exchange = exchange_due_at_latest(meeting, zone)
    assert not any(is_quiet(moment, zone) for moment in (form, reminder, exchange))
    assert meeting.ends_at + timedelta(hours=1) <= form <= meeting.ends_at + timedelta(hours=14)
    assert form + timedelta(days=2) <= reminder < form_useful_until(meeting, zone)
    assert meeting.ends_at + timedelta(days=5) <= exchange <= meeting.ends_at + timedelta(days=6)
    assert {moment.tzinfo for moment in (form, reminder, exchange, agenda_due(meeting, zone))} == {UTC}


@given(moments, moments, lengths, zones, zones)
def test_a_later_talk_never_has_an_earlier_letter(
    one: datetime, other: datetime, minutes: int, zone: str, agreed_in: str
) -> None:
    earlier, later = (
        a_meeting(starts=moment.astimezone(ZoneInfo(agreed_in)).replace(tzinfo=None), zone=agreed_in, minutes=minutes)
        for moment in sorted((one, other))
    )
    if earlier.begins_at > later.begins_at:  # the second pass of an hour that happens twice is read as the first
        earlier, later = later, earlier
    assert agenda_due(earlier, zone) <= agenda_due(later, zone)
    for due in (form_due, form_useful_until, exchange_due_at_latest):
        assert due(earlier, zone) <= due(later, zone)


@given(moments, zones)
def test_waking_waits_for_the_next_morning_and_never_longer(moment: datetime, zone: str) -> None:
    awake = waking(moment, zone)
    assert moment <= awake <= moment + timedelta(hours=13)
    assert waking(awake, zone) == awake
    assert (awake == moment) is not is_quiet(moment, zone)
    if awake != moment:
        assert awake.astimezone(ZoneInfo(zone)).time() == time(7, 30)
