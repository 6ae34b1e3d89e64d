"""The errands of the loop, and the tries of each: guarded, put off while its server is away, never hammered."""

import logging
from collections.abc import Callable
from datetime import datetime

from okrmate.daemon.backoff import Backoff, Chance
from okrmate.domain.errors import MailLoginError, MailServerError, OkrmateError
from okrmate.frozen import Frozen
from okrmate.services.ports import Clock

LOG = logging.getLogger("okrmate.daemon")


class Errand(Frozen):
    """One kind of work and how often it is looked after, in seconds."""

    name: str
    every: int
    run: Callable[[], bool]
    """Does it once; whether what stands behind it in the round has something to do now."""
    mail: bool = False
    """Whether it needs the mail server, and so rests once that has refused the login."""
    on_ring: bool = False
    """Whether the doorbell asks for it."""
    on_change: frozenset[str] = frozenset()
    """The tables in which a change, by whichever process, asks for it."""


class Trouble(Frozen):
    """What stands in the way, as a sentence, and since when."""

    sentence: str
    since: datetime


class Tries:
    """The tries of one errand; `trouble` is what the last one met, None where it went well."""

    def __init__(self, errand: Errand, clock: Clock, steady: Callable[[], float], chance: Chance) -> None:
        self.errand = errand
        self.trouble: Trouble | None = None
        self._clock = clock
        self._steady = steady
        self._backoff = Backoff(chance)
        self._rests_until: float | None = None

    def is_due(self, *, asked: bool) -> bool:
        """Whether to try now: when asked, but while the server is left alone only once that is over, then unasked."""
        return asked if self._rests_until is None else self.seconds_left() <= 0

    def seconds_left(self) -> float:
        """How long the server is still left alone; infinite where nobody waits for that."""
        return float("inf") if self._rests_until is None else self._rests_until - self._steady()

    def hurry(self) -> None:
        """Leave the server alone no longer."""
        if self._rests_until is not None:
            self._rests_until = self._steady()

    def run(self) -> bool:
        """One try; as the errand's own `run`. What goes wrong is logged and kept, and stands in no other's way.

        Only a refused login is raised (`MailLoginError`): that is for a person to mend.
        """
        self._rests_until = None
        try:
            brought = self.errand.run()
        except MailLoginError:
            raise
        except MailServerError as away:
            LOG.warning("the server is away", extra={"errand": self.errand.name, "sentence": str(away)})
            self._note(str(away))
            self._rests_until = self._steady() + self._backoff.after_failure()
            return False
        except OkrmateError as error:
            # Not its sentence: that of a broken template may quote what stood in a letter.
            LOG.exception("could not finish", extra={"errand": self.errand.name})
            self._note(str(error))
            return False
        except Exception as bug:
            LOG.exception("a bug", extra={"errand": self.errand.name})
            self._note(f"“{self.errand.name}” has met a bug ({type(bug).__name__}); the log says where.")
            return False
        if self.trouble is not None:
            LOG.info("well again", extra={"errand": self.errand.name})
        self.trouble = None
        self._backoff.reset()
        return brought

    def _note(self, sentence: str) -> None:
        since = self._clock.now() if self.trouble is None else self.trouble.since
        self.trouble = Trouble(sentence=sentence, since=since)
