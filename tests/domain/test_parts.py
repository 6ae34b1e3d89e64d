"""What values are made of: sums over sources, steps of a milestone, the numbers of months; and the badges."""

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.badges import badges
from okrmate.domain.metrics import Count
from okrmate.domain.parts import Part, at_step, known_parts, last_step, missing, total
from okrmate.domain.summaries import summarise
from okrmate.frozen import replace
from tests.builders import a_key_result, a_reading

D = Decimal
SOURCES = ("LinkedIn", "Twitter")


def test_a_sum_is_known_once_every_source_was_told_and_the_newest_of_each_counts() -> None:
    first = (Part(source="LinkedIn", value=D(120)),)
    both = known_parts(first, (Part(source="Twitter", value=D(40)), Part(source="LinkedIn", value=D(130))))

    assert (total(SOURCES, first), missing(SOURCES, first)) == (None, ("Twitter",))
    assert (total(SOURCES, both), missing(SOURCES, both)) == (D(170), ())


@given(st.integers(min_value=2, max_value=30))
def test_each_step_of_a_milestone_is_found_again_by_the_part_of_it_that_is_done(count: int) -> None:
    steps = tuple(f"step {number}" for number in range(1, count + 1))

    assert [last_step(steps, at_step(steps, number)) for number in range(1, count + 1)] == list(steps)
    assert (at_step(steps, count), last_step(steps, D(0)), last_step(steps, None)) == (D(100), "", "")


def test_a_month_grows_from_the_last_month_that_was_counted_and_never_from_itself() -> None:
    told = ((3, 30, 40, ""), (4, 2, 44, ""), (4, 28, 46, ""), (4, 29, 99, "undo"))
    readings = [
        replace(
            a_reading(None, id=f"{month}-{day}", at=datetime(2026, month, day, tzinfo=UTC), undone_by=undone_by),
            counted=D(number),
        )
        for month, day, number, undone_by in told
    ]
    known = summarise(readings)

    assert [known.count_before(datetime(2026, month, 30, tzinfo=UTC)) for month in (3, 4, 5)] == [None, 40, 46]


def test_measurable_and_trackable_are_two_things() -> None:
    unknown_start = a_key_result(metric=Count(target=D(5)))
    serving = replace(a_key_result(), serves="be the one they ask")

    assert badges(unknown_start).lacks == "the first reading sets where it begins"
    assert badges(unknown_start, D(2)).measurable
    assert (badges(serving).measurable, badges(serving).trackable, badges(a_key_result()).trackable) == (
        True,
        True,
        False,
    )
