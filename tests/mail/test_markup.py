"""The source of a letter and its blocks; what people wrote never becomes a mark or Markdown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.domain.letters import (
    FIRST,
    AnswerLine,
    Choice,
    Heading,
    Item,
    Items,
    KeyResultLine,
    Marker,
    Paragraph,
    ParagraphRole,
    Question,
)
from okrmate.mail.markup import CHOICE_WIDTH, MarkupError, References, clean, escape, letter, parse, shorten

SHOWN = KeyResultLine(ref="1.1", key_result="kr", display="Visits: 3 of 6 (KR 1.1)")
LIST = Items(items=(Item(number=1, text="the bench", minutes=10),))
REFERENCES = References(
    plain=lambda text: text,
    markers={"colon": "Write here"},
    answer="Answer {number}",
    key_results={"1.1": SHOWN},
    lists={"agenda": LIST},
)


def test_a_letter_is_read_block_by_block() -> None:
    source = """
        Aiko, what first?

        ::marker colon
        ::answer add | Add
        ## The list
        ::items agenda
        ::hint Write "drop".
        ::kr 1.1
        ::kr 1.1 shown
        ::own
        ::signature Ines
        ::footer the end
    """

    assert parse(source, REFERENCES) == (
        Question(id=FIRST, text="Aiko, what first?"),
        Marker(text="Write here"),
        AnswerLine(id="add", label="Add"),
        Heading(text="The list"),
        LIST,
        Paragraph(text='Write "drop".', role=ParagraphRole.HINT),
        SHOWN,
        KeyResultLine(ref="1.1", key_result="kr", display=SHOWN.display, shown=True),
        Paragraph(text="Ines", role=ParagraphRole.SIGNATURE),
        Paragraph(text="the end", role=ParagraphRole.FOOTER),
    )


def test_a_blank_line_ends_a_paragraph_and_any_other_line_break_is_kept() -> None:
    assert parse("one\ntwo\n\n\nthree", REFERENCES) == (Paragraph(text="one\ntwo"), Paragraph(text="three"))


def test_a_letter_without_a_marker_asks_only_what_it_says_it_asks() -> None:
    assert parse("Nothing to answer.", REFERENCES) == (Paragraph(text="Nothing to answer."),)
    assert parse("::question first kr 1.1 | How many?", REFERENCES) == (
        Question(id=FIRST, text="How many?", about="1.1"),
    )


def test_questions_are_numbered_but_not_those_answered_by_a_letter() -> None:
    source = """
        ::marker colon
        ::question q1 | One?
        ::question q2 | Two?
        ::choice x | x
        ::choice y | y
        ::question q3 | Three?
        ::choice z | z
        ::question q4 | Four?
    """

    blocks = parse(source, REFERENCES)

    assert [(block.id, block.label) for block in blocks if isinstance(block, Question)] == [
        ("q1", "Answer 1"),
        ("q2", ""),
        ("q3", ""),
        ("q4", "Answer 2"),
    ]
    assert [(block.id, block.letter) for block in blocks if isinstance(block, Choice)] == [
        ("x", "a"),
        ("y", "b"),
        ("z", "c"),
    ]


def test_a_letter_without_a_marker_has_no_place_to_write_into() -> None:
    blocks = parse("1 question.\n::question ask-1 kr 1.2 | ? What is the number?", REFERENCES)

    assert blocks[-1] == Question(id="ask-1", text="? What is the number?", about="1.2")


def test_choices_never_run_out_of_letters() -> None:
    assert [letter(position) for position in (0, 25, 26, 51, 52)] == ["a", "z", "aa", "az", "ba"]


def test_a_choice_is_cut_to_the_width_of_a_phone() -> None:
    (choice,) = parse(f"::choice x | {'long title ' * 10}", REFERENCES)

    assert isinstance(choice, Choice)
    assert len(choice.text) <= CHOICE_WIDTH
    assert choice.text.endswith("title…")


@pytest.mark.parametrize(
    ("source", "named"),
    [
        ("::shout hello", "::shout"),
        ("::kr 9.9", "::kr 9.9"),
        ("::items nowhere", "::items nowhere"),
        ("::marker loud", "::marker loud"),
        ("::answer add", "::answer add"),
        ("::choice x |", "::choice x"),
        ("::question a b c | text", "::question a b c"),
    ],
)
def test_a_line_that_is_no_mark_is_named(source: str, named: str) -> None:
    with pytest.raises(MarkupError, match=named):
        parse(source, REFERENCES)


def test_a_value_is_one_line_without_anything_that_hides_or_turns_text() -> None:
    assert clean("a\r\n\tb \x1b[31m\u2028c\x00\u202ed\u2066\u200be\ufeff") == "a b [31m c de"
    assert clean("18\u00a0%") == "18\u00a0%"
    assert clean("\ud800") == "\ufffd"


@given(st.text())
def test_an_escaped_value_is_never_read_as_a_mark(value: str) -> None:
    blocks = parse(f"before\n{escape(value)}\nafter", REFERENCES)

    assert all(isinstance(block, Paragraph) and block.role is ParagraphRole.TEXT for block in blocks)


@given(st.text())
def test_a_value_has_no_control_characters_left(value: str) -> None:
    assert not [sign for sign in clean(value) if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}]


@given(st.text(), st.integers(min_value=2, max_value=80))
def test_a_shortened_value_fits_and_a_short_one_is_left_alone(value: str, width: int) -> None:
    short = shorten(value, width)

    assert len(short) <= width
    assert short == clean(value) or short.endswith("…")
