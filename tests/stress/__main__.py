"""The long attacks on the store: `python -m tests.stress` prints what came of each and writes it to `latest.txt`.

With names, such as `python -m tests.stress kills cuts`, only these are made, and the others' lines stay.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

LATEST = Path(__file__).with_name("latest.txt")
PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
KILLED = "tests/adapters/test_killed_writers.py"
LONG = {
    "OKRMATE_KILLS": "500",
    "OKRMATE_COUNTS": "10000",
    "OKRMATE_POWER_CUTS": "60",
    "OKRMATE_BYTES_APART": "1",
    "OKRMATE_HYPOTHESIS": "stress",
}
"""How much more is done than every day."""


@dataclass(frozen=True, slots=True)
class Attack:
    """What is done to the store, and what Python is called with for it."""

    what: str
    call: tuple[str, ...]


ATTACKS: Mapping[str, Attack] = {
    "kills": Attack(
        "kill -9 amid commits and checkpoints, 500 times one writer and 500 times two",
        (*PYTEST, f"{KILLED}::test_nothing_acknowledged_is_lost_when_writers_are_killed"),
    ),
    "counts": Attack(
        "two processes that count and insert 10,000 times each, amid their checkpoints",
        (*PYTEST, f"{KILLED}::test_two_processes_that_count_amid_their_checkpoints_lose_nothing"),
    ),
    "cuts": Attack(
        "a power cut after each call of 60 commits and 20 checkpoints, under eight models; eight broken stores caught",
        (*PYTEST, "tests/adapters/test_power_cuts.py"),
    ),
    "bytes": Attack(
        "each byte of the journal cut, zeroed and each of its bits flipped: recovered at the end, refused before it",
        (*PYTEST, "tests/adapters/test_journal.py"),
    ),
    "disk": Attack(
        "a disk that fails at each call, once and for good, with and without a peer's commits",
        (*PYTEST, "tests/adapters/test_store_failures.py", "tests/adapters/test_checkpoints.py"),
    ),
    "changes": Attack(
        "a restore, a new layout and a backup, killed before each call to the disk",
        ("-m", "tests.stress.killed_changes"),
    ),
    "lines": Attack(
        "a commit broken off at each line of its code",
        (*PYTEST, "tests/adapters/test_store_interrupted.py"),
    ),
    "histories": Attack(
        "4,000 histories beside the simplest store, and 666 of 20 steps beside a stock TinyDB: reopened, checkpointed, "
        "rolled back",
        (*PYTEST, "tests/adapters/test_store_histories.py", "tests/adapters/test_database_histories.py"),
    ),
    "tinydb": Attack("the tests of its source distribution", ("-m", "tests.stress.tinydb_suite")),
}


def main() -> int:
    """0 where all that was tried held."""
    parser = argparse.ArgumentParser(prog="python -m tests.stress", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*ATTACKS, []], metavar="NAME", help=", ".join(ATTACKS))
    lines = _known()
    failed = 0
    for name in parser.parse_args().names or ATTACKS:
        attack = ATTACKS[name]
        done = subprocess.run(
            [sys.executable, *attack.call], check=False, capture_output=True, text=True, env={**os.environ, **LONG}
        )
        failed += done.returncode != 0
        if done.returncode:
            print(done.stdout, done.stderr, file=sys.stderr)
        lines[name] = f"{name}: {attack.what}: {_last_line(done.stdout)}"
        print(lines[name], flush=True)
        LATEST.write_text("".join(f"{lines[known]}\n" for known in ATTACKS if known in lines), encoding="utf-8")
    return int(failed > 0)


def _known() -> dict[str, str]:
    """What came of each attack the last time."""
    lines = LATEST.read_text(encoding="utf-8").splitlines() if LATEST.exists() else []
    return {line.partition(":")[0]: line for line in lines}


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["nothing was said"])[-1]


if __name__ == "__main__":
    sys.exit(main())
