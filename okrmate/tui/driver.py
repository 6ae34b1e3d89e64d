"""The terminal that the screens are drawn in, which may be gone at any time."""

import io
from contextlib import suppress

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

STANDARD_ERROR = 2


class LastingDriver(LinuxDriver):
    """Textual's own, for a terminal that may be closed: what is drawn on none is lost, and nothing waits for it.

    The thread that writes for Textual 8.2 ends by the first write that fails. What is to be drawn then fills a queue of
    thirty that nobody empties, and whoever puts the next into it, be it the word to leave, waits for ever.
    """

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file = Output(STANDARD_ERROR)


class Output(io.TextIOWrapper):
    """What is written to a terminal; once that is gone, to nobody."""

    def __init__(self, descriptor: int) -> None:
        """The descriptor stays open when this is let go of."""
        super().__init__(io.BufferedWriter(io.FileIO(descriptor, "wb", closefd=False)), encoding="utf-8")

    def write(self, drawn: str, /) -> int:
        """Write it, or lose it."""
        with suppress(OSError):
            return super().write(drawn)
        return len(drawn)

    def flush(self) -> None:
        """Have what was written shown, if anybody looks."""
        with suppress(OSError):
            super().flush()
