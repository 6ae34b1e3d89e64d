"""The loop: `schedule` and the doorbell say when to look; guarded errands do what is due, until it is told to stop.

What is due is computed from stored data, never from a job table: `schedule` uses naive local time, so it only
decides how often to look (design "`schedule`, and what it cannot do"). All errands run at start, at once after a jump
of the clock, and when somebody asks; some also within a breath of what somebody changed.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from schedule import Scheduler

from okrmate.daemon.backoff import Chance
from okrmate.daemon.calls import Called, Calls
from okrmate.daemon.errands import Errand, Tries, Trouble
from okrmate.daemon.listening import Listener
from okrmate.daemon.watch import Watch, after_jump, doubt_a_past_ahead, since_boot
from okrmate.domain.errors import MailLoginError, OkrmateError, StoreError
from okrmate.services.loop_state import LoopBoard
from okrmate.services.mailroom import MailRoom

LOG = logging.getLogger("okrmate.daemon")
BREATH = 1.0
"""Seconds between two looks at the clock; a call is heard at once, not after it."""
ASKED_AGAIN = 60.0
"""Seconds that a refused login is not tried again though somebody insists: providers lock accounts that are knocked
at."""


def _never() -> bool:
    return False


def _silently() -> None:
    """Nobody wants to hear that the loop breathes."""


@dataclass(slots=True, kw_only=True)
class Loop:
    """The errands of a mail room in their rhythm, and what they tell on the board."""

    room: MailRoom
    errands: tuple[Errand, ...]
    calls: Calls
    board: LoopBoard
    chance: Chance
    ends_when_refused: bool = True
    """Whether a refused login ends the loop; otherwise mail rests until somebody insists, and only planning goes on."""
    leave: Callable[[], bool] = _never
    """Asked with each breath and before each errand: whether to end though nobody called for a stop."""
    breathed: Callable[[], None] = _silently
    """Called with each breath: the loop does not hang. What it raises ends the loop."""
    steady: Callable[[], float] = since_boot
    breath: float = BREATH
    _tries: tuple[Tries, ...] = field(init=False)
    _listener: Listener = field(init=False)
    _scheduler: Scheduler = field(init=False)
    _due: set[str] = field(init=False, default_factory=set)
    _refused: Trouble | None = field(init=False, default=None)
    _refused_at: float = field(init=False, default=float("-inf"))
    _to_listen: bool = field(init=False, default=True)
    _touched: set[str] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        """Make everything ready; nothing runs before `run`."""
        self._tries = tuple(Tries(each, self.room.desk.clock, self.steady, self.chance) for each in self.errands)
        self._listener = Listener(self.room.doorbell, self.calls, self.steady, self.chance)
        self._scheduler = Scheduler()
        for errand in self.errands:
            self._scheduler.every(errand.every).seconds.do(partial(self._due.add, errand.name))

    def run(self) -> None:
        """Run until stopped or told to leave. Raises `MailLoginError` where a refused login ends it."""
        watch = Watch(self.room.desk.clock, self.steady)
        LOG.info("started")
        doubt_a_past_ahead(self.room.desk)
        self._scheduler.run_all()
        forget = self.room.desk.store.subscribe(self._touched.update)
        try:
            self._round()
            while not self._over():
                self.breathed()
                watch.rest()
                called = self.calls.wait(self._pause())
                self._note_due(watch, called)
                self._round()
        except OkrmateError:
            raise
        except Exception:
            LOG.exception("a bug", extra={"errand": "loop"})
            raise
        finally:
            forget()
            self._listener.close()
            self.room.mailbox.close()
            LOG.info("stopped")

    def _over(self) -> bool:
        return self.calls.stopped or self.leave()

    def _pause(self) -> float:
        waits = [each.seconds_left() for each in self._tries if not self._rests(each)]
        return max(0.0, min([self.breath, *waits]))

    def _note_due(self, watch: Watch, called: Called) -> None:
        """Everything after a jump or when asked; else what the rhythm and the doorbell say."""
        jumped = watch.jumped()
        if jumped:
            after_jump(self.room.desk, watch)
        if called.insisted:
            self._forgive()
        if called.roused:
            for each in self._tries:
                each.hurry()
        if jumped or called.roused or self._fell_silent():
            self._scheduler.run_all()
        else:
            self._scheduler.run_pending()
        if called.rung:
            for each in self._tries:
                if each.errand.on_ring:
                    self._due.add(each.errand.name)
                    each.hurry()  # where the doorbell is reached again, the mailbox is
        self._note_changes()

    def _note_changes(self) -> None:
        """A person who was just added has a welcome to see: nobody is to look for it until the rhythm comes round."""
        with suppress(StoreError):  # the errand that reads next meets it too, and tells it
            self.room.desk.store.refresh()
        touched = {self._touched.pop() for _ in range(len(self._touched))}  # the screens' thread may add meanwhile
        self._due |= {each.name for each in self.errands if each.on_change & touched}

    def _fell_silent(self) -> bool:
        """Whether an errand is further off than its rhythm: `schedule` has local time, which autumn turns back."""
        following = [job.next_run for job in self._scheduler.jobs if job.next_run is not None]
        spread = max(following) - min(following)
        longest = max(errand.every for errand in self.errands)
        return spread.total_seconds() + (self._scheduler.idle_seconds or 0) > longest + BREATH

    def _forgive(self) -> None:
        """A login that was refused is to be tried again, unless that was just now."""
        if self._refused is not None and self.steady() - self._refused_at >= ASKED_AGAIN:
            self._refused = self._listener.refused = None
            self._to_listen = True

    def _round(self) -> None:
        """Each errand in its order, if it is due or one before it brought something; then tell how it went."""
        if self._listener.refused is not None and self._refused is None:
            self._refuse(self._listener.refused)
        tried = brought = False
        for each in self._tries:
            if self._over():
                break
            if not self._rests(each) and each.is_due(asked=brought or each.errand.name in self._due):
                tried = True
                brought = self._try(each) or brought
        self._due.clear()
        if tried:
            self._tell()
        if self._to_listen and self._refused is None:  # one login is tried first, not two of them at once
            self._to_listen = False
            self._listener.open()

    def _rests(self, tries: Tries) -> bool:
        return tries.errand.mail and self._refused is not None

    def _try(self, tries: Tries) -> bool:
        try:
            return tries.run()
        except MailLoginError as refused:
            self._refuse(refused)
            return False

    def _refuse(self, refused: MailLoginError) -> None:
        self._refused = Trouble(sentence=str(refused), since=self.room.desk.clock.now())
        self._refused_at = self.steady()
        LOG.error("the login was refused", extra={"sentence": str(refused)})
        self._tell()
        self.board.refused()
        if self.ends_when_refused:
            raise refused

    def _tell(self) -> None:
        """What only a person can mend comes first, then what has lasted longest."""
        troubles = [each.trouble for each in self._tries if each.trouble is not None]
        worst = self._refused or min(troubles, key=lambda trouble: trouble.since, default=None)
        if worst is None:
            self.board.well()
        else:
            self.board.troubled(worst.sentence, worst.since)
