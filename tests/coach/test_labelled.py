"""The coach agrees with people about what is weak in a goal."""

from pathlib import Path

import pytest

from okrmate.domain.people import LANGUAGES
from tests.coach.labelled import FILES, SEEN_IN_A_LINE, Line, lines_of, measure


@pytest.fixture(name="lines", scope="module")
def the_labelled_lines() -> tuple[Line, ...]:
    return tuple(line for name in FILES for line in lines_of(Path(__file__).with_name(name)))


def test_there_are_enough_labelled_lines_for_each_finding(lines: tuple[Line, ...]) -> None:
    assert len(lines) >= 120
    assert all(sum(name in line.expected for line in lines) >= 10 for name in SEEN_IN_A_LINE)


def test_a_finding_is_seldom_wrong_and_seldom_missed_in_either_language(lines: tuple[Line, ...]) -> None:
    weak = {
        (language, name): figures
        for language in LANGUAGES
        for name, figures in measure(line for line in lines if line.language == language).items()
        if figures.precision < 0.90 or figures.recall < 0.85
    }
    assert weak == {}
