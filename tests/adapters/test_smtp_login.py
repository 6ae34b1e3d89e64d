"""Becoming ready to send by SMTP: whatever keeps us out is told in a sentence of its own, and no secret is."""

import logging
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from okrmate.config import Auth, Security
from okrmate.domain.errors import MailLoginError, MailServerError
from okrmate.services.ports import DeliveryState
from tests.adapters.smtp_server import DIES, DRIPS, FLOODS, MUTE, PASSWORD, USER, SmtpServer
from tests.adapters.smtp_way_out import MAIL, SAM, postman, trouble
from tests.servers.logins import Secrets

SENT, DEFERRED, FAILED, IN_DOUBT = DeliveryState


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as running:
        yield running


# becoming ready


def test_a_server_that_is_down_is_named_with_what_to_look_at() -> None:
    with SmtpServer() as gone:
        settings = gone.settings()
    assert str(trouble(settings)) == (
        f"The SMTP server localhost:{settings.port} takes no connection: check mail.smtp.host and port; it may be down."
    )


def test_a_name_nobody_knows_is_told(server: SmtpServer) -> None:
    assert "is not known by that name: check mail.smtp.host" in str(trouble(server.settings(host="no.invalid")))


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_certificate_nobody_vouches_for_names_ca_file(security: Security) -> None:
    with SmtpServer(security) as server:
        said = str(trouble(server.settings(ca_file="")))
    assert "shows a certificate that is not to be trusted (self-signed certificate)" in said
    assert "name its file in mail.smtp.ca_file" in said
    assert server.tried == []


def test_a_certificate_of_another_name_is_not_trusted() -> None:
    with SmtpServer(Security.TLS) as server:
        said = str(trouble(server.settings(host="127.0.0.1")))
    assert "certificate is not valid for '127.0.0.1'" in said


@pytest.mark.parametrize("content", [None, "hello"])
def test_a_ca_file_of_no_use_is_named(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "ca.pem"
    if content:
        file.write_text(content)
    with SmtpServer(Security.TLS) as encrypted:
        said = str(trouble(encrypted.settings(ca_file=str(file))))
    assert "was not asked: mail.smtp.ca_file is no file of certificates that can be read" in said


def test_starttls_taken_out_on_the_way_is_seen_and_nothing_is_said_in_clear() -> None:
    with SmtpServer(Security.NONE) as server:
        said = str(trouble(server.settings(security=Security.STARTTLS)))
    assert "does not offer STARTTLS, so nothing was said to it" in said
    assert server.commands == ["EHLO"]


def test_starttls_that_is_refused_for_now_is_told() -> None:
    with SmtpServer(Security.STARTTLS) as server:
        server.on("STARTTLS", "454 4.7.0 not now")
        assert "takes no connection (454 4.7.0 not now); it is asked again later" in str(trouble(server.settings()))
    assert server.tried == []


def test_tls_on_a_plain_port_is_told(server: SmtpServer) -> None:
    said = str(trouble(server.settings(security=Security.TLS)))
    assert 'does not speak TLS on this port: check mail.smtp.port (mostly 465), or write security = "starttls"' in said


def test_plain_on_a_tls_port_is_told_after_the_time_that_was_set() -> None:
    with SmtpServer(Security.TLS) as server:
        said = str(trouble(server.settings(security=Security.STARTTLS, timeout=1)))
    assert "did not answer within 1 s: check mail.smtp.host and port, and that security fits the port" in said


@pytest.mark.parametrize(
    ("banner", "why"),
    [
        ("* OK [CAPABILITY IMAP4rev1] ready", "hangs up or does not speak SMTP on this port"),
        ("554 5.7.1 no access", "takes no connection (554 5.7.1 no access); it is asked again later"),
        ("421 4.3.2 too many", "takes no connection (421 4.3.2 too many); it is asked again later"),
        (DIES, "hangs up or does not speak SMTP on this port"),
        (MUTE, "did not answer within 1 s"),
        (DRIPS, "did not answer within 1 s"),
        (FLOODS, "hangs up or does not speak SMTP on this port"),
        ("2" * 9000, "hangs up or does not speak SMTP on this port"),
    ],
)
def test_whoever_else_answers_is_told(server: SmtpServer, banner: str, why: str) -> None:
    server.on("CONNECT", banner)
    error = trouble(server.settings(timeout=1 if why.startswith("did not answer") else 30))
    assert isinstance(error, MailServerError)
    assert why in str(error)


# logging in


@pytest.mark.parametrize("methods", ["PLAIN LOGIN", "LOGIN", "CRAM-MD5 PLAIN", "login"])
def test_any_password_opens_by_plain_or_login(methods: str) -> None:
    with SmtpServer(methods=methods) as server, postman(server.settings()) as out:
        out.ready()
    assert server.tried == [PASSWORD]


def test_a_wrong_password_is_tried_once_and_told() -> None:
    with SmtpServer() as server:
        error = trouble(server.settings(), "wrong")
    assert isinstance(error, MailLoginError)
    assert "refused the login of ada@example.org (535 5.7.8 authentication failed): check username and pass" in str(
        error
    )
    assert server.tried == ["wrong"]


def test_the_reason_of_a_refusal_is_told_whichever_way_was_tried() -> None:
    with SmtpServer(methods="LOGIN") as server:
        server.on("AUTH", "535 5.7.8 LOGIN failed: BadCredentials")
        assert "(535 5.7.8 LOGIN failed: BadCredentials)" in str(trouble(server.settings(), "wrong"))


@pytest.mark.parametrize("reply", ["454 4.7.0 later", "421 4.7.0 too many logins"])
def test_a_login_that_is_put_off_is_no_refusal(server: SmtpServer, reply: str) -> None:
    server.on("AUTH", reply)
    error = trouble(server.settings())
    assert isinstance(error, MailServerError)
    assert f"takes no login for now ({reply})" in str(error)


@pytest.mark.parametrize("end", [DIES, MUTE, DRIPS])
def test_what_checks_logins_may_be_down(server: SmtpServer, end: str) -> None:
    server.on("AUTH", end)
    error = trouble(server.settings(timeout=1))
    assert isinstance(error, MailServerError)
    assert "did not answer the login; what checks logins may be down there" in str(error)


def test_a_server_that_knows_none_of_our_ways_is_told() -> None:
    with SmtpServer(methods="CRAM-MD5 GSSAPI") as server:
        error = trouble(server.settings())
    assert isinstance(error, MailLoginError)
    assert "offers no login that okrmate knows" in str(error)
    assert server.tried == []


@pytest.mark.parametrize("methods", ["XOAUTH2", "OAUTHBEARER", "PLAIN XOAUTH2 OAUTHBEARER"])
def test_a_token_opens(methods: str) -> None:
    with SmtpServer(methods=methods) as server:
        server.secrets = {"good"}
        with postman(server.settings(auth=Auth.OAUTH2), Secrets("good")) as out:
            out.ready()
            assert out.send(MAIL, SAM).state is SENT


@pytest.mark.parametrize("methods", ["XOAUTH2", "OAUTHBEARER"])
def test_an_expired_token_is_refreshed_once(methods: str) -> None:
    with SmtpServer(methods=methods) as server:
        server.secrets = {"new"}
        tokens = Secrets("old", "new")
        with postman(server.settings(auth=Auth.OAUTH2), tokens) as out:
            out.ready()
    assert (tokens.asked, server.tried) == ([False, True], ["old", "new"])


def test_a_token_that_is_refused_when_fresh_is_told() -> None:
    with SmtpServer(methods="XOAUTH2") as server:
        error = trouble(server.settings(auth=Auth.OAUTH2), "old", "old too")
    assert isinstance(error, MailLoginError)
    assert "check username and token under [mail.smtp]" in str(error)
    assert server.tried == ["old", "old too"]


def test_a_login_refused_in_the_middle_of_a_batch_leaves_the_letter_alone(server: SmtpServer) -> None:
    server.on("END", DIES)
    with postman(server.settings(), Secrets(PASSWORD, "changed meanwhile")) as out:
        out.ready()
        out.send(MAIL, SAM)
        with pytest.raises(MailLoginError):
            out.ready()


# secrets


@pytest.mark.parametrize("answer", ["535 you said {0}", "535 {1}", "454 {1}"])
def test_no_secret_is_in_an_error_a_log_or_what_is_shown(
    server: SmtpServer, answer: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    coded = b64encode(f"\0{USER}\0tr0ub4dor".encode()).decode()
    server.on("AUTH", answer.format("tr0ub4dor", coded))
    error = trouble(server.settings(), "tr0ub4dor")
    assert "tr0ub4dor" not in f"{error}{error!r}{caplog.text}"
    assert coded not in f"{error}{error!r}{caplog.text}"
