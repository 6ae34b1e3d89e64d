"""The loop beside the screens: it runs while no daemon holds the lease, makes way for one, and comes back after it."""

import sys
import threading
from contextlib import suppress
from pathlib import Path

from okrmate.adapters.file import Signature, signature
from okrmate.adapters.handover import wanted
from okrmate.adapters.lease import Lease
from okrmate.adapters.logbook import log_to
from okrmate.bootstrap.desk import OpenHome, configured
from okrmate.bootstrap.loop import chance, errands
from okrmate.bootstrap.mail import mail_room
from okrmate.config import CONFIG_NAME, load
from okrmate.daemon.calls import Calls
from okrmate.daemon.loop import BREATH, Loop
from okrmate.domain.errors import OkrmateError
from okrmate.domain.letters import OutgoingState
from okrmate.services.loop_state import LoopKind, LoopState
from okrmate.services.tables import OUTGOING

GRACE = 1.5
"""Seconds that the end of the screens waits for the loop; one that hangs in a call ends with the process."""
HAND_OVER = 30.0
"""Seconds that it waits for a letter on its way: were it left there, nobody would know whether it has gone out."""


class ScreensLoop:
    """The mail loop as the screens have it: in a thread of its own, with no error but in its state.

    It reads `config.toml` anew whenever that changes, so that a password mended there is tried at once.
    """

    def __init__(self, opened: OpenHome) -> None:
        self._opened = opened
        self._home = opened.config.home
        self._clock = opened.desk.clock
        self._calls = Calls()
        self._thread = threading.Thread(target=self._run, name="okrmate-loop", daemon=True)
        self._stuck: LoopState | None = None

    def start(self) -> None:
        """Begin; the work itself begins when the lease is free."""
        self._thread.start()

    def stop(self) -> None:
        """End within two seconds, or once the letter on its way has left; what hangs by then ends with the process."""
        self._calls.stop()
        self._thread.join(GRACE)
        if self._thread.is_alive() and self._hands_over():
            with suppress(OSError):  # there may be no terminal any more
                sys.stderr.write("A letter is on its way; Ctrl-C does not wait for it.\n")
            self._thread.join(HAND_OVER)

    def rouse(self) -> None:
        """Have everything done now, also what was put off; returns at once."""
        self._calls.rouse()

    def insist(self) -> None:
        """The same, and try a login again that was refused."""
        self._calls.insist()

    def state(self) -> LoopState | None:
        """How the loop of this home is, here or in another process; None where none ever ran."""
        return self._stuck or self._opened.loop.read()

    def _hands_over(self) -> bool:
        """Whether a letter is just being handed over; of one in doubt it is known why."""
        sending = self._opened.desk.store.find(OUTGOING, "state", OutgoingState.SENDING)
        return any(not letter.error for letter in sending)

    def _run(self) -> None:
        while not self._calls.stopped:
            try:
                self._work()
                self._stuck = None
            except OkrmateError as error:
                self._cannot(str(error))
            except Exception as bug:  # noqa: BLE001 - the edge of the thread: the screens stay, and say it
                self._cannot(f"The mail loop has met a bug ({type(bug).__name__}); the log says where.")
            self._calls.wait_for_stop(BREATH)

    def _cannot(self, sentence: str) -> None:
        now = self._clock.now()
        known = self.state() or LoopState(kind=LoopKind.SCREENS, pid=0, beat_at=now)
        self._stuck = known.troubled(sentence, now)

    def _work(self) -> None:
        """Run the loop while the lease can be had, no daemon wants it, and the configuration stays as it is."""
        lease = Lease(self._home, LoopKind.SCREENS, self._clock)
        if wanted(self._home) or not lease.take():
            return
        try:
            with log_to(self._home):
                loop = self._loop(lease)
                self._stuck = None
                loop.run()
        finally:
            lease.let_go()

    def _loop(self, lease: Lease) -> Loop:
        file = self._home / CONFIG_NAME
        read = _signature(file)
        opened = configured(self._opened, load(file))
        room = mail_room(opened)

        def leave() -> bool:
            return wanted(self._home) or _signature(file) != read

        def go_on() -> bool:
            lease.alive()
            return not (self._calls.stopped or leave())

        return Loop(
            room=room,
            errands=errands(opened, room, lease, go_on),
            calls=self._calls,
            board=lease,
            chance=chance,
            ends_when_refused=False,
            leave=leave,
            breathed=lease.alive,
        )


def _signature(file: Path) -> Signature | None:
    """What tells one content of a file from another; None where there is none."""
    try:
        return signature(file.stat())
    except OSError:
        return None
