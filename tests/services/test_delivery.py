"""Handing a letter over: attempts with growing pauses, refusals, and doubts that cost one copy at most."""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from okrmate.domain.attempts import BACK_OFF
from okrmate.domain.errors import MailLoginError, MailServerError, OkrmateError, StoreError
from okrmate.domain.letters import LetterKind, Outgoing, OutgoingState
from okrmate.domain.people import Side
from okrmate.frozen import replace
from okrmate.services.outgoing import delivery, outbox
from okrmate.services.ports import Delivery, DeliveryState
from tests.builders import NOW, an_outgoing
from tests.fakes import FixedClock, MemoryPostman, MemoryRawMail, MemoryStore, MemoryTransaction
from tests.services.rooms import Office, an_answer, put, state
from tests.services.troubles import KilledError, MoodyPostman

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


def test_a_letter_whose_doubt_is_settled_left_when_it_was_handed_over(office: Office) -> None:
    letter = an_answer(office)
    office.postman.expect(DeliveryState.IN_DOUBT, "the line broke", arrives=True)
    delivery.deliver(office.room)
    office.clock.move(hours=5)
    delivery.deliver(office.room)
    assert outbox.find_letter(office.store, letter.id).sent_at == NOW


def test_a_doubt_is_looked_up_when_the_letter_would_be_tried_again_and_not_before(office: Office) -> None:
    letter = an_answer(office)
    office.postman.expect(DeliveryState.IN_DOUBT, "the line broke", arrives=True)
    assert [each.error for each in delivery.deliver(office.room).in_doubt] == ["the line broke"]
    office.clock.set(NOW + BACK_OFF[0] - MINUTE / 2)
    delivery.deliver(office.room)
    assert office.postman.asked_for == []
    assert state(office, letter) is OutgoingState.SENDING
    office.clock.set(NOW + BACK_OFF[0])
    delivery.deliver(office.room)
    assert office.postman.asked_for == [letter.message_id]
    assert state(office, letter) is OutgoingState.SENT


def test_a_hand_over_that_a_crash_cut_is_looked_up_only_when_the_server_has_had_its_time() -> None:
    postman = MoodyPostman(FixedClock(NOW))
    office = Office(postman=postman)
    letter = an_answer(office)
    postman.mood, postman.proves = "killed after", False  # the server has it, but not filed it yet
    with pytest.raises(KilledError):
        delivery.deliver(office.room)
    office.restart()
    postman.mood = "fine"
    delivery.deliver(office.room)
    assert postman.attempted == [letter.message_id]
    postman.proves = True
    office.clock.move(minutes=1)
    delivery.deliver(office.room)
    assert postman.attempted == [letter.message_id]
    assert state(office, letter) is OutgoingState.SENT


class AskingPostman(MemoryPostman):
    """Asks for a password before anything leaves, and gets it two minutes later."""

    clock = FixedClock(NOW)

    def ready(self) -> None:
        self.clock.move(minutes=2)


def test_a_letter_whose_use_ends_while_the_way_out_is_reached_does_not_leave() -> None:
    postman = AskingPostman()
    office = Office(postman=postman)
    postman.clock = office.clock
    letter = an_answer(office, useful_until=NOW + MINUTE)
    delivery.deliver(office.room)
    assert office.postman.sent == []
    delivery.deliver(office.room)
    assert state(office, letter) is OutgoingState.EXPIRED


class FullRawMail(MemoryRawMail):
    """Has no room for anything more."""

    def keep(self, name: str, content: bytes, at: datetime) -> str:
        raise StoreError("The disk is full.")


def test_a_letter_that_cannot_be_kept_raw_has_not_left_and_is_in_no_doubt(office: Office) -> None:
    letter = an_answer(office)
    with pytest.raises(StoreError):
        delivery.deliver(replace(office.room, raw=FullRawMail()))
    found = outbox.find_letter(office.store, letter.id)
    assert (found.state, found.copies, office.postman.sent) == (OutgoingState.DEFERRED, 0, [])


def test_each_attempt_is_kept_as_it_left(office: Office) -> None:
    letter = an_answer(office)
    office.postman.expect(DeliveryState.DEFERRED, "come back later")
    delivery.deliver(office.room)
    office.clock.set(NOW + BACK_OFF[0])
    delivery.deliver(office.room)
    ((_, message),) = office.postman.sent
    assert office.room.raw.read(f"mail/{NOW:%Y-%m-%d}/{letter.id}-2.eml") == message


@pytest.mark.parametrize("error", [MailServerError, MailLoginError])
def test_a_doubt_that_cannot_be_settled_stays_one_and_keeps_no_other_letter_back(
    office: Office, error: type[OkrmateError]
) -> None:
    doubtful = an_answer(office, id="doubtful", state=OutgoingState.SENDING, copies=1, attempts=1)
    another(office, id="doubtful too", state=OutgoingState.SENDING, copies=1, attempts=1)
    certain = another(office, id="certain")
    office.postman.sent_error = error("IMAP is away")
    assert [each.id for each in delivery.deliver(office.room).sent] == [certain.id]
    assert state(office, doubtful) is OutgoingState.SENDING
    delivery.deliver(office.room)
    assert office.postman.asked_for == [doubtful.message_id]  # not again and again
    office.postman.sent_error = None
    office.clock.move(minutes=1)
    assert len(delivery.deliver(office.room).sent) == 2


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
    assert office.room.raw.read(f"mail/{NOW:%Y-%m-%d}/{letter.id}-1.eml") == message


# reaching the way out


def test_the_way_out_is_not_even_reached_for_where_nothing_is_due(office: Office) -> None:
    letter = an_answer(office, due_at=NOW + MINUTE)
    office.postman.error = MailServerError("nobody there")
    assert delivery.deliver(office.room) == delivery.Delivered()
    office.clock.move(minutes=1)
    with pytest.raises(MailServerError):
        delivery.deliver(office.room)
    assert outbox.find_letter(office.store, letter.id) == letter


def test_the_way_out_is_not_reached_for_a_copy_whose_letter_sleeps(office: Office) -> None:
    office.with_person(zone="Asia/Tokyo")
    agenda = put(office, an_outgoing(mentorship="sam-pair", kind=LetterKind.AGENDA, meeting="talk"))
    put(office, replace(agenda, id="copy", key="copy", to=Side.MENTOR))
    office.postman.error = MailServerError("nobody there")
    office.clock.set(NOW.replace(hour=13))  # 22:00 in Tokyo
    assert delivery.deliver(office.room).sent == ()


@pytest.mark.parametrize("error", [MailServerError, MailLoginError])
def test_where_the_way_out_is_lost_in_the_middle_the_other_letters_wait_untouched(
    office: Office, error: type[OkrmateError]
) -> None:
    class LosingPostman(MemoryPostman):
        def send(self, message: bytes, recipient: str) -> Delivery:
            self.error = error("lost")
            return super().send(message, recipient)

    office.postman = LosingPostman()
    office.restart()
    first = an_answer(office, id="first")
    second = another(office, id="second")
    with pytest.raises(error):
        delivery.deliver(office.room)
    assert state(office, first) is OutgoingState.SENT
    assert outbox.find_letter(office.store, second.id) == second


def test_a_letter_that_is_held_while_others_leave_stays(office: Office) -> None:
    class HoldingPostman(MemoryPostman):
        def send(self, message: bytes, recipient: str) -> Delivery:
            outbox.hold(office.desk, "second")
            return super().send(message, recipient)

    office.postman = HoldingPostman()
    office.restart()
    an_answer(office, id="first")
    second = another(office, id="second")
    assert len(delivery.deliver(office.room).sent) == 1
    assert state(office, second) is OutgoingState.HELD


@pytest.mark.parametrize("ends", ["well", "no way out", "killed"])
def test_the_way_out_rests_after_every_pass(office: Office, ends: str) -> None:
    an_answer(office)
    office.postman.error = {"no way out": MailServerError("nobody there")}.get(ends)
    if ends == "killed":
        office.postman = MoodyPostman(office.clock)
        office.postman.mood = "killed before"
        office.restart()
    with suppress(MailServerError, KilledError):
        delivery.deliver(office.room)
    assert office.postman.rested == 1


def test_a_pass_looks_through_everything_as_often_for_many_letters_as_for_few(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: Counter[int] = Counter()
    letters = 0

    def count(fake: type[MemoryStore | MemoryTransaction]) -> None:
        every, find = fake.every, fake.find

        def counted_every(self: Any, table: Any) -> Any:  # noqa: ANN401 - whatever the port takes
            looks[letters] += 1
            return every(self, table)

        def counted_find(self: Any, table: Any, index: str, value: str) -> Any:  # noqa: ANN401 - as above
            looks[letters] += index == "state"
            return find(self, table, index, value)

        monkeypatch.setattr(fake, "every", counted_every)
        monkeypatch.setattr(fake, "find", counted_find)

    count(MemoryStore)
    count(MemoryTransaction)
    for letters in (2, 40):
        office = Office()
        an_answer(office)
        for number in range(letters - 1):
            another(office, id=f"more{number}")
        assert len(delivery.deliver(office.room).sent) == letters
    assert 0 < looks[2] == looks[40]


def another(office: Office, **fields: object) -> Outgoing:
    """A further acknowledgement to Sam, with a Message-ID of its own."""
    name = str(fields["id"])
    made: Any = {"mentorship": "sam-pair", "meeting": "", "kind": LetterKind.ACKNOWLEDGEMENT, "key": name}
    return put(office, an_outgoing(message_id=f"<{name.replace(' ', '-')}@example.org>", **made | fields))
