"""Handing a letter over: attempts with growing pauses, refusals, and doubts that cost one copy at most."""

from datetime import timedelta

import pytest

from okrmate.domain.letters import BACK_OFF, LetterKind, OutgoingState
from okrmate.services.outgoing import delivery, outbox
from okrmate.services.ports import DeliveryState
from tests.builders import NOW, an_outgoing
from tests.services.rooms import Office, an_answer, put, state

MINUTE = timedelta(minutes=1)


@pytest.fixture
def office() -> Office:
    return Office()


def test_a_letter_that_is_put_off_is_tried_again_after_growing_pauses(office: Office) -> None:
    letter = an_answer(office, useful_until=NOW + timedelta(days=3))
    for pause in (*BACK_OFF, BACK_OFF[-1]):
        office.postman.expect(DeliveryState.DEFERRED, "busy")
        assert [each.error for each in delivery.deliver(office.room).deferred] == ["busy"]
        office.clock.set(office.clock.now() + pause - MINUTE)
        assert delivery.deliver(office.room) == delivery.Delivered()
        office.clock.move(minutes=1)
    (sent,) = delivery.deliver(office.room).sent
    assert (sent.id, sent.attempts, sent.copies) == (letter.id, len(BACK_OFF) + 2, 1)
    assert not sent.perhaps_twice


def test_a_refused_letter_fails_and_is_not_tried_again(office: Office) -> None:
    letter = an_answer(office)
    office.postman.expect(DeliveryState.FAILED, "no such address")
    assert [each.error for each in delivery.deliver(office.room).failed] == ["no such address"]
    office.clock.move(hours=9)
    delivery.deliver(office.room)
    assert office.postman.attempts == 1
    assert state(office, letter) is OutgoingState.FAILED


def test_a_letter_found_in_sent_after_a_crash_is_not_sent_again(office: Office) -> None:
    letter = an_answer(office)
    delivery.deliver(office.room)
    put(office, an_outgoing(id=letter.id, message_id=letter.message_id, state=OutgoingState.SENDING, copies=1))
    office.restart()
    delivery.deliver(office.room)
    assert state(office, letter) is OutgoingState.SENT
    assert office.postman.copies(letter.message_id) == 1


def test_a_letter_that_a_crash_left_in_doubt_is_sent_once_more_under_the_same_message_id(office: Office) -> None:
    letter = an_answer(office, state=OutgoingState.SENDING, copies=1, attempts=1)
    office.restart()
    done = delivery.deliver(office.room)
    assert [(each.message_id, each.copies) for each in done.sent] == [(letter.message_id, 2)]
    assert done.doubtful == 1
    assert office.postman.copies(letter.message_id) == 1


@pytest.mark.parametrize(("arrived", "copies"), [(True, 1), (False, 2)])
def test_a_broken_line_is_settled_by_the_sent_folder(office: Office, arrived: bool, copies: int) -> None:
    letter = an_answer(office)
    office.postman.expect(DeliveryState.IN_DOUBT, "the line broke", arrives=arrived)
    delivery.deliver(office.room)
    office.clock.set(NOW + BACK_OFF[0])
    delivery.deliver(office.room)
    found = outbox.find_letter(office.store, letter.id)
    assert (found.state, found.copies) == (OutgoingState.SENT, copies)
    assert office.postman.copies(letter.message_id) == 1


def test_a_letter_that_cannot_be_written_as_a_mail_fails_and_keeps_no_other_back(office: Office) -> None:
    bad = an_answer(office, id="bad", address="not an address")
    good = put(office, an_outgoing(id="good", mentorship="sam-pair", meeting="", kind=LetterKind.ACKNOWLEDGEMENT))
    delivery.deliver(office.room)
    assert state(office, good) is OutgoingState.SENT
    found = outbox.find_letter(office.store, bad.id)
    assert (found.state, found.copies) == (OutgoingState.FAILED, 0)
    assert "not an address" in found.error


def test_a_letter_is_kept_raw_as_it_left(office: Office) -> None:
    letter = an_answer(office)
    delivery.deliver(office.room)
    ((_, message),) = office.postman.sent
    assert office.room.raw.read(f"mail/{NOW:%Y-%m-%d}/{letter.id}.eml") == message
