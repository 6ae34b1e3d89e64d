"""The commands that the README shows are commands there are."""

import shlex

import pytest

from okrmate.cli.registry import parser_for
from tests.architecture.house_map import ROOT

SHOWN = [
    shlex.split(line, comments=True)[1:]
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("    okrmate ")
]


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_a_command_of_the_readme_is_taken(words: list[str]) -> None:
    assert parser_for(words[0]).parse_args(words[1:]).command.words[0] == words[0]


def test_the_readme_shows_the_way_from_a_person_to_their_first_letter() -> None:
    assert {words[0] for words in SHOWN} >= {"person", "okr", "meeting", "plan", "outbox", "run", "today", "undo"}
