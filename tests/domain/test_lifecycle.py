"""The tables of allowed steps: what is final stays, and a refusal names what can be done instead."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain import letters, meetings, okrs, people
from okrmate.domain.errors import UsageError
from okrmate.domain.letters import IncomingState, OutgoingState
from okrmate.domain.lifecycle import Lifecycle
from okrmate.domain.meetings import MeetingState, Participation
from okrmate.domain.okrs import OkrSetState
from okrmate.domain.people import MentorshipState
from tests.builders import NOW, a_meeting, a_mentorship, an_incoming, an_outgoing

TABLES: tuple[tuple[Lifecycle[Any], type[StrEnum], set[str], str], ...] = (
    (people.MENTORSHIPS, MentorshipState, {"ended", "declined"}, "proposed"),
    (okrs.OKR_SETS, OkrSetState, {"closed", "abandoned"}, "draft"),
    (meetings.MEETINGS, MeetingState, {"reviewed", "cancelled", "missed"}, "scheduled"),
    (letters.OUTGOING, OutgoingState, {"bounced", "failed", "withdrawn", "expired"}, "queued"),
    (
        letters.INCOMING,
        IncomingState,
        {"applied", "ignored", "refused", "dismissed"},
        "received",
    ),
)
each_table = pytest.mark.parametrize(
    ("table", "states", "final", "first"), TABLES, ids=[table.noun for table, *_ in TABLES]
)


@each_table
def test_every_state_has_its_row_and_only_the_ends_are_final(
    table: Lifecycle[StrEnum], states: type[StrEnum], final: set[str], first: str
) -> None:
    assert set(table.steps) == set(states)
    assert {str(state) for state in states if table.is_final(state)} == final


@each_table
def test_every_state_can_be_reached_from_the_first(
    table: Lifecycle[StrEnum], states: type[StrEnum], final: set[str], first: str
) -> None:
    reached, ahead = set[StrEnum](), [states(first)]
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead.extend(table.steps[state])
    assert reached == set(states)


@each_table
def test_a_step_is_taken_or_refused_by_a_sentence_that_names_what_is_possible(
    table: Lifecycle[StrEnum], states: type[StrEnum], final: set[str], first: str
) -> None:
    for before in states:
        for after in states:
            if table.allows(before, after):
                assert table.step(before, after) is after
                continue
            with pytest.raises(UsageError) as refused:
                table.step(before, after)
            sentence = str(refused.value)
            assert all(word in sentence for word in (table.noun, str(before), str(after)))
            assert all(str(possible) in sentence for possible in table.steps[before])
            assert ("its end" in sentence) is (str(before) in final)


@each_table
def test_no_walk_through_a_table_leaves_a_final_state(
    table: Lifecycle[StrEnum], states: type[StrEnum], final: set[str], first: str
) -> None:
    @given(st.lists(st.sampled_from(sorted(states)), max_size=12))
    def walk(wishes: list[StrEnum]) -> None:
        state = states(first)
        for wish in wishes:
            ended = table.is_final(state)
            after = wish if table.allows(state, wish) else state
            assert not ended or after is state
            state = after

    walk()


def test_a_held_meeting_may_turn_out_to_have_been_missed_but_not_to_be_cancelled() -> None:
    held = a_meeting().becoming(MeetingState.HELD, NOW)
    assert held.becoming(MeetingState.MISSED, NOW).state is MeetingState.MISSED
    with pytest.raises(UsageError, match="missed, reviewed"):
        held.becoming(MeetingState.CANCELLED, NOW)


def test_a_moved_meeting_stays_scheduled_counts_the_move_and_asks_again() -> None:
    meeting = a_meeting(participation=Participation.ACCEPTED)
    wall = datetime(2026, 3, 19, 15, 0)  # noqa: DTZ001 -- wall time in the meeting's zone
    moved = meeting.moved(wall, meeting.zone, NOW)
    assert (moved.state, moved.sequence) == (MeetingState.SCHEDULED, 1)
    assert moved.participation is Participation.NEEDS_ACTION
    assert moved.moved_from == meeting.begins_at


@pytest.mark.parametrize("state", sorted(set(MeetingState) - {MeetingState.SCHEDULED}))
def test_only_a_meeting_that_lies_ahead_can_be_moved(state: MeetingState) -> None:
    meeting = a_meeting(state=state)
    with pytest.raises(UsageError):
        meeting.moved(meeting.starts, meeting.zone, NOW)


def test_a_pause_is_remembered_until_it_ends_and_means_silence() -> None:
    paused = a_mentorship().becoming(MentorshipState.PAUSED, NOW)
    assert (paused.paused_at, paused.silent) == (NOW, True)
    resumed = paused.becoming(MentorshipState.ACTIVE, NOW)
    assert (resumed.paused_at, resumed.silent) == (None, False)


def test_a_letter_in_doubt_is_never_withdrawn_and_a_sent_one_only_bounces() -> None:
    sending = an_outgoing(state=OutgoingState.SENDING)
    with pytest.raises(UsageError, match="deferred, failed, sent"):
        sending.becoming(OutgoingState.WITHDRAWN)
    sent = sending.becoming(OutgoingState.SENT, sent_at=NOW)
    assert sent.sent_at == NOW
    assert sent.becoming(OutgoingState.BOUNCED).state is OutgoingState.BOUNCED


def test_a_held_mail_is_applied_or_dismissed_by_the_mentor() -> None:
    held = an_incoming(state=IncomingState.HELD)
    assert held.becoming(IncomingState.APPLIED, reason="").state is IncomingState.APPLIED
    with pytest.raises(UsageError, match="applied, dismissed"):
        held.becoming(IncomingState.IGNORED)
