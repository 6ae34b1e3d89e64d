"""What lies among junk: shown, never applied until the mentor, or whoever moves it, says that it is none."""

import pytest

from okrmate.domain.letters import IncomingState
from okrmate.frozen import replace
from okrmate.services.incoming import inbox, review
from okrmate.services.incoming.explaining import explain_mail
from okrmate.services.incoming.meanings import Mark
from okrmate.services.incoming.side_by_side import side_by_side
from okrmate.services.tables import INCOMING, READINGS
from tests.fakes import MemoryMailbox
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    office = PostOffice()
    office.mailbox = MemoryMailbox("INBOX", "Junk")
    office.room = replace(office.room, mailbox=office.mailbox)
    return office


def test_an_answer_among_junk_is_held_and_changes_nothing(office: PostOffice) -> None:
    office.mailbox.arrive(office.written("KR 1.1: 3", office.agenda()), office.clock.now(), "Junk")

    (mail,) = inbox.poll(office.room).mails

    assert (mail.state, mail.reason) == (IncomingState.HELD, "found among junk")
    assert office.every(READINGS) == ()
    assert office.answered() == ()


def test_the_mentor_can_vouch_for_it(office: PostOffice) -> None:
    office.mailbox.arrive(office.written("KR 1.1: 3", office.agenda()), office.clock.now(), "Junk")
    (mail,) = inbox.poll(office.room).mails

    assert review.accept(office.room, mail.id).state is IncomingState.APPLIED
    assert len(office.every(READINGS)) == 1


def test_moved_to_the_inbox_it_is_read_as_any_other(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda())
    office.mailbox.arrive(raw, office.clock.now(), "Junk")
    inbox.poll(office.room)
    office.clock.move(days=1)
    office.mailbox.arrive(raw, office.clock.now(), "INBOX")

    (mail,) = inbox.poll(office.room).mails

    assert mail.state is IncomingState.APPLIED
    assert len(office.every(READINGS)) == 1
    assert len(office.every(INCOMING)) == 1


def test_a_copy_among_junk_of_what_was_read_already_changes_nothing(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda())
    office.mailbox.arrive(raw, office.clock.now(), "INBOX")
    inbox.poll(office.room)
    office.mailbox.arrive(raw, office.clock.now(), "Junk")

    assert inbox.poll(office.room).mails == ()
    assert [mail.state for mail in office.every(INCOMING)] == [IncomingState.APPLIED]


def test_it_is_explained_as_what_it_is_once_it_lies_elsewhere(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda())
    office.mailbox.arrive(raw, office.clock.now(), "Junk")
    inbox.poll(office.room)

    assert explain_mail(office.room, raw).summary == "KR 1.1"


def test_what_it_would_do_is_seen_beside_it_before_she_vouches_for_it(office: PostOffice) -> None:
    office.mailbox.arrive(office.written("KR 1.1: 3", office.agenda()), office.clock.now(), "Junk")
    (mail,) = inbox.poll(office.room).mails

    ((meaning,),) = [row.meanings for row in side_by_side(office.room, mail.id).rows]

    assert (meaning.mark, meaning.ref, meaning.new) == (Mark.PROPOSED, "1.1", "3")
