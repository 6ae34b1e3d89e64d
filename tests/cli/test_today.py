"""`okrmate today`: nothing that is counted stays unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from okrmate.cli.today import facts, page
from okrmate.domain.letters import HoldReason, IncomingState, OutgoingState
from okrmate.domain.meetings import MeetingState, Participation
from okrmate.services.loop_state import LoopKind, LoopState
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.reports.today import Today
from tests.builders import NOW, a_meeting, a_mentorship, a_protege, an_incoming, an_outgoing

SAM = Pair(protege=a_protege(), mentorship=a_mentorship())
DECLINED = a_meeting(id="no", number=2, participation=Participation.DECLINED)
BUSY = Today(
    at=NOW,
    pause="the clock went back",
    review=(an_incoming(state=IncomingState.HELD, reason="dmarc"),),
    written=(),
    held=(an_outgoing(id="held", state=OutgoingState.HELD, hold=HoldReason.BY_HAND),),
    troubled=(an_outgoing(id="failed", state=OutgoingState.FAILED),),
    missing_forms=((SAM, a_meeting(state=MeetingState.HELD)),),
    declined=((SAM, DECLINED),),
    moved=(),
    leaving=(),
    talks=(),
)


def test_each_thing_that_is_counted_has_its_line() -> None:
    lines = list(page(BUSY, "Europe/Madrid"))
    begin = lines.index(f"Needs you: {BUSY.needs}") + 1

    assert BUSY.needs == 6
    assert lines.index("", begin) - begin == BUSY.needs


def test_each_thing_that_is_counted_is_in_the_json() -> None:
    told = facts(BUSY)
    lists = [told[name] for name in ("review", "held", "troubled", "missing_forms", "declined")]

    assert sum(len(each) for each in lists if isinstance(each, list)) + bool(told["paused"]) == told["needs"]


def test_a_talk_the_protege_cannot_make_is_shown_with_what_to_do() -> None:
    assert "  Move    talk 2 with Sam Ortiz on Thu 12 Mar 2026 15:00: said no to it (meeting move no TIME)" in list(
        page(BUSY, "Europe/Madrid")
    )
    assert facts(BUSY)["declined"] == [{"person": "sam", "meeting": "no", "starts": "2026-03-12T14:00:00Z"}]


HOUR = timedelta(hours=1)
LOOKED = LoopState(kind=LoopKind.DAEMON, pid=7, beat_at=NOW, looked_at=NOW - HOUR)


def test_the_last_look_is_told_and_who_runs_the_loop() -> None:
    view = replace(BUSY, loop=LOOKED)

    assert "Last look into the mailbox: Mon 02 Mar 2026 09:00" in list(page(view, "Europe/Madrid"))
    assert facts(view)["loop"] == {
        "runs": "daemon",
        "last_look": "2026-03-02T08:00:00Z",
        "trouble": None,
        "trouble_since": None,
    }


def test_a_refused_password_is_told_with_since_when() -> None:
    view = replace(BUSY, loop=LOOKED.troubled("Wrong\x1b[2J password.", NOW - 2 * HOUR))

    (line,) = [line for line in page(view, "Europe/Madrid") if line.startswith("Trouble")]
    told = facts(view)["loop"]
    assert line == "Trouble since Mon 02 Mar 2026 08:00: Wrong\N{REPLACEMENT CHARACTER}[2J password."
    assert isinstance(told, dict)
    assert (told["trouble"], told["trouble_since"]) == ("Wrong\x1b[2J password.", "2026-03-02T07:00:00Z")


@pytest.mark.parametrize("loop", [None, replace(LOOKED, looked_at=None)])
def test_where_nobody_ever_looked_it_says_what_does(loop: LoopState | None) -> None:
    view = replace(BUSY, loop=loop)

    assert "The mailbox was not looked into yet; `okrmate run` does that." in list(page(view, "Europe/Madrid"))


@pytest.mark.parametrize("loop", [None, replace(LOOKED, pid=0), replace(LOOKED, beat_at=NOW - HOUR)])
def test_a_loop_that_has_ended_or_is_not_heard_of_does_not_run(loop: LoopState | None) -> None:
    told = facts(replace(BUSY, loop=loop))["loop"]

    assert isinstance(told, dict)
    assert told["runs"] is None
