"""Somebody with an account on the private mail host and a mail program: reads what arrives, answers, and says yes."""

import smtplib
import ssl
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from email.utils import formataddr, make_msgid, parseaddr
from pathlib import Path

from icalendar import Calendar, vText

from okrmate.domain.meetings import Participation
from tests.cli.running import parsed
from tests.servers.accounts import Account
from tests.servers.mailhost import MailHost
from tests.servers.ports import HOST

NOTHING: Mapping[str, str] = {}


def words(letter: EmailMessage) -> str:
    """The plain text of a letter."""
    return _content(next(each for each in letter.walk() if each.get_content_type() == "text/plain"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correspondent:
    """A person on one account, known to others by this name."""

    host: MailHost
    account: Account
    name: str
    _opened_before: dict[str, EmailMessage] = field(default_factory=dict, init=False, repr=False)

    @property
    def address(self) -> str:
        """Where mail reaches them."""
        return self.account.address

    def inbox(self) -> list[EmailMessage]:
        """The mails in the INBOX."""
        while True:
            with suppress(FileNotFoundError):  # Dovecot has just renamed one, or has not made the folder yet
                paths = [path for name in ("new", "cur") for path in (self.account.maildir / name).iterdir()]
                return [self._opened(path) for path in sorted(paths)]

    def got(self) -> Counter[str]:
        """How often each Message-ID lies in the INBOX."""
        return Counter(str(mail["Message-ID"]) for mail in self.inbox())

    def letter(self, message_id: str) -> EmailMessage | None:
        """The mail with this Message-ID, once it is there."""
        return next((mail for mail in self.inbox() if mail["Message-ID"] == message_id), None)

    def answers(self, letter: EmailMessage, text: str = "", below: Mapping[str, str] = NOTHING) -> str:
        """Answer as a mail program does, `text` above the quoted letter; returns the answer's Message-ID.

        `below` is what is typed into the quote, by the label of the line it stands behind.
        """
        answer = self._answer_to(letter)
        quoted = (_quoted(line, below) for line in words(letter).splitlines())
        answer.set_content("\n".join([text, "", f"On {letter['Date']}, {letter['From']} wrote:", *quoted]))
        return self._submits(answer)

    def accepts(self, invitation: EmailMessage) -> str:
        """Say yes as a calendar program does (RFC 5546 section 3.2.3); returns the answer's Message-ID."""
        answer = self._answer_to(invitation)
        answer.set_content("I have accepted your invitation.")
        answer.add_alternative(_yes_to(invitation), subtype="calendar", params={"method": "REPLY"})
        return self._submits(answer)

    def _opened(self, path: Path) -> EmailMessage:
        """The mail in a file of the Maildir, whose name begins alike for good."""
        name = path.name.partition(":")[0]
        if name not in self._opened_before:
            self._opened_before[name] = parsed(path.read_bytes())
        return self._opened_before[name]

    def _answer_to(self, letter: EmailMessage) -> EmailMessage:
        answer = EmailMessage()
        answer["From"] = formataddr((self.name, self.address))
        answer["To"] = letter["Reply-To"] or letter["From"]
        answer["Subject"] = f"Re: {letter['Subject']}"
        answer["Message-ID"] = make_msgid(domain=HOST)
        answer["In-Reply-To"] = letter["Message-ID"]
        answer["References"] = f"{letter['References'] or ''} {letter['Message-ID']}".strip()
        return answer

    def _submits(self, mail: EmailMessage) -> str:
        """Hand a mail to Postfix as this person, over STARTTLS and with a login; it is accepted when this returns."""
        with smtplib.SMTP("localhost", self.host.ports.smtp, timeout=60) as smtp:
            smtp.starttls(context=ssl.create_default_context(cafile=str(self.host.ca_file)))
            smtp.login(self.account.name, self.account.password)
            smtp.sendmail(self.address, [parseaddr(str(mail["To"]))[1]], mail.as_bytes())
        return str(mail["Message-ID"])


def _yes_to(invitation: EmailMessage) -> str:
    """The calendar part of an invitation as it comes back."""
    asked = next(each for each in invitation.walk() if each.get_content_type() == "text/calendar")
    calendar = Calendar.from_ical(_content(asked))
    calendar["METHOD"] = vText("REPLY")
    (event,) = calendar.walk("VEVENT")
    event["ATTENDEE"].params["PARTSTAT"] = vText(Participation.ACCEPTED)
    return str(calendar.to_ical(), "utf-8")


def _content(part: Message) -> str:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content.decode()


def _quoted(line: str, below: Mapping[str, str]) -> str:
    return f"> {line} {below[line[:-1]]}" if line[:-1] in below else f"> {line}".rstrip()
