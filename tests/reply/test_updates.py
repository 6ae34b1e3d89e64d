"""Lines about key results: applied where they are clear, asked about where they are not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.reply.updates import Check, Op, Problem, ProblemReason, Update
from tests.reply.samples import (
    CHOIR,
    EVERY,
    INCOME,
    PARENTS,
    PUPILS,
    READERS,
    WEBSITE,
    context,
    only_reason,
    only_update,
    read_line,
)

CHANGING = {Op.SET, Op.ADD, Op.DONE, Op.BLOCKED, Op.CONFIDENCE}


@pytest.mark.parametrize(
    "form", ["KR 1.1: {}", "1.1 {}", "#1.1 = {}", "[1.1] {}", "kr1.1 is at {} now", "- 1.1: {} pupils"]
)
@given(number=st.integers(min_value=1, max_value=100))
def test_a_count_is_set_however_its_reference_is_written(form: str, number: int) -> None:
    update = only_update(form.format(number))
    assert (update.kr, update.op, update.value) == ("1.1", Op.SET, Decimal(number))


@given(percent=st.integers(min_value=6, max_value=100))
def test_a_percentage_sets_what_is_measured_in_percent_and_asks_about_a_count(percent: int) -> None:
    assert only_update(f"1.3: {percent} %").value == percent
    assert only_reason(f"1.1: {percent} %") is ProblemReason.WHICH_SCALE


@pytest.mark.parametrize(
    "text",
    [
        "1.2 not done",
        "1.2 isn't finished",
        "1.2 almost done",
        "1.2 will be done on Monday",
        "1.2 should be done soon",
        "1.2 done?",
        "if 1.2 is done we celebrate",
        "I wish 1.2 were done",
        "my sister finished 1.2",
        "1.2 unfinished",
        "1.2 fast fertig",
        "1.2 noch nicht erledigt",
        "1.2 presque terminé",
        "1.2 casi listo",
        "1.2 quase pronto",
        "1.2 bijna klaar",
        "1.2 nästan klart",
        "1.2 done with the first half",
        "1.2 finished the draft",
        "1.2 done... not",
        "1.2 done, except the map",
        "Chapter 1.2 done",
        "version 1.2 is done",
        "2 done, 3 to go",
    ],
)
def test_nothing_is_completed_that_was_not_said_to_be(text: str) -> None:
    assert not [one for one in read_line(text) if isinstance(one, Update) and one.op is Op.DONE]


@pytest.mark.parametrize(
    "text",
    [
        "There were 30 people in the hall",
        "See you at 1:30",
        "1.2.2026 suits me",
        "Room 2.1 is free",
        "Call 010 555 12 13",
        "1. Thank you for Tuesday",
        "It is 50/50",
        "https://example.org/1.1?x=60%",
        "We are 4 of 9 cousins",
        "on 2.1. at noon",
        "What counts towards 1.1?",
        "Python 2.1 was fun",
        "1.1.1.1 is a name server",
        "I read 2 books",
        "100% sure!",
    ],
)
def test_prose_with_numbers_changes_nothing(text: str) -> None:
    assert not [one for one in read_line(text) if isinstance(one, Update) and one.op in CHANGING]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1.1: 6/9", ProblemReason.DENOMINATOR_MISMATCH),
        ("1.1: 7 or 8", ProblemReason.UNCLEAR_VALUE),
        ("1.1 more than 7", ProblemReason.UNCLEAR_VALUE),
        ("1.1: 7, maybe 8", ProblemReason.UNCLEAR_VALUE),
        ("1.1: 700", ProblemReason.OUTLIER),
        ("1.1 -1", ProblemReason.SIGN_OR_DASH),
        ("1.1 was 4 last month", ProblemReason.PAST_TENSE),
        ("1.3: 140 %", ProblemReason.OUT_OF_RANGE),
        ("1.3 +5%", ProblemReason.RELATIVE_PERCENT),
        ("2.1: $3,000", ProblemReason.CURRENCY_MISMATCH),
        ("2.2: 90%", ProblemReason.WHICH_SCALE),
        ("3.1: 44", ProblemReason.WHICH_SCALE),
        ("4.1 done", ProblemReason.UNKNOWN_KR),
        ("KR1: 6", ProblemReason.WHICH_KR),
        ("60%", ProblemReason.WHICH_KR),
        ("1.1: 6\n1.1: 7", ProblemReason.CONFLICT),
        ("the timetable page is published!", ProblemReason.VAGUE_CLAIM),
    ],
)
def test_what_is_unclear_is_asked_about_by_name(text: str, reason: ProblemReason) -> None:
    assert only_reason(text) is reason


@pytest.mark.parametrize(
    ("text", "kr", "value"),
    [
        ("2.2: 10%", READERS, 220),
        ("2.2 up 20% since the start", READERS, 240),
        ("3.1: 44 singers", CHOIR, 10),
        ("3.1: -5%", CHOIR, -5),
        ("1.3: 3 of 4 parents", PARENTS, 75),
        ("1.2 half way", WEBSITE, 50),
        ("2.1: 2.600,50 €", INCOME, Decimal("2600.5")),
        ("1.1: 5 -> 7", PUPILS, 7),
    ],
)
def test_each_kind_reads_its_own_spellings(text: str, kr: object, value: Decimal | int) -> None:
    assert only_update(text, locale="de").value == value
    assert only_update(text, locale="de").kr == getattr(kr, "ref", "")


def test_a_bare_number_answers_the_one_key_result_that_was_asked_by_name() -> None:
    (update,) = read_line("7", asked="1.1")
    assert isinstance(update, Update)
    assert (update.kr, update.value) == ("1.1", Decimal(7))


def test_a_bare_number_that_is_lower_than_before_is_asked_about() -> None:
    (problem,) = read_line("3", asked="1.1")
    assert isinstance(problem, Problem)


def test_a_sentence_that_only_begins_with_a_number_is_no_answer_to_the_one_asked() -> None:
    assert read_line("3 meetings on Monday", asked="1.1") == ()
    assert read_line("We have 6 people on the team", asked="1.1") == ()


def test_a_decrease_is_applied_and_said() -> None:
    assert only_update("1.1: 4").checks == {Check.DECREASE}


def test_no_change_alone_covers_all_and_the_rest_those_not_named() -> None:
    assert [one.kr for one in read_line("no change")] == [kr.ref for kr in EVERY]
    said = read_line("1.1: 6\nrest unchanged")
    assert [one.kr for one in said if isinstance(one, Update) and one.op is Op.NOCHANGE] == [kr.ref for kr in EVERY[1:]]


def test_a_partly_clear_mail_gives_both_what_is_clear_and_what_is_asked() -> None:
    clear, asked = read_line("1.1: 6\n1.3 +5%")
    assert isinstance(clear, Update)
    assert isinstance(asked, Problem)


@given(text=st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    read_line(text)
    read_line(f"1.1 {text}")


KNOWN = [
    "1.1",
    "KR1",
    "done",
    "not",
    "6",
    "%",
    "+",
    "-",
    "€",
    "more",
    "than",
    ":",
    ",",
    ".",
    "and",
    "2.1",
    "half",
    "confidence",
    "7/10",
    "was",
    "still",
    "?",
    "✅",
    "no",
]


@given(words=st.lists(st.sampled_from(KNOWN), max_size=14))
def test_no_shuffle_of_known_words_raises_or_sets_a_value_that_was_not_written(words: list[str]) -> None:
    written = {Decimal(6), Decimal(7), Decimal(50), Decimal(1), Decimal(2), Decimal(10)}
    for one in read_line(" ".join(words), *context().key_results[:4]):
        if isinstance(one, Update) and one.op is Op.SET and one.value is not None:
            assert one.value in written | {Decimal("1.1"), Decimal("2.1"), Decimal(70)}


@pytest.mark.parametrize(
    "below",
    [
        "not really",
        "no, 6",
        "No wait, 6",
        "Well, almost.",
        "jk",
        "haha just kidding",
        "sorry, 6",
        "\nscratch that",
        "nein",
    ],
)
def test_what_the_next_line_takes_back_is_asked_about(below: str) -> None:
    assert {"1.1"} <= {one.kr for one in read_line(f"1.1: 7\n{below}") if isinstance(one, Problem)}
    assert not [one for one in read_line(f"1.1: 7\n{below}") if isinstance(one, Update)]


@pytest.mark.parametrize(
    "below", ["No meeting on Monday", "2.1: not yet", "Nothing else to say", "Wait till you see it!"]
)
def test_a_next_line_of_its_own_takes_nothing_back(below: str) -> None:
    (update, *_) = read_line(f"1.1: 7\n{below}")
    assert isinstance(update, Update)
    assert update.value == Decimal(7)


def test_a_joke_takes_back_every_line_above_and_a_no_only_the_last() -> None:
    assert not [one for one in read_line("1.1: 7\n1.2 done\nonly joking") if isinstance(one, Update)]
    assert [one.kr for one in read_line("1.1: 7\n1.2 done\nnot quite") if isinstance(one, Update)] == ["1.1"]
