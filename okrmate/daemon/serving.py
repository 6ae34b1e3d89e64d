"""Running the loop as a process that obeys signals: work in a thread, and nobody waits for it when it hangs."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from okrmate.daemon.calls import Calls
from okrmate.domain.errors import ExitCode

LOG = logging.getLogger("okrmate.daemon")
GRACE = 1.5
"""Seconds that work may go on after a stop; a process is gone two seconds after it was told to end."""


@contextmanager
def stopped_by_signals(calls: Calls) -> Iterator[None]:
    """Let SIGTERM, SIGINT and the end of its terminal (SIGHUP, unless under nohup) stop the loop meanwhile."""

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        # A signal may come while this very thread holds the condition's lock, and would then wait for itself for ever.
        threading.Thread(target=calls.stop, daemon=True).start()

    obeyed = [signal.SIGTERM, signal.SIGINT]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        obeyed.append(signal.SIGHUP)
    before = {each: signal.signal(each, ask_to_stop) for each in obeyed}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def serve(work: Callable[[], None], calls: Calls, ending: Callable[[], None], grace: float = GRACE) -> None:
    """Do the work in a thread until it ends by itself or `calls` says stop; what it raises is raised here.

    `ending` is called as soon as it is to end.

    Work that has not ended `grace` seconds after a stop hangs in a call to a server. The process then ends at once, and
    with everything it holds: had it let go of the lease before, another one could send what is just being sent.
    Nothing is lost by that, since every effect is a transaction and a letter half sent is found to be so.
    """
    raised: list[BaseException] = []

    def worked() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - it is raised again, in the thread that asked for the work
            raised.append(error)
        finally:
            calls.stop()

    thread = threading.Thread(target=worked, name="okrmate-loop", daemon=True)
    thread.start()
    calls.wait_for_stop()
    ending()
    thread.join(grace)
    if thread.is_alive():
        LOG.warning("stopped in the middle of a call that did not return")
        sys.stdout.flush()
        os._exit(ExitCode.DONE)
    if raised:
        raise raised[0]
