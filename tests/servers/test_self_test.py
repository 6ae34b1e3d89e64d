"""The self-test on a real Dovecot whose provider puts letters elsewhere than into the inbox."""

from datetime import timedelta

import pytest

from okrmate.adapters.clock import SystemClock
from okrmate.adapters.imap.mailbox import ImapMailbox
from okrmate.adapters.imap.news import Marks
from okrmate.adapters.tokens import SystemTokens
from okrmate.frozen import replace
from okrmate.mail.rendering import Composer
from okrmate.services.checks.findings import Finding, Verdict
from okrmate.services.checks.self_test import Learnt, SelfTest
from okrmate.services.ports import Delivery
from tests.fakes import MemoryPostman
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, imap_settings
from tests.servers.mailhost import MailHost
from tests.servers.visitor import Visitor
from tests.services.rooms import SHIPPED, Office


class Carrier(MemoryPostman):
    """Files each letter among sent mail and puts it straight into a folder of the account."""

    def __init__(self, visitor: Visitor, folder: str) -> None:
        super().__init__()
        self._visitor = visitor
        self._folder = folder

    def send(self, message: bytes, recipient: str) -> Delivery:
        for folder in ("Sent", self._folder):
            self._visitor.put(message, folder)
        return super().send(message, recipient)


class Nobody:
    """Keeps what is told, and waits for nothing."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def told(self, finding: Finding) -> None:
        self.findings.append(finding)

    def invited(self, sentence: str) -> None:
        raise AssertionError(sentence)

    def wait(self, seconds: float) -> None:
        raise AssertionError(f"{self.findings}: the letter is there, and was not seen")

    def goes_on(self, seconds: float) -> bool:
        return True


@pytest.mark.parametrize(
    ("folder", "verdict"), [("INBOX", Verdict.FINE), ("Archive", Verdict.FINE), ("Junk", Verdict.WRONG)]
)
def test_a_letter_is_found_wherever_the_provider_puts_it(
    mailhost: MailHost, account: Account, folder: str, verdict: Verdict
) -> None:
    token = SystemTokens().new_token()
    settings = imap_settings(imap_server(mailhost, account), "INBOX", "\\Archive")
    office, nobody = Office(), Nobody()
    with Visitor(mailhost, account) as visitor:
        room = replace(
            office.room,
            desk=replace(office.desk, clock=SystemClock()),
            mailbox=ImapMailbox(settings, Secrets(account.password), Marks(threads=(token,)), "\\Sent"),
            postman=Carrier(visitor, folder),
            composer=Composer(SHIPPED),
        )
        learnt = SelfTest(room=room, token=token, companion=nobody, answer_within=timedelta(0)).run()

    (arrived,) = [finding for finding in nobody.findings if finding.about == "arrived"]
    assert (arrived.verdict, folder in arrived.said) == (verdict, True)
    assert learnt == Learnt(plus_addresses=True, files_sent=True, well=verdict is Verdict.FINE)
