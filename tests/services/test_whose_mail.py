"""Mail of others in somebody's thread: filed under whoever wrote it, told to nobody else, never applied for them."""

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import IncomingState, LetterKind, Outgoing
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.history import undo
from okrmate.services.incoming.answering import answer
from okrmate.services.incoming.read_again import ReadAgain, read_again
from okrmate.services.incoming.review import accept
from okrmate.services.mentoring.mentorships import Pair
from okrmate.services.reports.today import today
from okrmate.services.tables import CHANGES, READINGS
from tests.fakes import MemoryMailbox
from tests.services.post_office import PostOffice

KIM = "Kim <kim@example.net>"
EVE = "Eve <eve@evil.example>"
WORDS = "KR 1.1: 3\nI think of leaving, please do not tell anybody."


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


@pytest.fixture
def agenda(office: PostOffice) -> Outgoing:
    return office.agenda()


@pytest.fixture
def kim(office: PostOffice) -> Pair:
    return office.with_person(name="kim")


def my_data(office: PostOffice) -> str:
    return office.said_to(office.answer(office.letter(LetterKind.AGENDA), "my data"))


def test_another_persons_mail_is_filed_under_them(office: PostOffice, agenda: Outgoing, kim: Pair) -> None:
    mail = office.answer(agenda, WORDS, From=KIM)

    assert (mail.state, mail.mentorship) == (IncomingState.HELD, kim.mentorship.id)
    assert [need.who for need in today(office.desk, office.room.rules).needs if need.record == mail.id] == [
        kim.protege.first_name
    ]


@pytest.mark.parametrize("sender", [KIM, EVE])
def test_what_others_wrote_in_a_thread_is_no_part_of_the_data_of_its_owner(
    office: PostOffice, agenda: Outgoing, kim: Pair, sender: str
) -> None:
    office.answer(agenda, WORDS, From=sender, Subject="Re: my salary")

    assert kim.protege.name not in my_data(office)
    assert "my salary" not in my_data(office)


def test_what_the_mentor_answered_is_no_part_of_the_data_of_the_protege(office: PostOffice, agenda: Outgoing) -> None:
    assert agenda.to is Side.PROTEGE
    office.receive(
        office.written("ok", office.letter(LetterKind.AGENDA, Side.MENTOR), From="olivia@example.org", Subject="Re: hm")
    )

    assert "Re: hm" not in my_data(office)


def test_another_persons_mail_can_be_settled_and_is_never_applied(
    office: PostOffice, agenda: Outgoing, kim: Pair
) -> None:
    mail = office.answer(agenda, WORDS, From=KIM)

    assert accept(office.room, mail.id).mentorship == kim.mentorship.id
    assert (office.every(READINGS), office.answered()) == ((), ())


def test_a_mail_to_another_person_that_lay_among_junk_is_not_applied_either(
    office: PostOffice, agenda: Outgoing, kim: Pair
) -> None:
    office.mailbox = MemoryMailbox("INBOX", "Junk")
    office.room = replace(office.room, mailbox=office.mailbox)
    office.mailbox.arrive(office.written(WORDS, agenda, From=KIM), office.clock.now(), folder="Junk")
    (mail,) = office.look()

    assert accept(office.room, mail.id).mentorship == kim.mentorship.id
    assert (office.every(READINGS), office.answered()) == ((), ())


def test_an_answer_to_another_persons_mail_goes_to_them(office: PostOffice, agenda: Outgoing, kim: Pair) -> None:
    mail = office.answer(agenda, WORDS, From=KIM)

    assert answer(office.room, mail.id, "Let us talk.").letter.address == kim.protege.address


def test_a_strangers_mail_is_filed_under_nobody(office: PostOffice, agenda: Outgoing) -> None:
    mail = office.answer(agenda, WORDS, From=EVE)

    assert mail.mentorship == ""
    assert [need.who for need in today(office.desk, office.room.rules).needs if need.record == mail.id] == [
        "eve@evil.example"
    ]
    with pytest.raises(UsageError, match="Nothing proves who wrote that mail"):
        answer(office.room, mail.id, "Hello?")


def test_what_a_strangers_mail_would_change_is_shown(office: PostOffice, agenda: Outgoing) -> None:
    mail = office.answer(agenda, WORDS, From=EVE)

    again = read_again(office.room, office.store, mail)
    assert isinstance(again, ReadAgain)
    assert again.understood is not None
    assert [update.kr for update in again.understood.updates] == ["1.1"]


def test_who_vouched_for_a_strangers_mail_stands_in_the_trail(office: PostOffice, agenda: Outgoing) -> None:
    mail = office.answer(agenda, WORDS, From=EVE)

    accept(office.room, mail.id)

    last = office.every(CHANGES)[-1]
    assert "mail from eve@evil.example read, vouched for by Olivia Marsh: KR 1.1" in last.what
    assert last.by == "Olivia Marsh"
    assert "leaving" not in office.said_to(mail)


def test_a_strangers_mail_is_nobodys_again_when_the_word_for_it_is_taken_back(
    office: PostOffice, agenda: Outgoing
) -> None:
    mail = office.answer(agenda, WORDS, From=EVE)
    accept(office.room, mail.id)

    undo(office.desk, office.every(CHANGES)[-1].id)

    assert office.now(mail) == mail


def test_a_strangers_mail_that_lay_among_junk_is_filed_under_nobody(office: PostOffice, agenda: Outgoing) -> None:
    office.mailbox = MemoryMailbox("INBOX", "Junk")
    office.room = replace(office.room, mailbox=office.mailbox)
    office.mailbox.arrive(office.written(WORDS, agenda, From=EVE), office.clock.now(), folder="Junk")
    (mail,) = office.look()

    assert mail.mentorship == ""
    accept(office.room, mail.id)
    assert office.every(CHANGES)[-1].by == "Olivia Marsh"
