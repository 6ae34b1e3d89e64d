"""Which mail is which, and which concerns us: borrowed Message-IDs, and reports that name our letter only inside."""

import pytest

from okrmate.domain.letters import IncomingState, LetterKind, OutgoingState
from okrmate.services.tables import AGENDA_ITEMS, INCOMING, READINGS
from tests.services.post_office import PostOffice
from tests.services.test_inbox_screening import report


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_another_mail_under_a_used_message_id_is_kept_and_held(office: PostOffice) -> None:
    first = office.written("KR 1.1: 3", office.agenda(), Message_ID="<same@mail.example.net>")
    second = office.written("Please call me.", office.agenda(), Message_ID="<same@mail.example.net>")

    office.receive(first)
    mail = office.receive(second)

    assert (mail.state, mail.reason) == (IncomingState.HELD, "another mail had the same Message-ID")
    assert b"Please call me." in office.raw.read(mail.raw)
    assert len(office.every(READINGS)) == 1


def test_both_are_kept_where_one_look_brings_them_in(office: PostOffice) -> None:
    first = office.written("KR 1.1: 3", office.agenda(), Message_ID="<same@mail.example.net>")
    second = office.written("Please call me.", office.agenda(), Message_ID="<same@mail.example.net>")

    mails = office.look(first, second, first)

    assert [mail.state for mail in mails] == [IncomingState.APPLIED, IncomingState.HELD]
    assert [len(mail.places) for mail in office.every(INCOMING)] == [2, 1]


def test_a_bounce_that_names_our_letter_only_in_what_it_returns_is_ours(office: PostOffice) -> None:
    raw = report(office, "failed", "5.1.1")
    without_thread = b"\n".join(line for line in raw.split(b"\n") if not line.startswith(b"In-Reply-To"))

    mail = office.receive(without_thread)

    assert mail.reason == "bounce"
    assert office.letter(LetterKind.AGENDA).state is OutgoingState.BOUNCED


def test_a_bounce_of_somebody_elses_mail_is_none_of_our_business(office: PostOffice) -> None:
    ours = office.agenda().message_id.encode()

    assert office.look(report(office, "failed", "5.1.1").replace(ours, b"<private@example.org>")) == ()
    assert office.every(INCOMING) == ()


def test_a_calendar_that_answers_from_another_address_is_held_for_the_mentor(office: PostOffice) -> None:
    calendar = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:REPLY\nBEGIN:VEVENT\n"
        f"UID:{office.talk.token}@okrmate\nSEQUENCE:0\nDTSTAMP:20260309T100000Z\n"
        "ATTENDEE;PARTSTAT=DECLINED:mailto:sam@work.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    fields = {"From": "sam@work.example", "Content_Type": "text/calendar; method=REPLY"}

    mail = office.receive(office.written(calendar, **fields))

    assert (mail.state, mail.reason) == (IncomingState.HELD, "token of ours from an unknown sender")


def test_the_same_mail_sent_again_under_another_message_id_counts_once(office: PostOffice) -> None:
    agenda = office.agenda()
    first = office.answer(agenda, "1.1 +1\nAdd: salary")

    again = office.answer(agenda, "1.1 +1\nAdd: salary")

    assert (again.state, again.reason) == (IncomingState.IGNORED, "duplicate")
    assert office.values()["1.1"] == "2"
    assert [item.text for item in office.every(AGENDA_ITEMS)] == ["salary"]
    assert office.answered() == (first.id,)


def test_a_mail_sent_again_with_its_parts_marked_off_in_another_way_counts_once(office: PostOffice) -> None:
    agenda = office.agenda()
    for mark in ("one", "two"):
        body = f"--{mark}\nContent-Type: text/plain\n\n1.1 +1\n--{mark}--\n"
        office.answer(agenda, body, Content_Type=f"multipart/mixed; boundary={mark}")

    assert office.values()["1.1"] == "2"


def test_the_same_words_an_hour_later_are_said_anew(office: PostOffice) -> None:
    agenda = office.agenda()
    office.answer(agenda, "1.1 +1")
    office.clock.move(hours=1)

    office.answer(agenda, "1.1 +1")

    assert office.values()["1.1"] == "3"


def test_the_same_words_after_others_are_said_anew(office: PostOffice) -> None:
    agenda = office.agenda()
    for said in ("1.1 4", "1.1 5", "1.1 4"):
        office.answer(agenda, said)

    assert office.values()["1.1"] == "4"


def test_an_order_given_twice_is_obeyed_twice(office: PostOffice) -> None:
    agenda = office.agenda()
    mails = [office.answer(agenda, "status") for _ in range(2)]

    assert office.answered() == tuple(mail.id for mail in mails)
