"""The screens as a process in a terminal: what becomes of it when that is closed, and when there is a bug."""

import os
import select
import signal
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from okrmate.adapters.clock import SystemClock
from okrmate.adapters.lease import Lease, LeaseFile
from okrmate.domain.errors import ExitCode
from okrmate.domain.letters import OutgoingState
from okrmate.services.loop_state import LoopKind
from okrmate.tui.commands.people import AddPerson
from okrmate.tui.commands.today import PutAside
from tests.adapters.smtp_server import SmtpServer
from tests.daemon.homes import PEOPLE, states
from tests.daemon.test_screens_loop import nobody, write_account
from tests.daemon.towers import PATIENCE, within
from tests.servers.wire import Wire

IN_ITS_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
WAITED_FOR = """
import subprocess, sys
shown = subprocess.Popen([sys.executable, *sys.argv[1:]])
sys.exit(shown.wait())
"""
"""As make does: whoever has the terminal waits for the screens, and leaves it to them to end."""
WITH_A_BUG = """
import sys
from okrmate.__main__ import main
from okrmate.tui.screens.today import TodayPage

def look(page, frame):
    in_hand = "what Sam wrote"
    raise ZeroDivisionError

TodayPage.look = look
sys.exit(main(sys.argv[1:]))
"""


class Window:
    """A terminal window with one process in it; `said` is everything that was written to it."""

    def __init__(self, *arguments: str) -> None:
        self.said = bytearray()
        self._ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (24, 80))
        self.process = subprocess.Popen(
            [sys.executable, "-c", IN_ITS_TERMINAL, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm-256color"},
            start_new_session=True,
        )
        os.close(theirs)
        self._closing, self._to_close = os.pipe()
        self._open = [self._ours, self._closing, self._to_close]
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def close(self) -> None:
        """As by a click on its cross."""
        if self._listening.is_alive():
            os.write(self._to_close, b"now")
        # A terminal in which somebody reads stays open until there is something to read: it is left first.
        self._listening.join(PATIENCE)
        while self._open:
            os.close(self._open.pop())

    def press(self, keys: bytes, awaited: bytes) -> bytes:
        """Press keys; gives all that is written from then on, once the words that are awaited are among it."""
        before = len(self.said)
        os.write(self._ours, keys)
        assert within(lambda: awaited in self.said[before:]), self.said[before:]
        return bytes(self.said[before:])

    def terminate(self) -> None:
        """As at the end of a session, or of the machine; a second time, as some do."""
        self.process.send_signal(signal.SIGTERM)
        self.process.send_signal(signal.SIGHUP)
        self.process.send_signal(signal.SIGTERM)

    def _listen(self) -> None:
        with suppress(OSError):
            while self._listens() and (said := os.read(self._ours, 4096)):
                self.said += said

    def _listens(self) -> bool:
        """Whether there is something to read, once there is that or a wish to close."""
        return self._closing not in select.select([self._ours, self._closing], [], [])[0]


@contextmanager
def window(*arguments: str) -> Iterator[Window]:
    opened = Window(*arguments)
    try:
        yield opened
    finally:
        opened.process.kill()
        opened.process.wait(PATIENCE)
        opened.close()


@pytest.mark.parametrize("end", [Window.close, Window.terminate], ids=["closed", "terminated"])
def test_a_letter_on_its_way_when_the_terminal_is_closed_is_waited_for(
    home: Path, end: Callable[[Window], None]
) -> None:
    taken = threading.Event()

    def slowly(said: bytes) -> bytes:
        if b"250 taken" in said:
            taken.wait(PATIENCE)
        return said

    with SmtpServer() as server, Wire(server.port, slowly) as wire:
        write_account(home, imap=nobody(), smtp=wire.port)
        with window("-m", "okrmate", "--home", str(home)) as shown:
            assert within(lambda: server.mails)
            end(shown)
            with pytest.raises(subprocess.TimeoutExpired):
                shown.process.wait(2)
            taken.set()

            assert shown.process.wait(PATIENCE) == ExitCode.DONE

    assert sorted(states(home)) == [OutgoingState.QUEUED] * (PEOPLE - 1) + [OutgoingState.SENT]


def test_the_screens_end_at_once_by_a_signal_when_nothing_is_on_its_way(home: Path) -> None:
    with window("-m", "okrmate", "--home", str(home)) as shown:
        assert within(lambda: OutgoingState.QUEUED not in states(home))
        assert within(lambda: LeaseFile(home).read() is not None)
        shown.process.send_signal(signal.SIGHUP)

        assert shown.process.wait(PATIENCE) == ExitCode.DONE


def test_the_screens_end_with_their_terminal_also_when_nobody_tells_them(home: Path) -> None:
    ignoring = f"import signal; signal.signal(signal.SIGHUP, lambda *_: None)\n{WAITED_FOR}"
    with window("-c", ignoring, "-m", "okrmate", "--home", str(home)) as shown:
        assert within(lambda: PutAside.word.encode() in shown.said)
        shown.close()

        assert shown.process.wait(PATIENCE) == ExitCode.DONE


def test_a_screen_that_is_shown_again_is_sent_to_the_terminal_once(home: Path) -> None:
    lease = Lease(home, LoopKind.DAEMON, SystemClock())
    lease.take()  # no loop begins beside the screens and changes what the header says
    with window("-m", "okrmate", "--home", str(home)) as shown:
        assert within(lambda: PutAside.word.encode() in shown.said)
        shown.press(b"2", AddPerson.word.encode())
        shown.press(b"1", PutAside.word.encode())
        before = len(shown.said)
        shown.press(b"2", AddPerson.word.encode())
        shown.press(b"1", PutAside.word.encode())

        assert shown.said[before:].count(b" 2 People ") == 1
    lease.let_go()


def test_a_bug_in_the_screens_of_the_demo_is_told_too() -> None:
    with window("-c", WITH_A_BUG, "demo") as shown:
        assert shown.process.wait(PATIENCE) == ExitCode.BUG
        assert within(lambda: b"okrmate has met a bug; --verbose shows where." in b" ".join(shown.said.split()))


@pytest.mark.parametrize(("words", "told"), [((), False), (("--verbose",), True)], ids=["usual", "verbose"])
def test_a_bug_in_the_screens_ends_them_as_a_bug_and_shows_nothing_of_what_was_in_hand(
    home: Path, words: tuple[str, ...], told: bool
) -> None:
    with window("-c", WITH_A_BUG, *words, "--home", str(home)) as shown:
        assert shown.process.wait(PATIENCE) == ExitCode.BUG
        assert within(lambda: b"okrmate has met a bug; --verbose shows where." in b" ".join(shown.said.split()))

    assert (b"ZeroDivisionError" in shown.said, b"what Sam wrote" in shown.said) == (told, False)
