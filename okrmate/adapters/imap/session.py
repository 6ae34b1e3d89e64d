"""imap_tools' session on our own client, with an IDLE (RFC 2177) by which no news is lost.

Of imap_tools' own ways some are never used: `flag`, `delete` and `move` may expunge what somebody else marked, `fetch`
stops where a whole chunk has vanished, and its way of polling during IDLE sleeps beside news that lies in a buffer.
"""

import imaplib
import re

from imap_tools import BaseMailBox
from imap_tools.idle import IdleManager

from okrmate.adapters.imap.client import Client, connected
from okrmate.config import ServerSettings

_NEWS = re.compile(rb"\* \d+ (?:EXISTS|RECENT|EXPUNGE|FETCH)\b")


class Idle(IdleManager):
    """Between `start` and `stop` the server tells by itself what happens in the folder that is open."""

    mailbox: "Session"

    def start(self) -> None:
        """Ask for it and wait until the server agrees; what it tells before that is no answer to it."""
        client = self.mailbox.client
        tag = self._idle_tag = client._command("IDLE")  # noqa: SLF001 - imaplib has no public way before Python 3.14
        while client._get_response() is not None:  # noqa: SLF001 - as above
            if client.tagged_commands[tag] is not None:
                raise client.error("IDLE was declined")

    def news_within(self, seconds: float) -> bool:
        """Whether the server told of mail that came, changed or went; returns at once when it does.

        What else it says ("Still here") is passed over. `abort` where it closed the connection.
        """
        line = self.mailbox.client.line_within(seconds)
        return line is not None and _NEWS.match(line) is not None

    def stop(self) -> None:
        """End it; `faults.BROKEN` where the server does not answer to that."""
        super().stop()  # type: ignore[no-untyped-call] # the library says nothing of its type


class Session(BaseMailBox):
    """A connection to the server, not logged in yet. Raises what `faults.UNREACHED` names."""

    client: Client
    idle: Idle
    idle_manager_class = Idle

    def __init__(self, server: ServerSettings) -> None:
        self._server = server
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return connected(self._server)
