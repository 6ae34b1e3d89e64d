"""The way out by SMTP: every answer of a server to a mail, and every moment it can die, told apart in a sentence."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from okrmate.adapters.smtp import connection
from okrmate.adapters.smtp.postman import SmtpPostman
from okrmate.config import Filing, Security, SmtpSettings
from okrmate.domain.errors import MailServerError
from okrmate.services.ports import Delivery, DeliveryState
from tests.adapters.smtp_server import DIES, DRIPS, FLOODS, MUTE, PASSWORD, SmtpServer
from tests.adapters.smtp_way_out import MAIL, SAM, SENDER, SentMails, postman
from tests.servers.logins import Secrets

SENT, DEFERRED, FAILED, IN_DOUBT = DeliveryState


@pytest.fixture
def server() -> Iterator[SmtpServer]:
    with SmtpServer() as running:
        yield running


def sent_by(server: SmtpServer, message: bytes = MAIL, to: str = SAM, **settings: Any) -> Delivery:  # noqa: ANN401
    """What becomes of one letter."""
    with postman(server.settings(**settings)) as out:
        out.ready()
        return out.send(message, to)


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
        (
            "RCPT",
            "554 5.7.1 sam: Relay access denied",
            DEFERRED,
            "send as ada@example.org (554 5.7.1 sam: Relay access",
        ),
        (
            "END",
            "550 5.7.60 SMTP; no permissions",
            DEFERRED,
            "send as ada@example.org (550 5.7.60 SMTP; no permissions",
        ),
        ("END", "554 5.2.252 SendAsDenied", DEFERRED, "send as ada@example.org (554 5.2.252 SendAsDenied): check"),
        ("RCPT", "550 5.1.90 reached your limit", DEFERRED, "send as ada@example.org (550 5.1.90 reached your limit"),
        (
            "END",
            "554 5.7.1 looks like spam",
            FAILED,
            "refused the letter to sam@example.net (554 5.7.1 looks like spam",
        ),
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
    ("step", "end"),
    [("MAIL", DIES), ("RCPT", DIES), ("RCPT", MUTE), ("RCPT", DRIPS), ("DATA", DIES), ("DATA", "nonsense")],
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
    [
        ("END", DIES),
        ("END", "nonsense"),
        ("END", "354 more"),
        ("TAKEN", DIES),
        ("TAKEN", MUTE),
        ("TAKEN", DRIPS),
        ("TAKEN", FLOODS),
    ],
)
def test_a_connection_lost_behind_the_mail_leaves_the_letter_in_doubt(server: SmtpServer, step: str, end: str) -> None:
    server.on(step, end)
    delivery = sent_by(server, timeout=1)
    assert delivery.state is IN_DOUBT
    assert delivery.reason.endswith("before it said whether it takes the letter to sam@example.net; it may have left.")
    assert len(server.mails) == (step == "TAKEN")


def test_a_server_that_parts_with_many_words_is_not_listened_to(
    server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_PARTING", 0.2)
    server.on("QUIT", DRIPS)
    with postman(server.settings()) as out:
        out.ready()
        begun = time.monotonic()

    assert time.monotonic() - begun < 20  # seconds: it would go on for ever


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


# copies


@pytest.mark.parametrize(
    ("filing", "looks_first", "copies"), [(Filing.AUTO, True, 1), (Filing.APPEND, False, 1), (Filing.NEVER, False, 0)]
)
def test_a_copy_is_kept_as_the_settings_say(
    server: SmtpServer, filing: Filing, *, looks_first: bool, copies: int
) -> None:
    sent = SentMails()
    smtp = SmtpSettings(server=server.settings(), sent=filing, sent_folder="\\Sent")
    out = SmtpPostman(smtp, Secrets(PASSWORD), sender=SENDER, sent=sent)
    out.file(MAIL)
    assert (out.takes_copies, out.looks_first) == (bool(copies), looks_first)
    assert sent.mails == [MAIL] * copies
    assert out.was_sent("<1.home1@example.org>") is bool(copies)
    out.rest()
    assert sent.rested == 1
    assert server.connections == 0
