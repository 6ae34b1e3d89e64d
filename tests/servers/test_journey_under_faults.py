"""The journey under faults that a seed decides: it comes to the same end, with every effect once and no letter lost."""

import os
import signal
from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from okrmate.adapters.clock import SystemClock
from okrmate.domain.errors import ExitCode
from okrmate.services.tables import INCOMING, OUTGOING
from tests.journeys.outcomes import Outcome, outcome
from tests.servers.faults import DEALT, FILED, Faults
from tests.servers.journey import Journey, Told
from tests.servers.mailhost import MailHost
from tests.servers.mentoring import Way
from tests.servers.visitor import Visitor

SEEDS = range(int(os.environ.get("OKRMATE_FAULTY_ROUNDS", "2")))
"""Rounds, each with every kind of fault. `make stress-servers` asks for more."""
PATIENCE = 180.0
"""Seconds that a step may take at most; a server that was lost is left alone longer each time."""
LATER = timedelta(minutes=3)
"""By so much the clock is set at least, so that the daemon notices."""
FEWEST = len(DEALT) - 3
"""Faults that strike at least; the moment of one may not come again before the end."""


def in_names(journey: Journey) -> Outcome:
    """What a journey came to, in words that two of them share."""

    def said(sentence: str) -> str:
        return sentence.replace(journey.vera.address, "Vera").replace(journey.maya.address, "Maya")

    return {
        kind: Counter({said(sentence): number for sentence, number in counted.items()})
        for kind, counted in outcome(journey.mentoring.store).items()
    }


def look_after(journey: Journey) -> None:
    """Start a daemon that was killed, and let the time come at which a letter that was put off is tried again."""
    if not journey.running.alive:
        assert journey.running.code in (None, -signal.SIGKILL), "the daemon has ended by itself"
        journey.running.start()
    now = journey.clock.now()
    attempts = (letter.next_attempt_at for letter in journey.mentoring.on_their_way())
    put_off = [attempt for attempt in attempts if attempt and attempt > now]
    if put_off:
        journey.clock.set_to(max(*put_off, now + LATER))


def check(journey: Journey, undisturbed: Journey) -> None:
    """Every effect once, every letter there, and no copy that is not counted."""
    assert in_names(journey) == in_names(undisturbed)
    got = {who.address: who.got() for who in (journey.maya, journey.vera)}
    for letter in journey.mentoring.store.every(OUTGOING):
        assert 1 <= got[letter.address][letter.message_id] <= letter.copies, letter
    for mail in journey.mentoring.store.every(INCOMING):
        assert (journey.mentoring.home / mail.raw).exists()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_journey_under_faults_comes_to_the_same_end(
    mailhost: MailHost, talk_at: datetime, tmp_path: Path, seed: int, undisturbed: Told
) -> None:
    journey = Journey.of_two(mailhost, tmp_path, talk_at)
    with Visitor(mailhost, journey.vera.account) as visitor:
        visitor.make(FILED)
    with Faults(mailhost, journey.vera.account, journey.running, seed) as faults:
        try:
            tell(journey, mailhost, faults)
        finally:
            journey.running.kill()
            journey.mentoring.tell(f"seed {seed}:", *faults.struck)

    assert len(faults.struck) >= FEWEST, "it was hardly disturbed"
    check(journey, undisturbed.journey)


def tell(journey: Journey, host: MailHost, faults: Faults) -> None:
    """Tell it to its end, until nothing is on its way any more."""
    journey.mentoring.set_up(
        host,
        imap=Way(port=faults.imap.port),
        smtp=Way(port=faults.smtp.port),
        folders=("INBOX", FILED, "\\Archive"),
        timeout=2,
        idle=3,
    )
    journey.running.clock = journey.clock.file
    journey.clock.set_to(SystemClock().now())
    journey.keep, journey.patience = partial(look_after, journey), PATIENCE
    steps = journey.steps()
    for step, befalling in zip(steps, ((), *faults.dealt(len(steps) - 1)), strict=True):
        faults.arm(befalling)
        step()
    faults.cease()
    journey.wait(lambda: not journey.mentoring.on_their_way(), "an outbox that is empty")
    journey.wait(lambda: not host.queued(), "a queue of Postfix that is empty")
    assert journey.running.stop() == ExitCode.DONE
