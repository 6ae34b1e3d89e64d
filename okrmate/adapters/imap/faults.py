"""What may go wrong with an IMAP server, each in one sentence that says what to do.

No sentence repeats what a server or `imaplib` said: it could hold a secret or a line of somebody's mail.
"""

import imaplib

from imap_tools.errors import ImapToolsError

from okrmate.adapters.imap.client import EndlessError
from okrmate.adapters.reaching import NoCertificates, NoStartTls, Service
from okrmate.config import ServerSettings
from okrmate.domain.errors import MailServerError

IMAP = Service(name="IMAP", table="mail.imap", tls_port=993, starttls_port=143)

UNREACHED = (OSError, ValueError, imaplib.IMAP4.error, ImapToolsError, NoStartTls, NoCertificates)
"""What a connection may fail with before anybody is logged in; `ValueError` is a name that can be no host."""
BROKEN = (OSError, ValueError, imaplib.IMAP4.error, ImapToolsError)
"""What a command may fail with; the connection is of no use any more. `ValueError` is a number that can be none."""


def broken(server: ServerSettings, fault: Exception) -> MailServerError:
    """Why a connection that stood is of no use any more."""
    match fault:
        case TimeoutError():
            what = f"has not answered for {server.timeout} s"
        case EndlessError():
            what = "does not come to an end with its answer"
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
