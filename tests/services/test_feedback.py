"""Feedback: each side's two halves, kept sealed until both are whole, whichever way they come in."""

from datetime import timedelta

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.meetings import MeetingState
from okrmate.domain.people import Side
from okrmate.services.mentoring import feedback
from okrmate.services.tables import CHANGES, FEEDBACK
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_the_mentor_gives_hers_at_the_terminal(office: PostOffice) -> None:
    office.form()

    given = feedback.give(office.desk, office.pair, " clear ", "numbers first")

    assert (given.by, given.positive, given.suggestion) == (Side.MENTOR, ("clear",), ("numbers first",))
    assert office.every(CHANGES)[-1].what == "feedback on talk 1"


def test_feedback_is_given_for_a_talk_by_its_id_and_for_no_other(office: PostOffice) -> None:
    office.form()

    assert feedback.give(office.desk, office.pair, "clear", "", office.talk_id).meeting == office.talk_id
    with pytest.raises(UsageError, match="has been held yet"):
        feedback.give(office.desk, office.pair, "clear", "", "another")


def test_one_half_is_enough_to_begin_with_and_the_other_joins_it(office: PostOffice) -> None:
    office.form()
    feedback.give(office.desk, office.pair, "clear", "")

    given = feedback.give(office.desk, office.pair, "", "numbers first")

    assert given.whole
    assert len(office.every(FEEDBACK)) == 1


@pytest.mark.parametrize("empty", ["", "  \n"])
def test_nothing_is_no_feedback(office: PostOffice, empty: str) -> None:
    office.form()

    with pytest.raises(UsageError, match="a positive, a suggestion, or both"):
        feedback.give(office.desk, office.pair, empty, empty)


def test_there_is_no_feedback_before_a_talk_was_held(office: PostOffice) -> None:
    with pytest.raises(UsageError, match="No talk with Sam Ortiz has been held yet"):
        feedback.give(office.desk, office.pair, "clear", "")


def test_the_talk_is_reviewed_once_both_are_whole(office: PostOffice) -> None:
    office.answer(office.form(), "+ you listened\n- shorter")
    one_sided = office.talk.state

    feedback.give(office.desk, office.pair, "clear", "numbers first")

    assert (one_sided, office.talk.state) == (MeetingState.HELD, MeetingState.REVIEWED)


def test_what_both_have_read_is_not_rewritten(office: PostOffice) -> None:
    office.answer(office.form(), "+ you listened\n- shorter")
    feedback.give(office.desk, office.pair, "clear", "numbers first")

    with pytest.raises(UsageError, match="already"):
        feedback.give(office.desk, office.pair, "very clear", "")


def test_what_a_protege_wrote_is_sealed_until_the_mentor_has_written_too(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter")
    assert feedback.is_sealed(office.store, mail, office.clock.now())

    feedback.give(office.desk, office.pair, "clear", "numbers first")

    assert not feedback.is_sealed(office.store, mail, office.clock.now())


def test_after_five_days_nothing_is_sealed_any_more(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter")

    assert feedback.is_sealed(office.store, mail, office.talk.ends_at + timedelta(days=5, seconds=-1))
    assert not feedback.is_sealed(office.store, mail, office.talk.ends_at + timedelta(days=5))


def test_a_later_mail_replaces_only_the_part_it_names(office: PostOffice) -> None:
    form = office.form()
    office.answer(form, "+ you listened\n- shorter")

    office.answer(form, "- much shorter")

    (given,) = office.every(FEEDBACK)
    assert (given.positive, given.suggestion) == (("you listened",), ("much shorter",))
