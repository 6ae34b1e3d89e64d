"""The loop: errands in their order and rhythm, what calls them, and jumps of the clock."""

import logging
import threading
import time
from datetime import timedelta

import pytest

from okrmate.domain.errors import MailServerError
from okrmate.domain.letters import OutgoingState
from okrmate.frozen import replace
from okrmate.services.pause import pause_reason
from okrmate.services.tables import OUTGOING, PEOPLE
from tests.builders import NOW, a_protege, an_outgoing
from tests.daemon.towers import PATIENCE, Tower, raises, within
from tests.fakes import HandBell


@pytest.fixture
def tower() -> Tower:
    return Tower()


def test_every_errand_runs_at_start_and_in_its_order(tower: Tower) -> None:
    loop = tower.loop(tower.errand("poll"), tower.errand("plan"), tower.errand("deliver"))

    tower.run(loop, seconds=3)

    assert tower.called == ["poll", "plan", "deliver"]


def test_an_errand_runs_again_in_its_rhythm(tower: Tower) -> None:
    often = tower.errand("often", lambda: tower.calls.stop() if len(tower.called) > 2 else None, every=1)
    loop = tower.loop(tower.errand("rarely"), often)

    tower.run(loop)

    assert tower.called == ["rarely", "often", "often"]


@pytest.mark.parametrize("error", [MailServerError("The server is away."), ValueError("Dear Olivia")])
def test_an_errand_that_raises_starves_no_other(
    tower: Tower, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    loop = tower.loop(tower.errand("poll", raises(error)), tower.errand("deliver", tower.calls.stop))

    with caplog.at_level(logging.INFO, logger="okrmate.daemon"):
        tower.run(loop)

    assert tower.called == ["poll", "deliver"]
    (entry,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert vars(entry)["errand"] == "poll"


def test_no_errand_begins_after_a_stop(tower: Tower) -> None:
    loop = tower.loop(tower.errand("poll", tower.calls.stop), tower.errand("deliver"))

    tower.run(loop)

    assert tower.called == ["poll"]


def test_no_errand_begins_once_the_loop_is_to_leave(tower: Tower) -> None:
    loop = tower.loop(tower.errand("poll"), tower.errand("deliver"))
    loop.leave = lambda: "poll" in tower.called

    tower.run(loop)

    assert tower.called == ["poll"]
    assert not tower.calls.stopped


def test_what_a_look_brought_is_planned_and_answered_at_once(tower: Tower) -> None:
    arrived = [False, True]
    errands = (tower.errand("poll", lambda: arrived.pop(0)), tower.errand("plan"), tower.errand("deliver"))
    tower.after(5, tower.calls.ring)

    tower.run(tower.loop(*errands), seconds=10)

    assert tower.called == ["poll", "plan", "deliver"] * 2
    assert tower.at == [0, 0, 0, 5, 5, 5]


def test_a_look_that_brought_nothing_leaves_the_others_to_their_rhythm(tower: Tower) -> None:
    tower.after(5, tower.calls.ring)

    tower.run(tower.loop(tower.errand("poll"), tower.errand("plan"), tower.errand("deliver")), seconds=10)

    assert tower.called == ["poll", "plan", "deliver", "poll"]


def test_what_somebody_changes_is_planned_for_within_a_breath(tower: Tower) -> None:
    def add_somebody() -> None:
        with tower.office.store.transaction() as work:
            work.put(PEOPLE, a_protege(id="new"))

    tower.after(5, add_somebody)
    plan = replace(tower.errand("plan"), on_change=frozenset({PEOPLE.name}))

    tower.run(tower.loop(tower.errand("poll"), plan, tower.errand("deliver")), seconds=10)

    assert tower.called == ["poll", "plan", "deliver", "plan"]
    assert tower.at[-1] == 5


def test_what_an_errand_itself_changed_does_not_keep_it_running(tower: Tower) -> None:
    changes = [False, True]

    def work() -> None:
        if changes and changes.pop(0):
            with tower.office.store.transaction() as work:
                work.put(PEOPLE, a_protege(id="new"))

    plan = replace(tower.errand("plan", work), on_change=frozenset({PEOPLE.name}))
    tower.after(5, tower.calls.rouse)

    tower.run(tower.loop(plan), seconds=10)

    assert tower.at == [0, 5, 6]


def test_who_rouses_it_gets_a_whole_round(tower: Tower) -> None:
    tower.after(5, tower.calls.rouse)

    tower.run(tower.loop(tower.errand("poll"), tower.errand("plan"), tower.errand("deliver")), seconds=10)

    assert tower.called == ["poll", "plan", "deliver"] * 2


def test_a_ring_is_answered_long_before_the_next_breath(tower: Tower) -> None:
    bell = HandBell()
    loop = tower.loop(
        tower.errand("poll", lambda: tower.calls.stop() if len(tower.called) > 2 else None), doorbell=bell
    )
    loop.breath = PATIENCE
    thread = threading.Thread(target=loop.run)
    thread.start()
    began = within(lambda: tower.called == ["poll"] * 2)  # at start, and when the listening began

    begun = time.monotonic()
    bell.ring()
    thread.join(PATIENCE)

    assert (began, len(tower.called)) == (True, 3)
    assert time.monotonic() - begun < PATIENCE / 2


# jumps of the clock


@pytest.mark.parametrize("hours", [3, -3, 40 * 24, -40 * 24])
def test_after_a_jump_every_errand_runs_at_once(tower: Tower, hours: int) -> None:
    tower.after(5, lambda: tower.office.clock.move(hours=hours))

    tower.run(tower.loop(tower.errand("poll"), tower.errand("deliver")), seconds=10)

    assert tower.called == ["poll", "deliver", "poll", "deliver"]
    assert tower.at == [0, 0, 5, 5]


@pytest.mark.parametrize(
    ("hours", "reason"),
    [(-72, "set back by 3 days"), (72, "set forward by 3 days"), (-23, ""), (23, "")],
)
def test_a_clock_that_was_set_by_more_than_a_day_holds_every_letter(tower: Tower, hours: int, reason: str) -> None:
    tower.after(5, lambda: tower.office.clock.move(hours=hours))

    tower.run(tower.loop(tower.errand("deliver")), seconds=10)

    assert reason in pause_reason(tower.office.store)
    assert bool(reason) == bool(pause_reason(tower.office.store))


@pytest.mark.parametrize(("ahead", "held"), [(timedelta(days=3), True), (timedelta(hours=20), False)])
def test_letters_written_long_after_now_tell_of_a_clock_set_back_in_our_absence(
    tower: Tower, ahead: timedelta, *, held: bool
) -> None:
    with tower.office.store.transaction() as tx:
        tx.put(OUTGOING, an_outgoing(created_at=NOW + ahead, state=OutgoingState.SENT))

    tower.run(tower.loop(tower.errand("deliver")), seconds=1)

    assert bool(pause_reason(tower.office.store)) == held


def test_the_end_of_summer_time_silences_no_errand(tower: Tower, monkeypatch: pytest.MonkeyPatch) -> None:
    def turn_back() -> None:
        if tower.called.count("deliver") == 1:
            monkeypatch.setenv("TZ", "UTC+1")
            time.tzset()
        elif tower.called.count("poll") > 1:
            tower.calls.stop()

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    try:
        tower.run(tower.loop(tower.errand("poll", every=1), tower.errand("deliver", turn_back, every=1)))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert tower.called == ["poll", "deliver", "poll", "deliver"]


# its end


def test_it_lets_go_of_the_mailbox_when_it_ends(tower: Tower, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    loop = tower.loop(tower.errand("poll"))
    monkeypatch.setattr(loop.room.mailbox, "close", lambda: closed.append(True))

    tower.run(loop, seconds=1)

    assert closed == [True]


def test_a_bug_of_its_own_is_logged_and_loud(tower: Tower, caplog: pytest.LogCaptureFixture) -> None:
    loop = tower.loop(tower.errand("poll"))
    loop.leave = raises(ValueError("Dear Olivia"))  # type: ignore[assignment]

    with pytest.raises(ValueError, match="Dear"):
        loop.run()

    assert [record.message for record in caplog.records if record.levelno == logging.ERROR] == ["a bug"]


def test_a_doorbell_that_hangs_does_not_keep_it_from_ending(tower: Tower) -> None:
    hung = threading.Event()

    class DeafBell:
        def listen(self, ring: object, stopped: object) -> None:
            hung.wait(PATIENCE)

    begun = time.monotonic()
    tower.run(tower.loop(tower.errand("poll"), doorbell=DeafBell()), seconds=1)
    took = time.monotonic() - begun
    hung.set()

    assert took < PATIENCE / 2
