"""Reads damaged mails on all cores and says how many and how fast: `python -m tests.fuzz`, or `make fuzz`.

What goes wrong is kept as a mail under `build/fuzz`, beside what was raised; the same seed damages the same mails in
the same way. Ends with 1 if anything went wrong.
"""

import argparse
import logging
import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from time import perf_counter

from tests.fuzz.damage import damaged
from tests.fuzz.desk import ReadingDesk
from tests.fuzz.seeds import seeds

MAILS = 200_000
SHARE = 500
"""Mails one process reads before it says what it found."""
EXPLAINED = 4
"""Of so many mails one is explained too, which is the same reading without a commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A mail that was not read as every mail must be, and what happened."""

    number: int
    raw: bytes
    trouble: str


@contextmanager
def unheard() -> Iterator[None]:
    """Keep the program's log still meanwhile: what it refuses or doubts is no news here."""
    log = logging.getLogger("okrmate")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)


@cache
def at_hand(corpus: Path | None) -> tuple[ReadingDesk, list[bytes]]:
    """The desk of this process and the mails to damage: made once, since a desk is as before after each mail."""
    desk = ReadingDesk()
    return desk, seeds(desk, corpus)


@unheard()
def read_share(seed: int, corpus: Path | None, share: range) -> tuple[list[Finding], tuple[float, int]]:
    """The mails of these numbers that go wrong; and of the dearest of all its CPU seconds and its number."""
    desk, mails = at_hand(corpus)
    found: list[Finding] = []
    dearest = 0.0, 0
    for number in share:
        raw = damaged(mails, seed, number)
        trouble, took = desk.read(raw, explained=number % EXPLAINED == 0)
        dearest = max(dearest, (took, number))
        if trouble:
            found.append(Finding(number=number, raw=raw, trouble=trouble))
    return found, dearest


def shares(first: int, mails: int) -> Iterator[range]:
    """The numbers of so many mails, a share at a time."""
    end = first + mails
    return (range(begin, min(begin + SHARE, end)) for begin in range(first, end, SHARE))


def kept(finding: Finding, seed: int, folder: Path) -> Path:
    """Where the mail now lies, with what happened beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    mail = folder / f"{seed}-{finding.number}.eml"
    mail.write_bytes(finding.raw)
    mail.with_suffix(".txt").write_text(finding.trouble, encoding="utf-8", errors="backslashreplace")
    return mail


def main(arguments: Sequence[str]) -> int:
    """Read so many mails; 1 if one of them went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Read damaged mails the whole way.")
    parser.add_argument("corpus", type=Path, nargs="?", help="a folder of mails to damage beside our own")
    parser.add_argument("--mails", type=int, default=MAILS)
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER", help="the number of the first of them")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"), help="where mails are kept that go wrong")
    options = parser.parse_args(arguments)
    cores = os.cpu_count() or 1
    print(f"seed {options.seed}: {options.mails} damaged mails on {cores} cores", flush=True)
    begun, wrong, dearest = perf_counter(), 0, (0.0, 0)
    with ProcessPoolExecutor(cores) as pool:
        for found, took in pool.map(
            partial(read_share, options.seed, options.corpus), shares(options.first, options.mails)
        ):
            wrong, dearest = wrong + len(found), max(dearest, took)
            for finding in found:
                print(f"{kept(finding, options.seed, options.keep)}: {finding.trouble.splitlines()[-1]}", flush=True)
    lasted = perf_counter() - begun
    print(f"{options.mails} read in {lasted:.0f} s, {options.mails / lasted:.0f} a second; {wrong} went wrong")
    print(f"the dearest, number {dearest[1]}, took {dearest[0]:.2f} s of a core")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
