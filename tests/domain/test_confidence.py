"""Whether people become more or less sure."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.confidence import Trend, confidence_trend
from okrmate.domain.okrs import Reading
from okrmate.frozen import replace
from tests.builders import NOW, a_reading

WEEK = timedelta(weeks=1)


def said(*several: int | None) -> list[Reading]:
    """One reading a week, with these confidences."""
    return [
        replace(a_reading(3, id=f"r{number}", at=NOW + number * WEEK), confidence=confidence)
        for number, confidence in enumerate(several)
    ]


def trend(*several: int | None, weeks: int | None = None) -> Trend:
    """The trend so many weeks after the first reading, else at the last one."""
    after = len(several) if weeks is None else weeks
    return confidence_trend(said(*several), now=NOW + after * WEEK)


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        ((5, 6), Trend.RISING),
        ((6, 4), Trend.FALLING),
        ((6, 6), Trend.STEADY),
        ((3, 5, 6, 6), Trend.RISING),
        ((5, 5, 1, 5), Trend.STEADY),
        ((9, 2, 2, 2, 3), Trend.RISING),
        ((8, None, 4, None), Trend.FALLING),
        ((), Trend.UNKNOWN),
        ((7,), Trend.UNKNOWN),
        ((None, 7), Trend.UNKNOWN),
    ],
)
def test_the_newest_is_held_against_the_middle_of_those_before(
    several: tuple[int | None, ...], expected: Trend
) -> None:
    assert trend(*several) is expected


def test_a_trend_nobody_spoke_of_for_two_rhythms_is_unknown() -> None:
    assert trend(5, 7, weeks=8) is Trend.RISING
    assert trend(5, 7, weeks=9) is Trend.UNKNOWN
    assert trend(5, 7, *[None] * 8) is Trend.UNKNOWN


def test_what_was_taken_back_does_not_count() -> None:
    first, last = said(5, 8)

    assert confidence_trend([first, replace(last, undone_by="c1")], now=NOW) is Trend.UNKNOWN


confidences = st.integers(0, 10)


@given(st.lists(confidences, min_size=1, max_size=6), confidences, confidences)
def test_more_confidence_is_never_a_worse_trend(before: list[int], one: int, other: int) -> None:
    order = [Trend.FALLING, Trend.STEADY, Trend.RISING]
    less, more = (trend(*before, confidence) for confidence in sorted((one, other)))

    assert order.index(less) <= order.index(more)


@given(st.lists(confidences, min_size=2, max_size=6))
def test_doubt_is_the_mirror_image_of_confidence(several: list[int]) -> None:
    opposite = {Trend.RISING: Trend.FALLING, Trend.FALLING: Trend.RISING, Trend.STEADY: Trend.STEADY}

    assert trend(*(10 - each for each in several)) is opposite[trend(*several)]
