"""Sets of OKRs made active: when their cycle ends."""

from datetime import date

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.okrs import OkrSetState
from okrmate.reply.drafts import draft_okrs
from okrmate.services.mentoring import okrs, steps
from okrmate.services.mentoring.drafts import as_new
from okrmate.services.mentoring.mentorships import Pair
from tests.services.rooms import Office


@pytest.fixture(name="office")
def an_office() -> Office:
    return Office()


@pytest.fixture(name="pair")
def a_pair_with_a_draft(office: Office) -> Pair:
    pair = office.with_person()
    okrs.import_objectives(office.desk, pair, as_new(draft_okrs("O: Be asked\nKR: 6 invitations (now 1)")))
    return pair


def test_a_set_runs_to_the_end_of_the_quarter_unless_told_otherwise(office: Office, pair: Pair) -> None:
    assert steps.activate(office.desk, pair).ends == date(2026, 6, 30)


def test_a_set_runs_until_the_day_the_mentor_names(office: Office, pair: Pair) -> None:
    assert steps.activate(office.desk, pair, ends=date(2026, 5, 15)).ends == date(2026, 5, 15)


def test_a_set_cannot_end_on_the_day_it_begins(office: Office, pair: Pair) -> None:
    with pytest.raises(UsageError, match="cannot end on 2026-03-02"):
        steps.activate(office.desk, pair, ends=date(2026, 3, 2))

    assert okrs.set_in(office.store, pair.mentorship.id, OkrSetState.DRAFT) is not None
