"""`okrmate init` without a server: its questions and options, and what it refuses before it writes anything."""

import io
import json
import stat
import sys
from pathlib import Path

import pytest

from okrmate.cli.asking import Asking, file_or_nothing
from okrmate.cli.command import Terminal
from okrmate.domain.errors import Refusal
from tests.adapters.test_secrets import ERRORS, KEY_RING
from tests.cli.running import Okrmate

NO_PROGRAM = "no-such-program"
"""A command that gives no secret, so that no server is asked."""
ASKED = ("--name", "Ada", "--address", "ada@example.org", "--zone", "UTC", "--locale", "en")
HOSTS = ("--imap-host", "imap.example.org", "--smtp-host", "smtp.example.org")
SILENT = ("--non-interactive", *ASKED, *HOSTS, "--secret-command", NO_PROGRAM)


def without(words: tuple[str, ...], option: str) -> tuple[str, ...]:
    place = words.index(option)
    return words[:place] + words[place + 2 :]


@pytest.mark.parametrize("option", ["--name", "--address", "--imap-host", "--smtp-host", "--secret-command"])
def test_a_script_that_leaves_something_out_is_told_what(nowhere: Okrmate, option: str) -> None:
    told = nowhere("init", *without(SILENT, option))

    assert (told.code, told.out, told.err) == (2, "", f"{option} is missing.\n")
    assert not nowhere.home.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--address", "ada"), "--address: “ada” is not a mail address; it needs the form name@example.org."),
        (("--zone", "Berlim"), "--zone: “Berlim” is no time zone known here"),
        (("--locale", "german"), "--locale: “german” is no locale"),
        (("--imap-port", "imaps"), "--imap-port: “imaps” is no port; it is a number from 1 to 65535."),
        (("--smtp-security", "ssl"), "--smtp-security: “ssl” is none of tls, starttls, none"),
        (("--auth", "pasword"), "--auth: “pasword” is none of"),
        (("--provider", "gmial"), "--provider: “gmial” is none of"),
        (("--secret-command", 'pass "show'), "--secret-command: A quotation mark is not closed."),
        (("--auth", "password"), "--secret-from is missing: it names the file with the password"),
        (("--answer-within", "soon"), "argument --answer-within: invalid int value: 'soon'"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_told_by_its_option(
    nowhere: Okrmate, words: tuple[str, str], said: str
) -> None:
    told = nowhere("init", *SILENT, *words)

    assert told.code == 2
    assert said in told.err
    assert len(told.err.splitlines()) == 1
    assert not nowhere.home.exists()


def test_what_the_configuration_does_not_take_is_told_as_by_every_command(nowhere: Okrmate) -> None:
    told = nowhere("init", *SILENT, "--imap-security", "none")

    assert (told.code, told.err) == (3, "mail.imap.security may be none only for a server on this machine.\n")
    assert not nowhere.home.exists()


def test_an_account_that_does_not_work_is_told_and_nothing_is_written(nowhere: Okrmate) -> None:
    told = nowhere("init", *SILENT)

    assert (told.code, told.err) == (1, "")
    assert told.out.count(f"there is no program {NO_PROGRAM}") == 2
    assert told.lines[-1] == "Nothing was written."
    assert not nowhere.home.exists()


def test_a_mentor_may_have_it_written_all_the_same(nowhere: Okrmate) -> None:
    answers = b"\n" * 6 + f"{NO_PROGRAM}\nwrite\n".encode()

    told = nowhere("init", *ASKED, *HOSTS, given=answers)

    assert told.code == 1
    assert "Written: " in told.out
    assert stat.S_IMODE((nowhere.home / "config.toml").stat().st_mode) == 0o600
    assert "sent" not in [line.split()[1] for line in told.lines if line.startswith("wrong")]
    assert nowhere.done("person", "list").code == 0


def test_an_account_that_does_not_work_is_asked_about_again_with_the_answers_so_far(nowhere: Okrmate) -> None:
    first = ["", "", "587", "", "ada-at-work", "", NO_PROGRAM]
    second = ["again", *[""] * 8, f"another-{NO_PROGRAM}", "no-file", "", "leave", ""]

    told = nowhere("init", *ASKED, *HOSTS, given="\n".join([*first, *second]).encode())

    assert "SMTP port [465]: SMTP security [starttls]: " in told.out
    assert "Username [ada-at-work]: " in told.out
    assert f"Command [{NO_PROGRAM}]: " in told.out
    assert "There is no file “no-file”." in told.out
    assert told.out.count(f"there is no program another-{NO_PROGRAM}") == 2
    assert (told.code, told.out.endswith("Nothing was written.\n")) == (1, True)


def test_an_empty_password_is_asked_for_again(nowhere: Okrmate) -> None:
    nobody = ("--imap-host", "localhost", "--imap-port", "1", "--smtp-host", "localhost", "--smtp-port", "1")

    told = nowhere("init", *ASKED, *nobody, "--auth", "password", given=b"\n" * 3 + b"\ns3cret\nleave\n")

    assert told.out.count("Type it, or press Ctrl-C to leave.") == 1
    assert told.out.count("takes no connection") == 2
    assert told.out.endswith("Nothing was written.\n")


def test_a_word_that_is_no_way_on_is_asked_about_again(nowhere: Okrmate) -> None:
    told = nowhere("init", *ASKED, *HOSTS, given=b"\n" * 6 + f"{NO_PROGRAM}\nmaybe\nl\n".encode())

    assert "Type one of again, write, leave." in told.out
    assert told.out.endswith("Nothing was written.\n")


class Leaving(io.BytesIO):
    """Somebody who presses Ctrl-C in place of an answer."""

    def readline(self, _size: int | None = -1) -> bytes:
        raise KeyboardInterrupt


def test_leaving_in_the_middle_of_the_questions_says_that_nothing_was_written(tmp_path: Path) -> None:
    asking = Asking(Terminal(home=tmp_path, out=io.StringIO(), given=Leaving()), somebody=True)

    with pytest.raises(KeyboardInterrupt, match=r"Nothing was written\."):
        asking.text("--name", None)


@pytest.mark.parametrize(
    ("address", "host", "first"),
    [
        ("ada@gmail.com", "imap.gmail.com", "Gmail or Google Workspace: Google takes no plain password here."),
        ("ada@posteo.de", "posteo.de", "Posteo: The password of your mailbox will do"),
    ],
)
def test_a_known_provider_is_filled_in_and_says_what_to_do_first(
    nowhere: Okrmate, address: str, host: str, first: str
) -> None:
    answers = f"{address}\n\n\n{NO_PROGRAM}\nwrite\n".encode()

    told = nowhere("init", "--name", "Ada", "--zone", "UTC", "--locale", "en", given=answers)

    assert first in told.out
    assert f'host = "{host}"' in (nowhere.home / "config.toml").read_text(encoding="utf-8")


def test_a_provider_can_be_named_for_a_domain_of_ones_own(nowhere: Okrmate) -> None:
    told = nowhere("init", *ASKED, given=f"micosoft\nmicrosoft\n\n\n{NO_PROGRAM}\nwrite\n".encode())
    config = (nowhere.home / "config.toml").read_text(encoding="utf-8")

    assert "did you mean microsoft?" in told.out
    assert 'host = "smtp.office365.com"\nport = 587\nsecurity = "starttls"' in config
    assert 'auth = "oauth2"' in config
    assert f'token_command = ["{NO_PROGRAM}"]' in config
    assert 'sent = "never"' in config


def test_a_configuration_that_stands_there_is_never_replaced_unasked(okrmate: Okrmate) -> None:
    before = okrmate.files()

    for told in (okrmate("init", *SILENT), okrmate("init", given=b"n\n")):
        assert told.code == 2
        assert told.err.endswith("config.toml was left as it is; --replace puts another in its place.\n")
    assert okrmate.files() == before


def test_a_configuration_that_is_replaced_is_kept_under_another_name(okrmate: Okrmate) -> None:
    before = (okrmate.home / "config.toml").read_bytes()

    told = okrmate("init", *ASKED, *HOSTS, given=b"y\n" + b"\n" * 6 + f"{NO_PROGRAM}\nwrite\n".encode())

    assert "Written: " in told.out
    assert okrmate.files()["config.toml.old"] == before
    assert b'name = "Ada"' in okrmate.files()["config.toml"]


def test_a_home_that_is_a_file_is_told_before_the_first_question(nowhere: Okrmate) -> None:
    nowhere.home.write_text("not a folder", encoding="utf-8")

    told = nowhere("init")

    assert (told.code, told.out) == (4, "")
    assert "is no folder: a file stands there" in told.err


def test_questions_that_nobody_answers_end_without_a_home(nowhere: Okrmate) -> None:
    told = nowhere("init", given=b"Ada\n")

    assert told.code == 2
    assert told.err.endswith("Nothing was written.\n")
    assert not nowhere.home.exists()


def test_with_json_nothing_is_asked(nowhere: Okrmate) -> None:
    told = nowhere("init", *without(SILENT, "--name"), "--json", given=b"Ada\n")

    assert (told.code, told.out, told.err) == (2, "", "--name is missing.\n")


def test_findings_are_one_line_of_json(nowhere: Okrmate) -> None:
    told = nowhere("init", *SILENT, "--json")

    assert {finding["about"]: finding["verdict"] for finding in told.facts()} == {"imap": "wrong", "smtp": "wrong"}


@pytest.mark.parametrize("words", [("--secret-from", "-"), ()])
def test_a_secret_for_the_key_ring_is_put_there_once(
    nowhere: Okrmate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    package = tmp_path / "keyring"
    package.mkdir()
    (package / "__init__.py").write_text(KEY_RING, encoding="utf-8")
    (package / "errors.py").write_text(ERRORS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("keyring", "keyring.errors"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    nobody = ("--imap-host", "localhost", "--imap-port", "1", "--smtp-host", "localhost", "--smtp-port", "1")
    mode, answers = (("--non-interactive",), b"") if words else ((), b"\n" * 3)

    told = nowhere("init", *mode, *ASKED, *nobody, *words, "--auth", "keyring", given=answers + b"s3cret\n")

    assert json.loads((package / "kept.json").read_text(encoding="utf-8")) == {"okrmate/ada@example.org": "s3cret"}
    assert "s3cret" not in told.out + told.err
    assert told.out.count("takes no connection") == 2
    assert not nowhere.home.exists()


def test_a_key_ring_that_cannot_be_used_is_told_before_a_password_is_typed(
    nowhere: Okrmate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    answers = f"\n\n\n\n\nkeyring\npassword_command\n{NO_PROGRAM}\nwrite\n"

    told = nowhere("init", *ASKED, *HOSTS, given=answers.encode())

    assert "pip install 'okrmate[keyring]'.\nWay [password_command]: " in told.out
    assert "Password" not in told.out
    assert "Written: " in told.out


@pytest.mark.parametrize(
    ("imap", "smtp"), [("imap.example.net", "smtp.example.net"), ("mail.example.net", "mail.example.net")]
)
def test_the_server_that_sends_is_proposed_by_the_name_of_the_one_that_receives(
    nowhere: Okrmate, imap: str, smtp: str
) -> None:
    assert f"SMTP host [{smtp}]: " in nowhere("init", *ASKED, given=f"other\n{imap}\n\n\n".encode()).out
    assert not nowhere.home.exists()


def test_a_file_in_the_home_directory_is_named_as_people_name_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "ca.pem").touch()

    assert file_or_nothing("~/ca.pem") == str(tmp_path / "ca.pem")
    assert isinstance(file_or_nothing("~/other.pem"), Refusal)
    assert file_or_nothing("") == ""
