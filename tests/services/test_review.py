"""The mentor's word on mail that waits: accepting each kind of it, putting it away, and what stays sealed from her."""

import pytest

from okrmate.domain.errors import UsageError
from okrmate.domain.letters import IncomingState, LetterKind, OutgoingState
from okrmate.domain.people import MentorshipState, Side
from okrmate.services.history import undo
from okrmate.services.incoming import inbox
from okrmate.services.incoming.read_again import SEALED
from okrmate.services.incoming.review import (
    accept,
    find_mail,
    keep_note,
    raw_text,
    reject,
    take_typed,
    take_value,
)
from okrmate.services.incoming.side_by_side import side_by_side
from okrmate.services.incoming.words_read import mark_read
from okrmate.services.reports.today import today
from okrmate.services.tables import CHANGES, FEEDBACK, INCOMING, READINGS
from tests.services.post_office import PostOffice


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_an_unknown_mail_is_refused_by_name(office: PostOffice) -> None:
    with pytest.raises(UsageError, match="no mail “nowhere”"):
        find_mail(office.store, "nowhere")


def test_an_answer_from_an_unknown_address_is_applied_once_she_vouches_for_it(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3", From="Sam at work <sam@work.example>")

    accepted = accept(office.room, mail.id)

    assert accepted.state is IncomingState.APPLIED
    assert office.values()["1.1"] == "3"
    assert office.acknowledgement(mail).address == "sam@example.net", "never to the address nobody knows"


def test_accepting_twice_applies_once(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: +1", From="Sam at work <sam@work.example>")
    accept(office.room, mail.id)

    with pytest.raises(UsageError):
        accept(office.room, mail.id)
    assert len(office.every(READINGS)) == 1


def test_a_conversation_is_read_once_she_says_it_is_an_answer(office: PostOffice) -> None:
    letter = office.agenda()
    mail = office.answer(letter, "KR 1.1: 3", In_Reply_To="<hers@example.org>", References=letter.message_id)

    accept(office.room, mail.id)

    assert office.values()["1.1"] == "3"


def test_more_than_twenty_updates_are_applied_once_she_has_looked(office: PostOffice) -> None:
    many = "\n".join(f"KR 1.1: confidence {number % 10}\nKR 1.1 note: step {number}" for number in range(21))
    mail = office.answer(office.agenda(), many)

    accept(office.room, mail.id)

    assert len(office.every(READINGS)) > 20


def test_an_answer_to_an_ended_mentorship_is_applied_if_she_wants_it(office: PostOffice) -> None:
    letter = office.agenda()
    office.become(office.pair.mentorship.id, MentorshipState.ENDED)
    mail = office.answer(letter, "KR 1.1: 3")

    accept(office.room, mail.id)

    assert office.values()["1.1"] == "3"


def test_a_mail_whose_reading_crashed_is_read_after_all(office: PostOffice) -> None:
    raw = office.written("KR 1.1: 3", office.agenda(), Message_ID="<deadly@mail.example.net>")
    for _ in range(2):
        office.raw.begin(inbox.incoming_id("<deadly@mail.example.net>"))
    mail = office.receive(raw)

    accept(office.room, mail.id)

    assert office.values()["1.1"] == "3"


def test_words_for_her_are_settled_when_she_accepts_them(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "I had a hard month.")

    accepted = accept(office.room, mail.id)

    assert (accepted.state, accepted.left) == (IncomingState.APPLIED, ())
    assert office.every(READINGS) == ()
    assert len(office.answered()) == 1


def test_a_mail_that_answers_no_letter_is_settled_and_nothing_is_read_from_it(office: PostOffice) -> None:
    mail = office.receive(office.written("KR 1.1: 3"))

    assert accept(office.room, mail.id).state is IncomingState.APPLIED
    assert office.every(READINGS) == ()


def test_a_mail_that_was_asked_about_is_settled_as_it_stands(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3\n1.2: more than last time")

    assert accept(office.room, mail.id).state is IncomingState.APPLIED
    assert office.values() == {"1.1": "3", "1.2": "", "1.3": ""}


@pytest.mark.parametrize(
    "body", ["I had a hard month.", "1.2: more than last time", "KR 1.1: 3\n1.2: more than before"]
)
def test_a_mail_is_put_away_and_what_it_had_changed_stays(office: PostOffice, body: str) -> None:
    mail = office.answer(office.agenda(), body)
    before = office.values()

    dismissed = reject(office.desk, mail.id)

    assert dismissed.state is IncomingState.DISMISSED
    assert office.values() == before
    assert office.raw.read(mail.raw)


def test_an_unproven_mail_is_put_away_unread(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3", From="Eve <eve@example.com>")

    reject(office.desk, mail.id)

    assert office.every(READINGS) == ()


@pytest.mark.parametrize("body", ["KR 1.1: 3", "help"])
def test_what_is_settled_is_neither_accepted_nor_put_away(office: PostOffice, body: str) -> None:
    mail = office.answer(office.agenda(), body)

    with pytest.raises(UsageError):
        accept(office.room, mail.id)
    with pytest.raises(UsageError):
        reject(office.desk, mail.id)


def test_a_line_that_was_asked_about_becomes_a_value_by_her_word(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999")
    (line,) = side_by_side(office.room, mail.id).open

    settled = take_value(office.room, mail.id, line)

    assert settled.state is IncomingState.APPLIED
    assert office.values()["1.1"] == "9999"
    assert side_by_side(office.room, mail.id).open == ()


def test_a_line_kept_as_a_note_moves_no_number_and_the_last_one_settles_the_mail(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999\n1.2: more than last time")
    first, second = side_by_side(office.room, mail.id).open

    assert keep_note(office.room, mail.id, second).state is IncomingState.ASKED
    assert keep_note(office.room, mail.id, first).state is IncomingState.APPLIED

    assert office.values() == {"1.1": "", "1.2": "", "1.3": ""}
    assert [reading.note for reading in office.every(READINGS)] == ["more than last time", "9999"]


def test_what_was_decided_on_a_line_is_taken_back_like_anything_else(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999")
    (line,) = side_by_side(office.room, mail.id).open
    take_value(office.room, mail.id, line)

    undo(office.desk)

    assert office.values()["1.1"] == ""


def test_a_line_is_decided_on_once(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999\n1.2: more than last time")
    line = side_by_side(office.room, mail.id).open[0]
    keep_note(office.room, mail.id, line)

    with pytest.raises(UsageError, match="not open"):
        keep_note(office.room, mail.id, line)
    assert len(office.every(READINGS)) == 1


def test_a_line_without_a_number_is_no_value(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "1.2: more than last time")
    (line,) = side_by_side(office.room, mail.id).open

    with pytest.raises(UsageError, match="check-in"):
        take_value(office.room, mail.id, line)


def test_a_line_becomes_the_value_she_types_with_its_words_as_the_note_and_undo_takes_it_back(
    office: PostOffice,
) -> None:
    mail = office.answer(office.agenda(), "1.1: more than last time")
    (line,) = side_by_side(office.room, mail.id).open

    settled = take_typed(office.room, mail.id, line, "+2")

    assert settled.state is IncomingState.APPLIED
    assert office.values()["1.1"] == "3"
    assert [reading.note for reading in office.every(READINGS)] == ["more than last time"]
    assert side_by_side(office.room, mail.id).open == ()
    undo(office.desk)
    assert office.values()["1.1"] == ""


@pytest.mark.parametrize("typed", ["perhaps", "200", "blocked", "7, confidence 8"])
def test_what_she_types_is_taken_as_one_clear_value_or_not_at_all(office: PostOffice, typed: str) -> None:
    mail = office.answer(office.agenda(), "1.2: more than last time")
    (line,) = side_by_side(office.room, mail.id).open

    with pytest.raises(UsageError):
        take_typed(office.room, mail.id, line, typed)
    assert office.every(READINGS) == ()
    assert office.now(mail).state is IncomingState.ASKED


def test_a_line_that_names_no_key_result_is_no_note(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 7.9: 4")
    (line,) = side_by_side(office.room, mail.id).open

    with pytest.raises(UsageError, match="names no key result"):
        keep_note(office.room, mail.id, line)


def test_a_value_its_key_result_cannot_take_stays_open(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.2: 140 %")
    (line,) = side_by_side(office.room, mail.id).open

    with pytest.raises(UsageError):
        take_value(office.room, mail.id, line)
    assert office.now(mail).state is IncomingState.ASKED


def test_a_mail_shows_with_its_quotes(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3\n\n> how many?\n")

    assert raw_text(office.room, mail) == "KR 1.1: 3\n\n> how many?"


def test_a_mail_too_big_to_be_read_says_where_it_lies(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "x" * (office.rules.max_size + 1))

    assert mail.raw in raw_text(office.room, mail)
    assert accept(office.room, mail.id).state is IncomingState.APPLIED


def test_feedback_is_sealed_until_both_have_written(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter")
    assert raw_text(office.room, mail) == SEALED

    office.answer_of_mentor(office.letter(LetterKind.FEEDBACK, Side.MENTOR), "+ clear\n- numbers first")

    assert "you listened" in raw_text(office.room, mail)


def test_feedback_is_sealed_for_five_days_at_most(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter")
    office.clock.move(days=5)

    assert "you listened" in raw_text(office.room, mail)


def test_the_half_that_came_in_answer_to_a_question_is_sealed_as_well(office: PostOffice) -> None:
    first = office.answer(office.form(), "+ you listened")
    second = office.answer(office.acknowledgement(first), "shorter, please")

    assert raw_text(office.room, second) == SEALED


def test_feedback_from_an_address_nobody_knows_is_sealed_as_well(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter", From="Sam at work <sam@work.example>")

    assert raw_text(office.room, mail) == SEALED

    accept(office.room, mail.id)
    assert len(office.every(FEEDBACK)) == 1


def test_the_mentors_own_words_are_not_hidden_from_her(office: PostOffice) -> None:
    mail = office.answer_of_mentor(office.form(Side.MENTOR), "+ clear\n- numbers first")

    assert "numbers first" in raw_text(office.room, mail)


def test_sealed_words_stand_nowhere_on_the_first_screen_nor_in_a_record_of_mail(office: PostOffice) -> None:
    office.answer(office.form(), "+ you listened\n- shorter, please\nSee you in April.")

    shown = f"{today(office.desk, office.room.rules)} {office.every(INCOMING)}"

    assert "See you in April" in shown
    assert "you listened" not in shown
    assert "shorter, please" not in shown


def test_settling_and_putting_away_are_entries_of_the_trail_without_a_word_of_the_mail(office: PostOffice) -> None:
    asked = office.answer(office.agenda(), "KR 1.1: 999999%")
    held = office.receive(office.written("my secret worry"))

    accept(office.room, asked.id)
    reject(office.desk, held.id)

    settled, away = office.every(CHANGES)[-2:]
    assert (settled.what, settled.source.ref) == ("mail from sam@example.net settled", "inbox accept")
    assert (away.what, away.source.ref) == ("mail from sam@example.net put away", "inbox reject")


@pytest.mark.parametrize(
    "body", ["I had a hard month.", "1.2: more than last time", "KR 1.1: 3\n1.2: more than before"]
)
@pytest.mark.parametrize("word", ["accept", "reject"])
def test_a_mail_she_has_settled_or_put_away_waits_again_after_undo(office: PostOffice, body: str, word: str) -> None:
    mail = office.answer(office.agenda(), body)
    values = office.values()
    if word == "accept":
        accept(office.room, mail.id)
    else:
        reject(office.desk, mail.id)

    undo(office.desk)

    assert office.now(mail) == mail
    assert office.values() == values


def test_a_mail_settled_by_its_last_line_waits_again_with_that_line_after_undo(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999\n1.2: more than last time")
    first, second = side_by_side(office.room, mail.id).open
    keep_note(office.room, mail.id, first)
    take_typed(office.room, mail.id, second, "70%")

    undo(office.desk)
    assert (office.now(mail), side_by_side(office.room, mail.id).open) == (mail, (second,))
    undo(office.desk)
    assert (office.now(mail), side_by_side(office.room, mail.id).open) == (mail, (first, second))


def test_an_earlier_line_is_taken_back_only_after_the_word_that_settled_the_mail(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 9999\n1.2: more than last time")
    first, second = side_by_side(office.room, mail.id).open
    keep_note(office.room, mail.id, first)
    earlier = office.every(CHANGES)[-1].id
    keep_note(office.room, mail.id, second)

    with pytest.raises(UsageError, match="take that back first"):
        undo(office.desk, earlier)
    assert office.now(mail).state is IncomingState.APPLIED


def test_words_she_has_read_wait_again_after_undo(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "I had a hard month.")
    mark_read(office.desk, mail.id)

    undo(office.desk)

    assert office.now(mail) == mail


@pytest.mark.parametrize("body", ["KR 1.1: 3", "I had a hard month."])
def test_an_answer_she_vouched_for_waits_unread_again_after_undo_and_is_not_confirmed(
    office: PostOffice, body: str
) -> None:
    mail = office.answer(office.agenda(), body, From="Sam at work <sam@work.example>")
    accept(office.room, mail.id)

    undo(office.desk)

    assert office.now(mail) == mail
    assert office.values()["1.1"] == ""
    assert office.acknowledgement(mail).state is OutgoingState.WITHDRAWN
    accept(office.room, mail.id)
    assert {letter.state for letter in office.letters(LetterKind.ACKNOWLEDGEMENT)} == {
        OutgoingState.WITHDRAWN,
        OutgoingState.QUEUED,
    }


def test_what_the_writer_takes_back_himself_waits_for_nobody(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3", From="Sam at work <sam@work.example>")
    accept(office.room, mail.id)
    office.work()

    office.answer(office.acknowledgement(mail), "undo")

    assert office.values()["1.1"] == ""
    assert office.now(mail).state is IncomingState.APPLIED
