"""The way out by SMTP: every answer of a server and every moment it can die, told apart, each with its sentence."""

import logging
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from okrmate.adapters.smtp.postman import SmtpPostman
from okrmate.config import Auth, Filing, Security, ServerSettings, SmtpSettings
from okrmate.domain.errors import MailLoginError, MailServerError, OkrmateError
from okrmate.services.ports import Delivery, DeliveryState
from tests.adapters.smtp_server import DIES, MUTE, PASSWORD, USER, SmtpServer

SENDER, SAM = "ada@example.org", "sam@example.net"
MAIL = b"Message-ID: <1.home1@example.org>\r\nSubject: hello\r\n\r\nHello\r\n.a dot\r\n..two\r\n"
SENT, DEFERRED, FAILED, IN_DOUBT = DeliveryState


class Secrets:
    """Gives one secret after the other; `asked` is how."""

    def __init__(self, *secrets: str) -> None:
        self.asked: list[bool] = []
        self._secrets = secrets

    def secret(self, *, fresh: bool = False) -> str:
        self.asked.append(fresh)
        return self._secrets[min(len(self.asked), len(self._secrets)) - 1]


class SentMails:
    """A folder for sent mail in memory; `error` is raised while it is set."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.rested = 0

    def holds(self, message_id: str) -> bool:
        return any(message_id.encode() in mail for mail in self.mails)

    def add(self, message: bytes) -> None:
        self.mails.append(message)

    def rest(self) -> None:
        self.rested += 1


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as running:
        yield running


@contextmanager
def postman(settings: ServerSettings, secrets: Secrets | None = None) -> Iterator[SmtpPostman]:
    """A way out that rests at the end."""
    smtp = SmtpSettings(server=settings, sent=Filing.AUTO, sent_folder="\\Sent")
    out = SmtpPostman(smtp, secrets or Secrets(PASSWORD), sender=SENDER, sent=SentMails())
    yield out
    out.rest()


def sent_by(server: SmtpServer, message: bytes = MAIL, to: str = SAM, **settings: Any) -> Delivery:  # noqa: ANN401
    """What becomes of one letter."""
    with postman(server.settings(**settings)) as out:
        out.ready()
        return out.send(message, to)


def trouble(settings: ServerSettings, *secrets: str) -> OkrmateError:
    """Why it never becomes ready."""
    with postman(settings, Secrets(*secrets or (PASSWORD,))) as out, pytest.raises(OkrmateError) as caught:
        out.ready()
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return caught.value


# a letter that leaves


@pytest.mark.parametrize("security", Security)
def test_a_letter_leaves_as_it_was_composed_byte_for_byte(security: Security) -> None:
    with SmtpServer(security) as server:
        assert sent_by(server) == Delivery(state=SENT)
    (mail,) = server.mails
    assert mail[:2] == (f"FROM:<{SENDER}> SIZE={len(MAIL)}", f"TO:<{SAM}>")
    assert mail[2].replace(b"\r\n..", b"\r\n.") == MAIL
    assert mail[2].endswith(b"\r\n..a dot\r\n...two\r\n")


def test_a_letter_without_a_last_line_end_gets_one(server: SmtpServer) -> None:
    sent_by(server, b"Subject: x\r\n\r\nno end")
    assert server.mails[0][2] == b"Subject: x\r\n\r\nno end\r\n"


def test_a_batch_takes_one_connection_and_ends_it_politely(server: SmtpServer) -> None:
    with postman(server.settings()) as out:
        for _ in range(3):
            out.ready()
            assert out.send(MAIL, SAM).state is SENT
        out.rest()
        out.ready()
        assert (len(server.mails), server.connections, server.commands.count("QUIT")) == (3, 2, 1)


def test_the_name_of_the_machine_is_not_told(server: SmtpServer) -> None:
    sent_by(server)
    assert server.greetings == ["[127.0.0.1]"]


# what a server answers to a mail


@pytest.mark.parametrize(
    ("step", "reply", "state", "reason"),
    [
        ("MAIL", "451 4.3.0 try later", DEFERRED, "does not take the letter to sam@example.net for now (451 4.3.0 try"),
        ("RCPT", "450 4.2.0 greylisted", DEFERRED, "for now (450 4.2.0 greylisted)."),
        ("DATA", "452 4.3.1 no space", DEFERRED, "for now (452 4.3.1 no space)."),
        ("END", "451 4.7.1 busy", DEFERRED, "for now (451 4.7.1 busy)."),
        ("END", "550 5.4.5 daily limit exceeded", DEFERRED, "for now (550 5.4.5 daily limit exceeded)."),
        ("MAIL", "553 5.7.1 not your address", DEFERRED, "send as ada@example.org (553 5.7.1 not your address): check"),
        ("MAIL", "552 5.3.4 too big", FAILED, "no letter as big as the one to sam@example.net (552 5.3.4 too big)."),
        ("END", "552 5.3.4 too big", FAILED, "no letter as big as the one to sam@example.net (552 5.3.4 too big)."),
        ("RCPT", "550 5.1.1 unknown", FAILED, "refused the address sam@example.net (550 5.1.1 unknown): check it."),
        ("DATA", "554 5.5.1 no", FAILED, "refused the letter to sam@example.net (554 5.5.1 no)."),
        ("END", "554 5.7.1 spam", FAILED, "refused the letter to sam@example.net (554 5.7.1 spam)."),
        ("END", "550-5.7.1 spam\r\n550 5.7.1 really\x07", FAILED, "(550 5.7.1 spam 5.7.1 really)."),
    ],
)
def test_a_refusal_says_what_it_means_for_the_letter(
    server: SmtpServer, step: str, reply: str, state: DeliveryState, reason: str
) -> None:
    server.on(step, reply)
    delivery = sent_by(server)
    assert delivery.state is state
    assert reason in delivery.reason
    assert server.mails == []


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
def test_after_a_refusal_the_next_letter_leaves_by_the_same_connection(server: SmtpServer, step: str) -> None:
    server.on(step, "552 no")
    with postman(server.settings()) as out:
        out.ready()
        assert out.send(MAIL, SAM).state is FAILED
        assert out.send(MAIL, SAM).state is SENT
    assert (len(server.mails), server.connections) == (1, 1)


def test_a_recipient_taken_for_forwarding_is_taken(server: SmtpServer) -> None:
    server.on("RCPT", "251 will forward")
    assert sent_by(server).state is SENT


@pytest.mark.parametrize("address", ["müller@example.net", "two words@example.net", "a@b>\r\nRCPT TO:<c@d", ""])
def test_an_address_that_cannot_be_said_fails_and_is_not_said(server: SmtpServer, address: str) -> None:
    delivery = sent_by(server, to=address)
    assert delivery.state is FAILED
    assert delivery.reason == f"{address!r} is not an address that mail can be sent to: correct it."
    assert "MAIL" not in server.commands


# every moment of dying


@pytest.mark.parametrize(
    ("step", "end"), [("MAIL", DIES), ("RCPT", DIES), ("RCPT", MUTE), ("DATA", DIES), ("DATA", "nonsense")]
)
def test_a_connection_lost_before_the_mail_puts_the_letter_off(server: SmtpServer, step: str, end: str) -> None:
    server.on(step, end)
    delivery = sent_by(server, timeout=1)
    assert delivery.state is DEFERRED
    assert delivery.reason.endswith("was lost before the letter to sam@example.net was complete; it has not left.")


def test_a_connection_lost_amid_the_mail_puts_the_letter_off(server: SmtpServer) -> None:
    server.on("CONTENT", DIES)
    assert sent_by(server, MAIL + b"x" * 78 * 200_000).state is DEFERRED


@pytest.mark.parametrize(
    ("step", "end"),
    [("END", DIES), ("END", "nonsense"), ("END", "354 more"), ("TAKEN", DIES), ("TAKEN", MUTE)],
)
def test_a_connection_lost_behind_the_mail_leaves_the_letter_in_doubt(server: SmtpServer, step: str, end: str) -> None:
    server.on(step, end)
    delivery = sent_by(server, timeout=1)
    assert delivery.state is IN_DOUBT
    assert delivery.reason.endswith("before it said whether it takes the letter to sam@example.net; it may have left.")
    assert len(server.mails) == (step == "TAKEN")


def test_an_answer_that_waits_where_none_should_is_no_yes(server: SmtpServer) -> None:
    server.on("DATA", "250 ok")
    assert sent_by(server).state is DEFERRED
    assert server.mails == []


@pytest.mark.parametrize(("step", "state"), [("MAIL", DEFERRED), ("CONTENT", DEFERRED), ("END", IN_DOUBT)])
def test_after_a_lost_connection_the_next_letter_takes_another_one(
    server: SmtpServer, step: str, state: DeliveryState
) -> None:
    server.on(step, DIES)
    with postman(server.settings()) as out:
        out.ready()
        assert out.send(MAIL + b"x" * 78 * 200_000, SAM).state is state
        out.ready()
        assert out.send(MAIL, SAM).state is SENT
    assert server.connections == 2


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA", "END"])
def test_a_server_that_turns_us_away_is_left_alone_until_the_next_batch(server: SmtpServer, step: str) -> None:
    server.on(step, "421 4.7.0 too many")
    with postman(server.settings()) as out:
        out.ready()
        assert out.send(MAIL, SAM).state is DEFERRED
        with pytest.raises(
            MailServerError, match=r"takes no more letters for now \(421 4\.7\.0 too many\); the others"
        ):
            out.ready()
        out.rest()
        out.ready()
        assert out.send(MAIL, SAM).state is SENT
    assert server.connections == 2


def test_a_refusal_that_cannot_be_forgotten_ends_the_connection(server: SmtpServer) -> None:
    server.on("RCPT", "550 no")
    server.on("RSET", DIES)
    with postman(server.settings()) as out:
        out.ready()
        assert out.send(MAIL, SAM).state is FAILED
        out.ready()
        assert out.send(MAIL, SAM).state is SENT


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
    ],
)
def test_whoever_else_answers_is_told(server: SmtpServer, banner: str, why: str) -> None:
    server.on("CONNECT", banner)
    error = trouble(server.settings(timeout=1))
    assert isinstance(error, MailServerError)
    assert why in str(error)


# logging in


@pytest.mark.parametrize("methods", ["PLAIN LOGIN", "LOGIN", "CRAM-MD5 PLAIN", "login"])
def test_any_password_opens_by_plain_or_login(methods: str) -> None:
    with SmtpServer(methods=methods) as server:
        assert sent_by(server).state is SENT


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


@pytest.mark.parametrize("end", [DIES, MUTE])
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


# copies


@pytest.mark.parametrize(
    ("filing", "there", "copies"),
    [
        (Filing.AUTO, False, 1),
        (Filing.AUTO, True, 1),
        (Filing.APPEND, False, 1),
        (Filing.APPEND, True, 2),
        (Filing.NEVER, False, 0),
    ],
)
def test_a_copy_is_kept_as_the_settings_say(server: SmtpServer, filing: Filing, there: bool, copies: int) -> None:
    sent = SentMails()
    smtp = SmtpSettings(server=server.settings(), sent=filing, sent_folder="\\Sent")
    out = SmtpPostman(smtp, Secrets(PASSWORD), sender=SENDER, sent=sent)
    if there:
        sent.add(MAIL)
    out.file(MAIL)
    assert sent.mails == [MAIL] * copies
    assert out.was_sent("<1.home1@example.org>") is bool(copies)
    out.rest()
    assert sent.rested == 1
    assert server.connections == 0
