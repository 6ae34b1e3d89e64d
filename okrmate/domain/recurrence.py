"""Recurrence rules (RFC 5545 section 3.3.10): which of them talks can repeat by, and the wall times that one names."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from okrmate.domain.errors import Refusal

HORIZON = timedelta(days=5 * 366)
"""A rule that names nothing for so long, such as a 31 February, has come to its end."""
_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_MONTH_DAY = r"-?(?:[1-9]|[12]\d|3[01])"
_NTH_DAYS = rf"(?:[+-]?[1-5])?{_DAY}(?:,(?:[+-]?[1-5])?{_DAY}){{0,6}}"
_ANY = {"INTERVAL": r"[1-9]\d?", "COUNT": r"[1-9]\d{0,3}", "UNTIL": r"\d{8}(?:T\d{6}Z?)?", "WKST": _DAY}
_IN_A_MONTH = {"BYDAY": _NTH_DAYS, "BYMONTHDAY": rf"{_MONTH_DAY}(?:,{_MONTH_DAY}){{0,30}}", "BYSETPOS": "-?[1-5]"}
_TAKEN: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "DAILY": _ANY,
        "WEEKLY": {**_ANY, "BYDAY": f"{_DAY}(?:,{_DAY}){{0,6}}"},
        "MONTHLY": {**_ANY, **_IN_A_MONTH},
        "YEARLY": {**_ANY, **_IN_A_MONTH, "BYMONTH": r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2])){0,11}"},
    }
)
"""What calendars write: how often, at most daily, and which parts then may stand there with which values.

Others, such as a month day of every day, are refused: some name nothing, and are searched for until the year 9999.
"""
_ENDS = ("COUNT", "UNTIL")
_UNREADABLE = "Talks cannot repeat by “{}”; “FREQ=WEEKLY;INTERVAL=2” is a rule they can repeat by."


def checked(rule: str, starts: datetime, zone: str) -> str | Refusal:
    """The rule as it is kept, or why talks from `starts` (wall time in `zone`) cannot repeat by it.

    Kept without `RRULE:`, and with UNTIL as wall time; a mere date holds that day to its end.
    """
    parts = _parts(rule.upper().strip().removeprefix("RRULE:").rstrip(";"))
    taken = _TAKEN.get(parts.get("FREQ", ""))
    if taken is None or all(end in parts for end in _ENDS):
        return _refused("unreadable", _UNREADABLE.format(rule))
    if wrong := next((name for name, value in parts.items() if not _is_taken(taken, name, value)), ""):
        return _refused("unknown_part", f"Talks cannot repeat by “{wrong}={parts[wrong]}” in “{rule}”.")
    if "UNTIL" in parts and not (until := _wall_of(parts["UNTIL"], zone)):
        return _refused("no_such_date", f"There is no such date as “{parts['UNTIL']}”.")
    if "UNTIL" in parts:
        parts["UNTIL"] = until
    kept = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        found = next(times(kept, starts, starts - timedelta(seconds=1)), None)
    except ValueError:
        return _refused("unreadable", _UNREADABLE.format(rule))
    return kept if found else _refused("never", f"No talk ever falls on “{rule}”.")


def times(rule: str, starts: datetime, after: datetime) -> Iterator[datetime]:
    """The wall times later than `after` that a checked rule names for what began at `starts`, soonest first.

    It goes five years beyond `after`, or to the rule's own end.
    """
    parts = _parts(rule)
    count, until = int(parts.pop("COUNT", 0)), parts.pop("UNTIL", "")
    last = after + HORIZON
    if until:
        last = min(last, datetime.strptime(until, "%Y%m%dT%H%M%S"))  # noqa: DTZ007 - wall time
    every = rrulestr(";".join(f"{name}={value}" for name, value in parts.items()), dtstart=starts)
    for number, wall in enumerate(every, 1):
        if wall > last or (count and number > count):
            return
        if wall > after:
            yield wall


@lru_cache(maxsize=1024)
def next_time(rule: str, starts: datetime, after: datetime) -> datetime | None:
    """The first of `times`; kept, as each look asks for the same one."""
    return next(times(rule, starts, after), None)


def _parts(rule: str) -> dict[str, str]:
    """The parts of a rule by name; nothing where it is none, or names one twice."""
    pairs = [part.partition("=")[::2] for part in rule.split(";")]
    parts = dict(pairs)
    return parts if len(parts) == len(pairs) and all(parts.values()) else {}


def _is_taken(taken: Mapping[str, str], name: str, value: str) -> bool:
    return name == "FREQ" or (name in taken and re.fullmatch(taken[name], value, re.ASCII) is not None)


def _wall_of(until: str, zone: str) -> str:
    try:
        if "T" not in until:
            return f"{datetime.strptime(until, '%Y%m%d'):%Y%m%d}T235959"  # noqa: DTZ007 - wall time
        wall = datetime.strptime(until.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - wall time, or UTC below
        if until.endswith("Z"):
            wall = wall.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    except (ValueError, OverflowError):
        return ""
    return f"{wall:%Y%m%dT%H%M%S}"


def _refused(name: str, sentence: str) -> Refusal:
    return Refusal(name=name, sentence=sentence)
