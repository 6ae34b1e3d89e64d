"""One positive and one suggestion from each side, sealed until both are in."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.feedback import SEAL, Feedback, by_side, unsealed
from okrmate.domain.people import Side
from tests.builders import NOW, a_feedback

HERS = a_feedback(by=Side.MENTOR)
HIS = a_feedback(by=Side.PROTEGE)
HALF = a_feedback(by=Side.PROTEGE, suggestion=())
SOON = NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    ("given_so_far", "shown"),
    [((), False), ((HIS,), False), ((HERS,), False), ((HERS, HALF), False), ((HIS, HIS), False), ((HERS, HIS), True)],
)
def test_what_was_written_is_sealed_until_both_sides_are_in_and_whole(
    given_so_far: tuple[Feedback, ...], shown: bool
) -> None:
    assert unsealed(given_so_far, NOW, SOON) is shown


def test_after_five_days_one_side_alone_is_shown() -> None:
    assert not unsealed([HIS], NOW, NOW + SEAL - timedelta(seconds=1))
    assert unsealed([HIS], NOW, NOW + SEAL)
    assert timedelta(days=5) == SEAL


def test_half_a_form_names_the_half_that_is_missing() -> None:
    assert (HALF.whole, HALF.missing) == (False, ("suggestion",))
    assert a_feedback(positive=()).missing == ("positive",)
    assert a_feedback(positive=(), suggestion=()).missing == ("positive", "suggestion")
    assert (HIS.whole, HIS.missing) == (True, ())


def test_each_side_is_found_by_itself() -> None:
    assert by_side([HERS, HIS], Side.PROTEGE) is HIS
    assert by_side([HIS], Side.MENTOR) is None


@given(st.lists(st.sampled_from((HERS, HIS, HALF)), max_size=3), st.integers(0, 10_000), st.integers(0, 10_000))
def test_what_was_shown_is_never_sealed_again(written: list[Feedback], one: int, other: int) -> None:
    earlier, later = sorted((one, other))
    if unsealed(written, NOW, NOW + timedelta(minutes=earlier)):
        assert unsealed(written, NOW, NOW + timedelta(minutes=later))
