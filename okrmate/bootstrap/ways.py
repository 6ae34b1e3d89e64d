"""The ways that mail comes and goes, and those over local Maildirs."""

from pathlib import Path

from okrmate.adapters.maildir import MaildirMailbox, MaildirPostman
from okrmate.config import Config
from okrmate.frozen import Frozen
from okrmate.services.ports import Doorbell, Mailbox, Postman

INBOX = "INBOX"


class Ways(Frozen):
    """How mail comes and goes, and who rings when some has come; nothing is connected before it is used."""

    mailbox: Mailbox
    postman: Postman
    doorbell: Doorbell | None = None


def over_maildirs(config: Config) -> Ways:
    """The Maildirs of this configuration."""
    maildir = config.mail.maildir
    folders = {INBOX: maildir.inbox, **{_name(each, config.home): each for each in maildir.folders}}
    return Ways(mailbox=MaildirMailbox(folders), postman=MaildirPostman(maildir.sent))


def _name(folder: Path, home: Path) -> str:
    """By what a folder is remembered: its path, so that no two of them are taken for one, and none for the inbox."""
    path = folder.relative_to(home) if folder.is_relative_to(home) else folder
    return f"./{path}" if str(path) == INBOX else str(path)
