"""The private mail host itself: whatever the other tests build on is there, and faults can be made and undone."""

import imaplib
import signal
import smtplib
import ssl

import pytest

from tests.servers.accounts import Account
from tests.servers.mailhost import MailHost
from tests.servers.ports import HOST
from tests.servers.processes import wait_until

MAIL = b"From: tom@example.org\r\nSubject: hello\r\nMessage-ID: <1@example.org>\r\n\r\nHello\r\n"


def trusting(host: MailHost) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(host.ca_file))


def logged_in(host: MailHost, account: Account) -> imaplib.IMAP4_SSL:
    client = imaplib.IMAP4_SSL(HOST, host.ports.imaps, ssl_context=trusting(host), timeout=60)
    client.login(account.name, account.password)
    client.select()
    return client


def test_a_mail_submitted_with_a_login_arrives_with_the_address_it_was_sent_to(
    mailhost: MailHost, account: Account
) -> None:
    plus_address = account.address.replace("@", "+token@")
    with smtplib.SMTP("localhost", mailhost.ports.smtp, timeout=60) as smtp:
        smtp.starttls(context=trusting(mailhost))
        smtp.login(account.name, account.password)
        smtp.sendmail(account.address, [plus_address], MAIL)

    client = logged_in(mailhost, account)
    wait_until(lambda: client.select()[1] == [b"1"], "the mail's arrival")
    _, data = client.fetch("1", "(BODY[HEADER.FIELDS (DELIVERED-TO)])")
    client.logout()

    assert plus_address.encode() in b"".join(part for line in data if isinstance(line, tuple) for part in line)


def test_both_servers_speak_tls_from_the_first_byte(mailhost: MailHost, account: Account) -> None:
    with smtplib.SMTP_SSL("localhost", mailhost.ports.smtps, context=trusting(mailhost), timeout=60) as smtp:
        assert smtp.login(account.name, account.password)[0] == 235
    logged_in(mailhost, account).logout()


def test_a_certificate_nobody_vouches_for_is_refused(mailhost: MailHost) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        imaplib.IMAP4_SSL(HOST, mailhost.ports.imaps, ssl_context=ssl.create_default_context(), timeout=60)


@pytest.mark.parametrize("mechanism", ["XOAUTH2", "OAUTHBEARER"])
def test_a_token_opens_the_mailbox(mailhost: MailHost, account: Account, mechanism: str) -> None:
    begin = f"n,a={account.name},\x01" if mechanism == "OAUTHBEARER" else f"user={account.name}\x01"
    words = f"{begin}auth=Bearer {mailhost.token(account)}\x01\x01".encode()
    client = imaplib.IMAP4(HOST, mailhost.ports.imap, timeout=60)

    assert client.authenticate(mechanism, lambda _: words)[0] == "OK"
    client.logout()


def test_the_process_of_one_connection_can_be_killed(mailhost: MailHost, account: Account) -> None:
    client = logged_in(mailhost, account)
    (_process,) = mailhost.strike(account, signal.SIGKILL)

    with pytest.raises((imaplib.IMAP4.abort, OSError)):
        client.noop()
    client.shutdown()


def test_a_connection_can_be_kicked(mailhost: MailHost, account: Account) -> None:
    client = logged_in(mailhost, account)
    mailhost.kick(account)

    with pytest.raises((imaplib.IMAP4.abort, OSError)):
        client.noop()
    client.shutdown()


def test_servers_that_were_killed_start_again_with_the_mails_they_had(mailhost: MailHost, account: Account) -> None:
    mailhost.deliver(account, MAIL)
    mailhost.dovecot.kill()
    mailhost.postfix.kill()
    mailhost.start()

    client = logged_in(mailhost, account)
    assert client.select()[1] == [b"1"]
    client.logout()
    with smtplib.SMTP("localhost", mailhost.ports.smtp, timeout=60) as smtp:
        smtp.starttls(context=trusting(mailhost))
        assert smtp.login(account.name, account.password)[0] == 235
