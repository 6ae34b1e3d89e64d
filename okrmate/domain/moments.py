"""The moments and dates a person types: `thu 15:00`, `tomorrow 10:00`, `12 mar 15:00`, `+3d`, `2 weeks`, RFC 3339.

English and German, always on the clock of the person meant. What is not understood is a refusal that says what
could be written instead; nothing is guessed, so a day without a time is asked about.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from okrmate.domain.errors import Refusal
from okrmate.domain.rhythm import at_local

WEEKDAYS: Final = (
    ("mon", "monday", "mo", "montag"),
    ("tue", "tues", "tuesday", "di", "dienstag"),
    ("wed", "weds", "wednesday", "mi", "mittwoch"),
    ("thu", "thur", "thurs", "thursday", "do", "donnerstag"),
    ("fri", "friday", "fr", "freitag"),
    ("sat", "saturday", "sa", "samstag", "sonnabend"),
    ("sun", "sunday", "so", "sonntag"),
)
"""Monday first, as `date.weekday` counts; no name stands for two days in the two languages."""
MONTHS: Final = (
    ("jan", "january", "januar", "jänner"),
    ("feb", "february", "februar"),
    ("mar", "march", "mär", "märz"),
    ("apr", "april"),
    ("may", "mai"),
    ("jun", "june", "juni"),
    ("jul", "july", "juli"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october", "okt", "oktober"),
    ("nov", "november"),
    ("dec", "december", "dez", "dezember"),
)
"""January first; also the short names with which the program itself writes dates."""
NAMED_DAYS: Final = {"today": 0, "heute": 0, "tomorrow": 1, "morgen": 1, "übermorgen": 2}
FARTHEST = timedelta(days=3653)
"""Ten years: beyond it a year is more likely mistyped than meant."""

_RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(z|[+-]\d\d:\d\d)", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)", re.ASCII)
_DOTTED_DAY = re.compile(r"(\d\d?)\.\s?(\d\d?)(?:\.\s?(\d{4}|\d\d)?)?", re.ASCII)
_MONTH = rf"(?P<month>{'|'.join(name for names in MONTHS for name in names)})\.?"
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(name for names in WEEKDAYS for name in names)})[.,]? )?"
_DAY = r"(?P<day>\d\d?)(?:\.|st|nd|rd|th)?"
_YEAR = r"(?:,? (?P<year>\d{4}))?"
_DAY_AND_MONTH = re.compile(f"{_WEEKDAY}{_DAY} ?{_MONTH}{_YEAR}", re.ASCII)
_MONTH_AND_DAY = re.compile(f"{_WEEKDAY}{_MONTH} {_DAY}{_YEAR}", re.ASCII)
_STEP = re.compile(r"\+(\d{1,4})([dwt])|(?:in )?(\d{1,4}) (days?|weeks?|tage?n?|wochen?)", re.ASCII)
_CLOCK = re.compile(r"(\d\d?)(?::(\d\d)(?::00)?)?\s?(am|pm|uhr|h)?", re.ASCII)
_SPLIT = re.compile(r"(.+?)(?:t|,?\s+(?:at\s+|um\s+)?)(\d\d?(?::\d\d(?::00)?)?\s?(?:am|pm|uhr|h)?)", re.ASCII)
_NOON = 12
_QUOTED = 40
_EXAMPLES = '"thu 15:00", "tomorrow 10:00", "12 mar 15:00", "+3d 15:00" or "2026-03-12 15:00"'
_DAY_EXAMPLES = '"thu", "tomorrow", "12 mar", "+3d" or "2026-03-12"'


def parse_moment(text: str, zone: str, now: datetime) -> datetime | Refusal:
    """The moment (UTC) that `text` names on a clock in `zone` (a known IANA name), or why none was understood.

    A weekday, and a day and month without a year, mean the next such moment strictly in the future. Everything
    else is taken at its word, also where it has passed: whether that may be is for the use case to say. RFC 3339
    section 5.6 is read with its own offset. A time that a change to summer time skips moves forward.
    """
    phrase = _phrase(text)
    if exact := _RFC_3339.fullmatch(phrase):
        return _exact(text, f"{exact[1]}T{exact[2]}{exact[3].upper()}", now)
    split = _SPLIT.fullmatch(phrase)
    clock = _clock(split[2]) if split else None
    if split is None or clock is None:
        return _no_moment(text, phrase, zone, now)
    days = _days(split[1].rstrip(" ,"), now.astimezone(ZoneInfo(zone)).date())
    if isinstance(days, Refusal):
        return days
    if not days:
        return _not_understood(text, _EXAMPLES)
    moments = [at_local(day, clock, zone) for day in days]
    return next((moment for moment in moments if moment > now), moments[-1])


def parse_date(text: str, zone: str, now: datetime) -> date | Refusal:
    """The date that `text` names where somebody in `zone` looks at a calendar `now`, or why none was understood.

    A weekday, and a day and month without a year, mean the next such day after today.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    days = _days(_phrase(text).rstrip(" ,"), today)
    if isinstance(days, Refusal):
        return days
    return next((day for day in days if day > today), days[-1]) if days else _not_understood(text, _DAY_EXAMPLES)


def _days(phrase: str, today: date) -> tuple[date, ...] | Refusal:
    """The days a phrase can mean, nearest first, the first that lies ahead being meant; none where it names no day."""
    if phrase in NAMED_DAYS:
        return (today + timedelta(days=NAMED_DAYS[phrase]),)
    for number, names in enumerate(WEEKDAYS):
        if phrase.rstrip(".") in names:
            nearest = today + timedelta(days=(number - today.weekday()) % 7)
            return (nearest, nearest + timedelta(days=7))
    if step := _STEP.fullmatch(phrase):
        number, unit = int(step[1] or step[3]), step[2] or step[4]
        day = today + timedelta(days=number * (7 if unit.startswith("w") else 1))
        return _near(phrase, (day,), today)
    if iso := _ISO_DAY.fullmatch(phrase):
        return _near(phrase, _existing(int(iso[3]), int(iso[2]), (int(iso[1]),)), today)
    if dotted := _DOTTED_DAY.fullmatch(phrase):
        return _near(phrase, _existing(int(dotted[1]), int(dotted[2]), _years(dotted[3], today)), today)
    if named := _DAY_AND_MONTH.fullmatch(phrase) or _MONTH_AND_DAY.fullmatch(phrase):
        return _named(phrase, named, today)
    return ()


def _named(phrase: str, found: re.Match[str], today: date) -> tuple[date, ...] | Refusal:
    """The days of "26 nov" or "thu 26 nov 2026"; a weekday that belongs to another date is a slip of the pen."""
    month = _place(found["month"], MONTHS) + 1
    days = _near(phrase, _existing(int(found["day"]), month, _years(found["year"], today)), today)
    if isinstance(days, Refusal) or not found["weekday"]:
        return days
    meant = next((day for day in days if day >= today), days[-1])
    if meant.weekday() == _place(found["weekday"], WEEKDAYS):
        return (meant,)
    right = next(name for name in WEEKDAYS[meant.weekday()] if name.endswith("day")).capitalize()
    return Refusal(name="other_weekday", sentence=f'"{_short(phrase)}" is no such day: {meant} is a {right}.')


def _place(name: str, among: tuple[tuple[str, ...], ...]) -> int:
    return next(place for place, names in enumerate(among) if name in names)


def _years(written: str | None, today: date) -> tuple[int, ...]:
    """The year that is written; else nine, which hold a 29 February that lies ahead, also around 2100."""
    return (_year(written),) if written else tuple(range(today.year, today.year + 9))


def _near(phrase: str, days: tuple[date, ...], today: date) -> tuple[date, ...] | Refusal:
    if not days:
        return Refusal(name="no_such_date", sentence=f'There is no such day as "{phrase}".')
    return days if abs(days[0] - today) <= FARTHEST else _too_far(phrase)


def _existing(day: int, month: int, years: tuple[int, ...]) -> tuple[date, ...]:
    return tuple(found for year in years if (found := _date(year, month, day)) is not None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    return int(text) if len(text) > 2 else 2000 + int(text)  # noqa: PLR2004 -- two digits are a year of this century


def _clock(text: str) -> time | None:
    found = _CLOCK.fullmatch(text)
    if found is None or (found[2] is None and found[3] is None):
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half in {"am", "pm"}:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _exact(text: str, written: str, now: datetime) -> datetime | Refusal:
    try:
        moment = datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        return Refusal(name="no_such_date", sentence=f'There is no such moment as "{_short(text)}".')
    return moment if abs(moment - now) <= FARTHEST else _too_far(text)


def _no_moment(text: str, phrase: str, zone: str, now: datetime) -> Refusal:
    if _clock(phrase) is not None:
        return Refusal(name="no_day", sentence=f'"{_short(text)}" names no day: write for example "tomorrow {phrase}".')
    if isinstance(parse_date(text, zone, now), date):
        return Refusal(name="no_time", sentence=f'"{_short(text)}" names no time: write for example "{phrase} 15:00".')
    return _not_understood(text, _EXAMPLES)


def _not_understood(text: str, examples: str) -> Refusal:
    return Refusal(name="not_understood", sentence=f'"{_short(text)}" is not understood: write {examples}.')


def _too_far(text: str) -> Refusal:
    return Refusal(name="too_far", sentence=f'"{_short(text)}" is more than ten years away: is the year right?')


def _phrase(text: str) -> str:
    return " ".join(text.casefold().split())


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _QUOTED else one_line[: _QUOTED - 1] + "…"
