"""The doorbell of an IMAP account: IDLE (RFC 2177) on its INBOX, on a connection of its own."""

import time
from collections.abc import Callable

from okrmate.adapters.credentials import Credentials
from okrmate.adapters.imap.answers import Folder
from okrmate.adapters.imap.connection import ImapConnection
from okrmate.adapters.imap.places import INBOX
from okrmate.config import ImapSettings

BREATH = 0.5
"""Seconds between two times of asking whether to stop."""


class ImapDoorbell:
    """Rings when something happens in INBOX."""

    def __init__(self, settings: ImapSettings, credentials: Credentials) -> None:
        self._settings = settings
        self._credentials = credentials

    def listen(self, ring: Callable[[], None], stopped: Callable[[], bool]) -> None:
        """Ring once listening has begun, with each of its turns, and whenever mail comes, goes or is changed.

        A turn lasts as long as the settings say; at its end the server must answer, so that a connection that is only
        half there is found out. Returns where the server cannot tell. Raises as the port says.
        """
        connection = ImapConnection(self._settings.server, self._credentials)
        try:
            if connection.offers("IDLE"):
                connection.open(Folder.named(INBOX))
                while not stopped():
                    self._take_a_turn(connection, ring, stopped)
        finally:
            connection.close(politely=False)  # nobody waits for a good-bye while IDLE may still go on

    def _take_a_turn(self, connection: ImapConnection, ring: Callable[[], None], stopped: Callable[[], bool]) -> None:
        connection.begin_idle()
        ring()
        end = time.monotonic() + self._settings.idle
        while not stopped():
            left = end - time.monotonic()
            if left <= 0:
                connection.end_idle()
                return
            if connection.news_within(min(left, BREATH)):
                ring()
