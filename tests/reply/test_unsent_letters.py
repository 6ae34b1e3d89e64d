"""Answers to the half-time, closing, refine and digest letters, to a draft's one question, and to half a form."""

from decimal import Decimal

import pytest

from okrmate.domain.letters import Block, LetterKind, QuotedLine
from okrmate.domain.people import Side
from okrmate.reply.commands import CommandName
from okrmate.reply.context import ReplyContext
from okrmate.reply.reading import LetterContext, read
from okrmate.reply.understood import Understood
from okrmate.reply.updates import ProblemReason
from tests.reply.samples import (
    AGENDA,
    ATTRIBUTION,
    CLOSING,
    COACH,
    DIGEST,
    HALF,
    MID_CYCLE,
    REFINE_SUMMARY,
    context,
    plain,
    quoted,
)


def answered(
    kind: LetterKind,
    blocks: tuple[Block, ...],
    *top: str,
    about: ReplyContext | None = None,
    to: Side = Side.PROTEGE,
) -> Understood:
    lines = (*plain(*top), *plain("", ATTRIBUTION), *quoted(blocks))
    return read(lines, LetterContext(kind=kind, blocks=blocks, to=to), about or context())


def remarked(kind: LetterKind, blocks: tuple[Block, ...], line: str, remark: str) -> Understood:
    """A remark under one line of ours."""
    lines: list[QuotedLine] = [*plain(ATTRIBUTION)]
    for each in quoted(blocks):
        lines += [each, *(plain(remark) if each.text.startswith(line) else ())]
    return read(lines, LetterContext(kind=kind, blocks=blocks), context())


def half_time(*top: str) -> Understood:
    return answered(LetterKind.MID_CYCLE, MID_CYCLE, *top)


@pytest.mark.parametrize(
    ("text", "helpful", "because"),
    [
        ("4", 4, ""),
        ("5 because I play again", 5, "I play again"),
        ("I'd say a 3, we meet too rarely", 3, "we meet too rarely"),
        ("Honestly a two.", 2, ""),
        ("4\nThank you for the scores!", 4, ""),
        ("It carries me through the week.", None, "It carries me through the week."),
    ],
)
def test_a_half_time_answer_is_the_number_and_the_reason(text: str, helpful: int | None, because: str) -> None:
    said = half_time(*text.splitlines())
    assert said.pulse is not None
    assert (said.pulse.helpful, said.pulse.because) == (helpful, because)
    assert said.asks == (() if helpful else ("number_1_to_5",))
    assert said.outcomes == ()


@pytest.mark.parametrize("text", ["9", "3-4", "2.5", "0"])
def test_a_number_that_is_none_of_the_five_is_asked_about_and_is_no_reason(text: str) -> None:
    said = half_time(text)
    assert said.pulse is not None
    assert (said.pulse.helpful, said.pulse.because, said.asks) == (None, "", ("number_1_to_5",))
    assert said.message == text


@pytest.mark.parametrize(
    ("text", "choices", "helpful"),
    [
        ("3, b", ("b",), 3),
        ("b and 3", ("b",), 3),
        ("B", ("b",), None),
        ("c) please", ("c",), None),
        ("begin all over again", ("c",), None),
        ("a 4", (), 4),
        ("a, c", (), None),
        ("d", (), None),
        ("b\n2", ("b",), 2),
        ("3\nb) have fewer of them, or make them smaller", ("b",), 3),
    ],
)
def test_a_letter_chooses_beside_a_number_and_an_article_does_not(
    text: str, choices: tuple[str, ...], helpful: int | None
) -> None:
    said = half_time(*text.splitlines())
    assert said.choices == choices
    assert (said.pulse.helpful if said.pulse else None) == helpful


def test_a_yes_under_a_choice_chooses_it_and_other_words_there_do_not() -> None:
    chosen = remarked(LetterKind.MID_CYCLE, MID_CYCLE, "b)", "yes, please")
    assert (chosen.choices, chosen.message) == (("b",), "")
    doubted = remarked(LetterKind.MID_CYCLE, MID_CYCLE, "b)", "why would I?")
    assert (doubted.choices, doubted.message) == ((), "why would I?")


def test_two_letters_of_one_question_are_asked_about() -> None:
    assert half_time("a", "b").asks == ("conflict",)


def test_a_value_in_a_half_time_answer_waits_and_a_remark_under_a_goal_is_a_wish() -> None:
    assert half_time("KR 1.1: 8").held == ("KR 1.1: 8",)
    said = remarked(LetterKind.MID_CYCLE, MID_CYCLE, "Timetable page", "nobody needs this one now")
    assert said.wishes == ("KR 1.2: nobody needs this one now",)
    assert remarked(LetterKind.MID_CYCLE, MID_CYCLE, "Pupils", "8 by now").held == ("KR 1.1: 8 by now",)


def closed(*top: str) -> Understood:
    return answered(LetterKind.CLOSING, CLOSING, *top)


@pytest.mark.parametrize(
    ("text", "scores"),
    [
        ("1.1 0.8", {"1.1": "0.8"}),
        ("1.1: 0,8, 1.2: 1", {"1.1": "0.8", "1.2": "1"}),
        ("Score 1.1: 70 % and 1.2 0.4", {"1.1": "0.7", "1.2": "0.4"}),
        ("1.2 I do not know, 1.1 0.3", {"1.1": "0.3"}),
        ("1.1: 7", {}),
        ("1.1: 7/12", {}),
        ("9.9: 0.5", {}),
        ("1.1: 0.5\n1.1: 0.6", {}),
    ],
)
def test_scores_lie_between_0_and_1_and_belong_to_goals_of_the_letter(text: str, scores: dict[str, str]) -> None:
    said = closed(*text.splitlines())
    assert said.closing is not None
    assert {each.kr: each.score for each in said.closing.scores} == {ref: Decimal(one) for ref, one in scores.items()}
    assert said.updates == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [("1.1: 7", "out_of_range"), ("9.9: 0.5", "unknown_kr"), ("1.1: 0.5\n1.1: 0.6", "conflict"), ("4", "helpful_4")],
)
def test_what_is_no_score_is_asked_about(text: str, reason: str) -> None:
    assert closed(*text.splitlines()).asks == (reason,)


@pytest.mark.parametrize(
    ("text", "learned"),
    [
        ("Ask the parents before the pupils.", "Ask the parents before the pupils."),
        ("I learned that silence is fine. The scores look right to me.", "silence is fine."),
        ("Let go of perfect posters.", "Let go of perfect posters."),
        ("Thank you, Rosa!", ""),
        ("yes", ""),
        ("1.2 was never mine.", ""),
        ("Ich habe gelernt, dass Pausen helfen.", "Pausen helfen."),
    ],
)
def test_free_words_answer_what_was_learned(text: str, learned: str) -> None:
    said = closed(text)
    assert said.closing is not None
    assert said.closing.learned == learned


EVERYTHING = ("1.1", "1.2", "1.3", "2.1", "2.2", "3.1")


@pytest.mark.parametrize(
    ("text", "carry", "drop"),
    [
        ("drop all of them", (), EVERYTHING),
        ("Carry over all six", EVERYTHING, ()),
        ("Carry over 1.1, please, and drop 1.2 and 2.1", ("1.1",), ("1.2", "2.1")),
        ("Drop: the timetable page", (), ("1.2",)),
        ("Carry over: 1.1\nDrop: none", ("1.1",), ()),
        ("1.3 can go", (), ("1.3",)),
        ("1.2 and 1.3 can go, 1.1 can go on", ("1.1",), ("1.2", "1.3")),
        ("1.2 fällt weg, 1.1 nehme ich mit", ("1.1",), ("1.2",)),
        ("alles streichen", (), EVERYTHING),
        ("bitte 1.2 streichen", (), ("1.2",)),
    ],
)
def test_goals_go_on_or_go_by_reference_title_or_all(text: str, carry: tuple[str, ...], drop: tuple[str, ...]) -> None:
    said = closed(*text.splitlines())
    assert said.closing is not None
    assert (said.closing.carry, said.closing.drop, said.asks) == (carry, drop, ())


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("Carry over: 1.1, because it is not done", "1.1, because it is not done"),
        ("drop 1.1, please", ""),
        ("Please drop 1.1 for my sake", "Please drop 1.1 for my sake"),
        ("Carry over: the timetable page", ""),
    ],
)
def test_a_reason_beside_an_end_is_kept_for_the_mentor(text: str, comment: str) -> None:
    said = closed(text)
    assert said.closing is not None
    assert len(said.closing.carry + said.closing.drop) == 1
    assert (said.asks, said.message, said.closing.learned) == ((), comment, "")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("drop all five", "which_kr"),
        ("drop both", "which_kr"),
        ("drop all except 1.1", "which_kr"),
        ("don't drop 1.2", "which_kr"),
        ("maybe drop 1.2", "which_kr"),
        ("drop 1.1-1.3", "which_kr"),
        ("drop 1.2, 1.1 goes on", "which_kr"),
        ("1.2 can go, carry over 1.1", "which_kr"),
        ("I want to go on with the quiet one", "which_kr"),
        ("Carry over: 7.7", "unknown_kr"),
        ("carry over 1.1, drop 1.1", "conflict"),
    ],
)
def test_an_unclear_end_is_asked_about_and_ends_nothing(text: str, reason: str) -> None:
    said = closed(text)
    assert said.closing is not None
    assert (said.closing.carry, said.closing.drop) == ((), ())
    assert said.asks == (reason,)


def refined(*top: str) -> Understood:
    return answered(LetterKind.REFINE_SUMMARY, REFINE_SUMMARY, *top)


@pytest.mark.parametrize("text", ["agree", "Agreed!", "Yes, I agree, thank you!", "Looks good", "einverstanden"])
def test_consent_is_a_whole_sentence(text: str) -> None:
    said = refined(text)
    assert (said.agree, said.wishes) == (True, ())


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("agree, but 10 instead of 12 for 1.1", "10 instead of 12 for 1.1"),
        ("einverstanden, aber 10 statt 12", "10 statt 12"),
        ("I agree that it is much.", "I agree that it is much."),
        ("The parents are the wrong ones.", "The parents are the wrong ones."),
        ("Agree. Could we begin in May?", "Could we begin in May?"),
        ("The date is early. June is full.", "The date is early. June is full."),
        ("agree?", "agree?"),
        ("no", "no"),
    ],
)
def test_consent_with_a_condition_is_a_wish_and_no_consent(text: str, wish: str) -> None:
    said = refined(text)
    assert (said.agree, said.wishes) == (False, (wish,))
    assert said.updates == ()


def test_kind_words_beside_consent_are_a_message() -> None:
    said = refined("Agree. Rosa, you are kind!")
    assert (said.agree, said.wishes, said.message) == (True, (), "Rosa, you are kind!")


def test_a_remark_under_a_goal_is_a_wish_about_it_even_with_a_number() -> None:
    said = remarked(LetterKind.REFINE_SUMMARY, REFINE_SUMMARY, "Pupils", "3 already, they came in May")
    assert (said.agree, said.wishes, said.held) == (False, ("KR 1.1: 3 already, they came in May",), ())


def test_a_value_beside_consent_is_held_and_so_is_the_consent() -> None:
    said = refined("agree", "KR 1.1: 8")
    assert (said.agree, said.held, said.updates) == (False, ("KR 1.1: 8",), ())


def drafted(*top: str) -> Understood:
    return answered(LetterKind.COACH, COACH, *top, about=ReplyContext(key_results=()))


def test_free_words_answer_the_one_question_about_a_draft() -> None:
    said = drafted("Neighbours would ring.", "They'd ask for a lesson.", "Thanks for looking!")
    assert said.answers == {"first": "Neighbours would ring. They'd ask for a lesson."}
    assert said.message == "Thanks for looking!"


def test_key_results_go_on_with_the_draft_and_remarks_are_wishes() -> None:
    said = remarked(LetterKind.COACH, COACH, "Put up posters", "only a tactic")
    assert said.wishes == ("Put up posters near the station: only a tactic",)
    said = remarked(LetterKind.COACH, COACH, "Put up posters", "KR: 9 neighbours ring")
    assert said.draft is not None
    assert [each.title for each in said.draft.objectives[0].key_results] == ["9 neighbours ring"]
    assert said.wishes == ()


def test_a_value_where_there_is_no_key_result_yet_is_asked_about() -> None:
    said = drafted("KR 1.1: 3")
    assert [one.reason for one in said.problems] == [ProblemReason.UNKNOWN_KR]
    assert said.draft is None


def digested(*top: str) -> Understood:
    return answered(LetterKind.DIGEST, DIGEST, *top, to=Side.MENTOR)


@pytest.mark.parametrize("text", ["Ines: well played", "for Ines: well played", "Line for Ines: well played"])
def test_a_line_belongs_to_whose_name_stands_before_it(text: str) -> None:
    assert digested(text).lines == {"Ines": "well played"}


def test_words_that_only_speak_of_somebody_are_offered_and_never_put_into_a_letter() -> None:
    said = digested("Please tell Ines I was moved. Tarek knows.")
    assert (dict(said.lines), said.offered) == ({}, ("Please tell Ines I was moved.",))
    assert said.message == "Tarek knows."


def test_hold_without_a_letter_is_asked_about_and_none_is_no_line() -> None:
    assert digested("hold").asks == ("which_letter",)
    assert dict(digested("Ines: none").lines) == {}


@pytest.mark.parametrize("text", ["hold", "Hold, please!", "anhalten"])
def test_the_mentor_may_hold_the_letter_of_which_she_has_a_copy(text: str) -> None:
    said = answered(LetterKind.AGENDA, AGENDA, text, to=Side.MENTOR)
    assert said.command is not None
    assert said.command.name is CommandName.HOLD
    assert answered(LetterKind.AGENDA, AGENDA, text).command is None


def test_moved_to_another_time_is_a_wish_and_moves_nothing() -> None:
    said = answered(LetterKind.AGENDA, AGENDA, "moved to Fri 15:00", to=Side.MENTOR)
    assert said.agenda is not None
    assert said.agenda.reschedule_request == "moved to Fri 15:00"


@pytest.mark.parametrize(
    ("text", "positive", "suggestion"),
    [
        ("fewer scales", (), ("fewer scales",)),
        ("- fewer scales", (), ("fewer scales",)),
        ("+ the tea was good", ("the tea was good",), ()),
        ("Thank you!", (), ()),
        ("KR 1.1: 8", (), ()),
    ],
)
def test_the_half_that_was_asked_for_takes_words_without_a_sign(
    text: str, positive: tuple[str, ...], suggestion: tuple[str, ...]
) -> None:
    said = answered(LetterKind.ACKNOWLEDGEMENT, HALF, text)
    assert said.feedback is not None
    assert (said.feedback.positive, said.feedback.suggestion) == (positive, suggestion)
    assert said.updates == ()
