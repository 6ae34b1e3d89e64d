"""What wakes the loop: one condition for a stop, the doorbell, and somebody who asks for a round at once."""

import threading

from okrmate.frozen import Frozen


class Called(Frozen):
    """What the loop was called for since it last waited; neither after a breath in which nobody called."""

    rung: bool = False
    """The doorbell rang: something may have arrived."""
    roused: bool = False
    """A person has done something: everything is wanted now, whatever was put off before."""
    insisted: bool = False
    """She asks for the mail server itself, though it refused the login; she is `roused` then as well."""


class Calls:
    """Where the loop waits, and where any thread calls it."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._stopped = False
        self._rung = False
        self._roused = False
        self._insisted = False

    @property
    def stopped(self) -> bool:
        """Whether the loop is to end."""
        return self._stopped

    def stop(self) -> None:
        """End the loop, for good."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def ring(self) -> None:
        """Something may have arrived."""
        with self._changed:
            self._rung = True
            self._changed.notify_all()

    def rouse(self) -> None:
        """Do everything now, but log in nowhere where that was refused."""
        with self._changed:
            self._roused = True
            self._changed.notify_all()

    def insist(self) -> None:
        """Do everything now, and try a login again that was refused."""
        with self._changed:
            self._roused = self._insisted = True
            self._changed.notify_all()

    def wait(self, seconds: float) -> Called:
        """Wait for a call, at most so long; each is answered once. A stop ends it at once, and shows in `stopped`."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopped or self._rung or self._roused, seconds)
            called = Called(rung=self._rung, roused=self._roused, insisted=self._insisted)
            self._rung = self._roused = self._insisted = False
        return called

    def wait_for_stop(self, seconds: float | None = None) -> bool:
        """Wait until the loop is to end, at most so long; whether it is. Rings and rousing are left to the loop."""
        with self._changed:
            return self._changed.wait_for(lambda: self._stopped, seconds)
