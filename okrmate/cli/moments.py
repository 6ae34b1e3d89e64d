"""The moment behind `--now`: what would happen then."""

from datetime import UTC, datetime

from okrmate.domain.errors import UsageError

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""A year outside these is mistyped; nearer the end of the calendar no letter's day could be worked out."""


def moment(text: str) -> datetime:
    """An RFC 3339 moment, aware; `UsageError` says how it is written."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"“{text}” is no time; write it like 2026-03-09T09:00:00Z.") from error
    if found.tzinfo is None:
        raise UsageError(f"“{text}” names no time zone; write it like 2026-03-09T09:00:00Z.")
    if not _EARLIEST <= found <= _LATEST:
        raise UsageError(f"“{text}” is out of reach; name a year from {_EARLIEST.year} to {_LATEST.year - 1}.")
    return found
