"""The revision in force at a reading."""

from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.metrics import Count
from okrmate.domain.revisions import Revision, in_force
from okrmate.domain.scoring import score
from tests.builders import NOW

D = Decimal
DAY = timedelta(days=1)
AGREED = (
    Revision(since=NOW, metric=Count(baseline=D(0), target=D(10))),
    Revision(since=NOW + 30 * DAY, metric=Count(baseline=D(0), target=D(5))),
)


def test_an_old_reading_keeps_the_score_of_the_target_it_was_read_against() -> None:
    before, after = (in_force(AGREED, NOW + day * DAY) for day in (29, 30))

    assert before is not None
    assert after is not None
    assert (score(before, D(5)), score(after, D(5))) == (D("0.35"), D("0.7"))


def test_what_was_read_before_anything_was_agreed_is_held_against_the_first() -> None:
    assert in_force(AGREED, NOW - DAY) == AGREED[0].metric
    assert in_force((), NOW) is None


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6, unique=True), st.integers(0, 50), st.integers(1, 50))
def test_a_later_revision_changes_nothing_about_what_was_read_before(days: list[int], read: int, later: int) -> None:
    revisions = [Revision(since=NOW + day * DAY, metric=Count(target=D(1 + day))) for day in days]
    added = Revision(since=NOW + (max(days) + read + later) * DAY, metric=Count(target=D(99)))
    at = NOW + read * DAY

    assert in_force([added, *revisions], at) == in_force(revisions, at)
