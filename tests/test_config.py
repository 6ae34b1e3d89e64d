"""The configuration: what a home may say, and what it is told when it says it wrongly."""

import re
import tomllib
from datetime import time
from pathlib import Path

import pytest

from okrmate.adapters.resources import Resources
from okrmate.config import Auth, Config, Filing, Security, Transport, home_dir, load
from okrmate.domain.errors import ConfigError, ExitCode
from okrmate.services.mail_rules import Acknowledge, Review

MINIMAL = '[mentor]\nname = "Ada Example"\naddress = "ada@example.org"\n'
SERVER = """
host = "mail.example.org"
username = "ada"
password_command = ["pass", "show", "mail/ada"]
"""


def config_of(home: Path, text: str) -> Config:
    """Read `text` as the config.toml of `home`."""
    path = home / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def problems_of(home: Path, text: str) -> tuple[str, ...]:
    """Say what is wrong with `text`; nothing if nothing is."""
    try:
        config_of(home, text)
    except ConfigError as error:
        return error.problems
    return ()


def test_a_name_and_an_address_are_enough(tmp_path: Path) -> None:
    config = config_of(tmp_path, MINIMAL)

    assert (config.mentor.name, config.mentor.address) == ("Ada Example", "ada@example.org")
    assert (config.mentor.zone, config.mentor.locale, config.mentor.language) == ("UTC", "en", "en")
    assert config.mail.transport is Transport.MAILDIR
    assert config.mail.rules.review is Review.FIRST
    assert config.mail.rules.acknowledge is Acknowledge.ALWAYS
    assert (config.mail.rules.quiet_hours.begins, config.mail.rules.quiet_hours.ends) == (time(20), time(7, 30))
    assert not config.mail.rules.plus_addresses


def test_the_rules_for_letters_are_the_mentors(tmp_path: Path) -> None:
    rules = config_of(
        tmp_path,
        MINIMAL
        + """
        [mail]
        review = "all"
        acknowledge = "needed"
        plus_addresses = true
        quiet_hours = { from = "22:00", to = "06:15" }
        """,
    ).mail.rules

    assert (rules.review, rules.acknowledge, rules.plus_addresses) == (Review.ALL, Acknowledge.NEEDED, True)
    assert (rules.quiet_hours.begins, rules.quiet_hours.ends) == (time(22), time(6, 15))


def test_letters_come_from_the_mentor_unless_another_sender_is_named(tmp_path: Path) -> None:
    own = config_of(tmp_path, MINIMAL).mail.rules
    other = config_of(tmp_path, MINIMAL + "[mail]\nfrom = '\"Example, Ada\" <okr@example.org>'\n").mail.rules
    bare = config_of(tmp_path, MINIMAL + '[mail]\nfrom = "okr@example.org"\n').mail.rules

    assert (own.sender_name, own.sender_address) == ("Ada Example", "ada@example.org")
    assert (other.sender_name, other.sender_address) == ("Example, Ada", "okr@example.org")
    assert (bare.sender_name, bare.sender_address) == ("Ada Example", "okr@example.org")


def test_maildirs_lie_in_the_home_unless_a_path_says_otherwise(tmp_path: Path) -> None:
    maildir = config_of(tmp_path, MINIMAL + '[mail.maildir]\nsent = "/var/out"\nfolders = ["old"]\n').mail.maildir

    assert maildir.inbox == tmp_path / "mail" / "maildir" / "INBOX"
    assert maildir.sent == Path("/var/out")
    assert maildir.folders == (tmp_path / "old",)


@pytest.mark.parametrize(
    "folders", ['["old", "old"]', '["old", "older/../old"]', '["mail/maildir/INBOX"]', '["~/x", "~/x/"]']
)
def test_a_folder_that_would_be_read_twice_is_refused(tmp_path: Path, folders: str) -> None:
    (problem,) = problems_of(tmp_path, MINIMAL + f"[mail.maildir]\nfolders = {folders}\n")

    assert problem.startswith("mail.maildir.folders names ")
    assert problem.endswith(" twice, or names the inbox; each folder is read once.")


def test_letters_may_not_leave_into_the_inbox(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, MINIMAL + '[mail.maildir]\ninbox = "mail"\nsent = "./mail"\n')

    assert problem == "mail.maildir.sent is the inbox too; what arrives would leave again."


def test_the_servers_that_are_believed_are_compared_in_lower_case(tmp_path: Path) -> None:
    rules = config_of(tmp_path, MINIMAL + '[mail]\nauthserv_ids = ["MX.example.org "]\n').mail.rules

    assert rules.authserv_ids == ("mx.example.org",)
    assert config_of(tmp_path, MINIMAL).mail.rules.authserv_ids == ()


def test_a_tilde_is_the_home_directory_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "user"))

    maildir = config_of(tmp_path, MINIMAL + '[mail.maildir]\ninbox = "~/Maildir"\n').mail.maildir

    assert maildir.inbox == tmp_path / "user" / "Maildir"


def test_an_account_is_read_with_its_servers_and_where_the_secret_comes_from(tmp_path: Path) -> None:
    text = (
        MINIMAL
        + f'[mail]\ntransport = "imap"\n[mail.imap]{SERVER}[mail.smtp]{SERVER}security = "starttls"\nport = 587\n'
    )

    mail = config_of(tmp_path, text).mail

    assert (mail.imap.server.host, mail.imap.server.port) == ("mail.example.org", 993)
    assert mail.imap.server.auth is Auth.PASSWORD_COMMAND
    assert mail.imap.server.password_command == ("pass", "show", "mail/ada")
    assert mail.imap.folders == ("INBOX", "\\All", "\\Archive")
    assert (mail.smtp.server.security, mail.smtp.server.port) == (Security.STARTTLS, 587)
    assert (mail.smtp.sent, mail.smtp.sent_folder) == (Filing.AUTO, "\\Sent")


def account(imap: str = "", smtp: str = "") -> str:
    """A whole config for an account, with further lines for either server."""
    return MINIMAL + f'[mail]\ntransport = "imap"\n[mail.imap]{SERVER}{imap}\n[mail.smtp]{SERVER}{smtp}\n'


@pytest.mark.parametrize("host", ["mail.example.org", "localhost", "192.0.2.1", "::1", "bücher.example"])
def test_a_server_is_named_by_its_name_or_its_number(tmp_path: Path, host: str) -> None:
    settings = config_of(tmp_path, account().replace("mail.example.org", host)).mail

    assert (settings.imap.server.host, settings.smtp.server.host) == (host, host)


@pytest.mark.parametrize(
    "host", ["imaps://mail.example.org", "mail.example.org:993", "mail example", "ada@example.org", "[::1]", "a\\tb"]
)
def test_a_server_that_is_more_than_a_name_is_refused(tmp_path: Path, host: str) -> None:
    problems = problems_of(tmp_path, account().replace("mail.example.org", host))

    assert [problem.partition(" must be a server's name alone")[0] for problem in problems] == [
        "mail.imap.host",
        "mail.smtp.host",
    ]


@pytest.mark.parametrize("folders", ['["INBOX"]', '["Mentoring/2026", "inbox"]', '["\\\\Archive", "Bücher"]'])
def test_folders_are_named_as_the_account_calls_them_or_by_what_they_are_for(tmp_path: Path, folders: str) -> None:
    found = config_of(tmp_path, account(f"folders = {folders}")).mail.imap.folders

    assert list(found) == tomllib.loads(f"folders = {folders}")["folders"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("folders = []", "folders must name at least one folder, such as INBOX."),
        ('folders = ["INBOX", " "]', "folders must not hold an empty name, or one with signs that cannot be seen."),
        ('folders = ["A\\r\\nB"]', "folders must not hold an empty name, or one with signs that cannot be seen."),
        ('folders = ["INBOX", "Inbox"]', "folders names Inbox twice; each folder is read once."),
        ('folders = ["\\\\All", "\\\\all"]', "folders names \\all twice; each folder is read once."),
        (
            'folders = ["\\\\Archiv"]',
            "folders names \\Archiv, which is no special use (did you mean \\Archive?).",
        ),
        ('done_folder = "\\\\Nowhere"', "done_folder names \\Nowhere, which is no special use."),
        (
            'done_keyword = "very done"',
            "done_keyword must be a word without spaces such as \"$OkrmateDone\", not 'very done'.",
        ),
        (
            'done_keyword = "\\\\Seen"',
            "done_keyword must be a word without spaces such as \"$OkrmateDone\", not '\\\\Seen'.",
        ),
        ('done_keyword = ""', "done_keyword must be a word without spaces such as \"$OkrmateDone\", not ''."),
        ('token_command = [""]', "token_command must begin with the name of a program."),
    ],
)
def test_what_an_account_cannot_use_is_told_by_its_key(tmp_path: Path, line: str, problem: str) -> None:
    assert problems_of(tmp_path, account(line)) == (f"mail.imap.{problem}",)


def test_folders_that_differ_in_case_only_are_two_but_for_the_inbox(tmp_path: Path) -> None:
    assert config_of(tmp_path, account('folders = ["Talks", "talks"]')).mail.imap.folders == ("Talks", "talks")


def test_a_file_of_certificates_is_found_in_the_home_and_must_be_there(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, account(smtp='ca_file = "ca.pem"'))
    (tmp_path / "ca.pem").write_text("", encoding="utf-8")
    settings = config_of(tmp_path, account(smtp='ca_file = "ca.pem"')).mail

    assert problem == f"mail.smtp.ca_file names no file: there is no {tmp_path / 'ca.pem'}."
    assert (settings.imap.server.ca_file, settings.smtp.server.ca_file) == ("", str(tmp_path / "ca.pem"))


def test_a_config_with_five_mistakes_names_all_five(tmp_path: Path) -> None:
    text = """
        [mentor]
        name = "Ada Example"
        address = "ada.example.org"
        zone = "Europe/Zurch"

        [mail]
        reveiw = "all"

        [mail.quiet_hours]
        from = "8 pm"

        [mail.imap]
        port = "993"
    """

    assert set(problems_of(tmp_path, text)) == {
        "mentor.address: “ada.example.org” is not a mail address; it needs the form name@example.org.",
        "mentor.zone: “Europe/Zurch” is no time zone known here; did you mean Europe/Zurich?",
        "mail.reveiw is no known key (did you mean review?).",
        "mail.quiet_hours.from must be a time of day such as \"07:30\", not '8 pm'.",
        "mail.imap.port must be a whole number.",
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "mentor.name is missing."),
        ('[mentor]\nname = " "\naddress = "a@b"', "mentor.name must not be empty."),
        ("mentor = 1", "mentor must be a table."),
        (MINIMAL + "[mial]", "mial is no known key (did you mean mail?)."),
        (MINIMAL + 'zone = "Europe"', "mentor.zone: “Europe” is no time zone known here"),
        (MINIMAL + 'zone = "../etc/passwd"', "mentor.zone: “../etc/passwd” is no time zone known here"),
        (MINIMAL + 'locale = "german"', "mentor.locale: “german” is no locale; it needs a language"),
        (MINIMAL + 'language = "fr"', "mentor.language must be one of en, de, not 'fr'"),
        (
            MINIMAL + '[mail]\nreview = "al"',
            "mail.review must be one of first, all, none, not 'al' (did you mean all?).",
        ),
        (MINIMAL + "[mail]\nreview = true", "mail.review must be a text."),
        (MINIMAL + '[mail]\nauthserv_ids = ["mx.example.org", " "]', "mail.authserv_ids must not hold an empty name"),
        (MINIMAL + "[mail]\nplus_addresses = 1", "mail.plus_addresses must be true or false."),
        (MINIMAL + "[mail.imap]\nport = true", "mail.imap.port must be a whole number."),
        (MINIMAL + "[mail.imap]\nport = 70000", "mail.imap.port must be from 1 to 65535, not 70000."),
        (MINIMAL + "[mail.imap]\nidle = 1800", "mail.imap.idle must be from 1 to 300, not 1800."),
        (MINIMAL + "[mail.imap]\nfolders = [1]", "mail.imap.folders must be a list of texts."),
        (
            MINIMAL + '[mail.maildir]\nmax_size = "big"',
            "mail.maildir.max_size must be a size such as \"5 MB\", not 'big'.",
        ),
        (MINIMAL + '[mail]\ntransport = "imap"', "mail.smtp.host is missing."),
        (
            MINIMAL + f'[mail]\ntransport = "imap"\n[mail.imap]{SERVER}auth = "oauth2"',
            "mail.imap.token_command is missing: auth is oauth2.",
        ),
        (
            MINIMAL + f'[mail]\ntransport = "imap"\n[mail.imap]{SERVER}security = "none"',
            "mail.imap.security may be none only for a server on this machine.",
        ),
    ],
)
def test_a_mistake_is_told_by_its_key(tmp_path: Path, text: str, problem: str) -> None:
    assert [told for told in problems_of(tmp_path, text) if told.startswith(problem)]


@pytest.mark.parametrize(("written", "size"), [("900 B", 900), ("64 KB", 64_000), ("12MB", 12_000_000)])
def test_a_size_is_read_with_its_unit(tmp_path: Path, written: str, size: int) -> None:
    assert config_of(tmp_path, MINIMAL + f'[mail.maildir]\nmax_size = "{written}"').mail.rules.max_size == size


def test_the_largest_mail_is_the_one_of_the_transport_in_use(tmp_path: Path) -> None:
    account = f'[mail]\ntransport = "imap"\n[mail.imap]{SERVER}max_size = "1 MB"\n[mail.smtp]{SERVER}'

    assert config_of(tmp_path, MINIMAL + account).mail.rules.max_size == 1_000_000


def test_a_slip_of_syntax_is_told_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, '[mentor]\nname = "Ada\n')

    assert "is not valid TOML" in problem
    assert "line 2" in problem


def test_a_slip_of_syntax_beside_a_secret_does_not_carry_it_along(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        config_of(tmp_path, MINIMAL + '[mail.imap]\npassword = "tr0ub4dor\n')

    assert (caught.value.__cause__, caught.value.__context__) == (None, None)
    assert "tr0ub4dor" not in str(caught.value)


def test_a_home_without_a_config_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="`okrmate init` sets everything up") as caught:
        load(tmp_path / "config.toml")

    assert f"There is no config.toml in {tmp_path} yet" in str(caught.value)
    assert caught.value.exit_code is ExitCode.CONFIGURATION


def test_a_file_that_is_no_text_or_no_file_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'[mentor]\nname = "Andr\xe9"\n')

    with pytest.raises(ConfigError, match="save it as UTF-8"):
        load(tmp_path / "latin.toml")
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load(tmp_path)


def test_no_secret_is_ever_repeated(tmp_path: Path) -> None:
    account = f'[mail]\ntransport = "imap"\n[mail.imap]{SERVER}password = "tr0ub4dor"\n[mail.smtp]{SERVER}'

    assert "tr0ub4dor" not in repr(config_of(tmp_path, MINIMAL + account))
    assert "tr0ub4dor" not in " ".join(problems_of(tmp_path, MINIMAL + '[mail.imap]\npassword = ["tr0ub4dor"]'))


def test_a_server_whose_clock_is_wrong_need_not_be_compared_with(tmp_path: Path) -> None:
    config = config_of(tmp_path, MINIMAL + "[mail.imap]\ncompare_clocks = false")

    assert (config.mail.rules.compare_clocks, config_of(tmp_path, MINIMAL).mail.rules.compare_clocks) == (False, True)


def test_the_sample_is_a_valid_config_that_changes_no_default(tmp_path: Path) -> None:
    assert config_of(tmp_path, Resources(None).sample_config()) == config_of(tmp_path, MINIMAL)


def test_the_sample_shows_every_key_with_its_default(tmp_path: Path) -> None:
    shown = re.sub(r"(?m)^# (?=[a-z_]+ = )", "", Resources(None).sample_config())

    assert config_of(tmp_path, shown) == config_of(tmp_path, MINIMAL)


def test_the_home_is_the_one_asked_for_then_the_environments_then_the_platforms() -> None:
    asked = home_dir("/here", {"OKRMATE_HOME": "/there"})
    told = home_dir(None, {"OKRMATE_HOME": "/there"})

    assert (asked, told) == (Path("/here"), Path("/there"))
    assert home_dir(None, {}).name == "okrmate"


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("ines@example.org", "Ada Example", "ines@example.org"),
        ("<ines@example.org>", "Ada Example", "ines@example.org"),
        ("Ines <ines@example.org>", "Ines", "ines@example.org"),
        ('"Aldana, Ines" <ines@example.org>', "Aldana, Ines", "ines@example.org"),
        ("  Ines Aldana   <ines@example.org> ", "Ines Aldana", "ines@example.org"),
    ],
)
def test_the_sender_is_a_name_and_an_address_as_mail_writes_them(
    tmp_path: Path, written: str, name: str, address: str
) -> None:
    rules = config_of(tmp_path, f"{MINIMAL}[mail]\nfrom = {written!r}\n").mail.rules

    assert (rules.sender_name, rules.sender_address) == (name, address)


@pytest.mark.parametrize(
    "written",
    ["ines", "ines@", "@example.org", "ines@exa mple.org", "ines@example.org, ada@example.org", "inés@example.org"],
)
def test_an_address_that_mail_cannot_be_sent_to_is_no_address(tmp_path: Path, written: str) -> None:
    (problem,) = problems_of(tmp_path, f'[mentor]\nname = "Ines"\naddress = "{written}"\n')

    assert problem.startswith(f"mentor.address: “{written}” is not a")
