"""How okrmate is called: where its home is, what it answers to odd words, and how it ends."""

import os
import signal
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from okrmate.cli.command import Terminal
from okrmate.cli.people import PersonList
from okrmate.version import VERSION
from tests.cli.running import Okrmate, process
from tests.daemon.towers import within

SLOW_READER = "import sys, okrmate.__main__; sys.exit(okrmate.__main__.main(['letter', 'list']))"


def test_without_a_command_it_says_what_there_is(nowhere: Okrmate) -> None:
    told = nowhere.bare()

    assert told.code == 0
    assert "check-in" in told.out
    assert "record a reading by hand" in told.out


def test_its_version_is_the_one_that_was_built(nowhere: Okrmate) -> None:
    assert nowhere.bare("--version").out == f"okrmate {VERSION}\n"
    assert version("okrmate") == VERSION


def test_the_help_of_a_command_is_its_own(nowhere: Okrmate) -> None:
    told = nowhere.bare("person", "add", "--help")

    assert told.code == 0
    assert "--zone" in told.out


@pytest.mark.parametrize(
    "words",
    [
        ("--home", "HOME", "person", "list", "--json"),
        ("--home=HOME", "--json", "person", "list"),
        ("person", "--home", "HOME", "list", "--json"),
        ("person", "list", "--json", "--home", "HOME"),
        ("--home", "elsewhere", "person", "list", "--home", "HOME", "--json"),
    ],
)
def test_the_home_is_said_before_or_behind_the_words(busy: Okrmate, words: tuple[str, ...]) -> None:
    told = busy.bare(*(word.replace("HOME", str(busy.home)) for word in words))

    assert [person["name"] for person in told.facts()] == ["Tom Reuter"]


def test_the_home_is_what_the_environment_says_unless_it_is_said(
    busy: Okrmate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OKRMATE_HOME", str(busy.home))

    assert busy.bare("person", "list", "--json").facts()
    assert busy.bare("person", "list", "--home", str(busy.home / "other")).code == 3


def test_a_process_of_its_own_prints_ids_on_a_line_of_their_own(okrmate: Okrmate) -> None:
    added = process("person", "add", "Tom Reuter", "tom@example.net", env={"OKRMATE_HOME": str(okrmate.home)})

    assert (added.returncode, added.stderr) == (0, b"")
    assert added.stdout.splitlines()[-1].decode() == okrmate.done("person", "show", "tom", "--json").fact("id")


def test_quiet_leaves_only_the_id(okrmate: Okrmate) -> None:
    told = okrmate.done("--quiet", "person", "add", "Tom Reuter", "tom@example.net")

    assert len(told.lines) == 1
    assert told.lines[0] == okrmate.done("person", "show", "tom", "--json").fact("id")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("persn", "list"), "did you mean person?"),
        (("xyzzy",), "`okrmate --help` lists them."),
        (
            ("person", "ad", "Tom", "tom@example.net"),
            "“ad” is none of add, list, show, edit, pause, resume, off, end, export, erase; did you mean add?",
        ),
        (("person",), "required: ACTION"),
        (("person", "add", "Tom"), "required: ADDRESS"),
        (("person", "list", "--jso"), "okrmate person list has no option --jso."),
        (("person", "add", "Tom", "Reuter", "tom@example.net"), "put words that belong together in quotes"),
        (("--nonsense",), "unrecognized arguments: --nonsense"),
        (("--home",), "--home: expected one argument"),
        (("person", "add", "Tom\udcff", "tom@example.net"), "not UTF-8"),
        (("letter", "preview", "poem"), "“poem” is none of "),
    ],
)
def test_wrong_words_get_one_sentence_and_exit_code_2(okrmate: Okrmate, words: tuple[str, ...], said: str) -> None:
    told = okrmate.bare(*words)

    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert len(told.err.splitlines()) == 1


def test_a_bug_has_its_own_exit_code_and_its_place_only_with_verbose(
    okrmate: Okrmate, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(self: PersonList, given: object, terminal: Terminal) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(PersonList, "run", breaks)

    quiet, loud = okrmate("person", "list"), okrmate("person", "list", "--verbose")

    assert (quiet.code, quiet.err) == (70, "okrmate has met a bug; --verbose shows where.\n")
    assert loud.code == 70
    assert "ZeroDivisionError" in loud.err


def test_a_sentence_for_the_person_has_a_traceback_only_with_verbose(okrmate: Okrmate) -> None:
    assert "Traceback" not in okrmate("person", "show", "nobody").err
    assert "Traceback" in okrmate("person", "show", "nobody", "--verbose").err


def test_ctrl_c_ends_with_130_and_without_a_word(okrmate: Okrmate, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(self: PersonList, given: object, terminal: Terminal) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(PersonList, "run", interrupted)

    told = okrmate("person", "list")

    assert (told.code, told.out, told.err) == (130, "", "")


def test_a_reader_that_went_away_is_no_trouble() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told = subprocess.run(
        [sys.executable, "-c", SLOW_READER], stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60
    )
    os.close(writing)

    assert (told.returncode, told.stderr) == (0, b"")


def test_a_full_disk_behind_the_output_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(
            [sys.executable, "-c", SLOW_READER], stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )

    assert (told.returncode, told.stderr) == (4, b"The disk is full; make some room and try again.\n")


def test_a_terminal_without_our_signs_shows_others(tmp_path: Path) -> None:
    told = process("person", "list", "--home", str(tmp_path), env={"PYTHONIOENCODING": "ascii"})

    assert (told.returncode, b"Traceback" in told.stderr) == (3, False)


def test_the_daemon_stops_at_sigterm_having_done_its_rounds(busy: Okrmate) -> None:
    command = [sys.executable, "-m", "okrmate", "--home", str(busy.home), "run"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as daemon:
        assert daemon.stdout is not None
        log = busy.home / "log" / "okrmate.log"
        assert within(lambda: log.exists() and '"started"' in log.read_text(encoding="utf-8"))
        other = busy("poll")
        daemon.send_signal(signal.SIGTERM)
        said, failed = daemon.communicate(timeout=30)

    assert (daemon.returncode, failed) == (0, "")
    assert said.startswith("At work for")
    assert said.endswith("Stopped.\n")
    assert (other.code, "Another okrmate" in other.err) == (4, True)
