"""What a start brings in: a command waits for nothing that it does not use."""

import subprocess
import sys

import pytest

from tests.cli.running import Okrmate

HEAVY = {"textual", "imap_tools", "lxml", "icalendar", "jinja2"}
UNUSED = {"babel", "markdown_it", "dateutil", "flufl", "schedule", "email.message", "importlib.metadata"}
STORE = {"tinydb", "msgspec", "okrmate.config", "pathlib", "json"}
CALL = """
import sys
from okrmate.__main__ import main
code = main(sys.argv[1:])
print("\\n" + " ".join(sys.modules))
sys.exit(code)
"""


def _imported(*words: str) -> set[str]:
    told = subprocess.run([sys.executable, "-c", CALL, *words], capture_output=True, text=True, check=True, timeout=60)
    return set(told.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("words", [("--version",), ("--help",)])
def test_version_and_help_import_no_library_and_no_store(words: tuple[str, ...]) -> None:
    assert not _imported(*words) & (HEAVY | UNUSED | STORE)


def test_a_check_in_imports_nothing_that_only_screens_and_letters_need(busy: Okrmate) -> None:
    imported = _imported("--home", str(busy.home), "check-in", "tom", "1.1", "3")

    assert "msgspec" in imported
    assert not imported & (HEAVY | UNUSED)


def test_a_look_into_local_maildirs_imports_nothing_that_only_servers_need(busy: Okrmate) -> None:
    imported = _imported("--home", str(busy.home), "poll")

    assert "okrmate.adapters.maildir" in imported
    assert not imported & {"imap_tools", "imaplib", "smtplib", "keyring", "okrmate.bootstrap.account"}


def test_the_first_screen_imports_nothing_that_only_mails_and_letters_need() -> None:
    call = "import sys, okrmate.bootstrap.home_session, okrmate.tui.screens.today; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True, timeout=60)

    assert not set(told.stdout.split()) & {
        "imap_tools",
        "lxml",
        "icalendar",
        "jinja2",
        "markdown_it",
        "flufl",
        "email.message",
    }


def test_on_windows_one_sentence_says_where_okrmate_runs() -> None:
    call = (
        "import sys, pathlib, platformdirs, subprocess, tempfile; from okrmate.__main__ import main; "
        "sys.platform = 'win32'; sys.exit(main(['today']))"
    )
    told = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=False, timeout=60)

    assert (told.returncode, told.stdout) == (4, "")
    assert told.stderr == "okrmate keeps its data safe by means Windows does not have; run it inside WSL.\n"
