"""The ways to a secret, tried with real commands; and that whatever goes wrong, no error repeats one."""

import os
import resource
import stat
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from okrmate.adapters.secrets import KeptToken, KeyRingSecret, PrintedSecret, WrittenDown, credentials
from okrmate.config import Auth, Security, ServerSettings
from okrmate.domain.errors import MailLoginError, MailServerError, OkrmateError
from tests.daemon.towers import within

CANARY = "tr0ub4dor"
KEY_RING = f"""
import json, pathlib
from keyring import errors

FILE = pathlib.Path(__file__).parent / "kept.json"

def get_password(service, username):
    if username == "locked":
        raise errors.KeyringLocked("{CANARY} would open it")
    return json.loads(FILE.read_text()).get(f"{{service}}/{{username}}") if FILE.exists() else None

def set_password(service, username, password):
    if username == "locked":
        raise errors.KeyringLocked("{CANARY} would open it")
    FILE.write_text(json.dumps({{f"{{service}}/{{username}}": password}}))
"""
ERRORS = "class KeyringError(Exception): ...\nclass KeyringLocked(KeyringError): ...\n"


def python(program: str) -> tuple[str, ...]:
    """The command that runs a small program."""
    return (sys.executable, "-c", program)


def printed(command: Sequence[str], limit: float = 30) -> PrintedSecret:
    return PrintedSecret(command=tuple(command), key="mail.imap.password_command", limit=limit)


def server(auth: Auth) -> ServerSettings:
    """An account whose every way to a secret gives the canary."""
    return ServerSettings(
        host="mail.example.org",
        port=993,
        security=Security.TLS,
        username="ada",
        auth=auth,
        password=CANARY,
        password_command=("printf", CANARY),
        token_command=("printf", CANARY),
        ca_file="",
        timeout=30,
    )


def everything_of(error: BaseException | None) -> str:
    """All that an error and those behind it say and hold."""
    told = []
    while error is not None:
        told += [repr(error), str(error), str(vars(error)), "".join(traceback.format_exception(error))]
        error = error.__cause__ or error.__context__
    return "\n".join(told)


@pytest.fixture
def key_ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library `keyring` that keeps its secrets in a file of a throw-away folder."""
    package = tmp_path / "keyring"
    package.mkdir()
    (package / "__init__.py").write_text(KEY_RING, encoding="utf-8")
    (package / "errors.py").write_text(ERRORS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("keyring", "keyring.errors"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    yield package
    for name in ("keyring", "keyring.errors"):
        sys.modules.pop(name, None)


def test_a_command_has_no_terminal_to_ask_at() -> None:
    alone = "import os, sys; print(os.getsid(0) == os.getpid() and not sys.stdin.read())"

    assert printed(python(alone)).secret() == "True"


@pytest.mark.parametrize("auth", [Auth.PASSWORD, Auth.PASSWORD_COMMAND, Auth.OAUTH2])
def test_an_account_gives_its_secret_by_the_way_it_names(auth: Auth) -> None:
    assert credentials(server(auth), "mail.imap").secret() == CANARY


@pytest.mark.parametrize("auth", list(Auth))
def test_no_way_to_a_secret_shows_it(auth: Auth) -> None:
    way = credentials(server(auth), "mail.imap")

    assert CANARY not in repr(way)


def test_the_first_line_counts_and_nothing_is_taken_off_it_but_its_end() -> None:
    assert printed(["printf", " two words \\r\\nlogin: ada\\n"]).secret() == " two words "


def test_a_command_is_run_anew_each_time(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    way = printed(["sh", "-c", f'echo x >> "{calls}"; wc -l < "{calls}"'])

    assert [way.secret().strip(), way.secret().strip()] == ["1", "2"]


def test_a_command_is_handed_over_without_a_shell_and_has_nothing_to_read() -> None:
    assert printed(["printf", "%s", "$(whoami); `id`"]).secret() == "$(whoami); `id`"
    assert printed(["sh", "-c", "read line || echo nothing"]).secret() == "nothing"


def test_what_a_command_leaves_behind_is_not_waited_for_and_goes_on(tmp_path: Path) -> None:
    """As an agent does that is started by the first who needs it, and holds on to what it was given to print to."""
    goes_on = tmp_path / "goes_on"
    os.mkfifo(goes_on)

    assert printed(
        ["sh", "-c", f'(read line < "{goes_on}"; echo "$line" > "{tmp_path}/it") & echo {CANARY}']
    ).secret() == (CANARY)
    goes_on.write_text("did\n", encoding="utf-8")
    assert within(lambda: (tmp_path / "it").exists() and (tmp_path / "it").read_text(encoding="utf-8") == "did\n")


def test_a_command_that_does_not_end_is_ended_with_all_that_it_began(tmp_path: Path) -> None:
    with pytest.raises(MailServerError, match="did not end within"):
        printed(["sh", "-c", f'sleep 60 & echo $! > "{tmp_path}/id"; wait'], limit=2).secret()

    number = int((tmp_path / "id").read_text(encoding="utf-8"))
    assert within(lambda: not lives(number))


def test_a_command_that_prints_for_ever_is_ended_and_not_kept() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(MailServerError, match="yes did not end within"):
        printed(["yes", CANARY], limit=0.5).secret()

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def lives(number: int) -> bool:
    """Whether a process runs; one that waits for its parent to look is at its end."""
    try:
        return "Z" not in Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_a_token_is_kept_until_it_is_refused(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    token = KeptToken(printed(["sh", "-c", f'echo x >> "{calls}"; wc -l < "{calls}"']))

    given = [token.secret().strip(), token.secret().strip(), token.secret(fresh=True).strip(), token.secret().strip()]

    assert given == ["1", "1", "2", "2"]


def test_two_connections_that_want_a_token_at_once_get_one_and_the_same(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    token = KeptToken(printed(["sh", "-c", f'echo x >> "{calls}"; wc -l < "{calls}"']))
    given: list[str] = []
    threads = [threading.Thread(target=lambda: given.append(token.secret().strip())) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert given == ["1"] * 5


def test_a_token_that_was_refused_is_not_given_again_where_no_other_comes(tmp_path: Path) -> None:
    first = tmp_path / "first"
    token = KeptToken(printed(["sh", "-c", f'test -e "{first}" && exit 1; touch "{first}"; echo once']))
    token.secret()

    for fresh in (True, False):
        with pytest.raises(MailServerError, match="ended with exit code 1"):
            token.secret(fresh=fresh)


@pytest.mark.parametrize(
    ("command", "error", "sentence"),
    [
        (["no-such-program", CANARY], MailLoginError, "there is no program no-such-program; install it"),
        (["/", CANARY], MailLoginError, "/ cannot be run (Permission denied); check its rights"),
        (["printf", f"{CANARY}\0"], MailLoginError, "printf cannot be run (its words cannot be handed over)"),
        (["sh", "-c", f"echo {CANARY}; echo {CANARY} >&2; exit 3"], MailServerError, "sh ended with exit code 3"),
        (["sh", "-c", f"echo {CANARY} >&2"], MailLoginError, "sh printed nothing; the first line must be the secret"),
        (["sh", "-c", f"echo; echo {CANARY}"], MailLoginError, "sh printed nothing; the first line must be the secret"),
        (["printf", f"{CANARY}\\377"], MailLoginError, "printf printed something that is not UTF-8 text"),
        (["sh", "-c", f"echo {CANARY}; exec sleep 60"], MailServerError, "sh did not end within 0.5 s; run it"),
    ],
)
def test_what_goes_wrong_is_one_sentence_that_repeats_no_secret(
    command: list[str], error: type[OkrmateError], sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(error) as caught:
        printed(command, limit=0.5).secret()

    assert str(caught.value).startswith(f"mail.imap.password_command: {sentence}")
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert CANARY not in everything_of(caught.value)
    assert capfd.readouterr() == ("", "")


def test_a_program_that_may_not_be_run_is_told_so(tmp_path: Path) -> None:
    program = tmp_path / "secret"
    program.write_text("#!/bin/sh\necho x\n", encoding="utf-8")
    program.chmod(stat.S_IRUSR)

    with pytest.raises(MailLoginError, match=r"cannot be run \(Permission denied\)"):
        printed([str(program)]).secret()


def test_a_secret_is_taken_from_the_key_ring_under_our_name_and_the_username(key_ring: Path) -> None:
    KeyRingSecret(username="ada").keep(CANARY)

    assert (key_ring / "kept.json").read_text(encoding="utf-8") == f'{{"okrmate/ada": "{CANARY}"}}'
    assert credentials(server(Auth.KEYRING), "mail.imap").secret() == CANARY


@pytest.mark.usefixtures("key_ring")
def test_a_key_ring_that_holds_nothing_says_how_to_put_it_there() -> None:
    with pytest.raises(MailLoginError, match="holds nothing for ada: put it there with `keyring set okrmate ada`"):
        KeyRingSecret(username="ada").secret()


@pytest.mark.usefixtures("key_ring")
def test_a_locked_key_ring_is_told_without_a_word_of_its_own() -> None:
    way = KeyRingSecret(username="locked")
    for use in (way.secret, lambda: way.keep(CANARY)):
        with pytest.raises(MailLoginError, match=r"cannot be used \(KeyringLocked\): unlock it") as caught:
            use()
        assert CANARY not in everything_of(caught.value)
    assert way.trouble() == "The key ring cannot be used (KeyringLocked): unlock it, or use a password_command."
    assert KeyRingSecret(username="ada").trouble() == ""


def test_without_the_extra_the_key_ring_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(MailLoginError, match=r"pip install 'okrmate\[keyring\]'"):
        KeyRingSecret(username="ada").secret()


def test_a_password_that_is_written_down_is_given_as_it_stands() -> None:
    assert WrittenDown(password=CANARY).secret(fresh=True) == CANARY
