"""Answers in which nothing can be read: they wait for the mentor, and their writer is told once."""

import pytest

from okrmate.domain.letters import IncomingState, LetterKind
from okrmate.domain.people import MentorshipState, Side
from okrmate.services.incoming.explaining import explain_mail
from tests.corpus.made_answers import made_answer
from tests.mail.odd_mails import ODD_MAILS
from tests.services.post_office import OLIVIA, PostOffice

MENTOR = "olivia@example.org"
HELD = {
    "S/MIME, signed in one piece": "A mail came that a program cannot open. It is kept for Olivia.",
    "S/MIME, encrypted": "A mail came that a program cannot open. It is kept for Olivia.",
    "PGP, encrypted": "A mail came that a program cannot open. It is kept for Olivia.",
    "a part of a mail": "A mail came that a program cannot open. It is kept for Olivia.",
    "a picture alone": "A picture came, without words. It is kept for Olivia, but a program cannot read it.",
    "a voice message alone": "A voice message came, without words. It is kept for Olivia,",
    "winmail.dat alone": "Something came without words. It is kept for Olivia, but a program cannot read it.",
    "nothing at all": "Something came without words. It is kept for Olivia, but a program cannot read it.",
}

VERDICTS = {"accept": IncomingState.APPLIED, "hold": IncomingState.HELD, "ignore": IncomingState.IGNORED}


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.mark.parametrize("name", HELD)
def test_it_is_kept_raw_and_its_writer_told(office: PostOffice, name: str) -> None:
    raw = made_answer(ODD_MAILS[name], office.agenda(), mentor=MENTOR)

    mail = office.receive(raw)

    assert mail.state is IncomingState.HELD
    assert office.raw.read(mail.raw) == raw
    assert office.said_to(mail).startswith(HELD[name])
    assert set(office.values().values()) == {""}


@pytest.mark.parametrize("name", ODD_MAILS)
def test_explain_says_of_every_odd_mail_what_then_happens(office: PostOffice, name: str) -> None:
    raw = made_answer(ODD_MAILS[name], office.agenda(), mentor=MENTOR)
    told = explain_mail(office.room, raw)

    mail = office.receive(raw)

    assert VERDICTS[told.verdict] is mail.state
    assert told.state == str(mail.state)
    assert bool(told.answer) == bool(office.answered())
    assert bool(told.to_do) == (told.verdict == "hold")


def test_it_is_said_once_about_each_letter(office: PostOffice) -> None:
    agenda = office.agenda()
    told = office.answer(agenda, "")

    again = office.answer(agenda, "\n")

    assert again.state is IncomingState.HELD
    assert office.answered() == (told.id,)


def test_it_is_not_said_of_what_answers_that_word(office: PostOffice) -> None:
    told = office.answer(office.agenda(), "")

    office.answer(office.acknowledgement(told), "")

    assert office.answered() == (told.id,)


def test_a_number_in_answer_to_that_word_is_read(office: PostOffice) -> None:
    told = office.answer(office.agenda(), "")

    office.answer(office.acknowledgement(told), "KR 1.1: 3")

    assert office.values()["1.1"] == "3"


def test_the_mentor_is_not_told_of_her_own_mail(office: PostOffice) -> None:
    mail = office.receive(office.written("", office.agenda(Side.MENTOR), From=OLIVIA))

    assert mail.state is IncomingState.HELD
    assert office.answered() == ()


@pytest.mark.parametrize("sender", ["Eve <eve@example.com>", OLIVIA])
def test_nobody_else_is_told(office: PostOffice, sender: str) -> None:
    office.answer(office.agenda(), "", From=sender)

    assert office.answered() == ()


def test_what_a_person_writes_to_another_in_our_thread_is_not_remarked_on(office: PostOffice) -> None:
    agenda = office.agenda()

    mail = office.answer(
        agenda, "", In_Reply_To="<hers@example.org>", References=f"{agenda.message_id} <hers@example.org>"
    )

    assert mail.state is IncomingState.HELD
    assert office.answered() == ()


def test_nobody_is_told_when_the_mentorship_is_over(office: PostOffice) -> None:
    agenda = office.agenda()
    office.become(office.pair.mentorship.id, MentorshipState.ENDED)

    office.answer(agenda, "")

    assert office.letters(LetterKind.ACKNOWLEDGEMENT) == ()
