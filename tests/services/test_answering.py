"""The mentor's own answer to a mail: to whom it goes, what it says, what it settles, and how it is taken back."""

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import HoldReason, IncomingState, LetterKind, Outgoing, OutgoingState
from okrmate.domain.people import MentorshipState
from okrmate.frozen import replace
from okrmate.mail.layout import text
from okrmate.services.history import leaves_now, undo
from okrmate.services.incoming.answering import LONGEST, answer, expect_answer
from okrmate.services.incoming.side_by_side import side_by_side
from okrmate.services.mail_rules import Review
from okrmate.services.outgoing import delivery, planning
from okrmate.services.tables import CHANGES, READINGS
from tests.services.post_office import PostOffice

PERSONAL = "I had a hard month."


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def leaving(office: PostOffice) -> Outgoing:
    return office.letter(LetterKind.REPLY)


def test_her_words_leave_in_the_thread_of_the_mail_to_the_known_address_and_settle_it(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), PERSONAL)

    made = answer(office.room, mail.id, "That sounds heavy.\n\nShall we talk on Thursday?")
    office.work()

    letter = leaving(office)
    assert (letter.state, letter.address) == (OutgoingState.SENT, "sam@example.net")
    assert letter.in_reply_to == mail.message_id
    assert letter.references[0] == office.agenda().message_id
    assert text(letter.blocks).split("\n\n")[:2] == ["That sounds heavy.", "Shall we talk on Thursday?"]
    assert "Olivia" in text(letter.blocks)
    assert letter.subject == mail.subject
    assert (made.mail.state, made.mail.left) == (IncomingState.APPLIED, ())
    assert office.now(mail) == made.mail


@pytest.mark.parametrize("words", ["::choice a | yes\n## big\n*bold* {{ name }}", "> 1\n<b>&amp;</b>", "KR 1.1: 9"])
def test_her_words_arrive_as_she_wrote_them_whatever_signs_are_in_them(office: PostOffice, words: str) -> None:
    mail = office.answer(office.agenda(), PERSONAL)

    made = answer(office.room, mail.id, words)

    assert text(made.letter.blocks).startswith(words)


def test_what_would_leave_is_shown_before_and_changes_nothing(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), PERSONAL)

    expected = expect_answer(office.room, mail.id, "That sounds heavy.")

    assert office.now(mail) == mail
    assert office.letters(LetterKind.REPLY) == ()
    assert answer(office.room, mail.id, "That sounds heavy.").letter.blocks == expected.letter.blocks


def test_an_unclear_line_stays_open_when_its_mail_is_answered(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999\n\nI had a hard month.")
    lines = side_by_side(office.room, mail.id).open

    made = answer(office.room, mail.id, "What do you mean by 9999?")

    assert (made.mail.state, made.mail.left) == (IncomingState.ASKED, ())
    assert side_by_side(office.room, mail.id).open == lines


def test_one_entry_of_the_trail_tells_of_it_without_its_words(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), PERSONAL)
    before = len(office.every(CHANGES))

    answer(office.room, mail.id, "That sounds heavy.")

    (entry,) = office.every(CHANGES)[before:]
    assert (entry.what, entry.source.ref) == ("reply to Sam Ortiz written", "inbox answer")
    assert leaves_now(office.store, entry, office.clock.now())


def test_until_it_has_left_it_is_taken_back_and_the_mail_waits_again(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), PERSONAL)
    answer(office.room, mail.id, "That sounds heavy.")

    undo(office.desk)

    assert office.now(mail) == mail
    assert leaving(office).state is OutgoingState.WITHDRAWN
    office.work()
    assert leaving(office).state is OutgoingState.WITHDRAWN


def test_once_it_has_left_it_is_not_taken_back(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), PERSONAL)
    answer(office.room, mail.id, "That sounds heavy.")
    office.work()

    with pytest.raises(UsageError, match="has left"):
        undo(office.desk)
    assert office.now(mail).state is IncomingState.APPLIED


def test_it_waits_where_every_letter_is_reviewed_and_is_not_overtaken_by_plans(office: PostOffice) -> None:
    office.rules = replace(office.rules, review=Review.ALL)
    mail = office.answer(office.agenda(), PERSONAL)
    room = office.restart()

    answer(room, mail.id, "That sounds heavy.")
    planning.plan(room)
    delivery.deliver(room)

    assert (leaving(office).state, leaving(office).hold) == (OutgoingState.HELD, HoldReason.REVIEW)


def test_somebody_who_is_paused_gets_the_answer_to_his_own_mail(office: PostOffice) -> None:
    letter = office.agenda()
    office.become(office.pair.mentorship.id, MentorshipState.PAUSED)
    mail = office.answer(letter, PERSONAL)

    answer(office.room, mail.id, "That sounds heavy.")
    office.work()

    assert leaving(office).state is OutgoingState.SENT


def test_a_mail_that_answers_no_letter_is_answered_as_well(office: PostOffice) -> None:
    mail = office.receive(office.written("Can we move it?"))

    made = answer(office.room, mail.id, "Yes.")

    assert made.letter.in_reply_to == mail.message_id
    assert made.mail.state is IncomingState.APPLIED


def test_what_he_writes_back_reaches_her_and_moves_no_number(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), PERSONAL)
    answer(office.room, mail.id, "How many is it now?")
    office.work()

    back = office.answer(leaving(office), "KR 1.1: 4\nand thanks, it is better now")

    assert office.every(READINGS) == ()
    assert " ".join(back.left) == "KR 1.1: 4 and thanks, it is better now"


@pytest.mark.parametrize("body", ["", "x" * (LONGEST + 1)])
def test_an_answer_has_words_and_not_too_many(office: PostOffice, body: str) -> None:
    mail = office.answer(office.agenda(), PERSONAL)

    with pytest.raises(UsageError, match="An answer"):
        answer(office.room, mail.id, body)


def test_nobody_is_written_to_on_the_word_of_a_mail_that_nothing_proves(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), PERSONAL, From="Eve <eve@example.com>")

    with pytest.raises(UsageError, match="Nothing proves"):
        answer(office.room, mail.id, "Hello")
    assert office.letters(LetterKind.REPLY) == ()


def test_neither_a_machine_nor_herself_nor_somebody_who_has_left_is_answered(office: PostOffice) -> None:
    away = office.answer(office.agenda(), "Back on Monday", Auto_Submitted="auto-replied")
    own = office.answer_of_mentor(office.form(office.letter(LetterKind.AGENDA).to.other), "a hard month")
    mail = office.receive(office.written("Bye"))
    office.become(office.pair.mentorship.id, MentorshipState.ENDED)

    for each, why in ((away, "ignored"), (own, "yourself"), (mail, "is over")):
        with pytest.raises(UsageError, match=why):
            answer(office.room, each.id, "Hello")
