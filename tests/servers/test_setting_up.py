"""Setting up a home on real servers: `init`, `doctor` and the self-test, as a mentor and as a script call them."""

import shlex
import stat
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from okrmate.config_text import Value, with_keys
from tests.cli.running import Okrmate, Told
from tests.servers.accounts import Account
from tests.servers.answering import Answering
from tests.servers.mailhost import MailHost
from tests.servers.visitor import Visitor

SUBJECT = "okrmate: does this arrive?"
ROUND = ["sent", "plus address", "filed", "arrived", "message-id", "clock"]
ANSWERED = ["answered", "applied", "removed"]
Init = Callable[..., Told]


@pytest.fixture
def okrmate(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Okrmate:
    """The program with a home that is not there."""
    monkeypatch.delenv("OKRMATE_HOME", raising=False)
    return Okrmate(home=tmp_path / "home", capsys=capsys, monkeypatch=monkeypatch)


@pytest.fixture
def init(okrmate: Okrmate, mailhost: MailHost, account: Account) -> Init:
    """`okrmate init` as a script calls it, with further words."""

    def call(*words: str, password: str = account.password) -> Told:
        return okrmate("init", *options(mailhost, account, password), *words)

    return call


def options(host: MailHost, account: Account, password: str) -> list[str]:
    return [
        "--non-interactive",
        *("--name", "Vera Lund", "--address", account.address, "--zone", "Europe/Berlin", "--locale", "de-DE"),
        *("--imap-host", "localhost", "--imap-port", str(host.ports.imaps)),
        *("--smtp-host", "localhost", "--smtp-port", str(host.ports.smtp), "--smtp-security", "starttls"),
        *("--username", account.name, "--ca-file", str(host.ca_file)),
        *("--secret-command", shlex.join(["printf", "%s", password])),
    ]


def verdicts(told: Told) -> dict[str, str]:
    return {str(finding["about"]): str(finding["verdict"]) for finding in told.facts()}


def written(okrmate: Okrmate) -> dict[str, dict[str, object]]:
    """What config.toml says."""
    return tomllib.loads((okrmate.home / "config.toml").read_text(encoding="utf-8"))


def changed(okrmate: Okrmate, keys: Mapping[str, Value]) -> None:
    """Set keys of config.toml."""
    okrmate.with_config(with_keys((okrmate.home / "config.toml").read_text(encoding="utf-8"), keys))


def test_init_tries_the_account_writes_what_it_needs_and_makes_the_round(
    okrmate: Okrmate, init: Init, mailhost: MailHost, account: Account
) -> None:
    with Answering(mailhost, account, SUBJECT, "KR 1.1: 3"):
        told = init("--json", "--answer-within", "20")

    assert (told.code, told.err) == (0, "")
    assert verdicts(told) == dict.fromkeys(["imap", "smtp", *ROUND, *ANSWERED], "fine")
    config = written(okrmate)
    assert config["mentor"] == {
        "name": "Vera Lund", "address": account.address, "zone": "Europe/Berlin", "locale": "de-DE",
    }  # fmt: skip
    assert config["mail"]["plus_addresses"] is True
    assert config["mail"]["smtp"] == {
        "host": "localhost", "port": mailhost.ports.smtp, "security": "starttls", "username": account.name,
        "auth": "password_command", "password_command": ["printf", "%s", account.password],
        "ca_file": str(mailhost.ca_file), "sent": "auto",
    }  # fmt: skip
    assert stat.S_IMODE((okrmate.home / "config.toml").stat().st_mode) == 0o600
    assert stat.S_IMODE(okrmate.home.stat().st_mode) == 0o700


def test_the_round_leaves_a_letter_a_copy_and_an_answer_on_the_account_and_nothing_in_the_home(
    okrmate: Okrmate, init: Init, mailhost: MailHost, account: Account
) -> None:
    with Answering(mailhost, account, SUBJECT, "KR 1.1: 3"):
        assert init("--answer-within", "20").code == 0

    with Visitor(mailhost, account) as visitor:
        assert (visitor.count("INBOX"), visitor.count("Sent")) == (2, 1)
        assert visitor.flags("INBOX") == [set(), set()]
    assert "okrmate.json" not in okrmate.files()
    assert okrmate.done("person", "list", "--json").facts() == []


def test_each_step_is_a_line_and_the_last_one_says_how_to_go_on(init: Init) -> None:
    told = init()

    assert [line.split()[0] for line in told.lines[:2]] == ["fine", "fine"]
    assert told.lines[0].split()[1:3] == ["imap", "reached;"]
    assert "-      answered      nobody waited for an answer." in told.lines
    assert told.lines[-1].startswith("Next: `okrmate person add")


def test_a_home_that_was_set_up_is_fine_and_works(
    okrmate: Okrmate, init: Init, mailhost: MailHost, account: Account
) -> None:
    init("--no-self-test")

    changed(okrmate, {"mail.quiet_hours.from": "00:00", "mail.quiet_hours.to": "00:00"})

    looked = okrmate("doctor", "--json")
    okrmate.done("person", "add", "Tom Reuter", mailhost.account("tom").address, "--zone", "Europe/Berlin")
    okrmate.done("plan")
    okrmate.done("outbox", "send", "all")
    left = okrmate.done("deliver", "--json").facts()

    assert looked.code == 0
    assert set(verdicts(looked).values()) == {"fine"}
    assert [letter["state"] for letter in left] == ["sent"]
    assert okrmate.done("poll").out == "Nothing new.\n"


def test_a_wrong_password_is_told_for_both_servers_and_nothing_is_written(okrmate: Okrmate, init: Init) -> None:
    told = init("--json", password="wrong")

    assert told.code == 1
    assert verdicts(told) == {"imap": "wrong", "smtp": "wrong"}
    assert all("refused the login" in str(finding["said"]) for finding in told.facts())
    assert not okrmate.home.exists()


def test_a_certificate_nobody_vouches_for_is_told_with_the_key_that_would(
    okrmate: Okrmate, mailhost: MailHost, account: Account
) -> None:
    words = options(mailhost, account, account.password)
    place = words.index("--ca-file")
    told = okrmate("init", *words[:place], *words[place + 2 :], "--json")

    assert verdicts(told) == {"imap": "wrong", "smtp": "wrong"}
    assert all("ca_file" in str(finding["said"]) for finding in told.facts())


@pytest.mark.parametrize("server", ["imap", "smtp"])
def test_a_port_of_the_other_kind_is_told_and_does_not_hang(
    okrmate: Okrmate, init: Init, mailhost: MailHost, server: str
) -> None:
    init("--no-self-test")
    other = mailhost.ports.imap if server == "imap" else mailhost.ports.smtps
    changed(okrmate, {f"mail.{server}.port": other, f"mail.{server}.timeout": 1})

    told = okrmate("doctor", "--json")

    assert (told.code, verdicts(told)[server]) == (1, "wrong")


def test_an_account_with_a_token_makes_the_round(okrmate: Okrmate, mailhost: MailHost, account: Account) -> None:
    words = options(mailhost, account, account.password)[:-2]
    token = shlex.join(["printf", "%s", mailhost.token(account)])

    told = okrmate("init", *words, "--auth", "oauth2", "--secret-command", token, "--json")

    assert set(verdicts(told)) == {"imap", "smtp", *ROUND, "answered"}
    assert "wrong" not in verdicts(told).values()


def test_a_password_that_is_piped_in_stands_in_the_file_for_its_owner_alone(
    okrmate: Okrmate, mailhost: MailHost, account: Account
) -> None:
    words = options(mailhost, account, account.password)[:-2]

    told = okrmate(
        "init",
        *words,
        "--auth",
        "password",
        "--secret-from",
        "-",
        "--no-self-test",
        given=f"{account.password}\n".encode(),
    )
    looked = okrmate.done("doctor")

    assert told.code == 0
    assert written(okrmate)["mail"]["imap"]["password"] == account.password  # type: ignore[index]
    assert account.password not in told.out + told.err + looked.out


def test_a_mentor_who_answers_the_questions_gets_the_same(
    okrmate: Okrmate, mailhost: MailHost, account: Account
) -> None:
    answers = [
        "Vera Lund", "vera at home", account.address, "Europe/Berlni", "Europe/Berlin", "", "",
        "localhost", str(mailhost.ports.imaps), "tls", "localhost", "none", str(mailhost.ports.smtp), "starttls",
        account.name, "password_command", f"printf %s {shlex.quote(account.password)}",
    ]  # fmt: skip

    told = okrmate("init", "--ca-file", str(mailhost.ca_file), "--no-self-test", given="\n".join(answers).encode())

    assert (told.code, told.err) == (0, "")
    assert "did you mean Europe/Berlin?" in told.out
    assert "“vera at home” is not a mail address" in told.out
    assert "“none” is no port" in told.out
    assert written(okrmate)["mentor"]["zone"] == "Europe/Berlin"
    assert okrmate.done("doctor").lines[-1] == "Everything is fine."


def test_a_mentor_who_mistyped_her_password_answers_again_and_only_that(
    okrmate: Okrmate, mailhost: MailHost, account: Account
) -> None:
    words = options(mailhost, account, account.password)[1:-2]
    answers = ["", "", "printf %s wrong", "again", *[""] * 8, f"printf %s {shlex.quote(account.password)}", ""]

    told = okrmate("init", *words, "--no-self-test", given="\n".join([*answers, ""]).encode())

    assert (told.code, told.err) == (0, "")
    assert told.out.count("refused the login") == 2
    assert written(okrmate)["mail"]["imap"]["username"] == account.name  # type: ignore[index]
    assert okrmate.done("doctor").lines[-1] == "Everything is fine."


def test_doctor_makes_the_round_as_well_and_tells_what_the_config_should_know(
    okrmate: Okrmate, init: Init, mailhost: MailHost, account: Account
) -> None:
    init("--no-self-test")

    with Answering(mailhost, account, SUBJECT, "KR 1.1: 2"):
        told = okrmate("doctor", "--self-test", "--answer-within", "20", "--json")

    assert told.code == 0
    assert set(verdicts(told)) >= {*ROUND, *ANSWERED}
    assert "wrong" not in verdicts(told).values()
    assert "plus_addresses" not in written(okrmate)["mail"]


def test_servers_that_are_down_are_findings(okrmate: Okrmate, init: Init, mailhost: MailHost) -> None:
    init("--no-self-test")
    mailhost.postfix.stop()
    mailhost.dovecot.stop()

    told = okrmate("doctor", "--json")

    assert (told.code, told.err) == (1, "")
    assert {about for about, verdict in verdicts(told).items() if verdict == "wrong"} == {"imap", "smtp"}
