"""What a person is told of an answer that was not simply applied, and what reaches the mentor of it."""

import pytest

from okrmate.domain.letters import IncomingState, LetterKind
from okrmate.domain.meetings import Participation
from okrmate.frozen import replace
from okrmate.services.mail_rules import Acknowledge
from okrmate.services.tables import READINGS
from tests.services.post_office import TALK_OVER, PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_a_mail_too_long_to_be_read_is_held_as_that(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "1.1: 5\n" + "and so on\n" * 3000)

    assert (mail.state, mail.reason) == (IncomingState.HELD, "too long to be read")
    assert office.every(READINGS) == ()


def test_words_beside_a_calendars_answer_reach_the_mentor(office: PostOffice) -> None:
    calendar = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:REPLY\nBEGIN:VEVENT\n"
        f"UID:{office.talk.token}@okrmate\nSEQUENCE:0\nDTSTAMP:20260309T100000Z\n"
        "ATTENDEE;PARTSTAT=DECLINED:mailto:sam@example.net\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    body = (
        "--b\nContent-Type: text/plain\n\nMy mother is in hospital.\nPlease call me.\n\nTalk 1, Thursday\n"
        f"--b\nContent-Type: text/calendar; method=REPLY\n\n{calendar}\n--b--\n"
    )

    mail = office.receive(office.written(body, Content_Type="multipart/alternative; boundary=b"))

    assert office.talk.participation is Participation.DECLINED
    assert mail.left == ("My mother is in hospital.", "Please call me.")


def test_a_question_that_is_never_asked_waits_for_the_mentor(office: PostOffice) -> None:
    office.rules = replace(office.rules, acknowledge=Acknowledge.NEVER)
    office.restart()

    mail = office.answer(office.agenda(), "1.1: 9999")

    assert (mail.state, mail.reason) == (IncomingState.HELD, "unclear, and not asked about")


def test_a_number_in_the_form_is_said_to_have_gone_to_the_mentor(office: PostOffice) -> None:
    office.agenda()
    office.clock.set(TALK_OVER)
    office.work()
    form = next(each for each in office.letters(LetterKind.FEEDBACK) if each.address == "sam@example.net")

    mail = office.answer(form, "KR 1.2: 75 %\n+ you listened\n- more time")

    assert 'To Olivia: "KR 1.2: 75 %"' in office.said_to(mail)
