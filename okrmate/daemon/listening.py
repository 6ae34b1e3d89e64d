"""Listening at the doorbell in a thread of its own, which comes back by itself when the server was away."""

import logging
import threading
from collections.abc import Callable

from okrmate.daemon.backoff import Backoff, Chance
from okrmate.daemon.calls import Calls
from okrmate.domain.errors import MailLoginError, OkrmateError
from okrmate.services.ports import Doorbell

LOG = logging.getLogger("okrmate.daemon")
LASTING = 60.0
"""Seconds after which a connection was no mere attempt: when it is lost, the next one is made soon."""


class Listener:
    """Listens while it is open; each ring is passed on to the loop.

    It ends by itself where the server cannot tell of news, and where the login is refused: then `refused` says so and
    it rings once, so that the loop sees it. `open` again listens anew.
    """

    def __init__(
        self,
        doorbell: Doorbell | None,
        calls: Calls,
        steady: Callable[[], float],
        chance: Chance,
        pause: Callable[[threading.Event, float], object] = threading.Event.wait,
    ) -> None:
        self.refused: MailLoginError | None = None
        self._doorbell = doorbell
        self._calls = calls
        self._steady = steady
        self._backoff = Backoff(chance)
        self._pause = pause
        self._closed = threading.Event()
        self._listening = False

    def open(self) -> None:
        """Begin to listen, unless that goes on already or nobody rings."""
        if self._doorbell is None or self._listening:
            return
        self.refused = None
        self._listening = True
        threading.Thread(target=self._listen, args=(self._doorbell,), name="okrmate-doorbell", daemon=True).start()

    def close(self) -> None:
        """Listen no more; the thread ends within a second, or when a call that hangs returns, and changes nothing."""
        self._closed.set()

    def _listen(self, doorbell: Doorbell) -> None:
        while not self._closed.is_set():
            begun = self._steady()
            try:
                doorbell.listen(self._calls.ring, self._closed.is_set)
            except MailLoginError as refused:
                self.refused, self._listening = refused, False
                self._calls.ring()
                return
            except OkrmateError as lost:
                LOG.info("the doorbell was lost", extra={"sentence": str(lost)})
            except Exception:
                LOG.exception("a bug", extra={"errand": "listen"})
            else:
                self._listening = False
                return
            if self._steady() - begun >= LASTING:
                self._backoff.reset()
            self._pause(self._closed, self._backoff.after_failure())
