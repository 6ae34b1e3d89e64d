"""Reaching a mail server: the certificates that are trusted, and why it let nobody in, each in one sentence.

No sentence repeats what a server said, save for the reason of a refused login, which whoever logs in keeps clear of
secrets.
"""

import socket
import ssl

from okrmate.config import Auth, Security, ServerSettings
from okrmate.domain.errors import MailLoginError, MailServerError
from okrmate.frozen import Frozen


class Service(Frozen):
    """What kind of server it is: its name, where its settings stand, and the ports it mostly has."""

    name: str
    table: str
    tls_port: int
    starttls_port: int


class NoStartTls(Exception):  # noqa: N818 - a finding on the way, which becomes a sentence
    """The server does not offer STARTTLS, or somebody on the way took the offer out."""


class NoCertificates(Exception):  # noqa: N818 - as above
    """The file of certificates to trust cannot be used."""


def trusting(server: ServerSettings) -> ssl.SSLContext:
    """TLS that checks certificates and names, by `ca_file` or else the system; raises `NoCertificates`."""
    try:
        return ssl.create_default_context(cafile=server.ca_file or None)
    except OSError as fault:
        raise NoCertificates from fault


def unreached(service: Service, server: ServerSettings, fault: Exception) -> MailServerError:
    """Why no connection could be made."""
    return MailServerError(f"The {service.name} server {server.host}:{server.port} {_why(service, server, fault)}")


def _why(service: Service, server: ServerSettings, fault: Exception) -> str:
    table = service.table
    match fault:
        case NoStartTls():
            return (
                'does not offer STARTTLS, so nothing was said to it: write security = "tls" and its port '
                f"(mostly {service.tls_port}) under [{table}], or use another network."
            )
        case NoCertificates():
            return f"was not asked: {table}.ca_file is no file of certificates that can be read."
        case ssl.SSLCertVerificationError():
            return (
                f"shows a certificate that is not to be trusted ({fault.verify_message}): check {table}.host; "
                f"if the certificate is your own, name its file in {table}.ca_file."
            )
        case ssl.SSLError() if server.security is Security.TLS:
            return (
                f"does not speak TLS on this port: check {table}.port (mostly {service.tls_port}), "
                f'or write security = "starttls" (mostly {service.starttls_port}).'
            )
        case TimeoutError():
            return (
                f"did not answer within {server.timeout} s: check {table}.host and port, and that security fits the "
                f"port (tls mostly {service.tls_port}, starttls mostly {service.starttls_port})."
            )
        case socket.gaierror() | UnicodeError():
            return f"is not known by that name: check {table}.host and the network."
        case ConnectionRefusedError():
            return f"takes no connection: check {table}.host and port; it may be down."
        case OSError() if not isinstance(fault, ConnectionError | ssl.SSLError):
            return f"cannot be reached: {(fault.strerror or 'no reason given').lower()}. Check the network."
        case _:
            return f"hangs up or does not speak {service.name} on this port: check {table}.host, port and security."


def refused_login(
    service: Service, server: ServerSettings, reason: str, *, for_now: bool
) -> MailServerError | MailLoginError:
    """Why the server let nobody in: something it lacks for now, or the name and the secret."""
    name, said = f"The {service.name} server {server.host}", f" ({reason})" if reason else ""
    if for_now:
        return MailServerError(f"{name} takes no login for now{said}; it is asked again later.")
    what = "token" if server.auth is Auth.OAUTH2 else "password"
    return MailLoginError(
        f"{name} refused the login of {server.username}{said}: check username and {what} under [{service.table}]; "
        "many providers want a password made for this program."
    )
