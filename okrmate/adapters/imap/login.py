"""Logging in to an IMAP server: by password or by token, in the ways it offers; a refusal never repeats a secret."""

import imaplib
import re
from collections.abc import Collection
from dataclasses import dataclass

from imap_tools import BaseMailBox, MailboxLoginError

from okrmate.adapters.sasl import Exchange, Refused, harmless, with_password, with_token
from okrmate.config import Auth, ServerSettings

_NOT_NOW = re.compile(
    r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\b|\b(?:too many|maximum number of) (?:\w+ )?connections\b", re.IGNORECASE
)
"""What the server itself lacks at the moment (RFC 5530, or as Gmail and Dovecot say it): no fault of the login."""
_RESPONSE_CODE = re.compile(r"\[[^]]*\]")


@dataclass(slots=True, kw_only=True)
class _Talk:
    """Our side of an exchange, as `imaplib` asks for it."""

    exchange: Exchange
    _begun: bool = False

    def __call__(self, _: bytes) -> bytes:
        """Answer whatever the server says; its details of a refusal are not for us."""
        begun, self._begun = self._begun, True
        return self.exchange.closing if begun else self.exchange.first


def log_in(session: BaseMailBox, server: ServerSettings, secret: str) -> Refused | None:
    """Log in with the password or token; None where that worked.

    Raises `abort` or `OSError` where the connection is lost; they hold nothing of what was sent.
    """
    exchange = _exchange(session.client.capabilities, server, secret)
    try:
        if exchange is not None:
            session.client.authenticate(exchange.mechanism, _Talk(exchange=exchange))
        elif not f"{server.username}{secret}".isascii():
            return Refused(reason="it takes passwords of English letters and signs only", for_now=False)
        else:
            session.login(server.username, secret, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as refusal:
        said = str(refusal)
    except MailboxLoginError as refusal:
        said = b" ".join(refusal.command_result[1]).decode("utf-8", "replace")
    else:
        return None
    reason = harmless(_RESPONSE_CODE.sub("", said), secret, exchange)
    return Refused(reason=reason, for_now=_NOT_NOW.search(said) is not None)


def _exchange(offered: Collection[str], server: ServerSettings, secret: str) -> Exchange | None:
    """How to log in, by the server's capabilities; None by the command LOGIN (RFC 3501 section 6.2.3)."""
    if server.auth is Auth.OAUTH2:
        return with_token(server, secret, by_rfc="AUTH=OAUTHBEARER" in offered)
    return with_password(server, secret) if "AUTH=PLAIN" in offered else None
