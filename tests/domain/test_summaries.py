"""What is known of a key result now."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.okrs import Reading
from okrmate.domain.summaries import NOTHING_HEARD, extended, summarise
from tests.builders import NOW, a_reading

DAY = timedelta(days=1)
readings = st.lists(
    st.builds(
        a_reading,
        st.none() | st.integers(0, 4),
        at=st.integers(0, 10_000).map(lambda minute: NOW + timedelta(minutes=minute)),
        blocker=st.sampled_from(("", "no editor")),
        undone_by=st.sampled_from(("", "", "change2")),
    ),
    max_size=8,
    unique_by=lambda reading: reading.at,
)


def test_nothing_heard_is_nothing_known_and_not_zero() -> None:
    assert summarise([]) == NOTHING_HEARD
    assert NOTHING_HEARD.value is None


def test_the_newest_value_is_current_and_the_first_is_kept() -> None:
    summary = summarise([a_reading(1), a_reading(3, at=NOW + DAY), a_reading(4, at=NOW + 2 * DAY)])
    assert (summary.first, summary.previous, summary.value) == (Decimal(1), Decimal(3), Decimal(4))
    assert summary.value_at == summary.moved_at == NOW + 2 * DAY


def test_an_older_reading_is_stored_but_never_replaces_a_newer_value() -> None:
    assert summarise([a_reading(4, at=NOW + DAY), a_reading(2, at=NOW)]).value == Decimal(4)


def test_saying_the_same_again_is_heard_but_does_not_move() -> None:
    summary = summarise([a_reading(3), a_reading(3, at=NOW + DAY)])
    assert (summary.moved_at, summary.value_at, summary.heard_at) == (NOW, NOW + DAY, NOW + DAY)
    assert summary.previous is None
    assert summary.readings == 2


def test_a_note_alone_leaves_the_value_as_it_was() -> None:
    summary = summarise([a_reading(3, confidence=7), a_reading(None, at=NOW + DAY, note="two are pending")])
    assert (summary.value, summary.value_at, summary.heard_at) == (Decimal(3), NOW, NOW + DAY)
    assert (summary.confidence, summary.note) == (7, "two are pending")


def test_a_blocker_stays_in_force_until_a_value_comes_without_one() -> None:
    blocked = [a_reading(3), a_reading(None, at=NOW + DAY, blocker="no editor")]
    assert summarise(blocked).blocker == "no editor"
    assert summarise([*blocked, a_reading(None, at=NOW + 2 * DAY, note="waiting")]).blocker == "no editor"
    assert summarise([*blocked, a_reading(4, at=NOW + 2 * DAY)]).blocker == ""


def test_what_was_taken_back_does_not_count() -> None:
    assert summarise([a_reading(3), a_reading(9, at=NOW + DAY, undone_by="change2")]) == summarise([a_reading(3)])


@given(readings.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_in_which_readings_are_found_changes_nothing(both: tuple[list[Reading], list[Reading]]) -> None:
    found, shuffled = both
    assert summarise(shuffled) == summarise(found)


@given(readings)
def test_the_current_value_is_that_of_the_newest_reading_that_counts(found: list[Reading]) -> None:
    counted = [reading for reading in found if not reading.undone_by]
    with_value = [reading for reading in counted if reading.value is not None]
    summary = summarise(found)
    assert summary.readings == len(counted)
    assert summary.value == max(with_value, key=lambda reading: reading.at, default=a_reading(None)).value
    assert summary.heard_at == max((reading.at for reading in counted), default=None)


@given(readings, readings)
def test_a_summary_that_is_extended_is_that_of_all_readings_or_says_that_it_cannot_be(
    known: list[Reading], later: list[Reading]
) -> None:
    after = extended(summarise(known), later)

    if after is not None:
        assert after == summarise([*known, *later])


def test_a_summary_is_extended_by_a_later_reading_and_not_by_an_earlier_one() -> None:
    known = summarise([a_reading(2, at=NOW)])

    later = extended(known, [a_reading(3, at=NOW + DAY)])

    assert later is not None
    assert later.value == Decimal(3)
    assert extended(known, [a_reading(3, at=NOW - DAY)]) is None
