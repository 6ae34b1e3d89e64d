"""Findings as lines of a terminal, and the self-test as it is followed there: its steps, and her turn in it."""

import argparse
import select
import time
from collections.abc import Iterable
from datetime import timedelta

from okrmate.bootstrap.desk import OpenHome
from okrmate.bootstrap.mail import trial_room
from okrmate.cli.command import Terminal
from okrmate.cli.printing import safe
from okrmate.services.checks.findings import Finding, Verdict
from okrmate.services.checks.self_test import Learnt, SelfTest

PATIENCE = 600
"""Seconds that an answer to the self-test is waited for at a terminal."""

_MARKS = {Verdict.FINE: "fine", Verdict.WRONG: "wrong", Verdict.UNKNOWN: "-"}


class Follower:
    """Shows each finding as it comes, keeps all of them, and is the companion of a self-test."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.findings: list[Finding] = []

    def told(self, finding: Finding) -> None:
        """One line."""
        self.findings.append(finding)
        self._terminal.say(f"{_MARKS[finding.verdict]:<5}  {finding.about:<12}  {safe(finding.said)}")

    def told_all(self, findings: Iterable[Finding]) -> None:
        """One line each, as they are found."""
        for finding in findings:
            self.told(finding)

    def invited(self, sentence: str) -> None:
        """Her turn; Enter is the way on."""
        self._terminal.say(f"{sentence} Enter goes on without.")

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)

    def goes_on(self, seconds: float) -> bool:
        """Let time pass until Enter is pressed; without a terminal there is no Enter."""
        given = self._terminal.given
        if not given.isatty():
            time.sleep(seconds)
            return False
        pressed, _, _ = select.select([given], [], [], seconds)
        return bool(pressed and given.readline())

    @property
    def patience(self) -> int:
        """Seconds that an answer is waited for by default: none where nobody sits at a terminal."""
        followed = self._terminal.given.isatty() and not (self._terminal.json or self._terminal.quiet)
        return PATIENCE if followed else 0

    @property
    def wrong(self) -> int:
        """How many findings ask for something to be done."""
        return sum(finding.is_wrong for finding in self.findings)

    def as_data(self) -> list[dict[str, object]]:
        """All findings for JSON."""
        return [
            {"about": finding.about, "verdict": str(finding.verdict), "said": finding.said} for finding in self.findings
        ]


def add_answer_within(parser: argparse.ArgumentParser) -> None:
    """Declare how long an answer to the self-test is waited for."""
    parser.add_argument(
        "--answer-within",
        metavar="SECONDS",
        type=int,
        help=f"how long your answer to the self-test is waited for ({PATIENCE} at a terminal, else not at all)",
    )


def follow_self_test(
    opened: OpenHome, follower: Follower, answer_within: int | None, *, try_plus: bool = True
) -> Learnt:
    """Make the round with a letter to the mentor herself, each step a line."""
    token = opened.desk.tokens.new_token()
    patience = follower.patience if answer_within is None else answer_within
    return SelfTest(
        room=trial_room(opened, token),
        token=token,
        companion=follower,
        answer_within=timedelta(seconds=patience),
        try_plus=try_plus,
    ).run()
