"""Following a check at a terminal: a line a finding, and Enter to go on where somebody sits there."""

import io
import os
import pty
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from okrmate.cli.command import Terminal
from okrmate.cli.following import PATIENCE, Follower
from okrmate.services.checks.findings import fine, unknown, wrong


@pytest.fixture
def keyboard() -> Iterator[tuple[int, BinaryIO]]:
    """Where keys are pressed, and what a program at that terminal reads."""
    pressed, read = pty.openpty()
    with os.fdopen(read, "rb", buffering=0) as given:
        yield pressed, given
    os.close(pressed)


def at(given: BinaryIO, out: io.StringIO | None = None, *, json: bool = False) -> Follower:
    return Follower(Terminal(home=Path("home"), json=json, out=out or io.StringIO(), given=given))


def test_each_finding_is_a_line_and_what_is_wrong_is_counted() -> None:
    out = io.StringIO()
    follower = at(io.BytesIO(), out)
    follower.told_all([fine("store", "opened."), wrong("imap", "away\x1b[2J."), unknown("clock", "who knows.")])

    assert out.getvalue().splitlines() == [
        "fine   store         opened.",
        "wrong  imap          away\N{REPLACEMENT CHARACTER}[2J.",
        "-      clock         who knows.",
    ]
    assert follower.wrong == 1
    assert follower.as_data()[0] == {"about": "store", "verdict": "fine", "said": "opened."}


def test_enter_goes_on_and_silence_does_not(keyboard: tuple[int, BinaryIO]) -> None:
    pressed, given = keyboard
    follower = at(given)

    assert not follower.goes_on(0.01)
    os.write(pressed, b"\n")
    assert follower.goes_on(30)
    assert not follower.goes_on(0.01)


def test_an_answer_is_waited_for_only_where_somebody_follows(keyboard: tuple[int, BinaryIO]) -> None:
    _, given = keyboard

    assert at(given).patience == PATIENCE
    assert at(given, json=True).patience == 0
    assert at(io.BytesIO(b"\n")).patience == 0
    assert not at(io.BytesIO(b"\n")).goes_on(0)
