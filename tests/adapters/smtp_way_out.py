"""The way out by SMTP as tests use it: over a server that does what they say, with copies kept in memory."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from okrmate.adapters.smtp.postman import SmtpPostman
from okrmate.config import Filing, ServerSettings, SmtpSettings
from okrmate.domain.errors import OkrmateError
from tests.adapters.smtp_server import PASSWORD
from tests.servers.logins import Secrets

SENDER, SAM = "ada@example.org", "sam@example.net"
MAIL = b"Message-ID: <1.home1@example.org>\r\nSubject: hello\r\n\r\nHello\r\n.a dot\r\n..two\r\n"


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


@contextmanager
def postman(settings: ServerSettings, secrets: Secrets | None = None) -> Iterator[SmtpPostman]:
    """A way out that rests at the end."""
    smtp = SmtpSettings(server=settings, sent=Filing.AUTO, sent_folder="\\Sent")
    out = SmtpPostman(smtp, secrets or Secrets(PASSWORD), sender=SENDER, sent=SentMails())
    yield out
    out.rest()


def trouble(settings: ServerSettings, *secrets: str) -> OkrmateError:
    """Why it never becomes ready."""
    with postman(settings, Secrets(*secrets or (PASSWORD,))) as out, pytest.raises(OkrmateError) as caught:
        out.ready()
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    return caught.value
