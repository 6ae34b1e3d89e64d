"""The relationship as key results: what is late stays late, what is missing shows, and nothing is counted twice."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.condition import Condition
from okrmate.domain.relationship import ADVICE_GOAL, TalkFacts, advice, agendas, feedback, relationship

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOURS = st.integers(min_value=-2000, max_value=2000)


@st.composite
def talks(draw: st.DrawFn) -> TalkFacts:
    begins = NOW + timedelta(hours=draw(HOURS))
    deadline = begins - timedelta(hours=draw(st.integers(min_value=60, max_value=80)))
    lead = draw(st.none() | st.integers(min_value=-80, max_value=80))
    left = deadline + timedelta(hours=lead) if lead is not None else None
    return TalkFacts(
        begins_at=begins,
        deadline=deadline,
        left_at=left if left is not None and left <= NOW else None,
        taken_up=draw(st.booleans()),
        closed=draw(st.booleans()),
        both_wrote=draw(st.booleans()),
    )


def a_talk(*, days: float = 1, left: float | None = 4, taken_up: bool = True, closed: bool = False) -> TalkFacts:
    """A talk in so many days whose agenda left so many days before it."""
    begins = NOW + timedelta(days=days)
    return TalkFacts(
        begins_at=begins,
        deadline=begins - timedelta(days=3),
        left_at=begins - timedelta(days=left) if left is not None else None,
        taken_up=taken_up,
        closed=closed,
        both_wrote=closed,
    )


@given(st.lists(talks(), max_size=6), st.integers(min_value=0, max_value=9), st.none() | st.decimals(0, 1, places=2))
def test_each_part_lies_within_its_whole_and_silence_is_never_good(
    found: list[TalkFacts], impacts: int, gone: Decimal | None
) -> None:
    measured = relationship(found, impacts, gone=gone, now=NOW)

    for each in measured.measures[::2]:
        assert 0 <= each.done + each.late <= each.of <= len(found)
        assert (each.condition is Condition.UNKNOWN) is (each.of == 0)
        assert (each.condition is Condition.ON_PACE) is (each.of > 0 and each.done == each.of)
    assert all(each.way is None or 0 <= each.way <= 1 for each in measured.measures)
    assert measured.whole.total == len(measured.measures)


@given(st.lists(talks(), min_size=1, max_size=6), st.integers(min_value=1, max_value=500))
def test_an_agenda_that_leaves_later_never_counts_for_more(found: list[TalkFacts], hours: int) -> None:
    first = found[0]
    later = TalkFacts(
        begins_at=first.begins_at,
        deadline=first.deadline,
        left_at=first.left_at + timedelta(hours=hours) if first.left_at else None,
        taken_up=first.taken_up,
    )

    assert agendas([later, *found[1:]], NOW).done <= agendas(found, NOW).done
    assert agendas([later, *found[1:]], NOW).late >= agendas(found, NOW).late


@given(st.integers(min_value=0, max_value=8), st.decimals(0, 1, places=2))
def test_more_advice_never_stands_worse(impacts: int, gone: Decimal) -> None:
    order = [Condition.BEHIND, Condition.ON_PACE, Condition.AHEAD, Condition.REACHED]

    one, more = (order.index(advice(number, gone).condition) for number in (impacts, impacts + 1))

    assert one <= more
    assert (advice(impacts, gone).condition is Condition.REACHED) is (impacts >= ADVICE_GOAL)


def test_an_agenda_counts_where_it_was_in_time_and_taken_up() -> None:
    cases = {
        "in time and taken up": (a_talk(), (1, 1, 0)),
        "in time, nothing said yet, the talk ahead": (a_talk(taken_up=False), (0, 0, 0)),
        "in time, nothing said, the talk over": (a_talk(days=-1, taken_up=False), (0, 1, 0)),
        "a day late, and taken up": (a_talk(left=2), (0, 1, 1)),
        "never left": (a_talk(left=None), (0, 1, 1)),
        "not due yet": (a_talk(days=9, left=None), (0, 0, 0)),
    }

    found = {name: agendas([talk], NOW) for name, (talk, _) in cases.items()}

    assert {name: (each.done, each.of, each.late) for name, each in found.items()} == {
        name: expected for name, (_, expected) in cases.items()
    }


def test_a_talk_is_closed_with_feedback_of_both_or_counts_as_missing() -> None:
    both, one, asked = a_talk(days=-9, closed=True), a_talk(days=-9), a_talk(days=-1)
    silent = TalkFacts(begins_at=one.begins_at, deadline=one.deadline, closed=True)

    measured = feedback([both, silent, asked], NOW)

    assert (measured.done, measured.of, measured.condition) == (1, 2, Condition.BEHIND)
