"""Where sent mail is filed: what a way out asks about a letter that may have left, and gives its copy to."""

from typing import Protocol


class SentFolder(Protocol):
    """The account's folder for sent mail. All of it raises `MailServerError` or `MailLoginError`."""

    def holds(self, message_id: str) -> bool:
        """Whether a mail with this Message-ID lies there, whoever put it there; no where there is no such folder."""

    def add(self, message: bytes) -> None:
        """Put a copy there, as one that was read; the folder is made where it is missing."""

    def rest(self) -> None:
        """Let go of a connection; the next use makes another. Raises nothing."""
