"""Logging in to an SMTP server (RFC 4954): by password or by token, in the ways it offers; no error holds a secret."""

from dataclasses import dataclass, field

from okrmate.adapters.credentials import Credentials
from okrmate.adapters.reaching import refused_login
from okrmate.adapters.sasl import Exchange, Refused, coded, harmless, with_password, with_token
from okrmate.adapters.smtp.connection import SMTP, LostError, Reply, SmtpConnection
from okrmate.config import Auth, ServerSettings
from okrmate.domain.errors import MailLoginError, MailServerError

_GO_ON = 334


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """What is said in one exchange: the command, then an answer to each challenge."""

    command: str = field(repr=False)
    answers: tuple[str, ...] = field(repr=False)
    exchange: Exchange | None = None


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


def _attempt(server: ServerSettings, secret: str) -> tuple[SmtpConnection, Refused | None]:
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
    reason = harmless(f"{reply.code} {reply.text}", secret, way.exchange)
    return connection, Refused(reason=reason, for_now=reply.for_now)


def _way(server: ServerSettings, secret: str, offered: str) -> _Way | None:
    """How to log in, by what the server offers; None where nothing fits."""
    methods = offered.upper().split()
    if server.auth is Auth.OAUTH2 and {"OAUTHBEARER", "XOAUTH2"}.intersection(methods):
        return _by_exchange(with_token(server, secret, by_rfc="OAUTHBEARER" in methods))
    if server.auth is not Auth.OAUTH2 and "PLAIN" in methods:
        return _by_exchange(with_password(server, secret))
    if server.auth is not Auth.OAUTH2 and "LOGIN" in methods:
        return _Way(command="AUTH LOGIN", answers=(coded(server.username), coded(secret)))
    return None


def _by_exchange(exchange: Exchange) -> _Way:
    """The first words go with the command (RFC 4954 section 4); a challenge after them tells why we are refused."""
    command = f"AUTH {exchange.mechanism} {coded(exchange.first)}"
    return _Way(command=command, answers=(coded(exchange.closing),), exchange=exchange)


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
