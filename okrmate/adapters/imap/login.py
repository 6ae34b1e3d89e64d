"""Logging in: by password or by token, in the ways the server offers; a refusal never repeats a secret.

PLAIN is RFC 4616, OAUTHBEARER RFC 7628, XOAUTH2 what Google and Microsoft had before it.
"""

import base64
import imaplib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from imap_tools import BaseMailBox, MailboxLoginError

from okrmate.config import Auth, ServerSettings

_NOT_NOW = re.compile(
    r"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\b|\b(?:too many|maximum number of) (?:\w+ )?connections\b", re.IGNORECASE
)
"""What the server itself lacks at the moment (RFC 5530, or as Gmail and Dovecot say it): no fault of the login."""
_RESPONSE_CODE = re.compile(r"\[[^]]*\]")
_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """The server let nobody in; `reason` is what it said, empty where that held the secret or nothing."""

    reason: str
    for_now: bool


@dataclass(slots=True, kw_only=True)
class _Exchange:
    """What we say in one SASL exchange: who we are, and at most one word more where the server is not content."""

    first: bytes = field(repr=False)
    closing: bytes = b""
    _begun: bool = False

    def __call__(self, _: bytes) -> bytes:
        """Answer whatever the server says; its details of a refusal are not for us."""
        begun, self._begun = self._begun, True
        return self.closing if begun else self.first


def log_in(session: BaseMailBox, server: ServerSettings, secret: str) -> Refused | None:
    """Log in with the password or token; None where that worked.

    Raises `abort` or `OSError` where the connection is lost; they hold nothing of what was sent.
    """
    way, exchange = _way(session.client.capabilities, server, secret)
    try:
        if exchange is not None:
            session.client.authenticate(way, exchange)
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
    return Refused(reason=_harmless(said, secret, exchange), for_now=_NOT_NOW.search(said) is not None)


def _way(offered: Iterable[str], server: ServerSettings, secret: str) -> tuple[str, _Exchange | None]:
    """How to log in, by the server's capabilities; without an exchange by the command LOGIN (RFC 3501)."""
    if server.auth is not Auth.OAUTH2:
        plain = _Exchange(first=f"\0{server.username}\0{secret}".encode())
        return ("PLAIN", plain) if "AUTH=PLAIN" in offered else ("LOGIN", None)
    bearer = f"auth=Bearer {secret}\1\1"
    if "AUTH=OAUTHBEARER" in offered:
        first = f"n,a={server.username},\1host={server.host}\1port={server.port}\1{bearer}"
        return "OAUTHBEARER", _Exchange(first=first.encode(), closing=b"\1")
    return "XOAUTH2", _Exchange(first=f"user={server.username}\1{bearer}".encode())


def _harmless(said: str, secret: str, exchange: _Exchange | None) -> str:
    """The server's reason on one line, unless some form of the secret is in it."""
    quoted = secret.replace("\\", r"\\").replace('"', r"\"")
    forms = [secret, quoted, base64.b64encode(secret.encode()).decode()]
    if exchange is not None:
        forms.append(base64.b64encode(exchange.first).decode())
    if any(form in said for form in forms if form):
        return ""
    reason = "".join(sign for sign in _RESPONSE_CODE.sub("", said) if sign.isprintable())
    return reason.strip(" .")[:_LONGEST_REASON]
