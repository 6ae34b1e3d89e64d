"""Copies for the folder of sent mail on a real Dovecot, where the connection is lost at the worst of moments."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from okrmate.adapters.imap.sent import ImapSentFolder
from okrmate.adapters.smtp.postman import SmtpPostman
from okrmate.config import Filing, SmtpSettings
from okrmate.domain.letters import OutgoingState
from okrmate.frozen import replace
from okrmate.services.mailroom import MailRoom
from okrmate.services.outgoing.delivery import deliver
from okrmate.services.tables import COPIES
from tests.servers.accounts import Account
from tests.servers.logins import Secrets, imap_server, in_clear, smtp_server
from tests.servers.mailhost import MailHost
from tests.servers.visitor import Visitor
from tests.servers.wire import Wire
from tests.services.rooms import Office, an_answer, state


@dataclass(kw_only=True)
class Lost:
    """A connection that is lost once, when the server says this of a copy."""

    when: bytes
    wire: Wire = field(init=False)
    struck: bool = False

    def heard(self, said: bytes) -> bytes:
        if self.struck or b"APPEND" not in self.wire.asked or self.when not in said:
            return said
        self.struck = True
        self.wire.cut()
        return b""


@pytest.fixture(params=[b"+ OK", b"Append completed"], ids=["before the copy", "behind the copy"])
def lost(request: pytest.FixtureRequest, mailhost: MailHost) -> Iterator[Lost]:
    """On the way to the folder for sent mail."""
    lost = Lost(when=request.param)
    with Wire(mailhost.ports.imap, lost.heard) as lost.wire:
        yield lost


def test_a_copy_whose_connection_was_lost_is_filed_once(mailhost: MailHost, account: Account, lost: Lost) -> None:
    office = Office()
    letter = an_answer(office, address=account.address)
    room = leaving_by(mailhost, account, office, lost.wire.port)

    deliver(room)
    owed = [copy.message_id for copy in office.store.every(COPIES)]
    office.clock.move(minutes=1)
    deliver(room)

    assert (lost.struck, owed, state(office, letter)) == (True, [letter.message_id], OutgoingState.SENT)
    assert office.store.every(COPIES) == ()
    with Visitor(mailhost, account) as visitor:
        assert visitor.count("Sent") == 1


def leaving_by(host: MailHost, account: Account, office: Office, imap_port: int) -> MailRoom:
    """The office's room with the account's way out; its folder for sent mail is reached by this port."""
    return replace(
        office.room,
        postman=SmtpPostman(
            SmtpSettings(server=smtp_server(host, account), sent=Filing.AUTO, sent_folder="\\Sent"),
            Secrets(account.password),
            sender=account.address,
            sent=ImapSentFolder(in_clear(imap_server(host, account), imap_port), Secrets(account.password), "\\Sent"),
        ),
    )
