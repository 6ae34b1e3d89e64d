"""Quote marks and flowed paragraphs of text parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.mail.plaintext import fixed_lines, flowed_lines, readable, text_lines


def pairs(text: str) -> list[tuple[int, str]]:
    return [(line.depth, line.text) for line in fixed_lines(text_lines(text), 0)]


def flowed(text: str, *, delete_space: bool = False) -> list[tuple[int, str]]:
    return [(line.depth, line.text) for line in flowed_lines(text_lines(text), 0, delete_space=delete_space)]


def test_quote_marks_are_counted_with_and_without_spaces_between() -> None:
    assert pairs("mine\n> one\n>> two\n> > two\n>\n") == [(0, "mine"), (1, "one"), (2, "two"), (2, "two"), (1, "")]


def test_indentation_behind_the_quote_mark_stays() -> None:
    assert pairs(">   indented") == [(1, "  indented")]


def test_a_flowed_paragraph_becomes_one_line() -> None:
    assert flowed("What I \nwrote.\nNext.") == [(0, "What I wrote."), (0, "Next.")]


def test_with_delsp_the_joining_space_goes() -> None:
    assert flowed("Donau \ndampf \nschiff", delete_space=True) == [(0, "Donaudampfschiff")]


def test_a_flowed_line_is_not_joined_to_one_of_another_depth() -> None:
    assert flowed("> quoted \nmine") == [(1, "quoted"), (0, "mine")]


def test_quoted_flowed_lines_of_one_depth_are_joined() -> None:
    assert flowed(">> a \n>> b\n> c") == [(2, "a b"), (1, "c")]


def test_a_stuffed_space_is_taken_off() -> None:
    assert flowed(" From here\n > no quote") == [(0, "From here"), (0, "> no quote")]


def test_the_signature_separator_is_never_joined() -> None:
    assert flowed("Thanks \n-- \nMaya") == [(0, "Thanks"), (0, "--"), (0, "Maya")]


def test_a_no_break_space_stays_only_inside_a_number() -> None:
    assert readable("12\u00a0000\u00a0\u20ac is\u00a0it\u200e") == "12\u00a0000 \u20ac is it"


@given(st.lists(st.text(alphabet="ab >-\u00a0", max_size=20), max_size=12), st.booleans())
def test_unwrapping_loses_no_word_and_adds_none(lines: list[str], delete_space: bool) -> None:
    letters = [character for line in flowed_lines(lines, 0, delete_space=delete_space) for character in line.text]
    assert [char for char in letters if char in "ab"] == [char for line in lines for char in line if char in "ab"]


def test_a_control_character_between_two_digits_makes_no_number_of_them() -> None:
    assert readable(f"4{chr(0)}2 and a{chr(0)}b") == "4\N{REPLACEMENT CHARACTER}2 and ab"


@pytest.mark.parametrize("shown", ["1.1: \u202e41\u202c", "1.1: \u202e41"])
def test_a_number_that_is_shown_from_right_to_left_is_read_as_none(shown: str) -> None:
    assert text_lines(f"{shown}\n4") == ["1.1: \ufffd4\ufffd1", "4"]
