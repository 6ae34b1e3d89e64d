"""A mail server that is away is left alone for longer each time; one that refuses us is not asked again."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest

from okrmate.daemon.backoff import CAP, Backoff
from okrmate.daemon.calls import Calls
from okrmate.daemon.listening import LASTING, Listener
from okrmate.daemon.loop import ASKED_AGAIN
from okrmate.domain.errors import ConfigError, MailLoginError, MailServerError
from tests.builders import NOW
from tests.daemon.towers import PATIENCE, Tower, raises, within
from tests.fakes import HandBell

AWAY_TOLD = "The server is away."
AWAY = MailServerError(AWAY_TOLD)
REFUSED = MailLoginError("The server refused the password.")


@pytest.fixture
def tower() -> Tower:
    return Tower()


def always(error: Exception) -> Callable[[], object]:
    def work() -> None:
        raise error

    return work


def gaps(tower: Tower, name: str) -> list[float]:
    """Seconds between the tries of one errand."""
    tries = [at for called, at in zip(tower.called, tower.at, strict=True) if called == name]
    return [after - before for before, after in pairwise(tries)]


# how long


def test_each_wait_is_twice_the_one_before_until_five_minutes() -> None:
    waits = Backoff(lambda: 1.0)

    assert [waits.after_failure() for _ in range(11)] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_chance_decides_half_of_each_wait() -> None:
    shortest, longest = Backoff(lambda: 0.0), Backoff(lambda: 1.0)

    for _ in range(20):
        wait = longest.after_failure()
        assert shortest.after_failure() == wait / 2
        assert wait <= CAP


def test_a_server_can_be_away_for_a_year() -> None:
    waits = Backoff(lambda: 1.0)

    assert [waits.after_failure() for _ in range(200_000)][-1] == CAP


# the errands


def test_a_server_that_is_away_is_tried_less_and_less_often(tower: Tower) -> None:
    tower.run(tower.loop(tower.errand("poll", always(AWAY))), seconds=1000)

    assert gaps(tower, "poll") == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]


def test_way_in_and_way_out_are_each_put_off_by_itself_and_planning_goes_on(tower: Tower) -> None:
    errands = (
        tower.errand("poll", always(AWAY)),
        tower.errand("plan", mail=False),
        tower.errand("deliver", raises(AWAY, AWAY)),
    )
    tower.after(20, lambda: tower.office.clock.move(hours=5))  # all of them are due then

    tower.run(tower.loop(*errands), seconds=40)

    assert gaps(tower, "poll") == [1, 2, 4, 8, 16]
    assert gaps(tower, "plan") == [20]
    assert gaps(tower, "deliver") == [1, 2, 17]


def test_after_a_success_the_next_wait_is_short_again(tower: Tower) -> None:
    poll = tower.errand("poll", raises(AWAY, AWAY, AWAY, None, AWAY))
    tower.after(20, tower.calls.ring)

    tower.run(tower.loop(poll), seconds=40)

    assert gaps(tower, "poll") == [1, 2, 4, 13, 1]


def test_work_that_was_brought_does_not_reach_a_server_that_is_away(tower: Tower) -> None:
    tower.after(4, tower.calls.ring)

    tower.run(tower.loop(tower.errand("poll", lambda: True), tower.errand("deliver", always(AWAY))), seconds=6)

    assert tower.called == ["poll", "deliver", "deliver", "deliver", "poll"]


@pytest.mark.parametrize("call", ["ring", "rouse", "insist"])
def test_a_call_ends_the_wait(tower: Tower, call: str) -> None:
    tower.after(20, getattr(tower.calls, call))

    tower.run(tower.loop(tower.errand("poll", raises(AWAY, AWAY, AWAY, AWAY, AWAY))), seconds=25)

    assert gaps(tower, "poll") == [1, 2, 4, 8, 5]


def test_what_is_no_fault_of_the_server_waits_for_its_rhythm(tower: Tower) -> None:
    broken = ConfigError(("The template is broken.",))

    tower.run(tower.loop(tower.errand("plan", always(broken)), tower.errand("poll", always(ValueError()))), seconds=99)

    assert tower.called == ["plan", "poll"]


def test_a_stop_ends_the_wait(tower: Tower) -> None:
    loop = tower.loop(tower.errand("poll", always(AWAY)))
    loop.breath = PATIENCE
    loop.steady = time.monotonic
    thread = threading.Thread(target=loop.run)
    thread.start()

    begun = time.monotonic()
    tower.calls.stop()
    thread.join(PATIENCE)

    assert time.monotonic() - begun < PATIENCE / 2


# what is told


def test_trouble_is_told_since_it_began_and_its_end_too(tower: Tower) -> None:
    tower.run(tower.loop(tower.errand("poll", raises(AWAY, AWAY))), seconds=5)

    assert tower.board.told == [(AWAY_TOLD, NOW)] * 2 + [("", None)]


def test_of_two_troubles_the_older_one_is_told(tower: Tower) -> None:
    poll = tower.errand("poll", raises(None, AWAY, AWAY))
    plan = tower.errand("plan", raises(None, ConfigError(("The template is broken.",))), mail=False)
    tower.after(10, tower.calls.ring)
    tower.after(11, tower.calls.rouse)

    tower.run(tower.loop(poll, plan), seconds=20)

    since = NOW + timedelta(seconds=10)
    broken = ("The template is broken.", NOW + timedelta(seconds=11))
    assert tower.board.told == [("", None), (AWAY_TOLD, since), (AWAY_TOLD, since), broken]


def test_a_bug_is_told_without_its_words(tower: Tower) -> None:
    tower.run(tower.loop(tower.errand("poll", always(ValueError("Dear Olivia")))), seconds=1)

    assert tower.board.told == [("“poll” has met a bug (ValueError); the log says where.", NOW)]


# a refused login


def test_a_refused_login_ends_the_daemon_and_is_told(tower: Tower) -> None:
    loop = tower.loop(tower.errand("poll", always(REFUSED)), tower.errand("deliver"))

    with pytest.raises(MailLoginError):
        loop.run()

    assert tower.called == ["poll"]
    assert tower.board.told == [("The server refused the password.", NOW)]


def test_beside_the_screens_mail_rests_after_a_refusal_and_planning_goes_on(tower: Tower) -> None:
    errands = (
        tower.errand("poll", always(REFUSED)),
        tower.errand("plan", mail=False),
        tower.errand("deliver"),
    )
    tower.after(10, tower.calls.ring)
    tower.after(500, lambda: tower.office.clock.move(hours=5))

    tower.run(tower.loop(*errands, ends_when_refused=False), seconds=1000)

    assert tower.called == ["poll", "plan", "plan"]
    assert {sentence for sentence, _ in tower.board.told} == {"The server refused the password."}


def test_a_refusal_also_ends_the_tries_that_were_put_off(tower: Tower) -> None:
    errands = (tower.errand("poll", raises(None, REFUSED)), tower.errand("deliver", always(AWAY)))
    tower.after(2, tower.calls.ring)

    tower.run(tower.loop(*errands, ends_when_refused=False), seconds=50)

    assert tower.called == ["poll", "deliver", "deliver", "poll"]


def test_who_insists_has_the_login_tried_again_once(tower: Tower) -> None:
    poll = tower.errand("poll", raises(REFUSED, REFUSED, None))
    tower.after(60, tower.calls.insist)
    tower.after(120, tower.calls.insist)

    tower.run(tower.loop(poll, tower.errand("deliver"), ends_when_refused=False), seconds=150)

    assert gaps(tower, "poll") == [60, 60]
    assert tower.called.count("deliver") == 1
    assert tower.board.told[-1] == ("", None)


def test_somebody_busy_at_the_screens_knocks_with_none_of_her_steps(tower: Tower) -> None:
    for second in range(5, 1000, 5):
        tower.after(second, tower.calls.rouse)
    poll, plan = tower.errand("poll", always(REFUSED)), tower.errand("plan", mail=False)

    tower.run(tower.loop(poll, plan, ends_when_refused=False), seconds=1000)

    assert tower.called.count("poll") == 1
    assert tower.called.count("plan") == 200


def test_somebody_impatient_knocks_once_a_minute(tower: Tower) -> None:
    for second in range(5, 125, 5):
        tower.after(second, tower.calls.insist)
    poll, plan = tower.errand("poll", always(REFUSED)), tower.errand("plan", mail=False)

    tower.run(tower.loop(poll, plan, ends_when_refused=False), seconds=125)

    assert gaps(tower, "poll") == [60, 60]
    assert tower.called.count("plan") == 25


def test_a_refused_login_is_not_tried_by_the_doorbell_as_well(tower: Tower) -> None:
    bell = HandBell()
    poll = tower.errand("poll", raises(REFUSED, REFUSED, None))
    tower.after(60, tower.calls.insist)

    tower.run(tower.loop(poll, doorbell=bell, ends_when_refused=False), seconds=70)

    assert bell.listened == 0
    assert tower.board.refusals == 2


def test_the_doorbell_listens_once_the_login_that_was_mended_has_come_through(tower: Tower) -> None:
    bell = HandBell()
    tower.after(60, tower.calls.insist)

    tower.run(tower.loop(tower.errand("poll", raises(REFUSED)), doorbell=bell, ends_when_refused=False), seconds=70)

    assert bell.listened == 1


def test_the_doorbell_that_is_refused_ends_the_daemon_too(tower: Tower) -> None:
    loop = tower.loop(tower.errand("poll"), doorbell=HandBell(REFUSED))

    with pytest.raises(MailLoginError):
        tower.run(loop)


def test_beside_the_screens_a_refused_doorbell_is_hung_up_until_somebody_insists(tower: Tower) -> None:
    bell = HandBell(REFUSED)
    loop = tower.loop(tower.errand("poll"), doorbell=bell, ends_when_refused=False)
    thread = threading.Thread(target=tower.run, args=(loop,))
    thread.start()
    told = within(lambda: any(sentence for sentence, _ in tower.board.told))
    before, begun = bell.listened, tower.seconds
    assert within(lambda: tower.seconds >= begun + ASKED_AGAIN)
    tower.calls.insist()
    again = bell.listening.wait(PATIENCE)
    tower.calls.stop()
    thread.join(PATIENCE)

    assert (told, before, again) == (True, 1, True)


# the doorbell


class Ear:
    """A listener whose pauses are written down and last no time."""

    def __init__(self, bell: HandBell, *, seconds_each: float = 1.0) -> None:
        self.calls = Calls()
        self.pauses: list[float] = []
        self._seconds = 0.0
        self._each = seconds_each
        self.listener = Listener(bell, self.calls, self._steady, lambda: 1.0, self._pause)

    def _steady(self) -> float:
        self._seconds += self._each
        return self._seconds

    def _pause(self, closed: threading.Event, seconds: float) -> None:
        self.pauses.append(seconds)


def test_a_lost_doorbell_is_taken_up_again_after_longer_and_longer_pauses() -> None:
    bell = HandBell(*[AWAY] * 11)
    ear = Ear(bell)

    ear.listener.open()
    found = bell.listening.wait(PATIENCE)
    ear.listener.close()

    assert found
    assert ear.pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_a_connection_that_lasted_makes_the_next_pause_short() -> None:
    bell = HandBell(*[AWAY] * 5)
    ear = Ear(bell, seconds_each=LASTING)

    ear.listener.open()
    bell.listening.wait(PATIENCE)
    ear.listener.close()

    assert ear.pauses == [1] * 5


def test_a_bug_in_the_doorbell_is_no_end_of_listening() -> None:
    bell = HandBell(ValueError("Dear Olivia"))
    ear = Ear(bell)

    ear.listener.open()
    found = bell.listening.wait(PATIENCE)
    ear.listener.close()

    assert found


def test_each_connection_rings_so_that_what_came_meanwhile_is_found() -> None:
    bell = HandBell(AWAY)
    ear = Ear(bell)

    ear.listener.open()
    rung = ear.calls.wait(PATIENCE).rung
    bell.listening.wait(PATIENCE)
    ear.listener.close()

    assert rung
    assert bell.listened == 2


def test_a_server_that_cannot_tell_is_not_asked_again() -> None:
    listened = threading.Semaphore(0)

    class Mute:
        def listen(self, ring: object, stopped: object) -> None:
            listened.release()

    pauses: list[float] = []
    listener = Listener(Mute(), Calls(), lambda: 0.0, lambda: 1.0, lambda _, seconds: pauses.append(seconds))
    listener.open()
    began = listened.acquire(timeout=PATIENCE)
    listener.close()

    assert began
    assert pauses == []


def test_where_nobody_rings_nothing_listens() -> None:
    before = set(threading.enumerate())
    listener = Listener(None, Calls(), lambda: 0.0, lambda: 1.0)

    listener.open()
    begun = set(threading.enumerate()) - before
    listener.close()

    assert not begun
