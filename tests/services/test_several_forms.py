"""More than one form in one mail: each answer is tied to its own letter, and what has no tie is the mentor's."""

from itertools import permutations

import pytest

from okrmate.domain.letters import IncomingState, LetterKind, Outgoing
from okrmate.domain.meetings import Participation
from okrmate.domain.people import Side
from okrmate.mail.layout import text
from okrmate.services.incoming.explaining import explain_mail
from okrmate.services.incoming.read_again import SEALED
from okrmate.services.incoming.review import raw_text
from okrmate.services.tables import AGENDA_ITEMS, FEEDBACK
from tests.services.post_office import PostOffice

BOTH_LABELS = "One positive: you listened\nOne suggestion: shorter"


MARKS = ("> ", "")
"""What mail programs put before each line they quote; some put nothing."""


def filled(letter: Outgoing, mark: str = "> ", **words: str) -> str:
    """A letter as a mail program shows it, with words behind some of its labels (`KR_1_1` is the label `KR 1.1`)."""
    labels = {f"{name.replace('_', ' ', 1).replace('_', '.')}:": said for name, said in words.items()}
    lines = (f"{line} {labels[line]}" if line in labels else line for line in text(letter.blocks).splitlines())
    return "".join(f"{mark}{line}\n" for line in lines)


def what_is_there(office: PostOffice) -> tuple[object, ...]:
    given = [(each.positive, each.suggestion) for each in office.every(FEEDBACK)]
    return office.values(), given, office.every(AGENDA_ITEMS), office.talk.participation


@pytest.fixture
def office() -> PostOffice:
    return PostOffice()


def test_an_answer_to_the_agenda_may_hold_the_feedback_on_the_talk(office: PostOffice) -> None:
    office.form()

    mail = office.answer(office.letter(LetterKind.AGENDA), f"KR 1.1: 3\n{BOTH_LABELS}\nAdd: my holidays")

    (given,) = office.every(FEEDBACK)
    (item,) = office.every(AGENDA_ITEMS)
    assert (given.meeting, given.positive, given.suggestion) == (office.talk_id, ("you listened",), ("shorter",))
    assert (item.text, office.values()["1.1"]) == ("my holidays", "3")
    assert (mail.state, mail.left) == (IncomingState.APPLIED, ())


def test_feedback_in_answer_to_another_letter_is_sealed_as_any_other(office: PostOffice) -> None:
    office.form()
    agenda = office.letter(LetterKind.AGENDA)
    would = explain_mail(office.room, office.written(BOTH_LABELS, agenda))

    mail = office.answer(agenda, BOTH_LABELS)

    assert raw_text(office.room, mail) == SEALED
    assert "listened" not in f"{would.words} {would.left}"
    assert "sealed until Olivia's are in" in office.said_to(mail)


def test_a_half_in_answer_to_another_letter_is_made_whole_as_any_other(office: PostOffice) -> None:
    office.form()
    mail = office.answer(office.letter(LetterKind.AGENDA), "One positive: you listened")

    office.answer(office.acknowledgement(mail), "less about me")

    (given,) = office.every(FEEDBACK)
    assert (given.positive, given.suggestion) == (("you listened",), ("less about me",))


def test_feedback_is_undone_together_with_what_else_its_mail_said(office: PostOffice) -> None:
    office.form()
    mail = office.answer(office.letter(LetterKind.AGENDA), f"KR 1.1: 3\n{BOTH_LABELS}")

    office.answer(office.acknowledgement(mail), "undo")

    assert (office.every(FEEDBACK), office.values()["1.1"]) == ((), "")


def test_before_anybody_was_asked_about_a_talk_such_words_are_the_mentors(office: PostOffice) -> None:
    mail = office.answer(office.agenda(), BOTH_LABELS)

    assert office.every(FEEDBACK) == ()
    assert mail.left == ("you listened", "shorter")


def test_a_point_in_the_feedback_form_is_for_the_next_talk(office: PostOffice) -> None:
    mail = office.answer(office.form(), "+ you listened\n- shorter\nAdd: my holidays (5 min)")

    (item,) = office.every(AGENDA_ITEMS)
    assert (item.text, item.minutes, item.meeting, item.by) == ("my holidays", 5, "", Side.PROTEGE)
    assert 'On the list: "my holidays"' in office.said_to(mail)


def test_an_answer_to_the_invitation_may_hold_a_number_and_a_point(office: PostOffice) -> None:
    mail = office.answer(office.letter(LetterKind.INVITATION), "a\n1.1 is 3\nAdd: my holidays")

    (item,) = office.every(AGENDA_ITEMS)
    assert office.talk.participation is Participation.ACCEPTED
    assert (item.text, item.meeting, office.values()["1.1"]) == ("my holidays", office.talk_id, "3")
    assert mail.left == ()


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("answered", [LetterKind.AGENDA, LetterKind.FEEDBACK])
def test_two_letters_in_one_mail_are_each_read_against_themselves(
    office: PostOffice, answered: LetterKind, mark: str
) -> None:
    form = filled(office.form(), mark, One_positive="you listened", One_suggestion="shorter")
    agenda = filled(office.letter(LetterKind.AGENDA), mark, KR_1_1="3", KR_1_2="70%", Add="my holidays")

    mail = office.answer(office.letter(answered), f"Both at once!\n\n{agenda}\n{form}")

    (given,) = office.every(FEEDBACK)
    (item,) = office.every(AGENDA_ITEMS)
    assert (given.positive, given.suggestion, item.text) == (("you listened",), ("shorter",), "my holidays")
    assert office.values() == {"1.1": "3", "1.2": "70", "1.3": ""}
    assert mail.left == ("Both at once!",)
    assert "Feedback on the talk: positive and suggestion kept." in office.said_to(mail)


@pytest.mark.parametrize("mark", MARKS)
def test_any_two_letters_that_come_back_untouched_change_nothing_and_say_nothing(office: PostOffice, mark: str) -> None:
    office.form()
    letters = [office.letter(kind) for kind in (LetterKind.AGENDA, LetterKind.FEEDBACK, LetterKind.INVITATION)]
    before = what_is_there(office)

    for answered, other in permutations(letters, 2):
        mail = office.answer(answered, f"{filled(answered, mark)}\n{filled(other, mark)}")

        assert (mail.left, mail.summary) == ((), ""), f"{answered.kind} with {other.kind}"
    assert what_is_there(office) == before


def test_different_values_in_two_letters_are_asked_about(office: PostOffice) -> None:
    office.form()
    agenda = office.letter(LetterKind.AGENDA)
    asked = office.acknowledgement(office.answer(agenda, "1.1: lots more"))

    mail = office.answer(asked, f"1.1: 4\n\n{filled(asked)}\n{filled(agenda, KR_1_1='3')}")

    assert (office.values()["1.1"], mail.reason) == ("", "conflict")
    assert '"4; 3" (KR 1.1). There are two answers.' in office.said_to(mail)


def test_what_was_quoted_deeper_is_not_read_again(office: PostOffice) -> None:
    form = office.form()
    agenda = filled(office.letter(LetterKind.AGENDA), "> > ", KR_1_1="3")

    mail = office.answer(form, f"+ you listened\n- shorter\n\n{filled(form)}\n{agenda}")

    assert (office.values()["1.1"], mail.left) == ("", ())


def test_the_form_of_another_talk_is_not_taken_for_this_one(office: PostOffice) -> None:
    form = office.form()
    office.answer_of_mentor(office.letter(LetterKind.FEEDBACK, Side.MENTOR), "+ clear\n- numbers first")
    office.answer(form, "+ you listened\n- shorter")
    (before, *_) = [each for each in office.every(FEEDBACK) if each.by is Side.PROTEGE]

    mail = office.answer(office.letter(LetterKind.AGENDA), f"hello\n\n{filled(form, One_positive='something else')}")

    (after, *_) = [each for each in office.every(FEEDBACK) if each.by is Side.PROTEGE]
    assert after == before
    assert "something else" in mail.left


def test_a_sentence_that_stood_in_one_of_our_letters_may_be_written_again(office: PostOffice) -> None:
    asked = office.answer(office.agenda(), "Could we look at my holidays first?")

    mail = office.answer(office.acknowledgement(asked), "Could we look at my holidays first?")

    assert mail.left == ("Could we look at my holidays first?",)
