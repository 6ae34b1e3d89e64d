"""One mail handed to an SMTP server, step by step (RFC 5321 section 3.3), so that it is known how far it got."""

import re
from enum import Enum, auto

from okrmate.adapters.smtp.connection import LostError, Reply, SmtpConnection
from okrmate.frozen import Frozen

_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_LINE_END = b"\r\n"


class Step(Enum):
    """What the server was told when it replied last."""

    SENDER = auto()
    RECIPIENT = auto()
    CONTENT = auto()
    END = auto()


class Answered(Frozen):
    """The server's word: at the END that it took the mail or not, before it always why not."""

    step: Step
    reply: Reply


class Lost(Frozen):
    """The connection is gone; `complete` where the server may have all of the mail, and perhaps took it."""

    complete: bool


def transact(connection: SmtpConnection, sender: str, recipient: str, message: bytes) -> Answered | Lost:
    """Hand one mail over. Addresses are taken as they are; the bytes leave as composed, lines ending in CRLF."""
    size = f" SIZE={len(message)}" if connection.offers("size") is not None else ""
    commands = (
        (Step.SENDER, f"MAIL FROM:<{sender}>{size}"),
        (Step.RECIPIENT, f"RCPT TO:<{recipient}>"),
        (Step.CONTENT, "DATA"),
    )
    complete = False
    try:
        for step, command in commands:
            reply = connection.ask(command)
            if reply.refuses:
                return Answered(step=step, reply=reply)
            _agree(connection, reply, waits=step is Step.CONTENT)
        connection.say(_stuffed(message) + b".\r\n")
        # Where that raises, at least its last byte has not left, and without it no server takes a mail.
        complete = True
        reply = connection.answer()
        if not reply.refuses:
            _agree(connection, reply, waits=False)
        return Answered(step=Step.END, reply=reply)
    except LostError:
        return Lost(complete=complete)


def forget(connection: SmtpConnection) -> bool:
    """Have the server forget a mail it refused on the way; says whether it can take another one."""
    try:
        return not connection.ask("RSET").refuses
    except LostError:
        return False


def _agree(connection: SmtpConnection, reply: Reply, *, waits: bool) -> None:
    """Hang up where the server waits for more and should not, or the other way round: nobody knows where we are."""
    if reply.waits is not waits:
        connection.hang_up()
        raise LostError


def _stuffed(message: bytes) -> bytes:
    """The message with a dot before each that begins a line (RFC 5321 section 4.5.2), and an end to its last line."""
    stuffed = _LEADING_DOT.sub(b"..", message)
    return stuffed if stuffed.endswith(_LINE_END) else stuffed + _LINE_END
