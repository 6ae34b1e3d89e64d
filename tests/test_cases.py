"""One test of many cases fails where one of them does, and names it."""

import pytest

from tests.cases import of_every


def test_every_case_that_fails_is_named_with_what_was_wrong() -> None:
    @of_every((number, "by two") for number in range(5))
    def halves(number: int, by: str) -> None:
        assert number % 2 == 0, f"odd {by}"

    with pytest.raises(AssertionError) as failed:
        halves()

    assert [line.partition("\n")[0] for line in str(failed.value).split("\n\n")][:2] == [
        "1, by two: odd by two",
        "3, by two: odd by two",
    ]


def test_a_case_that_breaks_is_named_too() -> None:
    @of_every([("b",)])
    def is_a_number(sign: str) -> None:
        int(sign)

    with pytest.raises(ValueError, match="invalid literal") as broken:
        is_a_number()

    assert "'b'" in broken.value.__notes__[0]


def test_what_no_case_fails_passes() -> None:
    @of_every([("a",), ("b",)])
    def is_a_letter(sign: str) -> None:
        assert sign.isalpha()

    is_a_letter()


def test_where_there_is_no_case_nothing_is_proven() -> None:
    nothing: list[tuple[str]] = []

    @of_every(nothing)
    def whatever(sign: str) -> None:
        assert sign

    with pytest.raises(AssertionError, match="there is no case"):
        whatever()
