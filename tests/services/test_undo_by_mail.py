"""UNDO by mail: within seven days, of all that a mail changed or of one key result, and once."""

from datetime import timedelta

import pytest

from okrmate.domain.letters import IncomingState, LetterKind, Outgoing
from okrmate.services.history import undo
from okrmate.services.incoming.review import take_typed
from okrmate.services.incoming.side_by_side import side_by_side
from okrmate.services.mentoring.mentorships import pair
from okrmate.services.mentoring.silence import resume
from okrmate.services.tables import CHANGES, READINGS
from tests.services.post_office import PostOffice

BOTH = "KR 1.1: 3\nKR 1.2: 70%"


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def answered(office: PostOffice, words: str = BOTH) -> Outgoing:
    """The acknowledgement of an answer with numbers."""
    return office.acknowledgement(office.answer(office.agenda(), words))


@pytest.mark.parametrize("line", ["UNDO", "undo, please", "Undo!"])
def test_undo_takes_back_all_that_the_answered_mail_changed(office: PostOffice, line: str) -> None:
    mail = office.answer(answered(office), line)

    assert office.values() == {"1.1": "", "1.2": "", "1.3": ""}
    assert "Taken back. All is as it was before your mail of 9:01." in office.said_to(mail)


def test_where_something_newer_stands_not_all_is_said_to_be_as_before(office: PostOffice) -> None:
    told = answered(office, "1.1 4")
    office.answer(office.letter(LetterKind.AGENDA), "1.1 5")

    mail = office.answer(told, "undo")

    assert office.values()["1.1"] == "5"
    assert "Taken back: all that your mail of 9:01 changed." in office.said_to(mail)
    assert "the newer 5 stands" in office.said_to(mail)
    assert "again (KR" not in office.said_to(mail)


@pytest.mark.parametrize("line", ["undo 1.1", "UNDO KR 1.1", "undo kr1.1 please"])
def test_undo_of_one_key_result_leaves_the_other_as_it_is(office: PostOffice, line: str) -> None:
    mail = office.answer(answered(office), line)

    assert office.values() == {"1.1": "", "1.2": "70", "1.3": ""}
    assert (mail.state, mail.left) == (IncomingState.APPLIED, ())
    assert "Taken back, and nothing else of your mail of 9:01." in office.said_to(mail)
    assert "1.2" not in office.said_to(mail)


def test_undo_of_one_key_result_is_an_entry_of_the_trail_that_undo_knows(office: PostOffice) -> None:
    letter = answered(office)
    office.answer(letter, "undo 1.1")
    entry = office.every(CHANGES)[-1]
    assert (bool(entry.undoes), entry.part, entry.by) == (True, "1.1", "Sam Ortiz")

    mail = office.answer(letter, "undo")

    assert office.values() == {"1.1": "", "1.2": "", "1.3": ""}
    assert "Taken back" in office.said_to(mail)
    first, second = office.every(READINGS)
    assert first.undone_by == entry.id != second.undone_by


def test_undo_of_a_key_result_that_the_mail_did_not_speak_of_takes_nothing_back(office: PostOffice) -> None:
    mail = office.answer(answered(office), "undo 1.3")

    assert office.values() == {"1.1": "3", "1.2": "70", "1.3": ""}
    assert "Nothing to take back" in office.said_to(mail)


@pytest.mark.parametrize("line", ["undo", "undo 1.1"])
def test_an_undo_that_was_done_before_says_so_and_changes_nothing(office: PostOffice, line: str) -> None:
    letter = answered(office)
    first = office.answer(letter, line)
    entries = len(office.every(CHANGES))

    for answer_to in (letter, office.acknowledgement(first)):
        again = office.answer(answer_to, line)
        assert "taken back before" in office.said_to(again)

    assert len(office.every(CHANGES)) == entries


def test_what_the_mentor_took_back_is_taken_back_before(office: PostOffice) -> None:
    letter = answered(office)
    undo(office.desk, office.every(CHANGES)[-1].id)

    assert "taken back before" in office.said_to(office.answer(letter, "undo"))


def test_undo_works_for_seven_days_and_then_says_what_to_do(office: PostOffice) -> None:
    letter = answered(office)
    changed_at = office.every(CHANGES)[-1].at

    office.clock.set(changed_at + timedelta(days=7))
    late = office.answer(letter, "undo")

    assert office.values()["1.1"] == "3"
    assert "UNDO reaches back 7 days" in office.said_to(late)
    assert "Olivia can take back the rest" in office.said_to(late)


def test_undo_in_answer_to_any_letter_takes_back_the_newest_mail(office: PostOffice) -> None:
    answered(office)
    office.answer(office.letter(LetterKind.AGENDA), "KR 1.1: 4")

    office.answer(office.letter(LetterKind.AGENDA), "undo")

    assert office.values() == {"1.1": "3", "1.2": "70", "1.3": ""}


def test_an_undo_that_arrives_twice_is_obeyed_and_answered_once(office: PostOffice) -> None:
    letter = answered(office)
    raw = office.written("undo", letter)

    office.look(raw, raw)

    assert sum(bool(change.undoes) for change in office.every(CHANGES)) == 1
    assert len(office.answered()) == 2


def test_undo_in_answer_to_the_question_whether_to_take_it_back_does_so(office: PostOffice) -> None:
    doubtful = office.answer(answered(office), "not sure, undo?")
    assert (doubtful.state, doubtful.reason) == (IncomingState.ASKED, "undo")
    assert office.values()["1.1"] == "3"

    office.answer(office.acknowledgement(doubtful), "undo")

    assert office.values() == {"1.1": "", "1.2": "", "1.3": ""}
    assert office.now(doubtful).state is IncomingState.APPLIED


def test_undo_of_a_mail_that_was_partly_clear_settles_its_question_as_well(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "1.1: 3\n1.2 +10%")

    office.answer(office.acknowledgement(mail), "undo")

    assert office.values() == {"1.1": "", "1.2": "", "1.3": ""}
    assert office.now(mail).state is IncomingState.APPLIED


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        (LetterKind.AGENDA, "Add: the budget\n1.1: 3", ('Not on the list any more: "the budget"', "no number again")),
        (LetterKind.AGENDA, "looks good", ("Whether the list suits you: not said yet",)),
        (LetterKind.AGENDA, "remove 1", ("The list: in its order of before",)),
        (LetterKind.AGENDA, "1.1: please make the target 4", ("Your wish for the goals: not kept",)),
        (LetterKind.AGENDA, "pause 2 weeks", ("No pause any more: the mails come again",)),
        (LetterKind.AGENDA, "pause 2 weeks\n1.1: 3", ("No pause any more", "no number again")),
        (LetterKind.AGENDA, "later\nAdd: the budget", ("Questions: asked", 'Not on the list any more: "the budget"')),
        (LetterKind.AGENDA, "later", ("Questions: asked as before",)),
        (LetterKind.INVITATION, "I can come", ("The invitation: not answered yet",)),
        (LetterKind.FEEDBACK, "+ your questions\n- more time", ("Your feedback on the talk: as before",)),
    ],
)
def test_what_was_taken_back_beside_numbers_is_named(
    office: PostOffice, kind: LetterKind, words: str, said: tuple[str, ...]
) -> None:
    letter = office.form() if kind is LetterKind.FEEDBACK else office.agenda()
    mail = office.answer(letter if kind is letter.kind else office.letter(kind), words)

    undone = office.answer(office.acknowledgement(mail), "undo")

    assert [each for each in said if each not in office.said_to(undone)] == []
    assert "Taken back. All is as it was before" in office.said_to(undone)


def test_where_part_of_a_mail_has_changed_again_only_the_rest_is_taken_back_and_said_to_be(office: PostOffice) -> None:
    told = answered(office, "pause 2 weeks\n1.1: 3")
    resume(office.desk, pair(office.store, office.pair.mentorship.id))

    mail = office.answer(told, "undo")

    assert office.values()["1.1"] == ""
    assert "Taken back, and nothing else of your mail of 9:01." in office.said_to(mail)
    assert "No pause" not in office.said_to(mail)


def test_what_the_mentor_decided_on_a_line_is_taken_back_with_the_mail_it_came_in(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), "KR 1.1: 3\nKR 1.2: 400 %")
    (line,) = side_by_side(office.room, mail.id).open
    take_typed(office.room, mail.id, line, "70")

    undone = office.answer(office.acknowledgement(mail), "undo")

    assert office.values() == {"1.1": "", "1.2": "", "1.3": ""}
    assert "Taken back. All is as it was before your mail" in office.said_to(undone)
