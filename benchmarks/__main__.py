"""Measure everything, print it and write `latest.json`: `python -m benchmarks`, or `make bench`.

With names, such as `python -m benchmarks replies screens`, only these are measured, and nothing is written.
"""

import argparse
import json
from pathlib import Path

from benchmarks.arrival import arrival
from benchmarks.extraction import extraction
from benchmarks.hostile import hostile
from benchmarks.planning import ticks
from benchmarks.portfolio import portfolio
from benchmarks.replies import replies
from benchmarks.screens import screens
from benchmarks.sending import sending
from benchmarks.starts import starts
from benchmarks.store import store

FIGURES = (replies, extraction, hostile, ticks, portfolio, starts, screens, sending, arrival, store)
MEASURES = {measure.__name__: measure for measure in FIGURES}
LATEST = Path(__file__).with_name("latest.json")


def main() -> None:
    """Print each figure as it is known, then write all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], metavar="NAME", help=", ".join(MEASURES))
    names = parser.parse_args().names
    records = []
    for name in names or MEASURES:
        for figure in MEASURES[name]():
            print(figure.line(), flush=True)
            records.append(figure.as_record())
    if not names:
        LATEST.write_text(f"{json.dumps(records, indent=2)}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
