"""Answers to the questions of an acknowledgement: a bare value is about the one key result that was asked about."""

from decimal import Decimal

import pytest

from okrmate.domain.letters import Block, Choice, LetterKind, Paragraph, Question, QuotedLine
from okrmate.reply.reading import LetterContext, read
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Op, ProblemReason
from tests.reply.samples import ATTRIBUTION, OPEN_QUESTION, context, plain, quoted


def question(ref: str, number: int = 1) -> Question:
    return Question(id=f"ask-{number}", text=f'? Something, "a few" (KR {ref}). What is the number?', about=ref)


def answered(blocks: tuple[Block, ...], *lines: QuotedLine) -> Understood:
    return read(lines, LetterContext(kind=LetterKind.ACKNOWLEDGEMENT, blocks=blocks), context())


def on_top(blocks: tuple[Block, ...], text: str) -> Understood:
    return answered(blocks, *plain(text, "", ATTRIBUTION), *quoted(blocks))


@pytest.mark.parametrize("text", ["60", "60%", "it's 60", "60 %, the letter helped"])
def test_a_bare_number_is_about_the_only_open_question(text: str) -> None:
    said = on_top((question("1.3"),), text)
    assert [(one.kr, one.op, one.value) for one in said.updates] == [("1.3", Op.SET, Decimal(60))]
    assert said.problems == ()


def test_a_question_known_only_by_its_text_is_as_good() -> None:
    said = on_top((Paragraph(text='? Something, "a few" (KR 1.3). What is the number?'),), "60")
    assert [(one.kr, one.value) for one in said.updates] == [("1.3", Decimal(60))]


@pytest.mark.parametrize("text", ["50", "130", "130 %"])
def test_a_bare_number_that_goes_back_or_does_not_fit_is_asked_about(text: str) -> None:
    said = on_top((question("1.3"),), text)
    assert said.updates == ()
    assert [one.kr for one in said.problems] == ["1.3"]


def test_half_a_pupil_is_asked_about() -> None:
    assert on_top((question("1.1"),), "6.5").updates == ()


def test_with_two_questions_a_bare_number_is_about_neither() -> None:
    said = on_top((question("1.1"), question("1.3", 2)), "60")
    assert said.updates == ()
    assert [one.reason for one in said.problems] == [ProblemReason.WHICH_KR]


def test_a_number_under_a_quoted_question_is_about_that_one() -> None:
    one, other = question("1.1"), question("1.3", 2)
    lines = (
        *plain(ATTRIBUTION),
        *quoted((one,)),
        *plain("7"),
        *quoted((other,)),
        *plain("60", "and thank you, Olivia"),
    )
    said = answered((one, other), *lines)
    assert [(each.kr, each.value) for each in said.updates] == [("1.1", Decimal(7)), ("1.3", Decimal(60))]
    assert "thank you" in said.message


def test_a_number_that_goes_back_under_a_quoted_question_is_asked_about() -> None:
    one, other = question("1.1"), question("1.3", 2)
    said = answered((one, other), *plain(ATTRIBUTION), *quoted((one, other)), *plain("50"))
    assert said.updates == ()
    assert [each.kr for each in said.problems] == ["1.3"]


@pytest.mark.parametrize(("letter", "value"), [("a", 6), ("b", 10)])
def test_a_choice_typed_out_above_the_letter_is_chosen(letter: str, value: int) -> None:
    (line,) = (block for block in OPEN_QUESTION if isinstance(block, Choice) and block.letter == letter)
    said = on_top(OPEN_QUESTION, f"{letter}) {line.text}")
    assert [(one.kr, one.value) for one in said.updates] == [("1.1", Decimal(value))]
    assert said.message == ""


@pytest.mark.parametrize("text", ["no change, except 1.1: 7", "nothing new, only 1.3 is 60 %", "same, but 1.1 is 7"])
def test_words_on_another_key_result_are_no_answer_for_the_one_asked_about(text: str) -> None:
    said = on_top((question("1.3"),), text)
    assert [one for one in said.updates if one.kr == "1.3" and one.op is Op.NOCHANGE] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the first one", 6),
        ("the second, please", 10),
        ("second option", 10),
        ("let's go with the latter", 10),
        ("der zweite", 10),
        ("la première", 6),
        ("b, thanks for asking", 10),
        ("Neither, it is 8", 8),
        ("keins davon, 8", 8),
        ("no, 8", 8),
        ("b is right", 10),
        ("das zweite stimmt", 10),
    ],
)
def test_a_choice_is_known_by_its_place_and_what_follows_neither_is_the_answer(text: str, value: int) -> None:
    said = on_top(OPEN_QUESTION, text)
    assert [(one.kr, one.value) for one in said.updates] == [("1.1", Decimal(value))]


@pytest.mark.parametrize(
    "text",
    [
        "b, but 12",
        "b, I think",
        "the second, I think",
        "b, if it counts",
        "both",
        "neither",
        "a\nnot really",
        "a\nno wait, b",
        "Hi Olivia,\nb\njust kidding",
    ],
)
def test_a_choice_that_is_doubted_or_none_waits_for_the_mentor(text: str) -> None:
    said = on_top(OPEN_QUESTION, text)
    assert (said.updates, said.command) == ((), None)
    assert text.splitlines()[-1] in {*said.held, *said.left}
    assert said.held


def test_no_change_answers_the_one_key_result_that_was_asked_about() -> None:
    assert [(one.kr, one.op) for one in on_top((question("1.3"),), "no change").updates] == [("1.3", Op.NOCHANGE)]
