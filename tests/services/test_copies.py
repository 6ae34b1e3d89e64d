"""Copies for the folder of sent mail: each is filed once, also when that is away or the process ends meanwhile."""

from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes

import pytest

from okrmate.domain.attempts import BACK_OFF
from okrmate.domain.errors import MailLoginError, MailServerError, OkrmateError
from okrmate.domain.letters import LetterKind, OutgoingState
from okrmate.frozen import replace
from okrmate.services.outgoing import delivery
from okrmate.services.outgoing.copies import GIVEN_UP_AFTER
from okrmate.services.pause import pause
from okrmate.services.ports import DeliveryState
from okrmate.services.tables import COPIES
from tests.builders import an_outgoing
from tests.fakes import MemoryPostman
from tests.services.rooms import Office, an_answer, put, state
from tests.services.troubles import KilledError, MortalStore


class FilingPostman(MemoryPostman):
    """Proves only what was filed; a process that files under `dies` ends right behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.dies = False
        self.by_provider: list[str] = []

    def was_sent(self, message_id: str) -> bool:
        super().was_sent(message_id)
        return message_id in [*self.by_provider, *self.names]

    def file(self, message: bytes) -> None:
        super().file(message)
        if self.dies:
            raise KilledError

    @property
    def names(self) -> list[str]:
        return [str(message_from_bytes(message)["Message-ID"]) for message in self.filed]


@pytest.fixture
def postman() -> FilingPostman:
    return FilingPostman()


@pytest.fixture
def office(postman: FilingPostman) -> Office:
    return Office(postman=postman)


AWAY = MailServerError("IMAP is away")


def test_a_copy_is_filed_once_the_sending_is_recorded() -> None:
    recorded: list[OutgoingState] = []

    class WatchingPostman(MemoryPostman):
        def file(self, message: bytes) -> None:
            recorded.append(state(office, letter))
            super().file(message)

    office = Office(postman=WatchingPostman())
    letter = an_answer(office)
    delivery.deliver(office.room)
    assert recorded == [OutgoingState.SENT]
    assert office.postman.filed == [message for _, message in office.postman.sent]


def test_a_copy_that_was_filed_is_asked_for_no_more(office: Office, postman: FilingPostman) -> None:
    an_answer(office)
    delivery.deliver(office.room)
    delivery.deliver(office.room)
    assert (len(postman.filed), postman.asked_for) == (1, [])


@pytest.mark.parametrize("by_provider", [False, True])
def test_where_the_provider_may_file_it_too_a_copy_is_looked_for_once(
    office: Office, postman: FilingPostman, *, by_provider: bool
) -> None:
    letter = an_answer(office)
    postman.looks_first = True
    postman.by_provider = [letter.message_id] if by_provider else []
    delivery.deliver(office.room)
    assert (len(postman.filed), postman.asked_for) == (not by_provider, [letter.message_id])
    assert office.store.every(COPIES) == ()


@pytest.mark.parametrize("ends", [DeliveryState.DEFERRED, DeliveryState.FAILED, DeliveryState.IN_DOUBT])
def test_no_copy_is_filed_of_what_has_not_certainly_left(
    office: Office, postman: FilingPostman, ends: DeliveryState
) -> None:
    an_answer(office)
    postman.expect(ends, "no")
    delivery.deliver(office.room)
    assert (postman.filed, office.store.every(COPIES)) == ([], ())


def test_a_way_out_that_takes_no_copies_is_given_none(office: Office, postman: FilingPostman) -> None:
    postman.takes_copies = False
    an_answer(office)
    delivery.deliver(office.room)
    assert (postman.filed, office.store.every(COPIES)) == ([], ())


@pytest.mark.parametrize("error", [MailServerError, MailLoginError])
def test_letters_leave_though_no_copy_can_be_filed_and_that_is_tried_once(
    office: Office, postman: FilingPostman, error: type[OkrmateError], caplog: pytest.LogCaptureFixture
) -> None:
    postman.sent_error = error("IMAP is away")
    two_answers(office)
    assert len(delivery.deliver(office.room).sent) == 2
    assert [record.message for record in caplog.records] == ["no copies are filed"]


def test_copies_that_could_not_be_filed_are_filed_later_each_once(office: Office, postman: FilingPostman) -> None:
    postman.sent_error = AWAY
    two_answers(office)
    delivery.deliver(office.room)
    postman.sent_error = None
    delivery.deliver(office.room)
    assert postman.filed == []  # the server is left alone for a while
    office.clock.move(minutes=1)
    for _ in range(2):
        office.clock.move(hours=1)
        delivery.deliver(office.room)
    assert sorted(postman.names) == ["<first@example.org>", "<second@example.org>"]
    assert office.store.every(COPIES) == ()


def test_a_late_copy_has_the_bytes_that_left(office: Office, postman: FilingPostman) -> None:
    postman.sent_error = AWAY
    an_answer(office)
    delivery.deliver(office.room)
    postman.sent_error = None
    office.clock.move(minutes=1)
    delivery.deliver(office.room)
    assert postman.filed == [message for _, message in postman.sent]


def test_a_late_copy_that_is_there_meanwhile_is_not_filed_again(office: Office, postman: FilingPostman) -> None:
    postman.sent_error = AWAY
    letter = an_answer(office)
    delivery.deliver(office.room)
    postman.sent_error = None
    postman.by_provider = [letter.message_id]
    office.clock.move(minutes=1)
    delivery.deliver(office.room)
    assert (postman.filed, office.store.every(COPIES)) == ([], ())


def test_a_copy_is_filed_once_though_the_process_ends_before_that_is_known(
    office: Office, postman: FilingPostman
) -> None:
    an_answer(office)
    postman.dies = True
    with pytest.raises(KilledError):
        delivery.deliver(office.room)
    postman.dies = False
    office.restart()
    delivery.deliver(office.room)
    assert (len(postman.filed), office.store.every(COPIES)) == (1, ())


@pytest.mark.parametrize("commits", range(6))
def test_whenever_the_process_ends_each_copy_is_filed_once_in_the_end(postman: FilingPostman, commits: int) -> None:
    store = MortalStore()
    office = Office(store=store, postman=postman)
    two_answers(office)
    store.commits_left = commits
    with suppress(KilledError):
        delivery.deliver(office.room)
    store.commits_left = 10**9
    # A death between the server's 250 and our record sends the letter again under the same Message-ID.
    for _ in range(2):
        office.clock.move(minutes=1)
        delivery.deliver(office.room)
    assert sorted(postman.names) == ["<first@example.org>", "<second@example.org>"]


def test_a_stop_waits_for_the_copies_of_what_has_left(office: Office, postman: FilingPostman) -> None:
    two_answers(office)
    delivery.deliver(office.room, iter([True, False]).__next__)
    assert postman.names == ["<first@example.org>"]


def test_a_stop_does_not_wait_for_what_an_earlier_pass_has_left(office: Office, postman: FilingPostman) -> None:
    postman.sent_error = AWAY
    two_answers(office)
    delivery.deliver(office.room)
    postman.sent_error = None
    office.clock.move(minutes=1)
    delivery.deliver(office.room, iter([True, False]).__next__)
    assert postman.names == ["<first@example.org>"]
    delivery.deliver(office.room)
    assert postman.names == ["<first@example.org>", "<second@example.org>"]


def test_copies_are_made_up_for_also_while_every_letter_is_held(office: Office, postman: FilingPostman) -> None:
    postman.sent_error = AWAY
    an_answer(office)
    delivery.deliver(office.room)
    postman.sent_error = None
    pause(office.desk, "the clock was set back by 3 days")
    office.clock.move(minutes=1)
    delivery.deliver(office.room)
    assert len(postman.filed) == 1


def test_a_place_that_is_away_is_asked_less_and_less_often_and_let_be_after_a_week(
    office: Office, postman: FilingPostman
) -> None:
    postman.sent_error = AWAY
    letter = an_answer(office)
    delivery.deliver(office.room)
    for tried, pause_before in enumerate(BACK_OFF, start=1):
        office.clock.move(seconds=pause_before.total_seconds() - 1)
        delivery.deliver(office.room)
        assert len(postman.asked_for) == tried - 1
        office.clock.move(seconds=1)
        delivery.deliver(office.room)
        assert postman.asked_for == [letter.message_id] * tried
    office.clock.move(seconds=(GIVEN_UP_AFTER + timedelta(hours=1)).total_seconds())
    delivery.deliver(office.room)
    assert office.store.every(COPIES) == ()


def test_a_copy_whose_bytes_are_gone_stands_in_no_others_way(office: Office, postman: FilingPostman) -> None:
    postman.sent_error = AWAY
    two_answers(office)
    delivery.deliver(office.room)
    postman.sent_error = None
    office.clock.move(minutes=1)
    gone = office.store.every(COPIES)[0]
    with office.store.transaction() as tx:
        tx.put(COPIES, replace(gone, raw="mail/nowhere.eml"))
    delivery.deliver(office.room)
    assert len(postman.filed) == 1
    assert office.store.every(COPIES) == ()


def two_answers(office: Office) -> None:
    """Two acknowledgements that are due."""
    an_answer(office, id="first", message_id="<first@example.org>")
    made = an_outgoing(
        id="second",
        key="second",
        message_id="<second@example.org>",
        mentorship="sam-pair",
        meeting="",
        kind=LetterKind.ACKNOWLEDGEMENT,
    )
    put(office, made)
