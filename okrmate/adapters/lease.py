"""The home's lease: one process at a time reads and sends mail for a home."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from okrmate.adapters.file import unwritable
from okrmate.domain.errors import StoreError

NAME = "okrmate.lease"


@contextmanager
def lease(home: Path, patience: float = 2.0) -> Iterator[None]:
    """Hold the lease; `StoreError` where another process holds it for longer than `patience` seconds.

    The kernel frees it with the process, however that ends (flock(2)).
    """
    path = home / NAME
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise unwritable(path, error) from error
    try:
        _acquire(descriptor, patience)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, patience: float) -> None:
    until = monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if monotonic() >= until:
                raise StoreError(
                    "Another okrmate is reading and sending mail for this home; stop it, or let it do the work."
                ) from error
            sleep(0.05)
        except OSError as error:
            raise StoreError(
                f"The home's {NAME} cannot be locked: {(error.strerror or str(error)).lower()}."
            ) from error
        else:
            return
