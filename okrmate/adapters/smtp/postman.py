"""`SmtpPostman`: the way out by an SMTP server, one connection a batch, with copies where sent mail is filed."""

from okrmate.adapters.credentials import Credentials
from okrmate.adapters.sent import SentFolder
from okrmate.adapters.smtp.connection import SmtpConnection
from okrmate.adapters.smtp.login import logged_in
from okrmate.adapters.smtp.outcomes import Outcomes
from okrmate.adapters.smtp.transaction import Answered, Lost, Step, forget, transact
from okrmate.config import Filing, SmtpSettings
from okrmate.domain.errors import MailServerError
from okrmate.services.ports import Delivery


class SmtpPostman:
    """The `Postman` port over one account: letters leave as `sender`, and `sent` is where sent mail is filed."""

    def __init__(self, settings: SmtpSettings, credentials: Credentials, *, sender: str, sent: SentFolder) -> None:
        self._settings = settings
        self._credentials = credentials
        self._sender = sender
        self._sent = sent
        self._outcomes = Outcomes(host=settings.server.host, sender=sender)
        self._connection: SmtpConnection | None = None
        self._turned_away = ""

    @property
    def takes_copies(self) -> bool:
        """As the settings say."""
        return self._settings.sent is not Filing.NEVER

    @property
    def looks_first(self) -> bool:
        """As the settings say."""
        return self._settings.sent is Filing.AUTO

    def ready(self) -> None:
        """As the port says. A server that has just turned us away (421) is left alone until the next batch."""
        if self._turned_away:
            raise MailServerError(self._turned_away)
        self._reached()

    def send(self, message: bytes, recipient: str) -> Delivery:
        """Hand over what `okrmate.mail.outbound` composed: 7-bit lines ending in CRLF."""
        if not _sendable(recipient):
            return self._outcomes.no_address(recipient)
        connection = self._reached()
        result = transact(connection, self._sender, recipient, message)
        match result:
            case Lost():
                self._let_go()
            case Answered(reply=reply) if reply.closes:
                self._turned_away = self._outcomes.turned_away(reply)
                self._let_go()
            case Answered(step=step) if step is not Step.END and not forget(connection):
                self._let_go()
        return self._outcomes.of(result, recipient)

    def was_sent(self, message_id: str) -> bool:
        """As the port says, whoever filed it."""
        return self._sent.holds(message_id)

    def file(self, message: bytes) -> None:
        """As the port and the settings say."""
        if self.takes_copies:
            self._sent.add(message)

    def rest(self) -> None:
        """As the port says; also for the folder of sent mail."""
        if self._connection is not None:
            self._connection.part()
        self._connection = None
        self._turned_away = ""
        self._sent.rest()

    def _reached(self) -> SmtpConnection:
        if self._connection is None:
            self._connection = logged_in(self._settings.server, self._credentials)
        return self._connection

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.hang_up()
        self._connection = None


def _sendable(address: str) -> bool:
    """Whether it can be said in a command: ASCII (SMTPUTF8 is not spoken) and nothing that would end it early."""
    return bool(address) and address.isascii() and address.isprintable() and not set(address) & set(" <>")
