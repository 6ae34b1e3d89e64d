"""What a login asks for: the secret of one mail account, anew each time, so that nobody keeps it."""

from typing import Protocol


class Credentials(Protocol):
    """Knows where an account's password or token comes from."""

    def secret(self, *, fresh: bool = False) -> str:
        """The password or token as it is now; `fresh` says that the last one was refused, so a kept one is no use.

        Raises `MailLoginError` with a sentence that says what to do where there is none, and `MailServerError` where
        there may be one later; neither ever holds a secret.
        """
