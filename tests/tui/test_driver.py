"""What is drawn on a terminal: at once, whole, and by nobody waited for once the terminal is gone."""

import os
import threading

from okrmate.tui.driver import draw
from tests.daemon.towers import PATIENCE

MUCH = "▏Mara\n" * 20_000
"""More than a terminal takes before somebody reads."""


def read(window: int, size: int) -> bytes:
    said = b""
    while len(said) < size:
        said += os.read(window, size - len(said))
    return said


def test_what_is_drawn_is_written_whole_also_by_a_terminal_that_is_slow() -> None:
    window, terminal = os.openpty()
    os.set_blocking(terminal, False)
    drawing = threading.Thread(target=draw, args=(terminal, MUCH), daemon=True)
    drawing.start()
    expected = MUCH.replace("\n", "\r\n").encode()

    assert read(window, len(expected)) == expected
    drawing.join(PATIENCE)
    os.close(window)
    os.close(terminal)


def test_what_is_drawn_on_a_terminal_that_is_gone_keeps_nobody_waiting() -> None:
    window, terminal = os.openpty()
    os.close(window)
    drawing = threading.Thread(target=draw, args=(terminal, MUCH), daemon=True)
    drawing.start()
    drawing.join(PATIENCE)

    assert not drawing.is_alive()
    os.close(terminal)


def test_who_draws_on_a_terminal_that_is_closed_meanwhile_goes_on() -> None:
    window, terminal = os.openpty()
    drawing = threading.Thread(target=draw, args=(terminal, MUCH), daemon=True)
    drawing.start()
    read(window, 1)
    os.close(window)
    drawing.join(PATIENCE)

    assert not drawing.is_alive()
    os.close(terminal)
