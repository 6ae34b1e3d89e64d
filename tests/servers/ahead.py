"""`okrmate run` at another hour: the daemon as it is, by a clock that goes ahead of the machine's.

Run as a program, `python -m tests.servers.ahead HOME FILE`; the file says how many seconds the clock is ahead. It may
be written anew at any time, which is as if somebody set the clock.
"""

import os
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from okrmate.adapters.clock import SystemClock
from okrmate.bootstrap.desk import open_home
from okrmate.bootstrap.loop import run_daemon


@dataclass(frozen=True, slots=True)
class AheadClock:
    """The machine's time, and what the file adds to it."""

    file: Path

    def now(self) -> datetime:
        """This moment there, aware, UTC."""
        return SystemClock().now() + timedelta(seconds=float(self.file.read_text()))

    def set_to(self, moment: datetime) -> None:
        """Let it be that moment now, for everybody who goes by the file."""
        draft = self.file.with_suffix(".draft")
        draft.write_text(str((moment - SystemClock().now()).total_seconds()))
        draft.replace(self.file)


if __name__ == "__main__":
    home, file = map(Path, sys.argv[1:])
    run_daemon(open_home(home, AheadClock(file)), os.environ, lambda: None)
