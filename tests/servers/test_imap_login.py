"""Reaching and opening an IMAP account on a real Dovecot: every way in, and each thing that can be wrong with it."""

import socket
import string
import traceback
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from okrmate.adapters.imap.client import connected, hang_up
from okrmate.adapters.imap.mailbox import ImapMailbox
from okrmate.adapters.imap.news import Marks
from okrmate.config import Auth, Security, ServerSettings
from okrmate.domain.errors import MailLoginError, MailServerError
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, imap_settings, in_clear
from tests.servers.mailhost import HOUR, MailHost
from tests.servers.ports import HOST, Ports
from tests.servers.wire import Wire


@pytest.fixture
def server(mailhost: MailHost, account: Account) -> ServerSettings:
    return imap_server(mailhost, account)


@pytest.fixture
def ways(mailhost: MailHost) -> Iterator[ExitStack]:
    """Holds what is on the way to the server until the test is over."""
    with ExitStack() as stack:
        yield stack


def enters(server: ServerSettings, *secrets: str) -> Secrets:
    """Log in and out again; which secrets were asked for."""
    given = Secrets(*secrets)
    mailbox = ImapMailbox(imap_settings(server), given, Marks())
    assert mailbox.folders()
    mailbox.close()
    return given


def trouble(server: ServerSettings) -> str:
    """The sentence about a server that cannot be used; nobody is asked for anything but once for the secret."""
    with pytest.raises(MailServerError) as caught:
        enters(server, "any-password")
    return str(caught.value)


def everything(error: BaseException | None) -> str:
    """All that an exception could tell to a log: itself, its traceback, and what it came from, shown or not."""
    told = ""
    while error is not None:
        told += f"{error!r} {error.__dict__} {''.join(traceback.format_exception(error))}"
        error = error.__cause__ or error.__context__
    return told


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS, Security.NONE])
def test_a_password_opens_the_account(
    mailhost: MailHost, server: ServerSettings, account: Account, security: Security
) -> None:
    port = mailhost.ports.imaps if security is Security.TLS else mailhost.ports.imap

    assert enters(replace(server, security=security, port=port), account.password).asked == [False]


def test_a_password_with_signs_of_any_kind_opens_the_account(mailhost: MailHost) -> None:
    odd = mailhost.account("odd")

    enters(imap_server(mailhost, odd), odd.password)


def test_a_server_that_knows_only_the_command_login_is_given_that(
    mailhost: MailHost, server: ServerSettings, account: Account, ways: ExitStack
) -> None:
    wire = ways.enter_context(Wire.without(mailhost.ports.imap, "AUTH=PLAIN"))
    enters(in_clear(server, wire.port), account.password)

    assert b"LOGIN" in wire.asked
    assert b"AUTHENTICATE" not in wire.asked


def test_a_password_the_command_login_cannot_carry_is_not_sent(mailhost: MailHost, ways: ExitStack) -> None:
    odd = mailhost.account("odd")
    wire = ways.enter_context(Wire.without(mailhost.ports.imap, "AUTH=PLAIN"))
    with pytest.raises(MailLoginError, match="English letters"):
        enters(in_clear(imap_server(mailhost, odd), wire.port), odd.password)

    assert b"LOGIN" not in wire.asked


def test_a_wrong_password_is_tried_once_and_told_nowhere(server: ServerSettings) -> None:
    secrets = Secrets("Tr0ub4dor&3")
    with pytest.raises(MailLoginError) as caught:
        ImapMailbox(imap_settings(server), secrets, Marks()).folders()

    assert str(caught.value) == (
        f"The IMAP server localhost refused the login of {server.username} (Authentication failed): check username and "
        "password under [mail.imap]; many providers want a password made for this program."
    )
    assert secrets.asked == [False]
    assert "Tr0ub4dor" not in everything(caught.value)


@pytest.mark.parametrize("way", ["XOAUTH2", "OAUTHBEARER"])
def test_a_token_opens_the_account(
    mailhost: MailHost, server: ServerSettings, account: Account, ways: ExitStack, way: str
) -> None:
    other = "AUTH=OAUTHBEARER" if way == "XOAUTH2" else "AUTH=XOAUTH2"
    wire = ways.enter_context(Wire.without(mailhost.ports.imap, other))
    enters(replace(in_clear(server, wire.port), auth=Auth.OAUTH2), mailhost.token(account))

    assert f"AUTHENTICATE {way}".encode() in wire.asked


@pytest.mark.parametrize("way", ["XOAUTH2", "OAUTHBEARER"])
def test_a_token_that_has_expired_is_refreshed_once(
    mailhost: MailHost, server: ServerSettings, account: Account, ways: ExitStack, way: str
) -> None:
    other = "AUTH=OAUTHBEARER" if way == "XOAUTH2" else "AUTH=XOAUTH2"
    wire = ways.enter_context(Wire.without(mailhost.ports.imap, other))
    by_token = replace(in_clear(server, wire.port), auth=Auth.OAUTH2)

    assert enters(by_token, mailhost.token(account, -HOUR), mailhost.token(account)).asked == [False, True]


def test_a_token_that_is_refused_twice_is_told_and_not_repeated(
    mailhost: MailHost, server: ServerSettings, account: Account
) -> None:
    secrets = Secrets(mailhost.token(account, -HOUR), mailhost.token(account, -2 * HOUR), mailhost.token(account))
    with pytest.raises(MailLoginError, match="check username and token") as caught:
        ImapMailbox(imap_settings(replace(server, auth=Auth.OAUTH2)), secrets, Marks()).folders()

    assert secrets.asked == [False, True]
    assert mailhost.token(account).partition(".")[0] not in everything(caught.value)


def test_a_certificate_nobody_vouches_for_is_not_trusted(server: ServerSettings) -> None:
    said = trouble(replace(server, ca_file=""))

    assert "shows a certificate that is not to be trusted (self-signed certificate)" in said
    assert "mail.imap.ca_file" in said


def test_a_certificate_for_another_name_is_not_trusted(
    mailhost: MailHost, server: ServerSettings, ways: ExitStack
) -> None:
    wire = ways.enter_context(Wire(mailhost.ports.imaps, host="127.0.0.2"))

    assert "not valid for '127.0.0.2'" in trouble(replace(server, host="127.0.0.2", port=wire.port))


def test_a_certificate_file_that_is_not_there_is_named(server: ServerSettings) -> None:
    assert "mail.imap.ca_file is no file of certificates" in trouble(replace(server, ca_file="/nowhere.pem"))


def test_a_certificate_file_that_holds_none_is_named(mailhost: MailHost, server: ServerSettings) -> None:
    assert "mail.imap.ca_file is no file of certificates" in trouble(
        replace(server, ca_file=str(mailhost.root / "etc" / "dovecot.conf"))
    )


def test_plain_text_to_a_port_of_tls_is_told_by_its_silence(mailhost: MailHost, server: ServerSettings) -> None:
    said = trouble(replace(in_clear(server, mailhost.ports.imaps), timeout=1))

    assert "did not answer within 1 s: check mail.imap.host and port, and that security fits" in said


def test_tls_to_a_port_of_plain_text_is_told(mailhost: MailHost, server: ServerSettings) -> None:
    assert "does not speak TLS on this port" in trouble(replace(server, port=mailhost.ports.imap))


def test_nothing_is_said_in_clear_where_starttls_was_taken_out(
    mailhost: MailHost, server: ServerSettings, ways: ExitStack
) -> None:
    wire = ways.enter_context(Wire.without(mailhost.ports.imap, "STARTTLS"))
    said = trouble(replace(server, security=Security.STARTTLS, port=wire.port))

    assert "does not offer STARTTLS, so nothing was said to it" in said
    assert not [word for word in (b"LOGIN", b"AUTHENTICATE", b"any-password") if word in wire.asked]


def test_a_server_of_another_kind_is_told(mailhost: MailHost, server: ServerSettings) -> None:
    assert "hangs up or does not speak IMAP on this port" in trouble(in_clear(server, mailhost.ports.smtp))


def test_a_port_nobody_listens_on_is_told(server: ServerSettings) -> None:
    assert "takes no connection" in trouble(replace(server, port=Ports.free().imap))


@pytest.mark.parametrize("host", ["nowhere.invalid", "ü" * 70, "two words"])
def test_a_name_nobody_has_is_told(server: ServerSettings, host: str) -> None:
    assert "is not known by that name" in trouble(replace(server, host=host))


def test_a_server_that_takes_the_call_and_says_nothing_is_told(server: ServerSettings) -> None:
    with socket.create_server((HOST, 0)) as mute:
        said = trouble(replace(server, host=HOST, port=mute.getsockname()[1], timeout=1))

    assert "did not answer within 1 s" in said


def test_a_server_that_hangs_up_at_once_is_told(mailhost: MailHost, server: ServerSettings, ways: ExitStack) -> None:
    def hangs_up(_: bytes) -> bytes:
        wire.cut()
        return b""

    wire = ways.enter_context(Wire(mailhost.ports.imap, hangs_up))

    assert "hangs up or does not speak IMAP on this port" in trouble(in_clear(server, wire.port))


def test_what_somebody_adds_behind_the_offer_of_encryption_is_not_heard(
    mailhost: MailHost, server: ServerSettings, ways: ExitStack
) -> None:
    def adds(said: bytes) -> bytes:
        if b"Begin TLS negotiation" not in said:
            return said
        tag = bytes(wire.asked).rsplit(b"\r\n", 2)[-2].split()[0]
        following = tag.rstrip(b"0123456789") + str(int(tag.lstrip(string.ascii_letters.encode())) + 1).encode()
        return said + b"* CAPABILITY IMAP4rev1 ADDED\r\n" + following + b" OK done\r\n"

    wire = ways.enter_context(Wire(mailhost.ports.imap, adds))
    client = connected(replace(server, security=Security.STARTTLS, port=wire.port))
    capabilities = client.capabilities
    hang_up(client)

    assert b"STARTTLS" in wire.asked
    assert "ADDED" not in capabilities
    assert "AUTH=PLAIN" in capabilities


def test_nor_is_what_somebody_adds_before_it(mailhost: MailHost, server: ServerSettings, ways: ExitStack) -> None:
    """It would stand among what the server says of its folders later, and make the INBOX a folder of junk."""
    added = b'* LIST (\\Junk) "/" INBOX\r\n* CAPABILITY IMAP4rev1 ADDED\r\n'

    def adds(said: bytes) -> bytes:
        return added + said if b"Begin TLS negotiation" in said else said

    wire = ways.enter_context(Wire(mailhost.ports.imap, adds))
    client = connected(replace(server, security=Security.STARTTLS, port=wire.port))
    capabilities, folders = client.capabilities, client.response("LIST")[1]
    hang_up(client)

    assert b"STARTTLS" in wire.asked
    assert "ADDED" not in capabilities
    assert folders == [None]
