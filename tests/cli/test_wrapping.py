"""Long lines on a terminal: broken between words, and hanging under the column they stand in."""

import io

import pytest

from okrmate.cli.command import Terminal
from okrmate.cli.wrapping import wrapped

FINDING = "wrong  imap          The server refused the login of vera: check username and password."


class Screen(io.StringIO):
    """A terminal to print on."""

    def isatty(self) -> bool:
        return True


def test_a_sentence_is_broken_between_words() -> None:
    assert list(wrapped("Free to leave: the welcome to Tom.", 20)) == ["Free to leave: the", "welcome to Tom."]


def test_a_row_of_columns_goes_on_under_its_last_column() -> None:
    assert list(wrapped(FINDING, 48)) == [
        "wrong  imap          The server refused the",
        "                     login of vera: check",
        "                     username and password.",
    ]


def test_an_indented_line_goes_on_indented() -> None:
    assert list(wrapped("  Tom: wrote to you, at length", 20)) == ["  Tom: wrote to you,", "  at length"]


def test_options_and_addresses_are_not_broken_at_their_hyphens() -> None:
    assert list(wrapped("Say it with the option --non-interactive", 30)) == [
        "Say it with the option",
        "--non-interactive",
    ]


def test_a_command_stays_on_one_row_to_be_copied() -> None:
    assert list(wrapped("For another day: `okrmate undo`, then go on.", 26)) == [
        "For another day:",
        "`okrmate undo`, then go",
        "on.",
    ]


def test_a_command_longer_than_a_row_is_broken_as_words_are() -> None:
    assert list(wrapped("See `okrmate letter preview agenda tom`.", 20)) == [
        "See `okrmate letter",
        "preview agenda tom`.",
    ]


def test_a_line_that_fits_stays_as_it_is() -> None:
    assert list(wrapped("a  b ", 5)) == ["a  b "]


def test_a_column_too_far_to_the_right_hangs_nothing() -> None:
    line = f"{'a' * 30}  words that go on"

    assert list(wrapped(line, 40)) == [f"{'a' * 30}  words", "that go on"]


@pytest.mark.parametrize(("out", "rows"), [(Screen(), 3), (io.StringIO(), 1)])
def test_only_a_terminal_has_lines_broken(
    out: io.StringIO, rows: int, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv("COLUMNS", "48")

    Terminal(home=tmp_path_factory.mktemp("home"), out=out).say(FINDING)

    assert len(out.getvalue().splitlines()) == rows
