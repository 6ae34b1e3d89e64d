"""What new mail tells against our picture of the world, and that nothing leaves then until the mentor has looked."""

from datetime import timedelta

import pytest

from okrmate.domain.letters import HoldReason, LetterKind, Outgoing
from okrmate.frozen import replace
from okrmate.services.incoming import inbox
from okrmate.services.incoming.doubts import OLDER_COPY
from okrmate.services.outgoing import delivery, outbox, planning
from okrmate.services.pause import is_restored_and_held, pause, pause_reason, pause_restored
from okrmate.services.tables import OUTGOING
from tests.services.post_office import AGENDA_DAY, OLIVIA, SAM, PostOffice
from tests.services.rooms import put

HOUR = timedelta(hours=1)
THEIRS = f"<{'q' * 27}.anotherhome1@example.org>"
"""The Message-ID of a letter that another home has written."""


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def from_another_home(office: PostOffice, **fields: str | None) -> bytes:
    """The mentor's copy of an agenda that another home has sent."""
    head: dict[str, str | None] = {"From": OLIVIA, "Message_ID": THEIRS, "Auto_Submitted": "auto-generated"}
    return office.written("The agenda\n", **head | fields)


def believing(office: PostOffice, server: str) -> None:
    """From now on what this server says of senders is believed."""
    office.room = replace(office.room, rules=replace(office.room.rules, authserv_ids=(server,)))


def why_held(office: PostOffice, *raw: bytes) -> str:
    """Why nothing leaves after these mails have arrived."""
    office.look(*raw)
    return pause_reason(office.store)


def filed(office: PostOffice, *raw: bytes) -> None:
    """These lie among sent mail."""
    office.mailbox.make("Sent")
    for each in raw:
        office.mailbox.arrive(each, office.clock.now(), "Sent")


def a_letter_of_ours(name: str) -> str:
    """The Message-ID of a letter that this home has sent and does not know of."""
    return f"<{name.replace('-', ''):q<27}.home1@example.org>"


def waited_for_hours(office: PostOffice) -> Outgoing:
    """A letter that was held for most of a day and has just left."""
    office.clock.set(AGENDA_DAY)
    planning.plan(office.room)
    waiting = office.letter(LetterKind.AGENDA)
    outbox.hold(office.desk, waiting.id)
    office.clock.move(hours=6)
    outbox.release(office.desk, waiting.id)
    delivery.deliver(office.room)
    return office.letter(LetterKind.AGENDA)


# another home


def test_another_homes_letter_on_the_account_holds_every_letter_until_the_mentor_has_looked(office: PostOffice) -> None:
    agenda = office.agenda()
    reason = why_held(office, from_another_home(office))
    mail = office.answer(agenda, "KR 1.1: 3")

    assert reason == "another home of okrmate sends from this account too; stop one of the two, then release"
    assert office.values()["1.1"] == "3"
    assert office.acknowledgement(mail).sent_at is None
    outbox.release_all(office.desk)
    delivery.deliver(office.room)
    assert office.acknowledgement(mail).sent_at is not None


def test_it_is_seen_by_its_headers_and_nothing_of_it_is_kept(office: PostOffice) -> None:
    before = dict(office.raw.kept)

    assert office.look(from_another_home(office)) == ()
    assert office.raw.kept == before


def test_a_home_that_goes_on_sending_after_a_release_is_told_again(office: PostOffice) -> None:
    office.look(from_another_home(office))
    outbox.release_all(office.desk)

    assert why_held(office, from_another_home(office, Message_ID=THEIRS.replace("q", "r")))


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "Eve <eve@example.com>"},
        {"From": f"{OLIVIA}, Eve <eve@example.com>"},
        {"Message_ID": "<1234567890.1.1700000000000@example.org>"},
        {"Message_ID": None},
        {"Auto_Submitted": None},
    ],
)
def test_what_only_looks_like_it_is_none(office: PostOffice, fields: dict[str, str | None]) -> None:
    assert why_held(office, from_another_home(office, **fields)) == ""


@pytest.mark.parametrize(
    ("results", "held"), [("dmarc=fail", False), ("spf=pass", False), (None, False), ("dmarc=pass", True)]
)
def test_where_a_server_is_believed_only_what_it_proves_holds_letters(
    office: PostOffice, results: str | None, *, held: bool
) -> None:
    believing(office, "mx.example.org")
    said = {"Authentication_Results": results and f"mx.example.org; {results} header.from=example.org"}

    assert bool(why_held(office, from_another_home(office, **said))) == held


@pytest.mark.parametrize(("days", "held"), [(6, True), (8, False)])
def test_a_home_of_which_nothing_was_seen_for_a_week_is_gone(office: PostOffice, days: int, *, held: bool) -> None:
    office.mailbox.ahead = -timedelta(days=days)

    assert bool(why_held(office, from_another_home(office))) == held


def test_another_homes_letter_among_sent_mail_holds_every_letter(office: PostOffice) -> None:
    filed(office, from_another_home(office))

    assert office.look() == ()
    assert "another home of okrmate" in pause_reason(office.store)


# an older copy of this home


def test_an_answer_to_a_letter_that_this_home_does_not_know_holds_every_letter(office: PostOffice) -> None:
    lost = a_letter_of_ours("lost")

    assert why_held(office, office.written("KR 1.1: 3", In_Reply_To=lost)) == OLDER_COPY


def test_a_letter_among_sent_mail_that_this_home_does_not_know_holds_every_letter(office: PostOffice) -> None:
    filed(office, from_another_home(office, Message_ID=a_letter_of_ours("lost")))
    before = dict(office.raw.kept)

    assert office.look() == ()
    assert (pause_reason(office.store), office.raw.kept) == (OLDER_COPY, before)


def test_it_shows_also_by_the_mentors_own_copy_of_such_a_letter(office: PostOffice) -> None:
    assert why_held(office, from_another_home(office, Message_ID=a_letter_of_ours("lost"))) == OLDER_COPY


def test_nothing_leaves_then_until_the_mentor_has_looked(office: PostOffice) -> None:
    agenda = office.agenda()
    mail = office.answer(agenda, "KR 1.1: 3", References=f"{agenda.message_id} {a_letter_of_ours('lost')}")

    assert office.acknowledgement(mail).sent_at is None
    outbox.release_all(office.desk)
    delivery.deliver(office.room)
    assert office.acknowledgement(mail).sent_at is not None


def test_of_each_such_letter_she_is_told_once_however_many_answers_come(office: PostOffice) -> None:
    lost, another = a_letter_of_ours("lost"), a_letter_of_ours("another")
    filed(office, *(from_another_home(office, Message_ID=name) for name in (lost, another)))
    office.look()
    outbox.release_all(office.desk)

    assert why_held(office, office.written("KR 1.1: 3", In_Reply_To=lost)) == ""
    assert why_held(office, office.written("KR 1.2: 3", References=f"{another} {lost}")) == ""
    assert why_held(office, office.written("KR 1.2: 3", In_Reply_To=a_letter_of_ours("third"))) == OLDER_COPY


def test_the_letters_it_knows_hold_nothing(office: PostOffice) -> None:
    agenda = office.agenda()
    filed(office, from_another_home(office, Message_ID=agenda.message_id))

    assert why_held(office, office.written("KR 1.1: 3", agenda)) == ""


def test_letters_are_known_in_whatever_case_a_gateway_has_put_them(office: PostOffice) -> None:
    agenda = office.agenda()

    assert why_held(office, office.written("KR 1.1: 3", In_Reply_To=agenda.message_id.upper())) == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"From": "Eve <eve@example.com>"},
        {"From": f"{SAM}, Eve <eve@example.com>"},
        {"From": None},
    ],
)
def test_what_somebody_unknown_writes_proves_no_letter(office: PostOffice, fields: dict[str, str | None]) -> None:
    assert why_held(office, office.written("hello", **{"In_Reply_To": a_letter_of_ours("made-up"), **fields})) == ""


@pytest.mark.parametrize(
    ("results", "held"), [("dmarc=fail", False), ("none", False), ("dkim=pass header.d=example.net", True)]
)
def test_an_answer_that_may_be_forged_proves_no_letter(office: PostOffice, results: str, *, held: bool) -> None:
    believing(office, "mx.example.org")
    said = {"Authentication_Results": f"mx.example.org; {results}"}

    assert bool(why_held(office, office.written("hello", In_Reply_To=a_letter_of_ours("made-up"), **said))) == held


def test_junk_proves_no_letter(office: PostOffice) -> None:
    office.mailbox.make("Junk")
    office.mailbox.arrive(office.written("hello", In_Reply_To=a_letter_of_ours("made-up")), office.clock.now(), "Junk")
    office.look()

    assert pause_reason(office.store) == ""


def test_it_is_told_beside_a_reason_that_stands_and_once(office: PostOffice) -> None:
    pause(office.desk, "the clock was set back by 3 days")
    for name in ("lost", "another"):
        office.look(office.written("KR 1.1: 3", In_Reply_To=a_letter_of_ours(name)))

    assert pause_reason(office.store) == f"the clock was set back by 3 days; {OLDER_COPY}"


# clocks


def test_a_clock_far_behind_the_servers_holds_every_letter(office: PostOffice) -> None:
    office.mailbox.ahead = 3 * HOUR

    assert why_held(office, office.written("lunch?", From="Eve <eve@example.com>")) == (
        "this machine's clock is 3.0 hours behind the mail server's; set it, then release"
    )


def test_a_clock_far_ahead_of_the_servers_holds_every_letter(office: PostOffice) -> None:
    letter = office.agenda()
    office.mailbox.ahead = -3 * HOUR

    assert why_held(office, office.written("KR 1.1: 3", letter)) == (
        "by the mail server's clock mail came 3.0 hours before the letter it belongs to had left; "
        "set this machine's clock, then release"
    )


def test_it_shows_by_the_letters_copy_among_sent_mail_also_where_that_had_to_wait(office: PostOffice) -> None:
    letter = waited_for_hours(office)
    office.mailbox.ahead = -3 * HOUR
    filed(office, from_another_home(office, Message_ID=letter.message_id))
    office.look()

    assert "mail came 3.0 hours before the letter" in pause_reason(office.store)


def test_of_a_letter_that_perhaps_left_twice_only_the_second_time_is_known(office: PostOffice) -> None:
    letter = waited_for_hours(office)
    put(office, replace(letter, copies=2))
    office.mailbox.ahead = -3 * HOUR

    assert why_held(office, office.written("KR 1.1: 3", letter)) == ""


def test_it_shows_also_by_the_mentors_own_copy_of_a_letter(office: PostOffice) -> None:
    letter = office.agenda()
    office.mailbox.ahead = -3 * HOUR

    assert why_held(office, office.written("as sent", From=OLIVIA, Message_ID=letter.message_id))


@pytest.mark.parametrize("ahead", [HOUR, -HOUR, timedelta(), None])
def test_clocks_that_are_an_hour_apart_hold_nothing(office: PostOffice, ahead: timedelta | None) -> None:
    letter = office.agenda()
    office.mailbox.ahead = ahead

    assert why_held(office, office.written("KR 1.1: 3", letter)) == ""


def test_a_mail_that_has_waited_for_days_says_nothing_of_the_clock(office: PostOffice) -> None:
    office.mailbox.ahead = -timedelta(days=3)

    assert why_held(office, office.written("lunch?", From="Eve <eve@example.com>")) == ""


@pytest.mark.parametrize("ahead", [3 * HOUR, -3 * HOUR])
def test_a_servers_clock_that_is_not_to_be_compared_holds_nothing(office: PostOffice, ahead: timedelta) -> None:
    letter = office.agenda()
    office.room = replace(office.room, rules=replace(office.room.rules, compare_clocks=False))
    office.mailbox.ahead = ahead

    assert why_held(office, office.written("KR 1.1: 3", letter)) == ""


# the pause


def test_a_pause_that_stands_keeps_its_reason(office: PostOffice) -> None:
    pause(office.desk, "the clock was set back by 3 days")

    assert why_held(office, from_another_home(office)) == "the clock was set back by 3 days"


def test_the_doubt_holds_also_where_the_look_is_to_stop_at_once(office: PostOffice) -> None:
    office.clock.move(minutes=1)
    office.mailbox.arrive(from_another_home(office), office.clock.now())
    office.mailbox.arrive(office.written("KR 1.1: 3"), office.clock.now())

    inbox.poll(office.room, lambda: False)

    assert pause_reason(office.store)


# a home that was put back from a backup


def test_in_a_restored_home_what_was_due_by_then_waits_for_the_mentor_one_by_one(office: PostOffice) -> None:
    office.clock.set(AGENDA_DAY + HOUR)
    pause_restored(office.desk, "Mon 9 March")
    assert planning.plan(office.room).letters == ()
    outbox.release_all(office.desk)
    planning.plan(office.room)

    assert office.letter(LetterKind.AGENDA).hold is HoldReason.DOUBT


def test_in_a_restored_home_what_falls_due_later_leaves_as_ever(office: PostOffice) -> None:
    office.clock.set(AGENDA_DAY - HOUR)
    pause_restored(office.desk, "Mon 9 March")
    outbox.release_all(office.desk)
    office.clock.set(AGENDA_DAY)
    planning.plan(office.room)

    assert office.letter(LetterKind.AGENDA).hold is None


def test_restoring_adds_its_reason_to_the_one_that_holds_already(office: PostOffice) -> None:
    pause(office.desk, "the clock")
    pause_restored(office.desk, "Mon 9 March")

    assert pause_reason(office.store).startswith("the clock; restored from a backup of Mon 9 March; see")


def test_a_letter_that_had_left_before_the_restoring_is_recorded_as_sent_and_leaves_no_more(office: PostOffice) -> None:
    office.clock.set(AGENDA_DAY)
    planning.plan(office.room)
    waiting = office.letter(LetterKind.AGENDA)
    office.postman.send(delivery.raw_message(office.room, waiting, AGENDA_DAY), waiting.address)
    office.clock.move(minutes=5)
    pause_restored(office.desk, "Mon 9 March")
    outbox.release_all(office.desk)
    delivered = delivery.deliver(office.room)

    assert waiting.id not in {letter.id for letter in delivered.sent}
    assert office.letter(LetterKind.AGENDA).sent_at == waiting.due_at
    assert office.letter(LetterKind.AGENDA).copies == 0


def test_in_a_restored_home_the_answer_to_a_mail_that_is_read_once_more_is_let_go_by_itself(office: PostOffice) -> None:
    agenda = office.agenda()
    pause_restored(office.desk, "Mon 9 March")
    answer = office.acknowledgement(office.answer(agenda, "KR 1.1: 3"))
    assert answer.hold is HoldReason.DOUBT

    outbox.release_all(office.desk)
    delivery.deliver(office.room)
    assert office.store.get(OUTGOING, answer.id) == answer

    outbox.release(office.desk, answer.id)
    assert [letter.id for letter in delivery.deliver(office.room).sent] == [answer.id]


def test_once_a_restored_home_was_looked_at_answers_leave_as_ever(office: PostOffice) -> None:
    agenda = office.agenda()
    pause_restored(office.desk, "Mon 9 March")
    outbox.release_all(office.desk)

    assert office.acknowledgement(office.answer(agenda, "KR 1.1: 3")).hold is None


def test_everything_let_go_twice_lets_go_what_was_doubted_too(office: PostOffice) -> None:
    agenda = office.agenda()
    pause_restored(office.desk, "Mon 9 March")
    answer = office.acknowledgement(office.answer(agenda, "KR 1.1: 3"))
    outbox.release_all(office.desk)

    assert [letter.id for letter in outbox.release_all(office.desk)] == [answer.id]


def test_another_reason_to_hold_does_not_hide_that_a_home_was_restored(office: PostOffice) -> None:
    pause_restored(office.desk, "Mon 9 March")
    pause(office.desk, "the clock")

    assert pause_reason(office.store).endswith("then release; the clock")
    assert is_restored_and_held(office.store)
