"""The home's lease: one process at a time reads and sends mail for a home, and tells in it how it is.

It is held by flock(2), which the kernel lets go of with the process, however that ends. The file holds the last
`LoopState` as one line of JSON, written in place, so that anybody reads it without a lock and also afterwards.
"""

import fcntl
import os
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from okrmate.adapters.documents import DocumentError, decode_json, encode_json
from okrmate.adapters.file import unwritable
from okrmate.domain.errors import StoreError
from okrmate.frozen import replace
from okrmate.services.loop_state import LoopKind, LoopState
from okrmate.services.ports import Clock

NAME = "okrmate.lease"
BEAT = 5.0
"""Seconds between two signs of life at least."""
REMOVED = (
    f"The home's {NAME} was removed or replaced while okrmate read and sent mail, so another okrmate may do the same; "
    "this one stops: start it again, and leave that file alone."
)
_ENDED = re.compile(rb"\) [ZX] [^)]*$")
"""In proc_pid_stat(5): the process has ended, only its parent has not taken note of it yet."""
TRIES = 3
"""How often a state that was met half written is read again."""


class LeaseFile:
    """What the holder of the lease told last (the port `LoopWindow`)."""

    def __init__(self, home: Path) -> None:
        self.path = home / NAME

    def read(self) -> LoopState | None:
        """As the port says; of a process that was killed, that nobody runs the loop.

        The lock itself is not tried for that: a second one, however short, could be in the way of who takes the lease.
        """
        for _ in range(TRIES):
            with suppress(OSError, DocumentError):
                state = decode_json(LoopState, self.path.read_bytes().partition(b"\n")[0])
                return replace(state, pid=0) if _is_gone(state) else state
        return None


class Lease:
    """One hold on the lease, and what is told in it (the port `LoopBoard`); may be used from several threads."""

    def __init__(self, home: Path, kind: LoopKind, clock: Clock) -> None:
        self._file = LeaseFile(home)
        self._clock = clock
        self._state = LoopState(kind=kind, pid=os.getpid(), beat_at=clock.now(), place=_place())
        self._descriptor: int | None = None
        self._telling = threading.Lock()

    def take(self) -> bool:
        """Take it, unless another process holds it; what was told before goes on. `StoreError` for no usable file."""
        descriptor = lock(self._file.path, fcntl.LOCK_EX)
        if descriptor is None:
            return False
        before = self._file.read()
        with self._telling:
            if before is not None:
                own = self._state
                self._state = replace(before, kind=own.kind, pid=own.pid, place=own.place)
            self._descriptor = descriptor
        self._tell(_same)
        return True

    def alive(self) -> None:
        """A sign of life from whoever does the work, so that one who hangs gives none; told every few seconds.

        Raises `StoreError` where the file is not the one that is locked: then another process may hold the lease too.
        """
        if self._descriptor is not None and not _names(self._file.path, self._descriptor):
            raise StoreError(REMOVED)
        if abs(self._clock.now() - self._state.beat_at) >= timedelta(seconds=BEAT):
            self._tell(_same)

    def let_go(self) -> None:
        """Free it; what was told stays there to be read."""
        self._tell(lambda state: replace(state, pid=0))
        with self._telling:
            if self._descriptor is not None:
                os.close(self._descriptor)
            self._descriptor = None

    def looked(self) -> None:
        """As the port says."""
        self._tell(lambda state: state.looked(self._clock.now()))

    def troubled(self, sentence: str, since: datetime) -> None:
        """As the port says."""
        self._tell(lambda state: state.troubled(sentence, since))

    def refused(self) -> None:
        """As the port says."""
        self._tell(lambda state: state.refused(self._clock.now()))

    def well(self) -> None:
        """As the port says."""
        self._tell(LoopState.well)

    def _tell(self, change: Callable[[LoopState], LoopState]) -> None:
        with self._telling, suppress(OSError):  # a full disk keeps nobody from reading and sending
            self._state = replace(change(self._state), beat_at=self._clock.now())
            if self._descriptor is not None:
                content = encode_json(self._state) + b"\n"
                os.pwrite(self._descriptor, content, 0)
                os.ftruncate(self._descriptor, len(content))


def _place() -> str:
    """Where process ids count as here: this machine, and on Linux the namespace (pid_namespaces(7)) of a container."""
    namespace = ""
    with suppress(OSError):
        namespace = str(Path("/proc/self/ns/pid").readlink())
    return f"{os.uname().nodename} {namespace}".strip()


def _is_gone(state: LoopState) -> bool:
    """Whether the process that told it is known to have ended; a number that is in use again is taken for it."""
    if state.pid <= 0 or state.place != _place():
        return False
    try:
        os.kill(state.pid, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False  # it lives, as somebody else's
    with suppress(OSError):
        return _ENDED.search(Path(f"/proc/{state.pid}/stat").read_bytes()) is not None
    return False


def _same(state: LoopState) -> LoopState:
    return state


def lock(path: Path, how: int) -> int | None:
    """A descriptor that holds this lock on the file, which is made; None where another one is in the way."""
    while (descriptor := _locked(path, how)) is not None and not _names(path, descriptor):
        os.close(descriptor)  # the file was removed before it was locked, and the next one who comes makes another
    return descriptor


def _names(path: Path, descriptor: int) -> bool:
    """Whether the path still leads to the file that is open."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False


def _locked(path: Path, how: int) -> int | None:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        fcntl.flock(descriptor, how | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except OSError as error:
        os.close(descriptor)
        sentence = (error.strerror or str(error)).lower()
        raise StoreError(f"The home's {path.name} cannot be locked: {sentence}.") from error
    return descriptor
