"""What is said in a login, as the standards show it, and what of a refusal is repeated."""

from dataclasses import replace

import pytest

from okrmate.adapters.sasl import coded, harmless, on_one_line, with_password, with_token
from okrmate.config import Auth, Security, ServerSettings

PASSWORD = 'Tr0ub4dor "&3'
SERVER = ServerSettings(
    host="server.example.com",
    port=143,
    security=Security.TLS,
    username="user@example.com",
    auth=Auth.PASSWORD,
    password="",
    password_command=(),
    token_command=(),
    ca_file="",
    timeout=5,
)


def test_a_password_goes_as_rfc_4616_shows_it() -> None:
    assert with_password(replace(SERVER, username="tim"), "tanstaaftanstaaf").first == b"\0tim\0tanstaaftanstaaf"


def test_a_token_goes_as_rfc_7628_shows_it() -> None:
    exchange = with_token(SERVER, "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==", by_rfc=True)

    assert exchange.mechanism == "OAUTHBEARER"
    assert coded(exchange.first) == (
        "bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyI"
        "HZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB"
    )
    assert coded(exchange.closing) == "AQ=="


def test_where_that_is_not_known_it_goes_as_google_and_microsoft_show_it() -> None:
    exchange = with_token(SERVER, "ya29", by_rfc=False)

    assert (exchange.mechanism, exchange.first, exchange.closing) == (
        "XOAUTH2",
        b"user=user@example.com\1auth=Bearer ya29\1\1",
        b"",
    )


def test_what_is_said_does_not_show() -> None:
    assert "ya29" not in repr(with_token(SERVER, "ya29", by_rfc=True))
    assert PASSWORD not in repr(with_password(SERVER, PASSWORD))


@pytest.mark.parametrize(
    "echoed", [PASSWORD, 'Tr0ub4dor \\"&3', coded(PASSWORD), coded(f"\0user@example.com\0{PASSWORD}")]
)
def test_a_secret_a_server_repeats_in_any_form_is_not_repeated_by_us(echoed: str) -> None:
    assert harmless(f"wrong: {echoed}!", PASSWORD, with_password(SERVER, PASSWORD)) == ""


def test_any_other_reason_is_told_on_one_line_that_moves_no_cursor() -> None:
    said = "535 5.7.8\r\n see \x1b[2Jhttps://example.org/" + "x" * 300

    assert harmless(said, PASSWORD, None) == on_one_line(said)
    assert on_one_line(said).startswith("535 5.7.8 see [2Jhttps://example.org/xxx")
    assert len(on_one_line(said)) == 200
