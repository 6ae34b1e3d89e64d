"""Measure everything, print it and write `latest.json`: `python -m benchmarks`, or `make bench`."""

import json
from pathlib import Path

from benchmarks.arrival import arrival
from benchmarks.hostile import hostile
from benchmarks.planning import ticks
from benchmarks.replies import replies
from benchmarks.screens import screens
from benchmarks.sending import sending
from benchmarks.starts import starts

LATEST = Path(__file__).with_name("latest.json")


def main() -> None:
    """Print each figure as it is known, then write all of them."""
    records = []
    for measure in (replies, hostile, ticks, starts, screens, sending, arrival):
        for figure in measure():
            print(figure.line(), flush=True)
            records.append(figure.as_record())
    LATEST.write_text(f"{json.dumps(records, indent=2)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
