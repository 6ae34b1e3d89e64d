"""Logging in to an SMTP server (RFC 4954): by password or by token; no error holds a secret.

PLAIN is RFC 4616, OAUTHBEARER RFC 7628, XOAUTH2 what Google and Microsoft had before it.
"""

import base64
from dataclasses import dataclass, field

from okrmate.adapters.credentials import Credentials
from okrmate.adapters.reaching import refused_login
from okrmate.adapters.smtp.connection import SMTP, LostError, Reply, SmtpConnection
from okrmate.config import Auth, ServerSettings
from okrmate.domain.errors import MailLoginError, MailServerError

_GO_ON = 334


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """What is said in one exchange: the command, then an answer to each challenge."""

    command: str = field(repr=False)
    answers: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refused:
    """The server let nobody in; `reason` is what it said, empty where that held the secret."""

    reason: str
    for_now: bool


def logged_in(server: ServerSettings, credentials: Credentials) -> SmtpConnection:
    """A connection that may send. A token that was refused is asked for once more, a password never.

    Raises `MailServerError` where the server cannot be reached or takes no login for now, `MailLoginError` where it
    refuses ours.
    """
    connection, refused = _attempt(server, credentials.secret())
    if refused is not None and server.auth is Auth.OAUTH2 and not refused.for_now:
        connection, refused = _attempt(server, credentials.secret(fresh=True))
    if refused is not None:
        raise refused_login(SMTP, server, refused.reason, for_now=refused.for_now)
    return connection


def _attempt(server: ServerSettings, secret: str) -> tuple[SmtpConnection, _Refused | None]:
    """One login on a connection of its own; where it is refused the connection has ended."""
    connection = SmtpConnection(server)
    way = _way(server, secret, connection.offers("auth") or "")
    if way is None:
        connection.part()
        raise MailLoginError(
            f"The SMTP server {server.host}:{server.port} offers no login that okrmate knows: "
            f"check {SMTP.table}.port (mostly {SMTP.tls_port} or {SMTP.starttls_port}) and auth."
        )
    reply = _exchanged(connection, way)
    if reply is None:
        connection.hang_up()
        raise MailServerError(
            f"The SMTP server {server.host} did not answer the login; what checks logins may be down there. "
            "It is asked again later."
        )
    if not reply.refuses:
        return connection, None
    connection.part()
    return connection, _Refused(reason=_harmless(reply, secret, way), for_now=reply.for_now)


def _way(server: ServerSettings, secret: str, offered: str) -> _Way | None:
    """How to log in, by what the server offers; None where nothing fits."""
    methods = offered.upper().split()
    if server.auth is not Auth.OAUTH2:
        if "PLAIN" in methods:
            first = f"\0{server.username}\0{secret}"
            return _Way(command=f"AUTH PLAIN {_coded(first)}")
        if "LOGIN" in methods:
            return _Way(command="AUTH LOGIN", answers=(_coded(server.username), _coded(secret)))
        return None
    bearer = f"auth=Bearer {secret}\1\1"
    # The answer to a challenge is to details of a refusal, which are not for us: it ends the exchange.
    if "OAUTHBEARER" in methods:
        first = f"n,a={server.username},\1host={server.host}\1port={server.port}\1{bearer}"
        return _Way(command=f"AUTH OAUTHBEARER {_coded(first)}", answers=(_coded("\1"),))
    if "XOAUTH2" in methods:
        first = f"user={server.username}\1{bearer}"
        return _Way(command=f"AUTH XOAUTH2 {_coded(first)}", answers=("",))
    return None


def _exchanged(connection: SmtpConnection, way: _Way) -> Reply | None:
    """The last reply of the exchange; None where the connection was lost."""
    try:
        reply = connection.ask(way.command)
        for answer in way.answers:
            if reply.code == _GO_ON:
                reply = connection.ask(answer)
        return connection.ask("*") if reply.code == _GO_ON else reply
    except LostError:
        return None


def _harmless(reply: Reply, secret: str, way: _Way) -> str:
    """The server's reason, unless some form of the secret is in it."""
    forms = [secret, _coded(secret), *way.command.split()[2:], *way.answers]
    return "" if any(form and form in reply.text for form in forms) else reply.reason


def _coded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8", "surrogateescape")).decode("ascii")
