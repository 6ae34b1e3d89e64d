"""The account's folder for sent mail, found by its special use (RFC 6154) or its name: what lies there, and copies."""

from imap_tools import AND, H

from okrmate.adapters.credentials import Credentials
from okrmate.adapters.imap.answers import Folder
from okrmate.adapters.imap.connection import ImapConnection
from okrmate.adapters.imap.places import named
from okrmate.config import ServerSettings
from okrmate.domain.errors import MailServerError


class ImapSentFolder:
    """The `SentFolder` of a way out, on the account that replies are read from; `name` as the settings have it."""

    def __init__(self, server: ServerSettings, credentials: Credentials, name: str) -> None:
        self._server = server
        self._credentials = credentials
        self._name = name
        self._connection: ImapConnection | None = None
        self._folder: Folder | None = None
        self._is_there = False

    def holds(self, message_id: str) -> bool:
        """As the protocol says. A server looks for a part of it, and an empty one would be found in every mail."""
        connection, folder = self._reached()
        if not self._is_there or not message_id:
            return False
        return bool(connection.open(folder, anew=True).search(str(AND(header=H("Message-ID", message_id)))))

    def add(self, message: bytes) -> None:
        """As the protocol says."""
        connection, folder = self._reached()
        self._is_there = self._is_there or connection.create(folder)
        if not connection.append(message, folder):
            raise MailServerError(
                f"The IMAP server {self._server.host} takes no copy into the folder {folder.name!r}: "
                "check mail.smtp.sent_folder, and the room that is left."
            )

    def rest(self) -> None:
        """As the protocol says."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _reached(self) -> tuple[ImapConnection, Folder]:
        """A connection, and the folder as it was found when that was made."""
        connection, folder = self._connection, self._folder
        if connection is None or connection.closed or folder is None:
            connection = self._connection = ImapConnection(self._server, self._credentials)
            there = connection.folders()
            folder = self._folder = named(self._name, there)
            self._is_there = folder in there
        return connection, folder
