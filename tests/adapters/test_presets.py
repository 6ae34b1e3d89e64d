"""The providers that are known: what is said of each can be used as it stands."""

from dataclasses import replace

import pytest

from okrmate.adapters.presets import Preset, preset_for, presets, with_known_filing
from okrmate.config import Auth, Filing, Security, ServerSettings, SmtpSettings
from okrmate.mail.headers import is_address

NAMES = ("gmail", "microsoft", "fastmail", "icloud", "gmx", "yahoo", "mailbox_org", "posteo")
SERVER = ServerSettings(
    host="",
    port=465,
    security=Security.TLS,
    username="ada",
    auth=Auth.PASSWORD,
    password="",
    password_command=(),
    token_command=(),
    ca_file="",
    timeout=30,
)
PORTS = {993: Security.TLS, 465: Security.TLS, 587: Security.STARTTLS}


@pytest.fixture(params=NAMES)
def preset(request: pytest.FixtureRequest) -> Preset:
    """Each provider."""
    return presets()[request.param]


def test_the_providers_that_are_promised_are_known() -> None:
    assert tuple(presets()) == NAMES


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("ada@gmail.com", "gmail"),
        ("Ada@GoogleMail.com", "gmail"),
        ("ada@hotmail.com", "microsoft"),
        ("ada@fastmail.fm", "fastmail"),
        ("ada@me.com", "icloud"),
        ("ada@gmx.de", "gmx"),
        ("ada@yahoo.co.uk", "yahoo"),
        ("ada@mailbox.org", "mailbox_org"),
        ("ada@posteo.net", "posteo"),
    ],
)
def test_a_provider_is_known_by_the_domain_of_an_address(address: str, known: str) -> None:
    found = preset_for(address)

    assert found is not None
    assert found.id == known


@pytest.mark.parametrize("address", ["ada@example.org", "ada@notgmail.com", "ada@mail.gmail.com", "ada", ""])
def test_a_domain_of_ones_own_says_nothing(address: str) -> None:
    assert preset_for(address) is None


def test_no_domain_belongs_to_two_providers() -> None:
    domains = [domain for preset in presets().values() for domain in preset.domains]

    assert len(set(domains)) == len(domains)
    assert all(is_address(f"ada@{domain}") and domain == domain.lower() for domain in domains)


def test_ports_and_the_way_of_encrypting_belong_together(preset: Preset) -> None:
    assert (preset.imap.port, preset.imap.security) == (993, Security.TLS)
    assert preset.smtp.security is PORTS[preset.smtp.port]


def test_what_must_be_done_first_is_one_or_two_plain_sentences(preset: Preset) -> None:
    assert preset.first.endswith(".")
    assert 1 <= preset.first.count(". ") + 1 <= 3
    assert "\n" not in preset.first
    assert len(preset.first) <= 260


def test_no_provider_is_asked_for_a_password_that_stands_in_the_file(preset: Preset) -> None:
    assert preset.auth in {Auth.PASSWORD_COMMAND, Auth.OAUTH2}


@pytest.mark.parametrize(
    ("host", "wished", "done"),
    [
        ("smtp.gmail.com", Filing.AUTO, Filing.NEVER),
        ("SMTP.office365.com", Filing.AUTO, Filing.NEVER),
        ("smtp.gmail.com", Filing.APPEND, Filing.APPEND),
        ("smtp.fastmail.com", Filing.AUTO, Filing.AUTO),
        ("smtp.example.org", Filing.AUTO, Filing.AUTO),
    ],
)
def test_a_provider_that_files_what_leaves_is_known_by_its_server_also_for_a_domain_of_ones_own(
    host: str, wished: Filing, done: Filing
) -> None:
    server = replace(SERVER, host=host)
    assert with_known_filing(SmtpSettings(server=server, sent=wished, sent_folder="")).sent is done
