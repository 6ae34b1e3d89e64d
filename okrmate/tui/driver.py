"""The terminal that the screens are drawn in, which may be gone at any time."""

import os
import select

from textual.drivers.linux_driver import LinuxDriver

STANDARD_ERROR = 2
"""What Textual draws on."""


class DirectDriver(LinuxDriver):
    """Textual's own, but that what is drawn is written at once, and lost where there is no terminal any more.

    Textual 8.2 leaves the writing to a thread behind a queue of thirty. The thread has to wait for its turn until
    whoever draws comes to rest (4 ms of the 10 that a key took); and it ends by the first write that fails, when the
    terminal was closed: the queue fills, and whoever puts the next into it, be it the word to leave, waits for ever.
    """

    def write(self, data: str) -> None:
        """Write it; a terminal that takes nothing holds up the screens, but not the mail loop beside them."""
        draw(STANDARD_ERROR, data)


def draw(terminal: int, data: str) -> None:
    """Write to a terminal, or to nobody once it is gone."""
    rest = memoryview(data.encode(errors="replace"))
    while rest:
        try:
            rest = rest[os.write(terminal, rest) :]
        except BlockingIOError:  # another program that shares the terminal has made it so
            select.select((), (terminal,), ())
        except OSError:
            return
