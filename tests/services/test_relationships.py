"""The relationship counted from what really happened: agendas that left, what was put in, feedback, advice."""

import pytest

from okrmate.domain.condition import Condition
from okrmate.domain.letters import LetterKind
from okrmate.domain.relationship import Measure, Measured
from okrmate.services.mentoring import advice, feedback
from okrmate.services.mentoring.relationships import relationship_of
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def _measured(office: PostOffice) -> dict[Measure, Measured]:
    found = relationship_of(office.store, office.pair, office.clock.now())
    return {each.measure: each for each in found.measures}


def _counts(office: PostOffice) -> list[tuple[int, int]]:
    return [(each.done, each.of) for each in _measured(office).values()]


def test_a_talk_with_agenda_item_advice_and_feedback_of_both_counts_in_all_three(office: PostOffice) -> None:
    agenda = office.agenda()
    before = _counts(office)

    office.answer(agenda, "Looks good")
    confirmed = _counts(office)
    form = office.form()
    office.answer(form, "One positive: you asked\nOne suggestion: begin with the numbers")
    feedback.give(office.desk, office.pair, "the numbers came first", "rehearse with a stranger")
    (suggested,) = advice.advice_log(office.store, office.pair.mentorship.id, office.clock.now())
    advice.tell(office.desk, office.pair, suggested.id, did="did it twice")
    untold = _counts(office)
    (kept,) = advice.advice_log(office.store, office.pair.mentorship.id, office.clock.now())
    advice.tell(office.desk, office.pair, kept.id, impact="rating 4.1 to 4.6")

    assert before == [(0, 0), (0, 3), (0, 0)]
    assert confirmed == [(1, 1), (0, 3), (0, 0)]
    assert untold == [(1, 1), (0, 3), (1, 1)]
    assert _counts(office) == [(1, 1), (1, 3), (1, 1)]
    assert _measured(office)[Measure.FEEDBACK].condition is Condition.ON_PACE


def test_an_agenda_that_left_too_late_counts_as_late_though_it_was_taken_up(office: PostOffice) -> None:
    office.clock.set(office.talk.begins_at)
    office.clock.move(days=-2)
    office.work()

    office.answer(office.letter(LetterKind.AGENDA), "Add: the salary talk")

    found = _measured(office)[Measure.AGENDAS]
    assert (found.done, found.of, found.late, found.condition) == (0, 1, 1, Condition.BEHIND)
