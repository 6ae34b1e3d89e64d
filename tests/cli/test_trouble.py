"""What stands in the way of a home, and what is said then: configuration, store, disk and other processes."""

import fcntl
import os
import resource
import subprocess
import sys

import pytest

from okrmate.adapters.lease import NAME
from tests.cli.running import CONFIG, Okrmate

FIVE_MISTAKES = """
[mentor]
name = "Vera Lund"
adress = "vera@example.org"
zone = "Europe/Berlni"

[mail]
transport = "pigeon"
reveiw = "all"

[mail.quiet_hours]
from = "late"
"""
WORDS = [("person", "list"), ("check-in", "tom", "1.1", "3"), ("plan",), ("today",), ("run",)]


@pytest.mark.parametrize("words", WORDS)
def test_without_a_configuration_it_says_where_one_is_missing(nowhere: Okrmate, words: tuple[str, ...]) -> None:
    told = nowhere(*words)

    assert (told.code, told.out) == (3, "")
    assert f"There is no config.toml in {nowhere.home} yet" in told.err
    assert "`okrmate init`" in told.err
    assert not nowhere.home.exists()


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("below", ["", "home"])
def test_a_home_that_is_a_file_is_told_so(nowhere: Okrmate, words: tuple[str, ...], below: str) -> None:
    nowhere.home.write_text("not a folder")
    home = nowhere.home / below

    told = nowhere.bare("--home", str(home), *words)

    assert (told.code, told.out) == (4, "")
    assert told.err == f"{home} is no folder: a file stands there. Choose another home.\n"


def test_five_mistakes_are_named_at_once_each_with_the_nearest_known_word(nowhere: Okrmate) -> None:
    told = nowhere.with_config(FIVE_MISTAKES)("person", "list")

    assert (told.code, told.out) == (3, "")
    for said in (
        "mentor.address is missing.",
        "mentor.adress is no known key (did you mean address?).",
        "mentor.zone: “Europe/Berlni” is no time zone known here; did you mean Europe/Berlin?",
        "mail.transport must be one of maildir, imap, not 'pigeon'.",
        "mail.reveiw is no known key (did you mean review?).",
        "mail.quiet_hours.from must be a time of day",
    ):
        assert said in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"not json", "is damaged and was left untouched"),
        (b"", "is damaged and was left untouched"),
        (b'{"_meta": {}}', "is damaged and was left untouched"),
        (b'{"_meta":{"1":{"schema":99,"home":"h","created_at":"2026-01-01T00:00:00Z"}}}', "newer okrmate"),
    ],
)
@pytest.mark.parametrize("words", WORDS)
def test_a_store_that_cannot_be_understood_is_left_as_it_is(
    okrmate: Okrmate, words: tuple[str, ...], content: bytes, said: str
) -> None:
    (okrmate.home / "okrmate.json").write_bytes(content)

    told = okrmate(*words)

    assert (told.code, told.out) == (4, "")
    assert said in told.err
    assert len(told.err.splitlines()) == 1
    assert (okrmate.home / "okrmate.json").read_bytes() == content


def test_a_half_written_store_is_left_as_it_is(busy: Okrmate) -> None:
    file = busy.home / "okrmate.json"
    half = file.read_bytes()[:-100]
    file.write_bytes(half)

    told = busy("check-in", "tom", "1.1", "3")

    assert (told.code, file.read_bytes()) == (4, half)


def test_a_home_whose_store_cannot_be_written_is_said_and_nothing_is_changed(busy: Okrmate) -> None:
    before = (busy.home / "okrmate.json").read_bytes()
    (busy.home / "okrmate.json.lock").unlink()
    (busy.home / "okrmate.json.lock").mkdir()

    told = busy("check-in", "tom", "1.1", "3")

    assert (told.code, told.out) == (4, "")
    assert "could not be written, nothing was changed" in told.err
    assert (busy.home / "okrmate.json").read_bytes() == before


@pytest.mark.parametrize(("name", "words"), [(NAME, ("poll",)), (NAME, ("deliver",)), ("log", ("run",))])
def test_what_is_in_the_way_of_the_loop_is_said(busy: Okrmate, name: str, words: tuple[str, ...]) -> None:
    path = busy.home / name
    path.unlink(missing_ok=True)
    if name == NAME:
        path.mkdir()
    else:
        path.write_text("a file", encoding="utf-8")

    told = busy(*words)

    assert (told.code, told.out) == (4, "")
    assert str(path) in told.err
    assert len(told.err.splitlines()) == 1


def test_a_maildir_that_cannot_be_used_is_the_mail_server_not_reached(busy: Okrmate) -> None:
    (busy.home / "mail").mkdir()
    (busy.home / "mail" / "maildir").write_text("a file", encoding="utf-8")

    told = busy("poll")

    assert (told.code, told.out) == (5, "")
    assert "Check the folder" in told.err


def test_a_full_disk_is_said_and_the_store_stays_as_it_was(busy: Okrmate) -> None:
    files = [busy.home / name for name in ("okrmate.json", "okrmate.json.journal")]
    before = [file.read_bytes() for file in files]
    room = len(before[1]) + 10

    def cramped() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    told = subprocess.run(
        [sys.executable, "-m", "okrmate", "--home", str(busy.home), "check-in", "tom", "1.1", "3"],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=cramped,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (told.returncode, told.stdout) == (4, "")
    assert "could not be written, nothing was changed" in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert [file.read_bytes() for file in files] == before
    assert busy.done("check-in", "tom", "1.1", "3").code == 0


def test_while_the_loop_is_held_everything_else_works(busy: Okrmate) -> None:
    with (busy.home / NAME).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        assert busy.done("check-in", "tom", "1.1", "3").code == 0
        assert busy.done("plan", "--dry-run").code == 0


def test_a_template_of_ones_own_that_is_broken_is_named(busy: Okrmate) -> None:
    own = busy.home / "templates" / "en" / "welcome.md.j2"
    own.parent.mkdir(parents=True)
    own.write_text("{{ nothing_known }}", encoding="utf-8")

    told = busy("letter", "preview", "welcome", "tom")

    assert (told.code, told.out) == (3, "")
    assert "welcome.md.j2" in told.err


def test_secrets_of_the_configuration_are_never_repeated(nowhere: Okrmate) -> None:
    told = nowhere.with_config(CONFIG + '[mail.imap]\npassword = ["s3cret"]\nauth = 7\n')("person", "list", "--verbose")

    assert told.code == 3
    assert "s3cret" not in told.err
