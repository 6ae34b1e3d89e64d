"""The daily backups of a home: their names, and which of them are kept when another has come."""

import re
from collections.abc import Callable, Collection, Hashable
from datetime import date
from pathlib import Path

DAYS = 7
WEEKS = 4
MONTHS = 12
"""The last so many days, and the last backup of so many weeks (Monday to Sunday) and months."""
_DAILY = re.compile(r"okrmate-daily-(\d{4}-\d\d-\d\d)\.zip")


def daily(folder: Path, day: date) -> Path:
    """The backup of a day."""
    return folder / f"okrmate-daily-{day.isoformat()}.zip"


def backups_in(folder: Path) -> tuple[Path, ...]:
    """All backups that lie there, of whatever occasion, the youngest last."""
    found = (path for path in folder.glob("okrmate-*.zip") if path.is_file())
    return tuple(sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name)))


def outdated(folder: Path) -> tuple[Path, ...]:
    """The daily backups that are not kept any more; what was made on demand or before a migration is never one."""
    found = {day: path for path in folder.glob("okrmate-daily-*.zip") if (day := _day_of(path)) is not None}
    keep = kept(found)
    return tuple(path for day, path in sorted(found.items()) if day not in keep)


def kept(days: Collection[date]) -> frozenset[date]:
    """Those of the days whose backups are kept."""
    of_day: Callable[[date], Hashable] = date.toordinal
    spans = ((of_day, DAYS), (_week, WEEKS), (_month, MONTHS))
    return frozenset(day for span, count in spans for day in _last_of_each(days, span, count))


def _last_of_each(days: Collection[date], span: Callable[[date], Hashable], count: int) -> list[date]:
    """The last day in each of the youngest `count` spans that have any."""
    last = {span(day): day for day in sorted(days)}
    return sorted(last.values())[-count:]


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month


def _day_of(path: Path) -> date | None:
    found = _DAILY.fullmatch(path.name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
