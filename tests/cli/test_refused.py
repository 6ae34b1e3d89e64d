"""After a refused login: whoever calls again and again does not knock again, and a person is let through."""

import io
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from okrmate.__main__ import main
from okrmate.adapters.documents import decode_json, encode_json
from okrmate.adapters.lease import NAME
from okrmate.services.loop_state import REST, LoopState
from tests.adapters.scripted_imap import ScriptedImap
from tests.cli.running import Okrmate

ACCOUNT = """
[mentor]
name = "Vera Lund"
address = "vera@example.org"
zone = "Europe/Berlin"

[mail]
transport = "imap"

[mail.imap]
host = "127.0.0.1"
port = {port}
security = "none"
username = "vera"
password_command = ["echo", "wrong"]

[mail.smtp]
host = "127.0.0.1"
port = {port}
security = "none"
username = "vera"
password_command = ["echo", "wrong"]
"""


@pytest.fixture
def server() -> Iterator[ScriptedImap]:
    """An account that lets nobody in."""
    with ScriptedImap(lambda tag, _: [f"{tag} NO [AUTHENTICATIONFAILED] Wrong password\r\n"]) as server:
        yield server


@pytest.fixture
def refused(nowhere: Okrmate, server: ScriptedImap) -> Okrmate:
    """The program, once its login was refused."""
    nowhere.with_config(ACCOUNT.format(port=server.settings().port))
    os.utime(nowhere.home / "config.toml", (0, 0))
    assert nowhere("poll").code == 6
    assert logins(server) == 1
    return nowhere


def logins(server: ScriptedImap) -> int:
    """How often somebody tried to log in."""
    return sum("LOGIN" in line for line in server.asked)


class Keyboard(io.BytesIO):
    """What is read where somebody sits."""

    def isatty(self) -> bool:
        return True


def at_a_terminal(okrmate: Okrmate, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Call a command where somebody sits; its exit code."""
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(Keyboard()))
        return main(("--home", str(okrmate.home), *words))


@pytest.mark.parametrize("words", [("poll",), ("deliver",), ("run",)])
def test_a_script_does_not_log_in_again_within_the_hour(
    refused: Okrmate, server: ScriptedImap, words: tuple[str, ...]
) -> None:
    told = refused(*words)

    assert (told.code, told.out, logins(server)) == (6, "", 1)
    assert "none is tried for an hour unless you call this at a terminal or change config.toml." in told.err
    assert "refused the login of vera (Wrong password)" in told.err


def test_after_an_hour_it_is_tried_once_more(refused: Okrmate, server: ScriptedImap) -> None:
    file = refused.home / NAME
    state = decode_json(LoopState, file.read_bytes())
    file.write_bytes(encode_json(state.refused(datetime.now(UTC) - REST - timedelta(seconds=1))))  # noqa: TID251 - the machine's clock counts here

    refused("poll")
    refused("poll")

    assert logins(server) == 2


def test_who_changes_the_configuration_need_not_wait(refused: Okrmate, server: ScriptedImap) -> None:
    in_a_minute = (datetime.now(UTC) + timedelta(minutes=1)).timestamp()  # noqa: TID251 - as above
    os.utime(refused.home / "config.toml", (in_a_minute, in_a_minute))

    refused("poll")

    assert logins(server) == 2


def test_a_person_at_a_terminal_need_not_wait(
    refused: Okrmate, server: ScriptedImap, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert at_a_terminal(refused, monkeypatch, "poll") == 6
    assert logins(server) == 2


def test_once_all_is_well_scripts_go_on(refused: Okrmate, monkeypatch: pytest.MonkeyPatch) -> None:
    config = refused.home / "config.toml"
    config.write_text(config.read_text().replace('transport = "imap"', 'transport = "maildir"'))
    os.utime(config, (0, 0))

    assert refused("poll").code == 6
    assert at_a_terminal(refused, monkeypatch, "poll") == 0
    assert refused("poll").code == 0
