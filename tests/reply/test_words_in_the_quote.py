"""Words inside the quoted letter: which are the sender's, which were there before, and what they answer."""

from decimal import Decimal

import pytest

from okrmate.domain.letters import Block, LetterKind, Question, QuotedLine
from okrmate.domain.meetings import Participation
from okrmate.frozen import replace
from okrmate.reply.commands import CommandName
from okrmate.reply.own_words import own_words
from okrmate.reply.reading import LetterContext, read
from okrmate.reply.understood import Understood
from okrmate.reply.updates import Problem
from tests.reply.samples import (
    AGENDA,
    ATTRIBUTION,
    CHECK_IN,
    INVITATION,
    MID_CYCLE,
    OPEN_QUESTION,
    context,
    letter_lines,
    plain,
    quoted,
)

CHECK_IN_BY_NAME: tuple[Block, ...] = (
    Question(id="first", text="Ines, how many pupils have booked a second lesson by now?", about="1.1"),
    *CHECK_IN[1:],
)


def remarked(
    kind: LetterKind | None,
    blocks: tuple[Block, ...],
    under: str,
    *remark: str,
    depth: int = 1,
    writer: str = "",
) -> Understood:
    """The quoted letter with a remark under the line of ours that begins so."""
    lines: list[QuotedLine] = [*plain(ATTRIBUTION)]
    for each in quoted(blocks):
        lines += [each, *(plain(*remark, depth=depth) if each.text.startswith(under) else ())]
    return read(lines, LetterContext(kind=kind, blocks=blocks), replace(context(), writer=writer))


def test_a_bare_number_under_the_question_for_one_key_result_is_its_value() -> None:
    (update,) = remarked(None, CHECK_IN_BY_NAME, "Ines, how many", "8").updates
    assert (update.kr, update.value) == ("1.1", Decimal(8))


def test_a_command_under_the_question_is_one() -> None:
    said = remarked(LetterKind.AGENDA, AGENDA, "Ines, what", "later")
    assert said.command is not None
    assert said.command.name is CommandName.LATER


def test_words_above_the_letter_come_before_those_under_its_question() -> None:
    lines = (*plain("1.1: 8"), *plain(*letter_lines(AGENDA)[:1], depth=1), *plain("1.3: 60 %"))
    said = read(lines, LetterContext(kind=LetterKind.AGENDA, blocks=AGENDA), context())
    assert [(one.kr, one.value) for one in said.updates] == [("1.1", Decimal(8)), ("1.3", Decimal(60))]


@pytest.mark.parametrize("depth", [0, 1])
def test_words_between_our_lines_are_the_senders(depth: int) -> None:
    said = remarked(LetterKind.AGENDA, AGENDA, "The list so far", "I like this order.", depth=depth)
    assert "I like this order." in said.words.everything


def test_words_quoted_less_deep_than_our_letter_were_sent_before() -> None:
    lines = [*plain(ATTRIBUTION), *plain("Ines wrote on 4 May 2026 to <rosa@example.org>:", depth=1)]
    for line in quoted(AGENDA, depth=2):
        lines += [line, *plain(*(["6"] if line.text == "KR 1.1:" else []), depth=1)]
    said = read((*plain("7 by now", ""), *lines), LetterContext(kind=LetterKind.AGENDA, blocks=AGENDA), context())
    assert said.updates == ()
    assert said.words.answers == ()


def test_what_is_quoted_under_our_last_line_was_added_by_others() -> None:
    lines = (*plain(ATTRIBUTION), *quoted(AGENDA), *plain("", "Scanned for viruses by 3 programs.", depth=1))
    assert own_words(lines, AGENDA).everything == ""


def test_a_line_of_ours_that_a_program_has_changed_is_nobodys_answer() -> None:
    lines = tuple(
        line._replace(text=line.text.replace("what you do not know", "what you don&#39;t know"))
        for line in (*plain(ATTRIBUTION), *quoted(AGENDA))
    )
    assert own_words(lines, AGENDA).everything == ""


@pytest.mark.parametrize(
    ("under", "remark", "rsvp"),
    [
        ("c)", "a", Participation.ACCEPTED),
        ("c)", "b.", Participation.TENTATIVE),
        ("b)", "a", Participation.ACCEPTED),
        ("c)", "x", Participation.DECLINED),
        ("a)", "yes, please", Participation.ACCEPTED),
        ("Ines, does", "a", Participation.ACCEPTED),
        ("Ines, does", "No, sorry", Participation.DECLINED),
    ],
)
def test_a_letter_under_the_list_chooses_wherever_it_stands(under: str, remark: str, rsvp: Participation) -> None:
    said = remarked(LetterKind.INVITATION, INVITATION, under, remark)
    assert (said.rsvp, said.message, said.agenda) == (rsvp, "", None)


def test_a_yes_under_the_open_choice_may_mean_either_and_is_asked_about() -> None:
    said = remarked(LetterKind.INVITATION, INVITATION, "c)", "yes")
    assert (said.rsvp, said.asks) == (None, ("conflict",))


@pytest.mark.parametrize(("under", "remark"), [("b)", "a"), ("a)", "yes please"), ("? Pupils", "a"), ("a)", "✓")])
def test_a_letter_or_a_yes_among_open_choices_chooses_one(under: str, remark: str) -> None:
    (update,) = remarked(LetterKind.ACKNOWLEDGEMENT, OPEN_QUESTION, under, remark).updates
    assert (update.kr, update.value) == ("1.1", Decimal(6))


def test_a_letter_under_the_choices_of_the_half_time_letter_chooses() -> None:
    said = remarked(LetterKind.MID_CYCLE, MID_CYCLE, "c)", "b")
    assert (said.choices, said.message) == (("b",), "")


@pytest.mark.parametrize("remark", ["what?", "none of these, it is complicated"])
def test_other_words_among_choices_are_a_message(remark: str) -> None:
    said = remarked(LetterKind.ACKNOWLEDGEMENT, OPEN_QUESTION, "b)", remark)
    assert not [one for one in said.outcomes if not isinstance(one, Problem)]
    assert remark in said.message or said.problems


@pytest.mark.parametrize("thanks", [("Thanks a lot,", "Ines"), ("Best wishes",), ("Cheers!", "Ines")])
def test_a_sign_off_under_the_letter_is_no_answer_beside_those_in_it(thanks: tuple[str, ...]) -> None:
    lines = [line._replace(text=f"{line.text} 7" if line.text == "KR 1.1:" else line.text) for line in quoted(AGENDA)]
    said = read((*lines, *plain("", *thanks)), LetterContext(kind=LetterKind.AGENDA, blocks=AGENDA), context())
    assert [(one.kr, one.value) for one in said.updates] == [("1.1", Decimal(7))]
    assert (said.agenda, said.message) == (None, "")


def test_a_bar_before_a_line_of_ones_own_stays_where_the_letter_has_none() -> None:
    lines = (*plain("| one | two |", "| 3 | 4 |", "RK> no"), *plain("", ATTRIBUTION), *quoted(AGENDA))
    assert own_words(lines, AGENDA).text.strip() == "| one | two |\n| 3 | 4 |\nRK> no"


@pytest.mark.parametrize(
    "mark",
    ["[Ina Roth] ", "[Ina:] ", "(Ina) ", "Ina> ", "IR: ", "Roth, Ina: ", "Answer: ", "Réponse : ", "## ", "--> ", "» "],
)
def test_a_name_or_sign_that_marks_an_answer_in_the_quote_is_no_part_of_it(mark: str) -> None:
    said = remarked(LetterKind.AGENDA, AGENDA, "KR 1.1:", f"{mark}7", depth=0, writer="Ina Roth")
    assert [(update.kr, update.value) for update in said.updates] == [("1.1", Decimal(7))]


def test_the_name_of_another_before_an_answer_stays_with_it() -> None:
    said = remarked(LetterKind.AGENDA, AGENDA, "KR 1.1:", "[Tom] 7", depth=0, writer="Ina Roth")
    assert [update for update in said.updates if update.value is not None] == []


def test_an_answer_set_off_by_marks_deeper_than_the_letter_is_the_senders() -> None:
    said = remarked(LetterKind.AGENDA, AGENDA, "KR 1.1:", "7", depth=2)
    assert [(update.kr, update.value) for update in said.updates] == [("1.1", Decimal(7))]
