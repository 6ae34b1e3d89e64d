"""Opening the mail room: the desk with mailbox, way out, raw mail and templates of one home."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from okrmate.adapters.handover import held
from okrmate.adapters.lease import Lease
from okrmate.adapters.logbook import log_to
from okrmate.adapters.maildir import MaildirMailbox, MaildirPostman
from okrmate.adapters.raw_mail import RawMailFolder
from okrmate.adapters.resources import Resources
from okrmate.bootstrap.desk import OpenHome
from okrmate.config import Transport
from okrmate.domain.errors import ConfigError, MailLoginError, MailServerError
from okrmate.mail.rendering import Composer
from okrmate.services.loop_state import LoopBoard, LoopKind
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """The mail room of the one process that holds the home's lease, and where it tells how that goes."""

    room: MailRoom
    board: LoopBoard


@contextmanager
def working(opened: OpenHome) -> Iterator[Working]:
    """Hold the lease for a command; mail that cannot be reached is told to others as well. `StoreError` if held."""
    home, clock = opened.config.home, opened.desk.clock
    with held(Lease(home, LoopKind.COMMAND, clock)) as board, log_to(home):
        room = mail_room(opened)
        try:
            yield Working(room=room, board=board)
        except (MailServerError, MailLoginError) as error:
            board.troubled(str(error), clock.now())
            raise
        finally:
            room.mailbox.close()
