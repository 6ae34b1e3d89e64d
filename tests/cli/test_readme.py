"""The commands that the README shows are commands there are."""

import re
import shlex

import pytest

from okrmate.cli.registry import parser_for
from tests.architecture.house_map import ROOT
from tests.cli.running import Okrmate

README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURES = [ROOT / name for name in re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)]
SHOWN = [
    shlex.split(line.partition(" > ")[0], comments=True)[1:]
    for line in README.splitlines()
    if line.startswith("    okrmate ")
]


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_a_command_of_the_readme_is_taken(words: list[str]) -> None:
    assert parser_for(words[0]).parse_args(words[1:]).command.words[0] == words[0]


def test_the_readme_shows_the_way_from_a_person_to_their_first_letter() -> None:
    assert {words[0] for words in SHOWN} >= {"person", "okr", "meeting", "plan", "outbox", "run", "today", "undo"}


def test_its_pictures_are_there_and_small() -> None:
    assert len(PICTURES) == 3
    assert all(0 < picture.stat().st_size < 100_000 for picture in PICTURES)


def test_the_smallest_configuration_it_shows_works(nowhere: Okrmate) -> None:
    (shown,) = [block.partition("```")[0] for block in README.split("```toml\n")[1:]]

    assert nowhere.with_config(shown).done("today", "--json").fact("needs") == "0"
