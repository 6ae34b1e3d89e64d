"""Opening the mail room: the desk with mailbox, way out, raw mail and templates of one home."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import assert_never

from okrmate.adapters.handover import held
from okrmate.adapters.lease import Lease
from okrmate.adapters.logbook import log_to
from okrmate.adapters.raw_mail import RawMailFolder
from okrmate.adapters.resources import Resources
from okrmate.bootstrap.desk import OpenHome
from okrmate.bootstrap.ways import Ways, over_maildirs
from okrmate.config import Config, Transport
from okrmate.domain.errors import MailLoginError, MailServerError
from okrmate.frozen import Frozen
from okrmate.mail.rendering import Composer
from okrmate.services.loop_state import LoopBoard, LoopKind
from okrmate.services.mailroom import MailRoom


def mail_room(opened: OpenHome) -> MailRoom:
    """The mail room of an open home."""
    return _room(opened, mark=opened.desk.store.home.id)


def trial_room(opened: OpenHome, token: str) -> MailRoom:
    """The mail room of an open home for a self-test, whose letter carries this token and no home's id."""
    return _room(opened, mark=token)


def ways(config: Config, mark: str = "") -> Ways:
    """The ways of this configuration; `mark` stands in the Message-ID of whatever answers are looked for."""
    match config.mail.transport:
        case Transport.MAILDIR:
            return over_maildirs(config)
        case Transport.IMAP:
            from okrmate.bootstrap.account import over_servers

            return over_servers(config, mark)
        case _:
            assert_never(config.mail.transport)


def _room(opened: OpenHome, mark: str) -> MailRoom:
    config = opened.config
    chosen = ways(config, mark)
    return MailRoom(
        desk=opened.desk,
        rules=config.mail.rules,
        mailbox=chosen.mailbox,
        postman=chosen.postman,
        raw=RawMailFolder(config.home),
        composer=Composer(Resources(config.home)),
        doorbell=chosen.doorbell,
    )


class Working(Frozen):
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
            if isinstance(error, MailLoginError):
                board.refused()
            raise
        finally:
            room.mailbox.close()
