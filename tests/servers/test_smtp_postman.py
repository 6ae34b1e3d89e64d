"""The way out on a real Postfix: what leaves arrives, what does not says why, and what is in doubt is known to be."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from okrmate.adapters.imap.sent import ImapSentFolder
from okrmate.adapters.smtp.postman import SmtpPostman
from okrmate.config import Auth, Filing, Security, ServerSettings, SmtpSettings
from okrmate.domain.errors import MailLoginError, MailServerError
from okrmate.services.ports import DeliveryState
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, smtp_server
from tests.servers.mailhost import MailHost
from tests.servers.processes import children, wait_until
from tests.servers.visitor import Visitor
from tests.servers.wire import Wire

ID = "<1.home1@okrmate.test>"
HEADERS = f"From: ada@okrmate.test\r\nDate: Mon, 2 Mar 2026 09:00:00 +0000\r\nMessage-ID: {ID}\r\n"
MAIL = f"{HEADERS}Subject: hello\r\n\r\nHello\r\n.a dot\r\n..two\r\n".encode()
LARGE = MAIL + b"\r\n".join([b"x" * 76] * 200_000) + b"\r\n"
SENT, DEFERRED, FAILED, IN_DOUBT = DeliveryState


@contextmanager
def postman(
    host: MailHost,
    account: Account,
    server: ServerSettings | None = None,
    secrets: Secrets | None = None,
    filing: Filing = Filing.AUTO,
) -> Iterator[SmtpPostman]:
    """A way out for the account, over STARTTLS unless it is another server."""
    out = SmtpPostman(
        SmtpSettings(server=server or smtp_server(host, account), sent=filing, sent_folder="\\Sent"),
        secrets or Secrets(account.password),
        sender=account.address,
        sent=ImapSentFolder(imap_server(host, account), Secrets(account.password), "\\Sent"),
    )
    try:
        yield out
    finally:
        out.rest()


def over_tls(host: MailHost, account: Account) -> ServerSettings:
    return replace(smtp_server(host, account), port=host.ports.smtps, security=Security.TLS)


def arrived(account: Account) -> list[Path]:
    return [*account.maildir.glob("new/*"), *account.maildir.glob("cur/*")]


def wait_for_mail(account: Account, number: int = 1) -> None:
    wait_until(lambda: len(arrived(account)) >= number, "the mail's arrival")


# what leaves


@pytest.mark.parametrize("settings", [smtp_server, over_tls])
def test_a_letter_arrives_byte_for_byte(
    mailhost: MailHost, account: Account, settings: Callable[[MailHost, Account], ServerSettings]
) -> None:
    with postman(mailhost, account, settings(mailhost, account)) as out:
        out.ready()
        assert out.send(MAIL, account.address).state is SENT
    wait_for_mail(account)
    assert arrived(account)[0].read_bytes().endswith(MAIL.replace(b"\r\n", b"\n"))


def test_a_password_with_any_signs_in_it_opens(mailhost: MailHost) -> None:
    odd = mailhost.account("odd")
    with postman(mailhost, odd) as out:
        out.ready()
        assert out.send(MAIL, odd.address).state is SENT


def test_a_batch_takes_one_connection(mailhost: MailHost, account: Account) -> None:
    with Wire(mailhost.ports.smtp) as wire, postman(mailhost, account, through(wire, mailhost, account)) as out:
        for _ in range(3):
            out.ready()
            assert out.send(MAIL, account.address).state is SENT
    assert wire.answered.count(b"ESMTP") == 1
    wait_for_mail(account, 3)


# what does not


def test_a_certificate_nobody_vouches_for_ends_it(mailhost: MailHost, account: Account) -> None:
    with Wire(mailhost.ports.smtp) as wire:
        settings = replace(through(wire, mailhost, account), ca_file="")
        with postman(mailhost, account, settings) as out, pytest.raises(MailServerError, match=r"mail\.smtp\.ca_file"):
            out.ready()
    assert account.password.encode() not in wire.asked


def test_starttls_taken_out_on_the_way_ends_it_before_anything_is_said(mailhost: MailHost, account: Account) -> None:
    with Wire(mailhost.ports.smtp, lambda said: said.replace(b"STARTTLS", b"STARTNOT")) as wire:
        settings = through(wire, mailhost, account)
        with postman(mailhost, account, settings) as out, pytest.raises(MailServerError, match="not offer STARTTLS"):
            out.ready()
    assert wire.asked == b"ehlo [127.0.0.1]\r\n"


def test_a_wrong_password_is_told(mailhost: MailHost, account: Account) -> None:
    secrets = Secrets("wrong")
    with (
        postman(mailhost, account, secrets=secrets) as out,
        pytest.raises(MailLoginError, match=f"refused the login of {account.name} \\(535 5\\.7\\.8"),
    ):
        out.ready()
    assert secrets.asked == [False]


def test_a_login_that_nobody_can_check_is_no_refusal(mailhost: MailHost, account: Account) -> None:
    (checking,) = children(mailhost.dovecot.pid, "auth")
    os.kill(checking, signal.SIGSTOP)
    try:
        with (
            postman(mailhost, account, replace(smtp_server(mailhost, account), timeout=1)) as out,
            pytest.raises(MailServerError, match="did not answer"),
        ):
            out.ready()
    finally:
        os.kill(checking, signal.SIGCONT)


def test_somebody_who_is_not_there_is_named(mailhost: MailHost, account: Account) -> None:
    with postman(mailhost, account) as out:
        out.ready()
        nobody = out.send(MAIL, "nobody@okrmate.test")
        assert (nobody.state, "refused the address nobody@okrmate.test (550 5.1.1" in nobody.reason) == (FAILED, True)
        assert out.send(MAIL, account.address).state is SENT


def test_a_letter_that_is_too_big_says_so(mailhost: MailHost, account: Account) -> None:
    with postman(mailhost, account) as out:
        out.ready()
        delivery = out.send(LARGE + LARGE, account.address)
    assert (delivery.state, "no letter as big as the one to" in delivery.reason) == (FAILED, True)


# tokens


def test_a_token_opens(mailhost: MailHost, account: Account) -> None:
    settings = replace(smtp_server(mailhost, account), auth=Auth.OAUTH2)
    with postman(mailhost, account, settings, Secrets(mailhost.token(account))) as out:
        out.ready()
        assert out.send(MAIL, account.address).state is SENT


def test_an_expired_token_is_refreshed_once(mailhost: MailHost, account: Account) -> None:
    settings = replace(smtp_server(mailhost, account), auth=Auth.OAUTH2)
    tokens = Secrets(mailhost.token(account, lasting=-timedelta(hours=1)), mailhost.token(account))
    with postman(mailhost, account, settings, tokens) as out:
        out.ready()
        assert out.send(MAIL, account.address).state is SENT
    assert tokens.asked == [False, True]


def test_a_token_that_stays_expired_is_told(mailhost: MailHost, account: Account) -> None:
    settings = replace(smtp_server(mailhost, account), auth=Auth.OAUTH2)
    tokens = Secrets(mailhost.token(account, lasting=-timedelta(hours=1)))
    with postman(mailhost, account, settings, tokens) as out, pytest.raises(MailLoginError, match="token under"):
        out.ready()
    assert tokens.asked == [False, True]


# every moment of dying


def test_a_server_killed_before_the_letter_puts_it_off(mailhost: MailHost, account: Account) -> None:
    with postman(mailhost, account) as out:
        out.ready()
        kill_smtp(mailhost)
        assert out.send(MAIL, account.address).state is DEFERRED
        out.ready()
        assert out.send(MAIL, account.address).state is SENT
    wait_for_mail(account)
    assert len(arrived(account)) == 1


def test_a_server_killed_amid_the_letter_puts_it_off(mailhost: MailHost, account: Account) -> None:
    killed = threading.Event()

    def kill_amid_it(asked: bytes) -> bytes:
        if len(wire.asked) > 1_000_000 and not killed.is_set():
            killed.set()
            kill_smtp(mailhost)
        return asked

    with (
        Wire(mailhost.ports.smtp, change_asked=kill_amid_it) as wire,
        postman(mailhost, account, through(wire, mailhost, account)) as out,
    ):
        out.ready()
        assert out.send(LARGE, account.address).state is DEFERRED
        assert killed.is_set()
        out.ready()
        assert out.send(MAIL, account.address).state is SENT
    wait_for_mail(account)
    assert len(arrived(account)) == 1


def test_a_server_lost_behind_the_letter_leaves_it_in_doubt(mailhost: MailHost, account: Account) -> None:
    replies: list[bytes] = []
    ready = 1_000

    def keep_the_last_back(said: bytes) -> bytes:
        replies.append(said)
        if len(replies) - ready != 4:  # to MAIL, RCPT, DATA and the mail
            return said
        wire.cut()
        return b""

    with (
        Wire(mailhost.ports.smtp, keep_the_last_back) as wire,
        postman(mailhost, account, through(wire, mailhost, account)) as out,
    ):
        out.ready()
        ready = len(replies)
        assert out.send(MAIL, account.address).state is IN_DOUBT
    wait_for_mail(account)


# where sent mail is filed


def test_a_copy_is_filed_as_one_that_was_read(mailhost: MailHost, account: Account) -> None:
    with postman(mailhost, account) as out, Visitor(mailhost, account) as visitor:
        assert not out.was_sent(ID)
        out.file(MAIL)
        assert out.was_sent(ID)
        assert visitor.flags("Sent") == [{r"\Seen"}]


def test_what_the_provider_filed_itself_is_found(mailhost: MailHost, account: Account) -> None:
    with postman(mailhost, account) as out, Visitor(mailhost, account) as visitor:
        assert not out.was_sent(ID)
        visitor.put(MAIL, "Sent")
        assert out.was_sent(ID)


def test_a_folder_of_ones_own_for_copies_is_made_when_it_is_needed(mailhost: MailHost, account: Account) -> None:
    folder = ImapSentFolder(imap_server(mailhost, account), Secrets(account.password), "Letters & more")
    assert not folder.holds(ID)
    folder.add(MAIL)
    assert folder.holds(ID)
    folder.rest()
    assert folder.holds(ID)
    folder.rest()


def test_an_empty_message_id_is_found_nowhere(mailhost: MailHost, account: Account) -> None:
    folder = ImapSentFolder(imap_server(mailhost, account), Secrets(account.password), "\\Sent")
    folder.add(MAIL)
    assert not folder.holds("")
    folder.rest()


def test_a_folder_that_was_lost_is_reached_anew(mailhost: MailHost, account: Account) -> None:
    folder = ImapSentFolder(imap_server(mailhost, account), Secrets(account.password), "\\Sent")
    folder.add(MAIL)
    mailhost.kick(account)
    with pytest.raises(MailServerError):
        folder.holds(ID)
    assert folder.holds(ID)
    folder.rest()


def through(wire: Wire, host: MailHost, account: Account) -> ServerSettings:
    return replace(smtp_server(host, account), port=wire.port)


def kill_smtp(host: MailHost) -> None:
    """Kill whoever serves SMTP; they are gone when it returns."""
    serving = set(host.smtp_processes())
    for process in serving:
        os.kill(process, signal.SIGKILL)
    wait_until(lambda: not serving & set(host.smtp_processes()), "the end of those who served")
