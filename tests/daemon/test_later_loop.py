"""The mail loop behind the screens begins when no other process has the lease, and loads nothing before."""

from pathlib import Path

import pytest

from okrmate.adapters.clock import SystemClock
from okrmate.adapters.lease import NAME, Lease
from okrmate.bootstrap.desk import open_home
from okrmate.bootstrap.home_session import LaterLoop
from okrmate.services.loop_state import LoopKind
from tests.daemon.homes import PEOPLE, sent_files
from tests.daemon.towers import within


@pytest.fixture
def later(home: Path) -> LaterLoop:
    return LaterLoop(open_home(home))


@pytest.fixture
def lease(home: Path) -> Lease:
    lease = Lease(home, LoopKind.DAEMON, SystemClock())
    assert lease.take()
    return lease


def kind(loop: LaterLoop) -> LoopKind | None:
    state = loop.state()
    return None if state is None else state.kind


def test_it_begins_when_the_other_process_has_ended(home: Path, later: LaterLoop, lease: Lease) -> None:
    later.start()
    meanwhile = kind(later)
    lease.let_go()

    assert within(lambda: sent_files(home) == PEOPLE)
    assert (meanwhile, kind(later)) == (LoopKind.DAEMON, LoopKind.SCREENS)
    later.stop()


def test_it_ends_while_the_other_process_goes_on(home: Path, later: LaterLoop, lease: Lease) -> None:
    later.start()
    later.rouse()
    later.insist()
    later.stop()
    lease.let_go()

    assert (kind(later), sent_files(home)) == (LoopKind.DAEMON, 0)


def test_a_lease_that_cannot_be_had_is_told_of(home: Path, later: LaterLoop) -> None:
    (home / NAME).mkdir()
    later.start()

    assert within(lambda: (state := later.state()) is not None and "could not be written" in state.trouble)
    later.stop()
