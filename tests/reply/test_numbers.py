"""Numbers as people of any locale write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okrmate.reply.folding import fold
from okrmate.reply.lexicon import lexicon
from okrmate.reply.numbers import decimal_mark, read_number

LOCALES = ("de", "de-CH", "en", "fr", "ja", "sv")


def value(text: str, locale: str = "en", *, whole: bool = False) -> Decimal | None:
    found = read_number(fold(text), 0, lexicon(locale), mark=decimal_mark(locale), whole=whole)
    assert found is not None
    assert found.end == len(text)
    return found.value


@given(number=st.integers(min_value=0, max_value=10**9), locale=st.sampled_from(LOCALES))
def test_a_whole_number_grouped_by_any_sign_is_read_back_where_the_unit_is_whole(number: int, locale: str) -> None:
    for sign in (",", ".", " ", "'"):
        assert value(f"{number:,}".replace(",", sign), locale, whole=True) == number


def test_three_digits_behind_a_single_sign_are_unclear_where_nobody_knows_the_locale() -> None:
    assert value("1.250", "", whole=False) is None
    assert value("1.250", "de", whole=False) == 1250
    assert value("1.250", "en", whole=False) == Decimal("1.25")


def test_digits_grouped_wrongly_are_no_number_at_all() -> None:
    assert value("1.2.2026") is None


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("2.5k", "en", 2500),
        ("2,5k", "de", 2500),
        ("seven", "en", 7),
        ("twenty-five", "en", 25),
        ("zwölf", "de", 12),
        ("half a dozen", "en", 6),
        ("１２", "ja", 12),
        ("once", "es", 11),
    ],
)
def test_words_and_short_forms_are_numbers(text: str, locale: str, expected: int) -> None:
    assert value(text, locale) == expected


def test_a_word_that_another_language_counts_with_stays_what_it_is_in_ones_own() -> None:
    assert read_number("once again", 0, lexicon("en"), mark=".", whole=True) is None
    assert read_number("one-off", 0, lexicon("en"), mark=".", whole=True) is None
