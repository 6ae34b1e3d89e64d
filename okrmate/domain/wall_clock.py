"""Wall times and zones in, moments out: what clocks on a wall show, as everybody's time.

A wall time that a change to summer time skips moves forward; one that happens twice is the first of the two.
"""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=4096)
def moment_of(wall: datetime, zone: str) -> datetime:
    """The moment (UTC) at which clocks in `zone` show the naive `wall`; kept, as each look asks for the same ones."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
