"""Commands on a mail account: what is said where it cannot be used, and that a secret is repeated nowhere."""

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from okrmate.config import Auth
from tests.adapters.smtp_server import USER, SmtpServer
from tests.cli.echoing import echoing_imap_server
from tests.cli.running import CONFIG, Okrmate, process

CANARY = "tr0ub4dor-and-3"
KEY_RING = """
import pathlib

def get_password(service, username):
    return (pathlib.Path(__file__).parents[1] / "secret").read_text().strip()
"""


def account(imap: int, smtp: int, auth: str, command: str, timeout: int = 30) -> str:
    """A configuration for servers at these ports of this machine; each way to the secret is there."""
    server = "\n".join(
        (
            'host = "127.0.0.1"',
            'security = "none"',
            f"timeout = {timeout}",
            f'username = "{USER}"',
            f'auth = "{auth}"',
            *([f'password = "{CANARY}"'] if auth == "password" else []),
            f"password_command = {command}",
            f"token_command = {command}",
        )
    )
    mentor = CONFIG.partition("[mail]")[0]
    return (
        f'{mentor}[mail]\ntransport = "imap"\n'
        f"[mail.imap]\nport = {imap}\n{server}\n[mail.smtp]\nport = {smtp}\n{server}\n"
    )


@contextmanager
def a_port(*, listening: bool) -> Iterator[int]:
    """A port of this machine at which nobody is, or somebody who takes connections and never says a word."""
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        if listening:
            there.listen()
        yield there.getsockname()[1]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A folder beside the home with the secret in a file, and a key ring that holds it."""
    folder = tmp_path / "elsewhere"
    (folder / "keyring").mkdir(parents=True)
    (folder / "secret").write_text(f"{CANARY}\n", encoding="utf-8")
    (folder / "keyring" / "__init__.py").write_text(KEY_RING, encoding="utf-8")
    (folder / "keyring" / "errors.py").write_text("class KeyringError(Exception): ...\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("auth", list(Auth))
def test_a_secret_is_repeated_nowhere_though_the_servers_refuse_it_and_echo_it(
    okrmate: Okrmate, elsewhere: Path, auth: Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", SimpleNamespace(get_password=lambda service, username: CANARY))
    monkeypatch.setitem(sys.modules, "keyring.errors", SimpleNamespace(KeyringError=LookupError))
    with echoing_imap_server() as imap, SmtpServer(methods="PLAIN XOAUTH2") as smtp:
        smtp.on("AUTH", *[f"535 5.7.8 you said {CANARY}"] * 20)
        okrmate.with_config(account(imap, smtp.port, auth, json.dumps(["cat", str(elsewhere / "secret")])))
        (okrmate.home / "config.toml").chmod(0o600)

        ran = process("--home", str(okrmate.home), "--verbose", "run", env={"PYTHONPATH": str(elsewhere)})
        looked = okrmate("--verbose", "doctor")

    assert (ran.returncode, looked.code) == (6, 1)
    assert b"refused the login" in ran.stderr
    assert looked.out.count("refused the login") == 2
    assert set(smtp.tried) == {CANARY}
    assert CANARY not in (ran.stdout + ran.stderr).decode() + looked.out + looked.err
    files = okrmate.files()
    assert "log/okrmate.log" in files
    assert not [name for name, content in files.items() if CANARY.encode() in content and name != "config.toml"]
    assert (CANARY.encode() in files["config.toml"]) is (auth is Auth.PASSWORD)


@pytest.mark.parametrize(
    ("program", "code", "said"),
    [
        (f"print('{CANARY}'); raise SystemExit(3)", 5, "ended with exit code 3"),
        (f"raise RuntimeError('{CANARY}')", 5, "ended with exit code 1"),
        (f"import sys; sys.stderr.write('{CANARY}')", 6, "printed nothing"),
    ],
)
def test_a_command_that_gives_no_secret_is_a_sentence_without_what_it_printed(
    okrmate: Okrmate, program: str, code: int, said: str
) -> None:
    with a_port(listening=False) as port:
        okrmate.with_config(account(port, port, "password_command", json.dumps([sys.executable, "-c", program])))

        ran = process("--home", str(okrmate.home), "--verbose", "poll")

    assert ran.returncode == code
    assert said in ran.stderr.decode()
    # The file named it, as part of a command; nothing else does.
    assert CANARY not in ran.stdout.decode() + ran.stderr.decode()
    assert not [name for name, kept in okrmate.files().items() if CANARY.encode() in kept and name != "config.toml"]


def test_servers_that_take_no_connection_are_two_findings_with_what_to_check(okrmate: Okrmate) -> None:
    with a_port(listening=False) as port:
        okrmate.with_config(account(port, port, "password_command", '["printf", "x"]'))
        told = okrmate("doctor")
        polled = okrmate("poll")

    assert (told.code, told.err) == (1, "")
    assert f"The IMAP server 127.0.0.1:{port} takes no connection: check mail.imap.host and port" in told.out
    assert f"The SMTP server 127.0.0.1:{port} takes no connection: check mail.smtp.host and port" in told.out
    assert (polled.code, len(polled.err.splitlines())) == (5, 1)


def test_servers_that_never_say_a_word_are_findings_too(okrmate: Okrmate) -> None:
    with a_port(listening=True) as port:
        okrmate.with_config(account(port, port, "password_command", '["printf", "x"]', timeout=1))
        told = okrmate("doctor", "--json")

    assert told.code == 1
    assert {finding["verdict"] for finding in told.facts() if finding["about"] in {"imap", "smtp"}} == {"wrong"}


@pytest.mark.parametrize(
    ("auth", "mode", "verdict"),
    [
        ("password", 0o644, "wrong"),
        ("password", 0o600, "fine"),
        ("password_command", 0o644, "fine"),
        ("oauth2", 0o644, "fine"),
    ],
)
def test_a_password_in_the_configuration_is_for_its_owner_alone(
    okrmate: Okrmate, auth: str, mode: int, verdict: str
) -> None:
    with a_port(listening=False) as port:
        okrmate.with_config(account(port, port, auth, '["printf", "x"]'))
        (okrmate.home / "config.toml").chmod(mode)

        told = okrmate("doctor", "--json")

    assert [finding["verdict"] for finding in told.facts() if finding["about"] == "permissions"] == [verdict]


def test_a_password_that_is_piped_into_init_is_repeated_nowhere(nowhere: Okrmate) -> None:
    asked = ("--name", "Ada", "--address", USER, "--zone", "UTC", "--locale", "en", "--auth", "password")
    with echoing_imap_server() as imap, SmtpServer(methods="PLAIN") as smtp:
        smtp.on("AUTH", *[f"535 5.7.8 you said {CANARY}"] * 20)
        places = ["--imap-host", "127.0.0.1", "--imap-port", str(imap), "--imap-security", "none"]
        places += ["--smtp-host", "127.0.0.1", "--smtp-port", str(smtp.port), "--smtp-security", "none"]
        words = ("--home", str(nowhere.home), "--verbose", "init", "--non-interactive", *asked, *places)

        told = nowhere.bare(*words, "--secret-from", "-", given=f"{CANARY}\n".encode())

    assert told.code == 1
    assert told.out.count("refused the login") == 2
    assert CANARY not in told.out + told.err
    assert not nowhere.home.exists()
