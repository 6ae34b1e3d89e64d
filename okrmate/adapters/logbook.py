"""The log: JSON lines in `log/okrmate.log`, rotated, without secrets, addresses and a word of mail."""

import json
import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from okrmate.adapters.file import unwritable

SIZE = 1_000_000
FILES = 5
ADDRESS = re.compile(r"""(?<![^\s"\\<>(),;:])[^\s"\\<>(),;:]+@[^\s"\\<>(),;:]+""")
"""What looks like an address: a server's words, quoted in a sentence, may hold one. It never crosses a JSON string."""
HIDDEN = "(address)"
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """One JSON object a line: when, level, what, and the fields given with it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; of an exception only its kind and place, since its text may quote a mail; addresses are hidden."""
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in _STANDARD},
        }
        if record.exc_info and record.exc_info[0] is not None:
            entry["exception"] = record.exc_info[0].__name__
            entry["where"] = _places(record)
        return ADDRESS.sub(HIDDEN, json.dumps(entry, ensure_ascii=False, default=str))


class OwnersLog(RotatingFileHandler):
    """The log and its older parts, each with mode 0600.

    Once closed it takes nothing more: the library's handler opens its file anew for a thread that speaks a moment late.
    """

    _ended = False

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record, unless the log is closed."""
        if not self._ended:
            super().emit(record)

    def close(self) -> None:
        """End the log, after a record that is just being written."""
        self.acquire()
        self._ended = True
        self.release()
        super().close()

    def _open(self) -> TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        os.fchmod(descriptor, 0o600)  # also one that an earlier okrmate left to others
        return os.fdopen(descriptor, "a", encoding=self.encoding, errors=self.errors)


def _places(record: logging.LogRecord) -> list[str]:
    trace = record.exc_info[2] if record.exc_info else None
    places = []
    while trace is not None:
        places.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places


@contextmanager
def log_to(home: Path) -> Iterator[None]:
    """Write the program's log into the home while this lasts; the folder is 0700, the file 0600."""
    folder = home / "log"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)  # also one that was there
        handler = OwnersLog(
            folder / "okrmate.log", maxBytes=SIZE, backupCount=FILES, encoding="utf-8", errors="replace"
        )
    except OSError as error:
        raise unwritable(folder, error) from error
    handler.setFormatter(JsonLines())
    root = logging.getLogger("okrmate")
    level, propagate = root.level, root.propagate
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        root.propagate = propagate
        handler.close()
