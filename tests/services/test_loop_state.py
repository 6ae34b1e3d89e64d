"""What is told of the loop: whether it runs, and since when something troubles it."""

from datetime import timedelta

import pytest

from okrmate.frozen import replace
from okrmate.services.loop_state import REST, SILENT, LoopKind, LoopState
from tests.builders import NOW

STATE = LoopState(kind=LoopKind.DAEMON, pid=7, beat_at=NOW)
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("state", "at", "works"),
    [
        (STATE, NOW, True),
        (STATE, NOW + SILENT, True),
        (STATE, NOW + SILENT + timedelta(seconds=1), False),
        (STATE, NOW - timedelta(days=1), False),
        (replace(STATE, pid=0), NOW, False),
    ],
    ids=["beats", "a little late", "silent", "a clock set back", "let go"],
)
def test_a_loop_is_at_work_while_it_beats(state: LoopState, at: object, *, works: bool) -> None:
    assert state.at_work(at) is works  # type: ignore[arg-type]


def test_trouble_in_the_same_words_goes_on_since_it_began() -> None:
    troubled = STATE.troubled("The server is away.", NOW)

    assert troubled.troubled("The server is away.", LATER).trouble_since == NOW
    assert troubled.troubled("Wrong password.", LATER).trouble_since == LATER


def test_trouble_is_told_on_one_line() -> None:
    assert STATE.troubled("mentor.zone is missing.\nmail.host too.", NOW).trouble == (
        "mentor.zone is missing. mail.host too."
    )


def test_a_sentence_with_half_a_character_can_be_written_down() -> None:
    assert STATE.troubled("The folder caf\udce9 is gone.", NOW).trouble == "The folder caf? is gone."


@pytest.mark.parametrize(("after", "rests"), [(timedelta(), True), (timedelta(minutes=59), True), (REST, False)])
def test_a_refused_login_rests_for_an_hour(after: timedelta, *, rests: bool) -> None:
    assert STATE.refused(NOW).rests(NOW + after) is rests
    assert not STATE.rests(NOW + after)
    assert not STATE.refused(NOW).well().rests(NOW + after)


def test_when_all_is_well_no_trouble_is_left() -> None:
    assert STATE.troubled("The server is away.", NOW).well() == STATE
