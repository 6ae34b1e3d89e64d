"""The planning tick: how long the loop looks whether a letter is due, in a home of many people."""

import json
from collections.abc import Iterator

from benchmarks.figures import Figure, median_ms
from benchmarks.homes import home_of
from okrmate.services.outgoing import planning

PEOPLE = 100
TICKS = 15


def ticks() -> Iterator[Figure]:
    """The median tick with nothing due, as nearly all are."""
    with home_of(PEOPLE) as (home, room, _clock):
        content = (home / "okrmate.json").read_bytes()
        yield Figure(
            name=f"planning tick with {PEOPLE} people",
            value=median_ms(lambda: planning.plan(room), TICKS),
            unit="ms",
            anchor="json.loads of the same home",
            anchor_value=median_ms(lambda: json.loads(content), TICKS),
        )
