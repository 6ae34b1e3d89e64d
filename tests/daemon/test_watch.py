"""The clock under watch: set, slept or just slow."""

from datetime import timedelta

from okrmate.daemon.watch import JUMP, LEAP, Watch
from tests.builders import NOW
from tests.fakes import FixedClock


class Steady:
    """A steady clock that a test lets run."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_a_slow_minute_is_no_jump() -> None:
    clock, steady = FixedClock(), Steady()
    watch = Watch(clock, steady)
    clock.set(NOW + JUMP)
    assert not watch.jumped()
    clock.set(NOW + JUMP + timedelta(seconds=1))
    assert watch.jumped()


def test_a_machine_that_slept_for_days_has_jumped_but_is_believed() -> None:
    clock, steady = FixedClock(), Steady()
    watch = Watch(clock, steady, counts_sleep=True)
    clock.move(days=4)
    steady.seconds += timedelta(days=4).total_seconds()
    assert watch.jumped()
    assert watch.believable()
    watch.begin()
    assert not watch.jumped()


def test_where_no_clock_counts_sleep_a_forward_leap_is_believed_and_a_backward_one_is_not() -> None:
    clock = FixedClock()
    watch = Watch(clock, Steady(), counts_sleep=False)
    clock.set(NOW + 9 * LEAP)
    assert watch.believable()
    clock.set(NOW - 2 * LEAP)
    assert not watch.believable()
