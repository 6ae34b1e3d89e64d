"""Opening a mail account: mailbox, doorbell and way out over its servers; imported only where there is one."""

from okrmate.adapters.imap.doorbell import ImapDoorbell
from okrmate.adapters.imap.mailbox import ImapMailbox
from okrmate.adapters.imap.news import Marks
from okrmate.adapters.imap.sent import ImapSentFolder
from okrmate.adapters.presets import with_known_filing
from okrmate.adapters.secrets import credentials
from okrmate.adapters.smtp.postman import SmtpPostman
from okrmate.bootstrap.ways import Ways
from okrmate.config import Config


def over_servers(config: Config, mark: str) -> Ways:
    """The account of this configuration; nothing is connected, and no secret asked for, before it is used."""
    imap, smtp = config.mail.imap, config.mail.smtp
    reading = credentials(imap.server, "mail.imap")
    return Ways(
        mailbox=ImapMailbox(imap, reading, _marks(config, mark), smtp.sent_folder),
        postman=SmtpPostman(
            with_known_filing(smtp),
            credentials(smtp.server, "mail.smtp"),
            sender=config.mail.rules.sender_address,
            sent=ImapSentFolder(imap.server, reading, smtp.sent_folder),
        ),
        doorbell=ImapDoorbell(imap, reading),
    )


def _marks(config: Config, mark: str) -> Marks:
    rules = config.mail.rules
    plus = f"{rules.sender_address.rpartition('@')[0]}+" if rules.plus_addresses else ""
    return Marks(threads=(mark,) if mark else (), recipient=plus)
