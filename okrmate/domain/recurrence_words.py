"""How often talks repeat, in plain words: “2 weeks”, “month on the first tuesday”; from words to a rule and back.

English and German, as the moments that a person types. A month without a day means the same weekday of it (the second
Thursday), so that no talk falls on a weekend and no month is left out.
"""

import re
from datetime import datetime
from typing import Final

from okrmate.domain.errors import Refusal
from okrmate.domain.moments import WEEKDAYS
from okrmate.domain.recurrence import checked

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLACES: Final = {
    1: ("first", "1st", "ersten"),
    2: ("second", "2nd", "zweiten"),
    3: ("third", "3rd", "dritten"),
    4: ("fourth", "4th", "vierten"),
    -1: ("last", "letzten"),
}
_NUMBERS: Final = {
    1: ("one", "jede", "jeden"),
    2: ("two", "other", "second", "zwei", "zweite", "zweiten"),
    3: ("three", "third", "drei", "dritte", "dritten"),
    4: ("four", "fourth", "vier", "vierte", "vierten"),
    6: ("six", "sechs"),
}
_UNITS: Final = {
    "DAILY": ("day", "days", "daily", "tag", "tage", "täglich"),
    "WEEKLY": ("week", "weeks", "weekly", "woche", "wochen", "wöchentlich"),
    "MONTHLY": ("month", "months", "monthly", "monat", "monate", "monatlich"),
}
_SHOWN: Final = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month"}
_ENDS: Final = re.compile(
    r",? (?:until |bis )(?P<until>\d{4}-\d\d-\d\d)$|,? (?P<times>\d{1,4}) (?:times|mal)$", re.ASCII
)
_EXAMPLES = "“2 weeks”, “week on tuesday”, “month on the first tuesday” or “FREQ=WEEKLY;INTERVAL=2”"
_WEEKS_IN_A_MONTH = 5


def rule_of(words: str, starts: datetime, zone: str) -> str | Refusal:
    """The rule that somebody means by `words` for talks from `starts` (wall time in `zone`), or why there is none."""
    if "=" in words:
        return checked(words, starts, zone)
    phrase = re.sub(r"^(?:every|each|alle)\s+", "", " ".join(words.casefold().split()))
    ends = _ENDS.search(phrase)
    phrase = phrase[: ends.start()] if ends else phrase
    often, _, day = re.sub(r"\s(?:on|am|an jedem)(?:\s(?:the|a))?\s", " @ ", f" {phrase} ").partition("@")
    found = _rule(often.split(), day.split(), starts)
    if not found:
        return Refusal(name="not_understood", sentence=f"“{words}” is not how often talks repeat: write {_EXAMPLES}.")
    return checked(found + _end(ends), starts, zone)


def in_words(rule: str) -> str:
    """What a checked rule says, as `rule_of` would read it again; the rule itself where plain words are too few."""
    parts = dict(part.split("=") for part in rule.split(";"))
    unit, interval = _SHOWN.get(parts.pop("FREQ"), ""), parts.pop("INTERVAL", "1")
    count, until = parts.pop("COUNT", ""), parts.pop("UNTIL", "")
    parts.pop("WKST", "")
    days = _days_in_words(parts.pop("BYDAY", ""), monthly=unit == "month")
    if parts or not unit or days is None:
        return f"by {rule}"
    ends = f", {count} times" if count else f", until {until[:4]}-{until[4:6]}-{until[6:8]}" if until else ""
    return f"every {unit if interval == '1' else f'{interval} {unit}s'}{days}{ends}"


def _end(found: re.Match[str] | None) -> str:
    if found is None:
        return ""
    return f";COUNT={int(found['times'])}" if found["times"] else f";UNTIL={found['until'].replace('-', '')}"


def _rule(often: list[str], day: list[str], starts: datetime) -> str:
    """The rule of “2 weeks” and “tuesday”; empty where either is not understood."""
    if not day and _monthly(often):
        return _rule(["month"], often, starts)
    unit = next((unit for unit, names in _UNITS.items() if often and often[-1] in names), "")
    if not unit:
        return _rule(["week"], often, starts) if often and not day else ""
    interval = _interval(often[:-1])
    if not interval:
        return ""
    match unit:
        case "WEEKLY":
            by = _weekly(day) if day else DAYS[starts.weekday()]
        case "MONTHLY":
            by = _monthly(day) if day else _same_weekday(starts)
        case _:
            return "" if day else f"FREQ=DAILY;INTERVAL={interval}"
    return f"FREQ={unit};INTERVAL={interval};BYDAY={by}" if by else ""


def _interval(words: list[str]) -> int:
    if not words:
        return 1
    if len(words) > 1:
        return 0
    if words[0].isascii() and words[0].isdecimal():
        return int(words[0])
    return next((number for number, names in _NUMBERS.items() if words[0] in names), 0)


def _weekly(words: list[str]) -> str:
    days = [_day(word.strip(",")) for word in words if word not in ("and", "und", "&", ",")]
    return ",".join(days) if all(days) else ""


def _monthly(words: list[str]) -> str:
    """“first tuesday”, with or without “of the month” behind it."""
    said = " ".join(words).removeprefix("the ")
    place, _, day = re.sub(r" (?:of (?:the |each |every )?month|im monat)$", "", said).partition(" ")
    number = next((number for number, names in _PLACES.items() if place in names), 0)
    return f"{number}{_day(day)}" if number and _day(day) else ""


def _day(word: str) -> str:
    singular = word if word in ("tues", "weds", "thurs") else word.removesuffix("s")
    return next((day for day, names in zip(DAYS, WEEKDAYS, strict=True) if singular.rstrip(".") in names), "")


def _same_weekday(starts: datetime) -> str:
    week = (starts.day - 1) // 7 + 1
    return f"{-1 if week == _WEEKS_IN_A_MONTH else week}{DAYS[starts.weekday()]}"


def _days_in_words(by: str, *, monthly: bool) -> str | None:
    """“ on Tuesday”, “ on the first Tuesday”; None where it takes more words than these."""
    if not by:
        return ""
    days = by.split(",")
    if not monthly:
        named = [_NAMES[DAYS.index(day)] for day in days if day in DAYS]
        return f" on {' and '.join(named)}" if len(named) == len(days) else None
    place = by[:-2].removeprefix("+")
    known = {str(number): names[0] for number, names in _PLACES.items()}
    return f" on the {known[place]} {_NAMES[DAYS.index(by[-2:])]}" if len(days) == 1 and place in known else None
