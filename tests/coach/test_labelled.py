"""The coach agrees with people about what is weak in a goal."""

from pathlib import Path

import pytest

from okrmate.domain.coach import FindingName
from tests.coach.labelled import FILES, SEEN_IN_A_LINE, lines_of, measure

LINES = tuple(line for name in FILES for line in lines_of(Path(__file__).with_name(name)))
FIGURES = measure(LINES)


def test_there_are_enough_labelled_lines_for_each_finding() -> None:
    assert len(LINES) >= 120
    assert all(sum(name in line.expected for line in LINES) >= 10 for name in SEEN_IN_A_LINE)


@pytest.mark.parametrize("name", sorted(SEEN_IN_A_LINE))
def test_a_finding_is_seldom_wrong_and_seldom_missed(name: FindingName) -> None:
    figures = FIGURES[name]
    assert figures.precision >= 0.90, figures
    assert figures.recall >= 0.85, figures
