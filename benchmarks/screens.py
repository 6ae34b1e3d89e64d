"""The screens in a terminal, beside a minimal application and one with a table: start, keys, commits, a crowd."""

import os
import statistics
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.crowd import crowded_home
from benchmarks.figures import Figure
from benchmarks.homes import home_of
from benchmarks.terminal import running
from okrmate.adapters.clock import SystemClock
from okrmate.adapters.lease import Lease
from okrmate.services.desk import Desk
from okrmate.services.loop_state import LoopKind
from okrmate.services.mentoring import mentorships
from okrmate.tui.app import LOOK_EVERY

ROUNDS = 5
PEOPLE = 25
NEWCOMERS = 20
DOWN = b"\x1b[B"
DOWNS = 40
TODAY = "Needs you"
PEOPLE_SCREEN = b"2"
SWITCHES = b"2351621345123461"
MINIMAL, TABLE, SCREENS, CROWDED = "minimal app", "table app", "screens", "screens, crowded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What is started, in which environment, and what was measured of it, in milliseconds."""

    call: Sequence[str]
    home: str = ""
    awaited: str = ""
    """What stands on the screen when all of it is there."""
    downs: int = DOWNS
    first: list[float] = field(default_factory=list)
    stable: list[float] = field(default_factory=list)
    down: list[float] = field(default_factory=list)
    switch: list[float] = field(default_factory=list)

    def environ(self) -> dict[str, str]:
        """The environment without what would change Python or the colours, and with the home."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "NO_COLOR"))}
        return {**kept, "OKRMATE_HOME": self.home}


def screens() -> Iterator[Figure]:
    """Starts take turns, so that a busy moment hits all alike; a start counts by the lower quartile of its rounds."""
    okrmate = str(Path(sys.executable).with_name("okrmate"))
    with home_of(PEOPLE) as (home, room, _clock), crowded_home() as crowd, _undisturbed(home), _undisturbed(crowd):
        programs = {
            MINIMAL: Program(call=(sys.executable, "-m", "benchmarks.minimal_app"), downs=0),
            TABLE: Program(call=(sys.executable, "-m", "benchmarks.table_app")),
            SCREENS: Program(call=(okrmate,), home=str(home), awaited=TODAY),
            CROWDED: Program(call=(okrmate,), home=str(crowd), awaited=TODAY),
        }
        for number in range(ROUNDS + 1):
            for program in programs.values():
                _measure(program, counted=number > 0, keys=number % 2 > 0)
        commits = _others_commits(programs[SCREENS], room.desk)
    yield from _figures(programs)
    yield _figure(
        "screens: another process' commit shown", statistics.median(commits), "its period of looking", 1000 * LOOK_EVERY
    )
    yield _figure(
        "screens: another process' commit shown, p95", _p95(commits), "its period of looking", 1000 * LOOK_EVERY
    )


@contextmanager
def _undisturbed(home: Path) -> Iterator[None]:
    """Hold the home's lease, so that the mail loop does not begin beside the screens."""
    lease = Lease(home, LoopKind.DAEMON, SystemClock())
    lease.take()
    try:
        yield
    finally:
        lease.let_go()


def _measure(program: Program, *, counted: bool, keys: bool) -> None:
    """One start, and in every second round the keys; the first round is for the caches."""
    with running(program.call, program.environ()) as terminal:
        first, stable = terminal.begin(program.awaited)
        downs = [terminal.press(DOWN) for _ in range(program.downs if keys else 0)]
        switches: list[float | None] = []
        if program.home and keys:
            for digit in SWITCHES:
                terminal.press(bytes([digit]))  # each screen is made when it is first shown
            switches = [terminal.press(bytes([digit])) for digit in SWITCHES]
    if counted:
        program.first.append(first)
        program.stable.append(stable)
        program.down.extend(took for took in downs if took is not None)
        program.switch.extend(took for took in switches if took is not None)


def _others_commits(program: Program, desk: Desk) -> list[float]:
    """From the end of a commit made here to its change on the list of people there, in milliseconds."""
    with running(program.call, program.environ()) as terminal:
        terminal.begin(program.awaited)
        terminal.press(PEOPLE_SCREEN)
        # Each newcomer comes before all others, so that the change is in sight.
        news = [
            mentorships.NewPerson(name=f"A {NEWCOMERS - number:02}", address=f"a{number}@example.net")
            for number in range(NEWCOMERS)
        ]
        took = [terminal.after(partial(mentorships.add_person, desk, each)) for each in news]
    return [each for each in took if each is not None]


def _figures(programs: dict[str, Program]) -> Iterator[Figure]:
    minimal, table, own, crowd = (programs[name] for name in (MINIMAL, TABLE, SCREENS, CROWDED))
    yield _figure("screens: first paint", _start(own.first), MINIMAL, _start(minimal.first))
    yield _figure("screens: stable", _start(own.stable), TABLE, _start(table.stable))
    yield _figure("screens: row down, p95", _p95(own.down), TABLE, _p95(table.down))
    yield _figure("screens: switch, p95", _p95(own.switch), f"{TABLE}, row down", _p95(table.down))
    yield _figure("crowded: first paint", _start(crowd.first), SCREENS, _start(own.first))
    yield _figure("crowded: stable", _start(crowd.stable), SCREENS, _start(own.stable))
    yield _figure("crowded: row down, p95", _p95(crowd.down), SCREENS, _p95(own.down))
    yield _figure("crowded: switch, p95", _p95(crowd.switch), SCREENS, _p95(own.switch))


def _figure(name: str, value: float, anchor: str, anchor_value: float) -> Figure:
    return Figure(name=name, value=value, unit="ms", anchor=anchor, anchor_value=anchor_value)


def _start(rounds: list[float]) -> float:
    """The lower quartile: a start is never faster than the machine, and often slower by what else runs on it."""
    return statistics.quantiles(rounds, n=4)[0]


def _p95(several: list[float]) -> float:
    return statistics.quantiles(several, n=20)[-1]
