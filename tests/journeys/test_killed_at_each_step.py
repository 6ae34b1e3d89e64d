"""The story, killed with `kill -9` at each of its steps and started again until it ends, comes to the same end."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from okrmate.demo.home import open_story
from okrmate.services.tables import INCOMING, OUTGOING
from tests.architecture.house_map import ROOT
from tests.journeys.outcomes import Outcome, copies, outcome
from tests.journeys.telling import TWO, Fault, name_of, told_file

pytestmark = pytest.mark.long

SEEDS = range(int(os.environ.get("OKRMATE_KILLED_HOMES", "1")))
"""Homes whose story is killed anywhere; each sees some forty kills. `make stress` asks for more."""
ONE_BY_ONE = [fault for fault in Fault if fault not in (Fault.UNPROVEN, Fault.ANYWHERE)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Counter[str]]:
    """What the story comes to, and its events, when nobody kills it."""
    story = open_story(tmp_path_factory.mktemp("undisturbed"), cast=TWO)
    told = Counter(name_of(event) for event in story.told())
    return outcome(story.room.store), told


@dataclass(frozen=True, slots=True)
class Teller:
    """The process that tells the story; it compiles the templates once for all the homes it tells it in."""

    process: subprocess.Popen[str]

    def killed(self, home: Path, fault: Fault, seed: int = 0) -> int:
        """Tell the story in `home`; how often it was killed on the way."""
        home.mkdir(mode=0o700)
        asked, told = self.process.stdin, self.process.stdout
        assert asked
        assert told
        asked.write(f"{json.dumps([str(home), fault, seed])}\n")
        asked.flush()
        kills = json.loads(told.readline() or "null")
        assert isinstance(kills, int), "the story broke off by itself"
        return kills


@pytest.fixture(scope="module")
def teller() -> Iterator[Teller]:
    command = [sys.executable, "-m", "tests.journeys.telling"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Teller(process)


def check(home: Path, kills: int, undisturbed: tuple[Outcome, Counter[str]]) -> None:
    """Every effect once, no letter lost, at most one copy more a kill, and that one counted."""
    expected, events = undisturbed
    story = open_story(home)
    assert outcome(story.room.store) == expected

    told = Counter(told_file(home).read_text(encoding="utf-8").splitlines())
    assert not told - events, "told twice, or what never happened"

    letters = {letter.message_id: letter for letter in story.room.store.every(OUTGOING)}
    sent = copies(home / "mail/maildir/Sent")
    assert set(sent) == set(letters)
    assert sent.total() - len(sent) <= kills
    assert not [one for one, number in sent.items() if number > letters[one].copies]
    for mail in story.room.store.every(INCOMING):
        assert story.room.raw.read(mail.raw)
        assert len(mail.places) == 1


def steps(fault: Fault, expected: Outcome) -> int:
    """How often the story comes to such a step, at least."""
    letters, mails = expected["letters"].total(), expected["mails"].total()
    match fault:
        case Fault.COMMITTED:
            return mails
        case Fault.CLAIMED | Fault.SENT | Fault.UNPROVEN:
            return letters
        case Fault.KEPT | Fault.HALF_WRITTEN:
            return letters + mails
        case Fault.EVENT | Fault.ANYWHERE:
            return 10


@pytest.mark.parametrize("fault", ONE_BY_ONE)
def test_a_story_that_is_killed_comes_to_the_same_end(
    teller: Teller, tmp_path: Path, fault: Fault, undisturbed: tuple[Outcome, Counter[str]]
) -> None:
    kills = teller.killed(tmp_path / "home", fault)

    assert kills >= steps(fault, undisturbed[0]), "it was hardly disturbed"
    check(tmp_path / "home", kills, undisturbed)
    # The folder of sent mail proves what left, so that not one letter is there twice.
    assert set(copies(tmp_path / "home/mail/maildir/Sent").values()) == {1}


def test_where_nothing_proves_what_left_each_kill_makes_one_copy_and_it_is_counted(
    teller: Teller, tmp_path: Path, undisturbed: tuple[Outcome, Counter[str]]
) -> None:
    kills = teller.killed(tmp_path / "home", Fault.UNPROVEN)

    check(tmp_path / "home", kills, undisturbed)
    letters = open_story(tmp_path / "home").room.store.every(OUTGOING)
    assert kills == steps(Fault.UNPROVEN, undisturbed[0]) == len(letters)
    assert {letter.copies for letter in letters} == {2}
    assert all(letter.perhaps_twice for letter in letters)
    assert set(copies(tmp_path / "home/mail/maildir/Sent").values()) == {2}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_story_that_is_killed_anywhere_comes_to_the_same_end(
    teller: Teller, tmp_path: Path, seed: int, undisturbed: tuple[Outcome, Counter[str]]
) -> None:
    kills = teller.killed(tmp_path / "home", Fault.ANYWHERE, seed)

    assert kills >= steps(Fault.ANYWHERE, undisturbed[0]), "it was hardly disturbed"
    check(tmp_path / "home", kills, undisturbed)
