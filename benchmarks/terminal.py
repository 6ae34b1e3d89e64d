"""A program in a terminal of its own: when it shows something, when it rests, how soon a key is answered on the screen.

The screen is a real one (pyte) behind a real pseudo terminal, so that what is measured is what a person would see.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic

import pyte

COLUMNS, ROWS = 120, 40
SOMETHING = 20
"""So many signs on the screen are a first paint."""
REST = 0.4
"""Seconds without a change that mean it rests."""
KEY_REST = 0.08
"""As above, after a key."""
PATIENCE = 30.0
ANSWER = 1.0
"""Seconds a change may take; what changes nothing visible is not counted."""
QUERY = re.compile(rb"\x1b\[\?(\d+)\$p")
"""A question whether the terminal has a mode (DECRQM)."""
SYNCHRONISED = b"2026"
UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-z]|\x1b\[\?[0-9;]*\$p|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^][^\x1b]*\x1b\\"
)
UNFINISHED = re.compile(rb"\x1b(?:\[[0-9;:<=>?$]*|[P_^\]][^\x07\x1b]*)?$")


class Terminal:
    """One program that runs, and what it has drawn so far; times are milliseconds since it was started."""

    def __init__(self, call: Sequence[str], environ: Mapping[str, str]) -> None:
        """Start it."""
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._rows: list[object] = [None] * ROWS
        self._rest = b""
        self._begun = self._read_at = monotonic()
        self._pid, self._terminal = pty.fork()
        if self._pid == 0:
            size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            colours = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
            os.execvpe(call[0], list(call), {**environ, **colours})  # noqa: S606 - what is measured, not what is typed

    def begin(self, awaited: str) -> tuple[float, float]:
        """When it first showed something, and when it rested with these words on the screen."""
        first = last = 0.0
        while monotonic() - self._begun < PATIENCE:
            changed = self._step(REST)
            if changed is None and last and awaited in "".join(self._screen.display):
                return first, last
            if changed:
                last = 1000 * (self._read_at - self._begun)
                first = first or (last if self._signs() >= SOMETHING else 0.0)
        raise TimeoutError("The program never came to rest.")

    def press(self, key: bytes) -> float | None:
        """How long until the first change after a key; None where nothing changed."""
        self._rested()
        begun = monotonic()
        os.write(self._terminal, key)
        return self._changed_since(begun)

    def after(self, work: Callable[[], object]) -> float | None:
        """How long until the first change after work that was done elsewhere; None where nothing changed."""
        self._rested()
        work()
        return self._changed_since(monotonic())

    def _rested(self) -> None:
        while self._step(KEY_REST):
            continue

    def _changed_since(self, begun: float) -> float | None:
        answered = None
        while monotonic() - begun < ANSWER:
            changed = self._step(KEY_REST if answered is not None else ANSWER)
            if changed is None and answered is not None:
                break
            if changed and answered is None:
                answered = 1000 * (self._read_at - begun)
        return answered

    def close(self) -> None:
        """End it."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._terminal)

    def _step(self, patience: float) -> bool | None:
        """Whether what came next changed the screen; None where nothing came for so many seconds."""
        readable, _, _ = select.select([self._terminal], [], [], patience)
        if not readable:
            return None
        data = self._rest + os.read(self._terminal, 1 << 16)
        self._read_at = monotonic()  # before the screen is drawn here, which takes its own time
        for mode in QUERY.findall(data):
            os.write(self._terminal, b"\x1b[?%s;%d$y" % (mode, 2 if mode == SYNCHRONISED else 0))
        unfinished = UNFINISHED.search(data)
        self._rest = unfinished.group() if unfinished else b""
        self._stream.feed(UNKNOWN_TO_PYTE.sub(b"", data[: len(data) - len(self._rest)]))
        return self._changed()

    def _changed(self) -> bool:
        changed = False
        for number in self._screen.dirty:
            row = tuple(self._screen.buffer[number][column] for column in range(COLUMNS))
            changed = changed or row != self._rows[number]
            self._rows[number] = row
        self._screen.dirty.clear()
        return changed

    def _signs(self) -> int:
        return sum(len(line.replace(" ", "")) for line in self._screen.display)


@contextmanager
def running(call: Sequence[str], environ: Mapping[str, str]) -> Iterator[Terminal]:
    """The program, until it is no longer needed."""
    terminal = Terminal(call, environ)
    try:
        yield terminal
    finally:
        terminal.close()
