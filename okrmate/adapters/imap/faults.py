"""What may go wrong with an IMAP server, each in one sentence that says what to do.

No sentence repeats what a server or `imaplib` said, save for the reason of a refused login: it could hold a secret or
a line of somebody's mail.
"""

import imaplib
import socket
import ssl

from imap_tools.errors import ImapToolsError

from okrmate.config import Auth, Security, ServerSettings
from okrmate.domain.errors import MailLoginError, MailServerError


class NoStartTls(Exception):  # noqa: N818 - a finding on the way, which becomes a sentence
    """The server does not offer STARTTLS, or somebody on the way took the offer out."""


class NoCertificates(Exception):  # noqa: N818 - as above
    """The file of certificates to trust cannot be used."""


UNREACHED = (OSError, ValueError, imaplib.IMAP4.error, ImapToolsError, NoStartTls, NoCertificates)
"""What a connection may fail with before anybody is logged in; `ValueError` is a name that can be no host."""
BROKEN = (OSError, imaplib.IMAP4.error, ImapToolsError)
"""What a command may fail with; the connection is of no use any more."""


def unreached(server: ServerSettings, fault: Exception) -> MailServerError:
    """Why no connection could be made."""
    return MailServerError(f"The IMAP server {server.host}:{server.port} {_unreached(server, fault)}")


def _unreached(server: ServerSettings, fault: Exception) -> str:
    match fault:
        case NoStartTls():
            return (
                "does not offer STARTTLS, so nothing was said to it: "
                'write security = "tls" and its port (mostly 993) under [mail.imap], or use another network.'
            )
        case NoCertificates():
            return "was not asked: mail.imap.ca_file is no file of certificates that can be read."
        case ssl.SSLCertVerificationError():
            return (
                f"shows a certificate that is not to be trusted ({fault.verify_message}): "
                "check mail.imap.host; if the certificate is your own, name its file in mail.imap.ca_file."
            )
        case ssl.SSLError() if server.security is Security.TLS:
            return (
                "does not speak TLS on this port: "
                'check mail.imap.port (mostly 993), or write security = "starttls" (mostly 143).'
            )
        case TimeoutError():
            return (
                f"did not answer within {server.timeout} s: check mail.imap.host and port, and that security fits "
                "the port (tls mostly 993, starttls mostly 143)."
            )
        case socket.gaierror() | UnicodeError():
            return "is not known by that name: check mail.imap.host and the network."
        case ConnectionRefusedError():
            return "takes no connection: check mail.imap.host and port; it may be down."
        case OSError() if not isinstance(fault, ConnectionError | ssl.SSLError):
            return f"cannot be reached: {(fault.strerror or 'no reason given').lower()}. Check the network."
        case _:
            return "hangs up or does not speak IMAP on this port: check mail.imap.host, port and security."


def refused_login(server: ServerSettings, reason: str, *, for_now: bool) -> MailServerError | MailLoginError:
    """Why the server let nobody in: something it lacks for now, or the name and the secret."""
    said = f" ({reason})" if reason else ""
    if for_now:
        return MailServerError(f"The IMAP server {server.host} takes no login for now{said}; it is asked again later.")
    what = "token" if server.auth is Auth.OAUTH2 else "password"
    return MailLoginError(
        f"The IMAP server {server.host} refused the login of {server.username}{said}: check username and {what} under "
        "[mail.imap]; many providers want a password made for this program."
    )


def broken(server: ServerSettings, fault: Exception) -> MailServerError:
    """Why a connection that stood is of no use any more."""
    match fault:
        case TimeoutError():
            what = f"has not answered for {server.timeout} s"
        case imaplib.IMAP4.abort() | OSError():
            what = "closed the connection"
        case _:
            what = "gave an answer that is no IMAP"
    return MailServerError(f"The IMAP server {server.host} {what}; nothing is lost, it is asked again later.")


def declined(server: ServerSettings, command: str) -> MailServerError:
    """A command that the server understood and did not obey."""
    return MailServerError(f"The IMAP server {server.host} refused {command}; it is asked again later.")


def no_folder(server: ServerSettings, folder: str) -> MailServerError:
    """A folder that is not there, or that this account may not open."""
    return MailServerError(
        f"There is no folder {folder!r} to open on the IMAP server {server.host}: check mail.imap.folders."
    )
