"""`okrmate today`: nothing that is counted stays unseen."""

from okrmate.cli.today import facts, page
from okrmate.domain.letters import HoldReason, IncomingState, OutgoingState
from okrmate.domain.meetings import MeetingState, Participation
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.reports import Today
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
