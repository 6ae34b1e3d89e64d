"""Somebody who reads mail in a mail program and answers: waits for a letter, and submits an answer to it."""

import smtplib
import ssl
import threading
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from tests.cli.running import answer_to, parsed
from tests.servers.accounts import Account
from tests.servers.mailhost import MailHost
from tests.servers.processes import wait_until


class Answering:
    """While it lasts, the first mail that arrives with `subject` in its subject is answered by `text`."""

    def __init__(self, host: MailHost, account: Account, subject: str, text: str) -> None:
        self._host = host
        self._account = account
        self._subject = subject
        self._text = text
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self.answered: EmailMessage | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.join(timeout=30)

    def _answer(self) -> None:
        wait_until(self._arrived, "the letter that is to be answered")
        assert self.answered is not None
        answer = answer_to(self.answered, self._text, sender=f"Vera <{self._account.address}>")
        with smtplib.SMTP("localhost", self._host.ports.smtp, timeout=60) as smtp:
            smtp.starttls(context=ssl.create_default_context(cafile=str(self._host.ca_file)))
            smtp.login(self._account.name, self._account.password)
            recipient = _address(parsed(answer)["To"])
            smtp.sendmail(self._account.address, [recipient], answer)

    def _arrived(self) -> bool:
        for place in ("new", "cur"):
            for path in sorted((self._account.maildir / place).glob("*")):
                letter = parsed(path.read_bytes())
                if self._subject in letter["Subject"]:
                    self.answered = letter
                    return True
        return False


def _address(written: str) -> str:
    return written.rpartition("<")[2].rstrip(">")
