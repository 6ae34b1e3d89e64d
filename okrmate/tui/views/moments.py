"""How moments are told on the screens, on the mentor's clock: the nearer, the shorter."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(days=7)
PLAIN = timedelta(days=300)
"""So far from today nobody wonders which year is meant."""
HOURS = timedelta(days=2)
"""Up to here a distance is told in hours, or less."""
HOUR = timedelta(hours=1)


def when(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`09:14` today, `Fri 09:00` within a week either way, `31 Oct` else, with the year where it is another."""
    at, today = moment.astimezone(zone), now.astimezone(zone).date()
    if at.date() == today:
        return f"{at:%H:%M}"
    if abs(at.date() - today) < WEEK:
        return f"{at:%a %H:%M}"
    return day(moment, now, zone)


def day(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`31 Oct`, with the year where day and month alone could be taken for another one's."""
    at = moment.astimezone(zone)
    year = "" if abs(moment - now) < PLAIN else f" {at.year}"
    return f"{at.day} {at:%b}{year}"


def weekday_and_day(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`Fri 20 Nov`."""
    return f"{moment.astimezone(zone):%a} {day(moment, now, zone)}"


def date_and_time(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`Fri 20 Nov 10:00`."""
    return f"{weekday_and_day(moment, now, zone)} {moment.astimezone(zone):%H:%M}"


def weekday(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """`Today`, `Tue 17`: a day of the next ones."""
    at = moment.astimezone(zone)
    return "Today" if at.date() == now.astimezone(zone).date() else f"{at:%a} {at.day}"


def ahead(moment: datetime, now: datetime) -> str:
    """`in 22 h`, `in 3 d`, `in 5 min`; `now` where it is due."""
    left = moment - now
    return "now" if left <= timedelta() else f"in {span(left)}"


def late(moment: datetime, now: datetime) -> str:
    """`2 d late`."""
    return f"{span(now - moment)} late"


def span(length: timedelta) -> str:
    """`26 d`, `22 h`, `5 min`."""
    if length >= HOURS:
        return f"{length.days} d"
    if length >= HOUR:
        return f"{length // HOUR} h"
    return f"{max(1, length // timedelta(minutes=1))} min"
