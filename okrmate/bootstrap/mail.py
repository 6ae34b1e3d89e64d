"""Opening the mail room: the desk with mailbox, way out, raw mail and templates of one home."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from okrmate.adapters.lease import lease
from okrmate.adapters.maildir import MaildirMailbox, MaildirPostman
from okrmate.adapters.raw_mail import RawMailFolder
from okrmate.adapters.resources import Resources
from okrmate.bootstrap.desk import OpenHome
from okrmate.config import Transport
from okrmate.domain.errors import ConfigError
from okrmate.mail.rendering import Composer
from okrmate.services.mailroom import MailRoom

INBOX = "INBOX"


def mail_room(opened: OpenHome) -> MailRoom:
    """The mail room of an open home; `ConfigError` for a transport that this version does not serve."""
    config = opened.config
    if config.mail.transport is not Transport.MAILDIR:
        raise ConfigError(
            ('mail.transport: this version works with local Maildirs only; write transport = "maildir".',)
        )
    maildir = config.mail.maildir
    return MailRoom(
        desk=opened.desk,
        rules=config.mail.rules,
        mailbox=MaildirMailbox({INBOX: maildir.inbox, **{_name(each, config.home): each for each in maildir.folders}}),
        postman=MaildirPostman(maildir.sent),
        raw=RawMailFolder(config.home),
        composer=Composer(Resources(config.home)),
    )


def _name(folder: Path, home: Path) -> str:
    """By what a folder is remembered: its path, so that no two of them are taken for one, and none for the inbox."""
    path = folder.relative_to(home) if folder.is_relative_to(home) else folder
    return f"./{path}" if str(path) == INBOX else str(path)


@contextmanager
def working(opened: OpenHome) -> Iterator[MailRoom]:
    """The mail room, for the one process that holds the home's lease."""
    with lease(opened.config.home):
        yield mail_room(opened)
