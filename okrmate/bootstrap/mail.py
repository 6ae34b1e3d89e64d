"""Opening the mail room: the desk with mailbox, way out, raw mail and templates of one home."""

from collections.abc import Iterator
from contextlib import contextmanager

from okrmate.adapters.lease import lease
from okrmate.adapters.maildir import MaildirMailbox, MaildirPostman
from okrmate.adapters.raw_mail import RawMailFolder
from okrmate.adapters.resources import Resources
from okrmate.bootstrap.desk import OpenHome
from okrmate.config import Transport
from okrmate.domain.errors import ConfigError
from okrmate.mail.rendering import Composer
from okrmate.services.mailroom import MailRoom


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
        mailbox=MaildirMailbox(
            {"INBOX": maildir.inbox, **{folder.name: folder for folder in maildir.folders}},
        ),
        postman=MaildirPostman(maildir.sent),
        raw=RawMailFolder(config.home),
        composer=Composer(Resources(config.home)),
    )


@contextmanager
def working(opened: OpenHome) -> Iterator[MailRoom]:
    """The mail room, for the one process that holds the home's lease."""
    with lease(opened.config.home):
        yield mail_room(opened)
