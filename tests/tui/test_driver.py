"""What is drawn on a terminal that is gone."""

import os
import threading

from textual.drivers._writer_thread import WriterThread

from okrmate.tui.driver import Output

DRAWN = 100
"""More than a queue of Textual's holds."""


def test_what_is_drawn_on_a_terminal_that_is_gone_keeps_nobody_waiting() -> None:
    window, terminal = os.openpty()
    os.close(window)
    drawing = WriterThread(Output(terminal))
    drawing.start()

    def draw() -> None:
        for number in range(DRAWN):
            drawing.write(f"line {number}\n" * 1_000)
        drawing.stop()

    drawn = threading.Thread(target=draw, daemon=True)
    drawn.start()
    drawn.join(10)

    assert not drawn.is_alive()
    os.close(terminal)


def test_what_is_drawn_on_a_terminal_is_written_to_it() -> None:
    window, terminal = os.openpty()
    output = Output(terminal)
    output.write("▏Mara")
    output.flush()

    assert os.read(window, 100).decode() == "▏Mara"
    os.close(window)
    os.close(terminal)
