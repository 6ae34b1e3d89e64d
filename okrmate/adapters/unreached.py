"""Why a mail server could not be reached, each in one sentence that says what to do; and the certificates we trust."""

import socket
import ssl
from dataclasses import dataclass

from okrmate.config import Security, ServerSettings
from okrmate.domain.errors import MailServerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What kind of server it is: its name, where its settings stand, and the ports it mostly has."""

    name: str
    table: str
    tls_port: int
    starttls_port: int


class NoStartTls(Exception):  # noqa: N818 - a finding on the way, which becomes a sentence
    """The server does not offer STARTTLS, or somebody on the way took the offer out."""


class NotThatService(Exception):  # noqa: N818 - as above
    """Something else answers on this port."""


def trusted(service: Service, server: ServerSettings) -> ssl.SSLContext:
    """TLS that checks certificates and names, by `ca_file` or the system; `MailServerError` where that is no use."""
    try:
        return ssl.create_default_context(cafile=server.ca_file or None)
    except ssl.SSLError:
        why = "holds no certificate"
    except OSError as error:
        why = f"cannot be read ({(error.strerror or 'no reason given').lower()})"
    raise MailServerError(f"The {service.name} server is not asked: {service.table}.ca_file {why}.")


def unreached(service: Service, server: ServerSettings, fault: Exception) -> MailServerError:
    """The sentence for what came of trying to connect; it repeats nothing that a server said."""
    return MailServerError(f"The {service.name} server {server.host}:{server.port} {_why(service, server, fault)}")


def _why(service: Service, server: ServerSettings, fault: Exception) -> str:
    match fault:
        case NoStartTls():
            return (
                'does not offer STARTTLS, so nothing was said to it: write security = "tls" and its port '
                f"(mostly {service.tls_port}) under [{service.table}], or use another network."
            )
        case ssl.SSLCertVerificationError():
            return (
                f"shows a certificate that is not to be trusted ({fault.verify_message}): check {service.table}.host; "
                f"if the certificate is your own, name its file in {service.table}.ca_file."
            )
        case ssl.SSLError() if server.security is Security.TLS:
            return (
                f"does not speak TLS on this port: check {service.table}.port (mostly {service.tls_port}), "
                f'or write security = "starttls" (mostly {service.starttls_port}).'
            )
        case TimeoutError():
            return (
                f"did not answer within {server.timeout} s: check {service.table}.host and port, and that security "
                f"fits the port (tls mostly {service.tls_port}, starttls mostly {service.starttls_port})."
            )
        case socket.gaierror() | UnicodeError():
            return f"is not known by that name: check {service.table}.host and the network."
        case ConnectionRefusedError():
            return f"takes no connection: check {service.table}.host and port; it may be down."
        case ConnectionError() | ssl.SSLError():
            return f"closed the connection at once: check {service.table}.port and security; it may be down."
        case OSError():
            return f"cannot be reached: {(fault.strerror or 'no reason given').lower()}. Check the network."
        case _:
            return f"does not speak {service.name} on this port: check {service.table}.host and port."
