"""A home with five people to whom a welcome is due, and `okrmate run` on it as a process of its own."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from okrmate.adapters.lease import LeaseFile
from okrmate.bootstrap.desk import open_home
from okrmate.config import CONFIG_NAME
from okrmate.domain.letters import OutgoingState
from okrmate.services.mentoring.mentorships import NewPerson, add_person
from okrmate.services.tables import OUTGOING
from tests.daemon.towers import PATIENCE, within

CONFIG = """
[mentor]
name = "Olivia Marsh"
address = "olivia@example.org"

[mail]
review = "none"
quiet_hours = { from = "00:00", to = "00:00" }
"""
PEOPLE = 5


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home."""
    (tmp_path / CONFIG_NAME).write_text(CONFIG, encoding="utf-8")
    desk = open_home(tmp_path).desk
    for number in range(PEOPLE):
        add_person(desk, NewPerson(name=f"Person {number}", address=f"p{number}@example.net"))
    desk.store.close()
    return tmp_path


def okrmate(home: Path, *words: str) -> list[str]:
    """The command line that calls okrmate on this home."""
    return [sys.executable, "-m", "okrmate", "--home", str(home), *words]


@contextmanager
def daemon(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """`okrmate run`, from when it is at work; it is ended by its own id."""
    with subprocess.Popen(
        okrmate(home, "run"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert within(lambda: (state := LeaseFile(home).read()) is not None and state.pid == process.pid)
            yield process
        finally:
            process.kill()


def logged(home: Path) -> list[str]:
    """What the log says, line by line."""
    lines = (home / "log" / "okrmate.log").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["what"] for line in lines]


def ended(process: "subprocess.Popen[str]", number: signal.Signals = signal.SIGTERM) -> int:
    """Its exit code after a signal."""
    process.send_signal(number)
    return process.wait(PATIENCE)


def sent_files(home: Path) -> int:
    """How many letters have left."""
    new = home / "mail" / "maildir" / "Sent" / "new"
    return len(list(new.iterdir())) if new.is_dir() else 0


def states(home: Path) -> list[OutgoingState]:
    """What has become of each letter."""
    store = open_home(home).desk.store
    found = [letter.state for letter in store.every(OUTGOING)]
    store.close()
    return found
