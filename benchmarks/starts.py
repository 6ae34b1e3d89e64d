"""Whole processes: `okrmate --version` and a check-in, against an interpreter that does nothing."""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, seconds
from benchmarks.homes import home_of

ROUNDS = 15
OKRMATE = str(Path(sys.executable).with_name("okrmate"))


def starts() -> Iterator[Figure]:
    """Medians of runs that take turns, so that a busy moment hits all three."""
    with home_of(1) as (home, _room, _clock):
        calls = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "okrmate --version": [OKRMATE, "--version"],
            "okrmate check-in": [OKRMATE, "--home", str(home), "check-in", "person", "1.1", "3"],
        }
        for call in calls.values():  # once for the caches: every later start finds its modules compiled
            _called(call)
        took: dict[str, list[float]] = {name: [] for name in calls}
        for _ in range(ROUNDS):
            for name, call in calls.items():
                took[name].append(seconds(lambda call=call: _called(call)))  # type: ignore[misc]
    bare, *others = ((name, 1000 * statistics.median(times)) for name, times in took.items())
    for name, value in others:
        yield Figure(name=name, value=value, unit="ms", anchor=bare[0], anchor_value=bare[1])


def _called(call: list[str]) -> None:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    subprocess.run(call, env=environ, check=True, stdout=subprocess.DEVNULL, timeout=60)
