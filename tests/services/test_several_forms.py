"""More than one form in one mail: each answer is tied to its own letter, and what has no tie is the mentor's."""

import pytest

from okrmate.domain.letters import IncomingState, LetterKind
from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.services.incoming.explaining import explain_mail
from okrmate.services.incoming.read_again import SEALED
from okrmate.services.incoming.review import raw_text
from okrmate.services.tables import AGENDA_ITEMS, FEEDBACK
from tests.services.post_office import PostOffice

BOTH_LABELS = "One positive: you listened\nOne suggestion: shorter"


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_an_answer_to_the_agenda_may_hold_the_feedback_on_the_talk(office: PostOffice) -> None:
    office.form()

    mail = office.answer(office.letter(LetterKind.AGENDA), f"KR 1.1: 3\n{BOTH_LABELS}\nAdd: my holidays")

    (given,) = office.every(FEEDBACK)
    (item,) = office.every(AGENDA_ITEMS)
    assert (given.meeting, given.positive, given.suggestion) == (office.talk_id, ("you listened",), ("shorter",))
    assert (item.text, office.values()["1.1"]) == ("my holidays", "3")
    assert (mail.state, mail.left) == (IncomingState.APPLIED, ())


def test_feedback_in_answer_to_another_letter_is_sealed_as_any_other(office: PostOffice) -> None:
    office.form()
    agenda = office.letter(LetterKind.AGENDA)
    would = explain_mail(office.room, office.written(BOTH_LABELS, agenda))

    mail = office.answer(agenda, BOTH_LABELS)

    assert raw_text(office.room, mail) == SEALED
    assert "listened" not in f"{would.words} {would.left}"
    assert "sealed until Olivia's are in" in office.said_to(mail)


def test_a_half_in_answer_to_another_letter_is_made_whole_as_any_other(office: PostOffice) -> None:
    office.form()
    mail = office.answer(office.letter(LetterKind.AGENDA), "One positive: you listened")

    office.answer(office.acknowledgement(mail), "less about me")

    (given,) = office.every(FEEDBACK)
    assert (given.positive, given.suggestion) == (("you listened",), ("less about me",))


def test_feedback_is_undone_together_with_what_else_its_mail_said(office: PostOffice) -> None:
    office.form()
    mail = office.answer(office.letter(LetterKind.AGENDA), f"KR 1.1: 3\n{BOTH_LABELS}")

    office.answer(office.acknowledgement(mail), "undo")

    assert (office.every(FEEDBACK), office.values()["1.1"]) == ((), "")


def test_before_anybody_was_asked_about_a_talk_such_words_are_the_mentors(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), BOTH_LABELS)

    assert office.every(FEEDBACK) == ()
    assert mail.left == ("you listened", "shorter")


def test_a_point_in_the_feedback_form_is_for_the_next_talk(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter\nAdd: my holidays (5 min)")

    (item,) = office.every(AGENDA_ITEMS)
    assert (item.text, item.minutes, item.meeting, item.by) == ("my holidays", 5, "", Side.PROTEGE)
    assert 'On the list: "my holidays"' in office.said_to(mail)


def test_an_answer_to_the_invitation_may_hold_a_number_and_a_point(office: PostOffice) -> None:
    mail = office.answer(office.letter(LetterKind.INVITATION), "a\n1.1 is 3\nAdd: my holidays")

    (item,) = office.every(AGENDA_ITEMS)
    assert office.talk.participation is Participation.ACCEPTED
    assert (item.text, item.meeting, office.values()["1.1"]) == ("my holidays", office.talk_id, "3")
    assert mail.left == ()

